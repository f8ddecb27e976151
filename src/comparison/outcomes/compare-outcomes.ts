import { type GateThresholds, gateThresholds } from '../disclosure/disclosure-gate.ts'
import type { Selection } from '../strata/sample.ts'
import type { ChangeTable } from '../table/change-table.ts'
import { type CycleTimeComparison, compareCycleTime } from './compare-cycle-time.ts'
import { compareReverts, type RevertComparison } from './compare-reverts.ts'
import { compareReviewRounds, type ReviewRoundsComparison } from './compare-review-rounds.ts'
import { outcomeContext } from './outcome-context.ts'

/** The three headline comparisons. */
export interface OutcomeComparisons {
  readonly cycleTime: CycleTimeComparison
  readonly reviewRounds: ReviewRoundsComparison
  readonly reverts: RevertComparison
}

export interface ComparisonOptions extends Selection {
  readonly thresholds?: GateThresholds
}

/** Compares changes with AI recorded to those with none by the three outcomes. Nothing after the as-of time is used. */
export function compareOutcomes(
  table: ChangeTable,
  { thresholds = gateThresholds, ...selection }: ComparisonOptions,
): OutcomeComparisons {
  const context = outcomeContext(table, selection, thresholds)
  return {
    cycleTime: compareCycleTime(context),
    reviewRounds: compareReviewRounds(context),
    reverts: compareReverts(context),
  }
}
