import type { GateThresholds } from '../disclosure/disclosure-gate.ts'
import { type CohortMean, cohortMeans } from '../statistics/cohort-mean.ts'
import type { Comparable } from './comparable.ts'
import { type Estimate, estimate } from './estimate.ts'
import type { OutcomesOf } from './outcomes-of.ts'
import { type EstimatedDifference, trustedDifference } from './trusted-difference.ts'

/** What belongs beside an outcome: a share or a count of both cohorts. It has no verdict. */
export interface Companion {
  readonly id: CompanionId
  readonly kind: 'share' | 'count'
  /** As the cohorts are, not adjusted. */
  readonly assisted: CohortMean
  readonly other: CohortMean
  /** Among comparable changes; null: too little of them. */
  readonly difference: EstimatedDifference | null
}

export type CompanionId =
  | 'merged-within-14-days'
  | 'no-rounds'
  | 'merged-unreviewed'
  | 'changes-requested'
  | 'later-pushes'
  | 'later-lines'
  | 'threads'

/**
 * Describes one more outcome of a sample, and compares it by the same estimator.
 *
 * @returns null where the gate hides it, or nothing is known of it
 */
export function companion(
  what: { readonly id: CompanionId; readonly kind: 'share' | 'count' },
  comparable: Comparable,
  outcomesOf: OutcomesOf,
  thresholds: GateThresholds,
): Companion | null {
  if (!comparable.isShown(thresholds)) return null
  const outcome = outcomesOf(comparable.sample)
  const estimated = comparable.isComparedShown(thresholds)
    ? estimate(comparable.layout, outcome, what.kind)
    : null
  return describeCompanion(what, comparable, outcome, estimated)
}

/** The same of what may be shown and is worked out already. */
export function describeCompanion(
  what: { readonly id: CompanionId; readonly kind: 'share' | 'count' },
  { sample, people }: Comparable,
  outcome: Float64Array,
  estimated: Estimate | null,
): Companion | null {
  const [other, assisted] = cohortMeans(sample, people, outcome, what.kind)
  if (assisted === null || other === null) return null
  return { ...what, assisted, other, difference: estimated && trustedDifference(estimated) }
}
