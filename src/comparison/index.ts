export type { Answer, CohortCounts, LeaningReason, NoSamePeople, SamePeople } from './answer.ts'
export { snapToMonday } from './as-of.ts'
export { type ChangeTable, cohort, exclusions, flagBit, tiers, unknown } from './change-table.ts'
export {
  ChangeTableBuilder,
  joinTable,
  type TablePart,
  tabulate,
} from './change-table-builder.ts'
export type { CohortMean } from './cohort-mean.ts'
export { type BothCohorts, type Described, isClone, reportedWindow } from './cohort-rows.ts'
export type { Companion, CompanionId } from './companion.ts'
export type { CycleTimeComparison } from './compare-cycle-time.ts'
export {
  type ComparisonOptions,
  compareOutcomes,
  type OutcomeComparisons,
} from './compare-outcomes.ts'
export { compareRepositories, type RepositoryComparison } from './compare-repositories.ts'
export type { RevertComparison } from './compare-reverts.ts'
export type { ReviewRoundsComparison } from './compare-review-rounds.ts'
export { type CohortSize, describeCohorts } from './describe-cohorts.ts'
export { type Coverage, describeCoverage } from './describe-coverage.ts'
export { type CohortFunnel, describeFunnel } from './describe-funnel.ts'
export { describeIntegrity, type Integrity } from './describe-integrity.ts'
export { describeLeftOut, type LeftOut } from './describe-left-out.ts'
export { type DataLimits, describeLimits } from './describe-limits.ts'
export { type DescribedMerged, describeMerged } from './describe-merged.ts'
export {
  type DescribedValue,
  describeQuantiles,
  type SpanName,
  type SpanQuantiles,
} from './describe-quantiles.ts'
export { type DescribedReverts, describeReverts } from './describe-reverts.ts'
export { type DescribedSizes, describeSizes } from './describe-sizes.ts'
export { describeUnread, type UnreadShares } from './describe-unread.ts'
export { type CohortWeek, type DescribedWeek, describeWeeks } from './describe-weeks.ts'
export { type GateThresholds, gateThresholds } from './disclosure-gate.ts'
export type { HeadlineComparison } from './headline.ts'
export { METHOD_VERSION } from './method-version.ts'
export { publishedAsOf, refreshedRepositories, type SnapshotOptions } from './published-snapshot.ts'
export { rules } from './rules.ts'
export type { Sensitivity } from './sensitivity.ts'
export { findShareStep, type ShareStep } from './share-step.ts'
export { recordsSince } from './snapshot-anchor.ts'
export {
  linkReverts,
  RecordTable,
  type Reverts,
  revertsOf,
  type TableOptions,
  tableFromRecords,
} from './table-from-records.ts'
export type { EstimatedDifference } from './trusted-difference.ts'
export type { Interval, Verdict } from './verdict.ts'
export { wilsonInterval } from './wilson-interval.ts'
export { funnelWindow, mergeWindow, readinessWindow, type Span } from './windows.ts'
