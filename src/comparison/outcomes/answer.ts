import type { GateThresholds } from '../disclosure/disclosure-gate.ts'
import { at } from '../numbers/number-at.ts'
import type { Comparable } from './comparable.ts'
import { type Detectable, detectableIn } from './detectable-in.ts'
import { type Estimate, estimate, type OutcomeKind } from './estimate.ts'
import {
  type EstimatedDifference,
  restsOnEnoughPeople,
  trustedDifference,
} from './trusted-difference.ts'
import { type Direction, directionOf, isTooLittle, judge, type Verdict } from './verdict.ts'

/** An outcome of the changes that it is known of. */
export interface Measured {
  readonly comparable: Comparable
  /** Of each change of the sample. */
  readonly outcome: Float64Array
  readonly kind: OutcomeKind
  /** Half-width within which two shares are about the same, by the share of the cohort "no AI recorded". */
  sameRisk?(other: number): number
}

/** Why a statement is only a leaning one. */
export type LeaningReason =
  /** Only the 95 % interval excludes "no difference". */
  'not-sure' | 'not-two-weeks' | 'same-people-differ' | 'same-people-opposite' | NoSamePeople

/** Why there is no comparison of everybody to themselves. */
export type NoSamePeople =
  | 'too-few-work-both-ways'
  /** Enough do, but without one of them nothing is left to compare, or a ratio would be to or of nothing. */
  | 'same-people-undefined'

/** All changes of a cohort that the outcome is known of, and those with a counterpart in the other one. */
export interface CohortCounts {
  readonly all: number
  /** null: some, but of too few people, or too few to be told. */
  readonly used: number | null
}

/** What may be said of an outcome, and the numbers behind it. */
export interface Answer {
  readonly verdict: Verdict
  /** Set for leaning verdicts. */
  readonly reasons: readonly LeaningReason[]
  /** null: hidden. */
  readonly counts: { readonly assisted: CohortCounts; readonly other: CohortCounts } | null
  /** null: hidden, or it rests on too few changes or people to be told. */
  readonly difference: EstimatedDifference | null
  /** Differences of about these and beyond would usually (4 in 5) be noticed; null wherever the difference is. */
  readonly detectable: Detectable | null
  /** For shares: how often it happened among the changes that were compared; null wherever the difference is. */
  readonly events: { readonly assisted: number; readonly other: number } | null
  /** A cohort has none of what is counted, so that there is no ratio. */
  readonly noRatio: boolean
  readonly samePeople: SamePeople | null
  /** null: there is one, or no difference that it could confirm. */
  readonly noSamePeople: NoSamePeople | null
}

/** Everybody compared to themselves. */
export interface SamePeople {
  readonly people: number
  readonly difference: EstimatedDifference
}

/** An answer with what it was worked out from, for what else is told beside it. */
export interface Worked {
  readonly answer: Answer
  /** null wherever the difference is. */
  readonly estimate: Estimate | null
}

/**
 * Estimates, checks and judges one outcome.
 *
 * @param lastWeek the same outcome a week earlier; only worked out where the verdict turns on it
 */
export function answer(
  measured: Measured,
  thresholds: GateThresholds,
  lastWeek: () => Measured,
): Worked {
  const basis = workOut(measured, thresholds)
  if (!basis.publishable) return { answer: { ...nothingTold, verdict: 'hidden' }, estimate: null }
  const within = compareSamePeople(measured, thresholds)
  const samePeople = typeof within === 'string' ? null : within
  const sure = basis.interval99 && directionOf(basis.interval99, basis.none)
  const before = sure === null ? null : directionThen(lastWeek(), thresholds)
  const verdict = judge({
    ...basis,
    lastWeek: before,
    samePeople: samePeople?.difference.interval95 ?? null,
  })
  const { difference } = basis
  return {
    answer: {
      verdict,
      reasons: verdict.startsWith('leaning') ? reasonsFor(basis, { sure, before, within }) : [],
      counts: countsOf(measured.comparable, thresholds),
      difference,
      detectable: difference && basis.estimate && detectableIn(basis.estimate),
      events: difference && (basis.estimate?.events ?? null),
      noRatio: basis.noRatio,
      samePeople: difference && samePeople,
      noSamePeople: difference && typeof within === 'string' ? within : null,
    },
    estimate: difference && basis.estimate,
  }
}

/** What is told where nothing is. */
export const nothingTold = {
  reasons: [],
  counts: null,
  difference: null,
  detectable: null,
  events: null,
  noRatio: false,
  samePeople: null,
  noSamePeople: null,
} as const satisfies Omit<Answer, 'verdict'>

/**
 * The verdict on an outcome for which neither last week nor the same people are asked, so that nothing clear can come of it,
 * and the estimate where what is comparable may be told.
 */
export function firstAnswer(
  measured: Measured,
  thresholds: GateThresholds,
): { readonly verdict: Verdict; readonly estimate: Estimate | null } {
  const basis = workOut(measured, thresholds)
  return {
    verdict: judge({ ...basis, lastWeek: null, samePeople: null }),
    estimate: basis.estimate,
  }
}

function workOut(measured: Measured, thresholds: GateThresholds) {
  const { comparable, outcome, kind } = measured
  const publishable = comparable.isShown(thresholds)
  const isRatio = kind !== 'share'
  // What is comparable may be of fewer people than the sample: then it is too few, and its numbers are not told.
  const isEnough = publishable && comparable.isComparedShown(thresholds)
  const estimated = isEnough ? estimate(comparable.layout, outcome, kind) : null
  const basis = estimated?.basis
  const difference =
    estimated && !isTooLittle(estimated.basis) ? trustedDifference(estimated) : null
  return {
    publishable,
    scale: isRatio ? ('ratio' as const) : ('difference' as const),
    none: isRatio ? 1 : 0,
    estimate: estimated,
    noRatio: isEnough && estimated === null,
    difference,
    assistedUsed: basis?.assistedUsed ?? 0,
    otherUsed: basis?.otherUsed ?? 0,
    effectivePeople: basis?.effectivePeople ?? 0,
    largestShare: basis?.largestShare ?? 1,
    interval95: difference?.interval95 ?? null,
    interval99: difference?.interval99 ?? null,
    events: (estimated?.events?.assisted ?? 0) + (estimated?.events?.other ?? 0),
    ...(estimated !== null && measured.sameRisk !== undefined
      ? { sameRisk: measured.sameRisk(estimated.other) }
      : {}),
  }
}

function compareSamePeople(
  { comparable, outcome, kind }: Measured,
  thresholds: GateThresholds,
): SamePeople | NoSamePeople {
  if (!comparable.isWithinPeopleShown(thresholds)) return 'too-few-work-both-ways'
  const estimated = estimate(comparable.withinPeople, outcome, kind)
  if (estimated === null) return 'same-people-undefined'
  const difference = trustedDifference(estimated)
  if (difference !== null) return { people: estimated.basis.people, difference }
  return restsOnEnoughPeople(estimated) ? 'same-people-undefined' : 'too-few-work-both-ways'
}

/** Which way last week's 99 % interval pointed, however little the difference; null also where it was too few to tell. */
function directionThen(measured: Measured, thresholds: GateThresholds): Direction | null {
  const basis = workOut(measured, thresholds)
  const verdict = judge({ ...basis, lastWeek: null, samePeople: null })
  if (verdict === 'hidden' || verdict.startsWith('too_few')) return null
  return basis.interval99 && directionOf(basis.interval99, basis.none)
}

function reasonsFor(
  { interval95, none }: Pick<ReturnType<typeof workOut>, 'interval95' | 'none'>,
  seen: {
    readonly sure: Direction | null
    readonly before: Direction | null
    readonly within: SamePeople | NoSamePeople
  },
): LeaningReason[] {
  const { sure, before, within } = seen
  const seems = sure ?? (interval95 && directionOf(interval95, none))
  return [
    ...(sure === null ? (['not-sure'] as const) : []),
    ...samePeopleReason(within, seems, none),
    ...(sure !== null && before !== sure ? (['not-two-weeks'] as const) : []),
  ]
}

function samePeopleReason(
  within: SamePeople | NoSamePeople,
  seems: Direction | null,
  none: number,
): LeaningReason[] {
  if (typeof within === 'string') return [within]
  const direction = directionOf(within.difference.interval95, none)
  if (direction === seems) return []
  return [direction === null ? 'same-people-differ' : 'same-people-opposite']
}

function countsOf(
  comparable: Comparable,
  thresholds: GateThresholds,
): NonNullable<Answer['counts']> {
  const { sample, layout, strata } = comparable
  const { cellCounts } = layout
  const used = [0, 0]
  for (let cell = 0; cell < cellCounts.length; cell += 2) {
    const other = at(cellCounts, cell)
    const assisted = at(cellCounts, cell + 1)
    if (other === 0 || assisted === 0) continue
    used[0] = (used[0] ?? 0) + other
    used[1] = (used[1] ?? 0) + assisted
  }
  const all = sample.rows.length
  const isTold = layout.order.length === 0 || comparable.isComparedShown(thresholds)
  return {
    assisted: { all: strata.assisted, used: isTold ? (used[1] ?? 0) : null },
    other: { all: all - strata.assisted, used: isTold ? (used[0] ?? 0) : null },
  }
}
