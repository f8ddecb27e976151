import { type Answer, type LeaningReason, rules } from '../../comparison/index.ts'
import type { BothGroups } from './both-groups.ts'
import type { ReportComparison } from './report-comparison.ts'
import type { Estimate } from './report-parts.ts'

type Short = NonNullable<ReportComparison['enough']>['short']

/** What a comparison lacks for a clear statement. */
export interface Shortfall {
  readonly short: Short
  /** How many times as many changes each group needs, 1 and more; null: it cannot be told. */
  readonly times: BothGroups<number> | null
}

/** What a statement says of itself in words alone. */
export interface Told {
  readonly reasons: readonly LeaningReason[]
  readonly noRatio: boolean
  /** Groups of which it is said that too few changes are comparable. */
  readonly tooFewComparable: BothGroups<boolean>
}

/** What is told of an answer beside its numbers. */
export function toldOf({
  reasons,
  noRatio,
  counts,
}: Pick<Answer, 'reasons' | 'noRatio' | 'counts'>): Told {
  const isShort = (used: number | null | undefined) =>
    used != null && used < rules.comparableChanges
  return {
    reasons,
    noRatio,
    tooFewComparable: {
      aiRecorded: isShort(counts?.assisted.used),
      noneRecorded: isShort(counts?.other.used),
    },
  }
}

type Compared = Pick<
  ReportComparison,
  'verdict' | 'settled' | 'comparable' | 'estimate' | 'events' | 'typical'
>

/**
 * The first requirement of a clear statement that is not met, and how many times as many changes would meet it: an interval
 * narrows with the square root of them. All numbers are those that are printed.
 *
 * @returns null where the statement is clear, or nothing is shown
 */
export function whatIsShort(compared: Compared, told: Told): Shortfall | null {
  const { verdict, settled, estimate } = compared
  if (settled || verdict === 'hidden' || verdict === 'not_known') return null
  if (verdict === 'mixed') return { short: 'same-people', times: null }
  if (verdict === 'too_few_events') return { short: 'reverts', times: timesOfEvents(compared) }
  if (verdict !== 'too_few') return shortOfClear(compared, told)
  const { aiRecorded, noneRecorded } = told.tooFewComparable
  if (compared.comparable === null || told.noRatio || aiRecorded || noneRecorded) {
    return { short: 'changes', times: told.noRatio ? null : timesOfComparable(compared, told) }
  }
  if (estimate === null) return { short: 'people', times: null }
  const wide = estimate.unit === 'percent' ? Math.log(rules.wideRatio) : 1_000 * rules.wideRisk
  return { short: 'interval', times: inBoth(narrower(halfWidth(estimate), wide)) }
}

/** Of statements with an interval that is narrow enough to tell something. */
function shortOfClear(compared: Compared, { reasons }: Told): Shortfall {
  const { verdict, estimate } = compared
  if (verdict === 'no_clear_difference' || reasons.includes('not-sure')) {
    return { short: 'interval', times: estimate && inBoth(timesOfClear(compared, estimate)) }
  }
  const isRunning = reasons.every((reason) => reason === 'not-two-weeks')
  return { short: isRunning ? 'weeks' : 'same-people', times: null }
}

function timesOfComparable(
  { comparable }: Compared,
  { tooFewComparable }: Told,
): BothGroups<number> | null {
  if (comparable === null) return null
  const side = (group: 'aiRecorded' | 'noneRecorded') => {
    if (!tooFewComparable[group]) return 1
    const used = comparable[group]?.used ?? null
    return used === null || used === 0 ? null : barely(rules.comparableChanges / used)
  }
  const [aiRecorded, noneRecorded] = [side('aiRecorded'), side('noneRecorded')]
  return aiRecorded === null || noneRecorded === null ? null : { aiRecorded, noneRecorded }
}

function timesOfEvents({ events }: Compared): BothGroups<number> | null {
  const all = (events?.aiRecorded ?? 0) + (events?.noneRecorded ?? 0)
  return all === 0 ? null : inBoth(rules.minimumEvents / all)
}

/** A normal distribution's half-width at 99 % of that at 95 %: 2.576 / 1.960. */
const sureWidth = 1.314

/** If the difference stays where it is: until the sure interval leaves "no difference" out, or the usual one is close to it. */
function timesOfClear({ verdict, typical }: Compared, estimate: Estimate): number | null {
  const half = halfWidth(estimate)
  const size = Math.abs(onScale(estimate.value, estimate))
  const same =
    estimate.unit === 'percent'
      ? Math.log(rules.sameRatio)
      : Math.min(1_000 * rules.sameRisk, rules.sameRiskPart * (typical?.noneRecorded ?? 0))
  const ways = [
    size > 0 ? narrower(half, size / sureWidth) : null,
    verdict === 'no_clear_difference' && size < same ? narrower(half, same - size) : null,
  ].filter((times) => times !== null)
  return ways.length === 0 ? null : Math.min(...ways)
}

function narrower(half: number, wanted: number): number | null {
  return Number.isFinite(half) ? barely((half / wanted) ** 2) : null
}

/** What is short takes more, however little the rounded numbers show of it. */
function barely(times: number): number {
  return Math.max(1.1, times)
}

function inBoth(times: number | null): BothGroups<number> | null {
  return times === null ? null : { aiRecorded: times, noneRecorded: times }
}

function halfWidth(estimate: Estimate): number {
  return (onScale(estimate.high, estimate) - onScale(estimate.low, estimate)) / 2
}

/** Ratios by their logarithm: −50 % is as far from no difference as +100 %. */
function onScale(value: number, { unit }: Estimate): number {
  return unit === 'percent' ? Math.log1p(value / 100) : value
}
