export type { Answer, CohortCounts, LeaningReason, SamePeople } from './answer.ts'
export { snapToMonday } from './as-of.ts'
export { type ChangeTable, cohort, exclusions, flagBit, tiers, unknown } from './change-table.ts'
export { ChangeTableBuilder, tabulate } from './change-table-builder.ts'
export type { CohortMean } from './cohort-mean.ts'
export { type BothCohorts, type Described, isClone } from './cohort-rows.ts'
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
export { describeMerged, mergedHours } from './describe-merged.ts'
export {
  type DescribedValue,
  describeQuantiles,
  type SpanName,
  type SpanQuantiles,
} from './describe-quantiles.ts'
export { type DescribedReverts, describeReverts } from './describe-reverts.ts'
export { describeSizes, type SizeShare } from './describe-sizes.ts'
export { type CohortWeek, type DescribedWeek, describeWeeks } from './describe-weeks.ts'
export { type GateThresholds, gateThresholds } from './disclosure-gate.ts'
export type { HeadlineComparison } from './headline.ts'
export { METHOD_VERSION } from './method-version.ts'
export { publishedAsOf, refreshedRepositories, type SnapshotOptions } from './published-snapshot.ts'
export { rules } from './rules.ts'
export type { Sensitivity } from './sensitivity.ts'
export { findShareStep, type ShareStep } from './share-step.ts'
export {
  linkReverts,
  RecordTable,
  recordsSince,
  type TableOptions,
  tableFromRecords,
} from './table-from-records.ts'
export type { EstimatedDifference } from './trusted-difference.ts'
export type { Interval, Verdict } from './verdict.ts'
export { funnelWindow, mergeWindow, type Span } from './windows.ts'
