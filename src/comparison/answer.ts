import { cohortsPass, countCompared } from './cohort-gate.ts'
import type { Comparable } from './comparable.ts'
import type { GateThresholds } from './disclosure-gate.ts'
import { type Estimate, estimate, type OutcomeKind } from './estimate.ts'
import { at } from './layout.ts'
import { type EstimatedDifference, trustedDifference } from './trusted-difference.ts'
import { type Direction, directionOf, judge, type Verdict } from './verdict.ts'

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
  'not-sure' | 'not-two-weeks' | 'same-people-differ' | 'too-few-work-both-ways'

/** All changes of a cohort that the outcome is known of, and those with a counterpart in the other one. */
export interface CohortCounts {
  readonly all: number
  readonly used: number
}

/** What may be said of an outcome, and the numbers behind it. */
export interface Answer {
  readonly verdict: Verdict
  /** Set for leaning verdicts. */
  readonly reasons: readonly LeaningReason[]
  /** null: hidden. */
  readonly counts: { readonly assisted: CohortCounts; readonly other: CohortCounts } | null
  /** null: hidden, or what can be compared is too little to show. */
  readonly difference: EstimatedDifference | null
  /** For shares: how often it happened among the changes that were compared; null wherever the difference is. */
  readonly events: { readonly assisted: number; readonly other: number } | null
  /** A cohort has none of what is counted, so that there is no ratio. */
  readonly noRatio: boolean
  readonly samePeople: SamePeople | null
}

/** Everybody compared to themselves. */
export interface SamePeople {
  readonly people: number
  readonly difference: EstimatedDifference
}

/** An answer with what it was worked out from, for what else is told beside it. */
export interface Worked {
  readonly answer: Answer
  /** Set also where it rests on too little to be shown itself; null where the gate hides what it rests on. */
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
  if (!basis.publishable) return { answer: hidden, estimate: null }
  const samePeople = compareSamePeople(measured, thresholds)
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
      reasons: verdict.startsWith('leaning')
        ? reasonsFor({ sure, before, samePeople, none: basis.none })
        : [],
      counts: countsOf(measured.comparable),
      difference,
      events: difference && (basis.estimate?.events ?? null),
      noRatio: basis.noRatio,
      samePeople: difference && samePeople,
    },
    estimate: basis.estimate,
  }
}

const hidden: Answer = {
  verdict: 'hidden',
  reasons: [],
  counts: null,
  difference: null,
  events: null,
  noRatio: false,
  samePeople: null,
}

/** The verdict on an outcome for which neither last week nor the same people are asked: nothing clear can come of it. */
export function firstVerdict(measured: Measured, thresholds: GateThresholds): Verdict {
  return judge({ ...workOut(measured, thresholds), lastWeek: null, samePeople: null })
}

function workOut(measured: Measured, thresholds: GateThresholds) {
  const { comparable, outcome, kind } = measured
  const publishable = cohortsPass(comparable.people, thresholds)
  const isRatio = kind !== 'share'
  // What is comparable may be of fewer people than the sample: then it is too few, and its numbers are not told.
  const isEnough = publishable && cohortsPass(comparable.comparedPeople, thresholds)
  const estimated = isEnough ? estimate(comparable.layout, outcome, kind) : null
  const basis = estimated?.basis
  const difference = estimated && trustedDifference(estimated)
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
): SamePeople | null {
  if (!cohortsPass(countCompared(comparable.withinPeople), thresholds)) return null
  const estimated = estimate(comparable.withinPeople, outcome, kind)
  const difference = estimated && trustedDifference(estimated)
  return estimated && difference && { people: estimated.basis.people, difference }
}

/** Which way last week's 99 % interval pointed; null also where nothing was said last week. */
function directionThen(measured: Measured, thresholds: GateThresholds): Direction | null {
  const basis = workOut(measured, thresholds)
  const verdict = judge({ ...basis, lastWeek: null, samePeople: null })
  if (!verdict.startsWith('leaning') || basis.interval99 === null) return null
  return directionOf(basis.interval99, basis.none)
}

function reasonsFor(of: {
  readonly sure: Direction | null
  readonly before: Direction | null
  readonly samePeople: SamePeople | null
  readonly none: number
}): LeaningReason[] {
  const { sure, before, samePeople, none } = of
  if (sure === null) return ['not-sure']
  const reasons: LeaningReason[] = []
  if (samePeople === null) reasons.push('too-few-work-both-ways')
  else if (directionOf(samePeople.difference.interval95, none) !== sure) {
    reasons.push('same-people-differ')
  }
  if (before !== sure) reasons.push('not-two-weeks')
  return reasons
}

function countsOf({ sample, layout, strata }: Comparable): NonNullable<Answer['counts']> {
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
  return {
    assisted: { all: strata.assisted, used: used[1] ?? 0 },
    other: { all: all - strata.assisted, used: used[0] ?? 0 },
  }
}
