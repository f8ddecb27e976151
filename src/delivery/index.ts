export { CHANGE_VERSION, type Change, ChangeSchema } from './change.ts'
export { type ChangeFlag, changeFlags } from './change-flag.ts'
export {
  type ChangedLines,
  findInverse,
  type Inverse,
  inverseCoverage,
  parsePatch,
} from './compare-content.ts'
export { type CountedChange, readCounted } from './counted-change.ts'
export { type ChangeContext, countChange, deriveChange } from './derive-change.ts'
export { type Difference, type FileDifference, readDifference } from './difference.ts'
export { type ExclusionReason, exclusionReasons } from './exclusion.ts'
export { type Outcome, outcomes, revertHorizons } from './fate.ts'
export { type FileKind, fileKind } from './file-kind.ts'
export { headsToCompare, recordHeadDiffs } from './head-diffs.ts'
export { isOfTime, type TimeSpan, type Turns } from './is-of-time.ts'
export { latestTime } from './latest-time.ts'
export { type LinkCoverage, RevertLinks } from './link-reverts.ts'
export { isLongLivedBranch } from './long-lived-branch.ts'
export { mergeRecords } from './merge-records.ts'
export { createPseudonyms, type Pseudonyms } from './pseudonyms.ts'
export { type RevertTexts, readRevertClaims } from './read-revert-claims.ts'
export {
  type Actor,
  type BranchCommitRecord,
  BranchCommitRecordSchema,
  type DeliveryRecord,
  type PullRequestRecord,
  PullRequestRecordSchema,
  RECORD_VERSION,
  type RecordedCommit,
  type RecordedDeclaration,
  type RecordedIdentity,
  type RecordedReview,
  RecordSchema,
  type RevertClaim,
  type TextKeys,
} from './record.ts'
export { formatRecord, type ParsedRecord, parseRecord, readRecord } from './record-line.ts'
export {
  type Recording,
  recordActor,
  recordCommit,
  recordDescription,
  recordHeadBranch,
  recordIdentity,
  recordMessage,
  recordTime,
} from './record-parts.ts'
export { changeFacts } from './recorded-facts.ts'
export { parseTime } from './recorded-time.ts'
export { claimedKeys, nameKeys } from './revert-keys.ts'
export type {
  RevertLink,
  RevertRole,
  RevertRung,
  RevertSource,
  UncountedReason,
} from './revert-link.ts'
export { type SizeBand, sizeBand, sizeBands } from './size-band.ts'
export { exampleOrganisation } from './synthetic/example-organisation.ts'
export type { SyntheticInit } from './synthetic/options.ts'
export { syntheticOrganisation } from './synthetic/synthetic-organisation.ts'
export { tellsAllPushes } from './tells-all-pushes.ts'
export { titleKeys } from './title-keys.ts'
