import { likeForLikeMedians } from '../statistics/like-for-like-medians.ts'
import { knowsReadiness } from '../strata/known-outcomes.ts'
import { isMergedInTime } from '../strata/sample.ts'
import { readinessWindow } from '../table/windows.ts'
import { firstAnswer } from './answer.ts'
import { type Companion, describeCompanion } from './companion.ts'
import { compareOneOutcome, notKnown, type OutcomeComparison } from './compare-one-outcome.ts'
import type { OutcomeContext } from './outcome-context.ts'
import { cycleTimeOutcome } from './outcome-definitions.ts'
import { outcomesOf } from './outcomes-of.ts'

/** Hours from ready to merged, of changes merged within 14 days: a ratio of geometric means. */
export interface CycleTimeComparison extends OutcomeComparison {
  /** Ratio of the medians among comparable changes where it lies outside the 95 % interval: another story. */
  readonly medianRatio: number | null
  readonly merged: Companion | null
  /** Whether the cohorts differ in how often changes merge, so that the times of merged ones are not fully comparable. */
  readonly mergesDiffer: boolean
}

export function compareCycleTime(context: OutcomeContext): CycleTimeComparison {
  const { table, selection, thresholds } = context
  const { asOf } = selection
  if (!knowsReadiness(table, selection)) {
    const none = notKnown(readinessWindow(asOf))
    return { ...none, medianRatio: null, merged: null, mergesDiffer: false }
  }
  const { comparison, measured, estimate } = compareOneOutcome(cycleTimeOutcome(context), {
    asOf,
    thresholds,
  })
  const { difference } = comparison
  const medians = estimate && likeForLikeMedians(measured.comparable.layout, measured.outcome)
  const ratio = medians && Math.exp(medians.assisted - medians.other)
  const [lower, upper] = difference?.interval95 ?? [0, Number.POSITIVE_INFINITY]
  return {
    ...comparison,
    medianRatio: ratio !== null && (ratio < lower || ratio > upper) ? ratio : null,
    ...compareMerging(context),
  }
}

/** Survivors only would be compared, were it not told how many survive. */
function compareMerging({ table, selection, thresholds, readyAt }: OutcomeContext) {
  const { all } = readyAt(selection.asOf)
  const outcome = outcomesOf((row) => Number(isMergedInTime(table, row)))(all.sample)
  const worked = firstAnswer({ comparable: all, outcome, kind: 'share' }, thresholds)
  const what = { id: 'merged-within-14-days', kind: 'share' } as const
  return {
    merged:
      worked.verdict === 'hidden' ? null : describeCompanion(what, all, outcome, worked.estimate),
    mergesDiffer: worked.verdict.startsWith('leaning'),
  }
}
