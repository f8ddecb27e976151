export { type CohortSize, describeCohorts } from './descriptions/describe-cohorts.ts'
export { type Coverage, describeCoverage } from './descriptions/describe-coverage.ts'
export { type CohortFunnel, describeFunnel } from './descriptions/describe-funnel.ts'
export { describeIntegrity, type Integrity } from './descriptions/describe-integrity.ts'
export { describeLeftOut, type LeftOut } from './descriptions/describe-left-out.ts'
export { type DataLimits, describeLimits } from './descriptions/describe-limits.ts'
export { type DescribedMerged, describeMerged } from './descriptions/describe-merged.ts'
export {
  type DescribedValue,
  describeQuantiles,
  type SpanName,
  type SpanQuantiles,
} from './descriptions/describe-quantiles.ts'
export { type DescribedReadings, describeReadings } from './descriptions/describe-readings.ts'
export { type DescribedReverts, describeReverts } from './descriptions/describe-reverts.ts'
export { type DescribedSizes, describeSizes } from './descriptions/describe-sizes.ts'
export { type ToolShare, toolGroups } from './descriptions/describe-tools.ts'
export { describeUnread, type UnreadShares } from './descriptions/describe-unread.ts'
export {
  type CohortWeek,
  type DescribedWeek,
  describeWeeks,
} from './descriptions/describe-weeks.ts'
export { toldUntil } from './descriptions/followed-rows.ts'
export { findShareStep, type ShareStep } from './descriptions/share-step.ts'
export { type GateThresholds, gateThresholds } from './disclosure/disclosure-gate.ts'
export {
  findLastPublished,
  type LastPublished,
  publishedAfter,
  recordsSinceLast,
} from './disclosure/last-published.ts'
export {
  areNoneOrPublishable,
  publishedAsOf,
  refreshedRepositories,
  type SnapshotOptions,
} from './disclosure/published-snapshot.ts'
export { type ReleaseOptions, releasedRepositories } from './disclosure/released-repositories.ts'
export { areApart, countedSince, recordsSince } from './disclosure/snapshot-anchor.ts'
export { METHOD_VERSION } from './method-version.ts'
export type {
  Answer,
  CohortCounts,
  LeaningReason,
  NoSamePeople,
  SamePeople,
} from './outcomes/answer.ts'
export type { Companion, CompanionId } from './outcomes/companion.ts'
export type { CycleTimeComparison } from './outcomes/compare-cycle-time.ts'
export type { OutcomeComparison } from './outcomes/compare-one-outcome.ts'
export {
  type ComparisonOptions,
  compareOutcomes,
  type OutcomeComparisons,
} from './outcomes/compare-outcomes.ts'
export { compareRepositories, type RepositoryComparison } from './outcomes/compare-repositories.ts'
export type { RevertComparison } from './outcomes/compare-reverts.ts'
export type { ReviewRoundsComparison } from './outcomes/compare-review-rounds.ts'
export type { Sensitivity } from './outcomes/sensitivity.ts'
export type { EstimatedDifference } from './outcomes/trusted-difference.ts'
export type { Interval, Verdict } from './outcomes/verdict.ts'
export { rules } from './rules.ts'
export type { CohortMean } from './statistics/cohort-mean.ts'
export { wilsonInterval } from './statistics/wilson-interval.ts'
export { snapToMonday } from './table/as-of.ts'
export {
  type ChangeTable,
  cohort,
  exclusions,
  flagBit,
  tiers,
  unknown,
} from './table/change-table.ts'
export { ChangeTableBuilder, tabulate } from './table/change-table-builder.ts'
export { type BothCohorts, type Described, isClone, reportedWindow } from './table/cohort-rows.ts'
export { joinTable, type TablePart } from './table/join-table.ts'
export { deriveAsOf, deriveLasting, type LastingChange } from './table/lasting-change.ts'
export { type LastingPart, partAsOf, rowsToldLater } from './table/lasting-part.ts'
export { columnsToChange } from './table/pinned-columns.ts'
export { replaceRows } from './table/replace-rows.ts'
export {
  linkReverts,
  RecordTable,
  type Reverts,
  revertsOf,
  type TableOptions,
  tableFromRecords,
} from './table/table-from-records.ts'
export { funnelWindow, mergeWindow, readinessWindow, type Span } from './table/windows.ts'
