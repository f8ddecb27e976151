export { connectGitHub, type GitHubApi } from './api.ts'
export type { ApiSurroundings } from './api-surroundings.ts'
export {
  type AppDeliveries,
  type AppDelivery,
  listAppDeliveries,
  redeliver,
} from './app-deliveries.ts'
export { type CheckAction, type CheckOutput, digestOutput } from './check-output.ts'
export { connectRest, type RestConnection } from './connect-rest.ts'
export { type AppCredentials, convertManifest } from './convert-manifest.ts'
export type { RepositoryAddress } from './current-name.ts'
export { type ParsedDelivery, type PullRequestDelivery, parseDelivery } from './delivery-schema.ts'
export { type CodeExchange, exchangeCode, type UserToken } from './exchange-code.ts'
export { findPullRequest } from './find-pull-request.ts'
export { type FoldOptions, foldDeliveries } from './fold-deliveries.ts'
export { GitHubError, type GitHubFailure } from './github-error.ts'
export { isTrackedBranch } from './is-tracked-branch.ts'
export { type CheckWritten, type KeptCheck, keepCheck } from './keep-check.ts'
export {
  type IssueOutcome,
  type KeptIssue,
  keepIssue,
  maximumOthers,
  readKeptIssue,
  roomForBody,
} from './keep-issue.ts'
export { changeLabels, type Label, type LabelChanges, type LabelOutcome } from './labels.ts'
export type { Octokit } from './octokit.ts'
export {
  answerLabels,
  type LabelSettings,
  type LabelState,
  planLabels,
  standingLabels,
} from './plan-labels.ts'
export type { PullRequestFacts } from './pull-request-facts.ts'
export { type PullRequestCommits, readCommits } from './read-commits.ts'
export {
  type AppFacts,
  type Installation,
  listInstallationRepositories,
  listInstallations,
  readApp,
  readInstallation,
} from './read-installations.ts'
export { addNotes } from './read-notes.ts'
export {
  type PermissionLevel,
  readCollaboratorPermission,
  readMembership,
} from './read-permission.ts'
export { type PullRequestAddress, readPullRequest } from './read-pull-request.ts'
export {
  type PullRequestReading,
  type RecordOptions,
  readPullRequestRecord,
} from './read-pull-request-record.ts'
export { checkCheckpoint, readPullRequestRecords } from './read-pull-request-records.ts'
export { type RepositoryFacts, readRepository } from './read-repository.ts'
export { type RepositorySettings, readRepositorySettings } from './read-repository-settings.ts'
export {
  listViewerInstallations,
  listViewerRepositories,
  readOwnMembership,
  readViewer,
  type ViewerFacts,
} from './read-viewer.ts'
export { CheckpointError } from './records-checkpoint.ts'
export type { RecordPage, RecordsOptions, RepositoryName } from './records-options.ts'
export { waitForLimits } from './wait-for-limits.ts'
