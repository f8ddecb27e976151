export { connectGitHub, type GitHubApi } from './api.ts'
export type { ApiSurroundings } from './api-surroundings.ts'
export { connectRest, type RestConnection } from './connect-rest.ts'
export { type ParsedDelivery, type PullRequestDelivery, parseDelivery } from './delivery-schema.ts'
export { findPullRequest } from './find-pull-request.ts'
export { type FoldOptions, foldDeliveries } from './fold-deliveries.ts'
export { GitHubError } from './github-error.ts'
export { isTrackedBranch } from './is-tracked-branch.ts'
export {
  type IssueOutcome,
  type KeptIssue,
  keepIssue,
  maximumOthers,
  roomForBody,
} from './keep-issue.ts'
export { changeLabels, type Label, type LabelChanges, type LabelOutcome } from './labels.ts'
export type { Octokit } from './octokit.ts'
export type { PullRequestFacts } from './pull-request-facts.ts'
export { type PullRequestCommits, readCommits } from './read-commits.ts'
export { addNotes } from './read-notes.ts'
export { type PullRequestAddress, readPullRequest } from './read-pull-request.ts'
export { checkCheckpoint, readPullRequestRecords } from './read-pull-request-records.ts'
export { type RepositorySettings, readRepositorySettings } from './read-repository-settings.ts'
export { CheckpointError } from './records-checkpoint.ts'
export type { RecordPage, RecordsOptions } from './records-options.ts'
export { waitForLimits } from './wait-for-limits.ts'
