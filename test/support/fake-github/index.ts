/**
 * A GitHub for tests: REST and GraphQL over real HTTP, on plain data that a test builds and changes, with GitHub's
 * permissions and a script of what goes wrong; for Apps also their tokens, check runs and signed deliveries (`../app-github.ts`).
 *
 * @example
 * const pullRequest = aPullRequest({ number: 7, commits: [{ message: 'Fix it' }] })
 * const github = await startFakeGitHub({ repositories: [aRepository({ pullRequests: [pullRequest] })] })
 * github.faults.push({ match: { path: /\/commits$/ }, respond: { kind: 'reset' } })
 * // … run the client on github.apiUrl and github.graphqlUrl with github.state.token …
 * expect(github.contractErrors).toEqual([])
 * await github.close()
 */
export { anApp, anInstallation, signAs } from './an-app.ts'
export type * from './app-state.ts'
export { botOf, findApp, findInstallation, reachOf } from './app-state.ts'
export {
  aCommit,
  aFork,
  aLabel,
  anAccount,
  anIssue,
  aPullRequest,
  aRepository,
  type CommitInit,
  forcePush,
  githubActions,
  minute,
  type PullRequestInit,
  type RepositoryInit,
  rootSha,
  webFlow,
} from './builders.ts'
export { putLabel, takeLabel } from './change-labels.ts'
export { pressButton, requestMergeGroup, requestSuite, rerequestCheck } from './changes/checks.ts'
export {
  acceptPermissions,
  chooseRepositories,
  installApp,
  resumeInstallation,
  suspendInstallation,
  uninstallApp,
} from './changes/installations.ts'
export {
  removeCollaborator,
  removeMember,
  renameOrganization,
  revokeAuthorization,
} from './changes/people.ts'
export {
  archiveRepository,
  createRepository,
  deleteRepository,
  pushToDefaultBranch,
  renameRepository,
  setPrivate,
  transferRepository,
  unarchiveRepository,
} from './changes/repositories.ts'
export type { Call, Reply } from './exchange.ts'
export { graphqlRateLimit, moved, primaryRateLimit, secondaryRateLimit } from './fault-presets.ts'
export type { Fault, FaultHandle, FaultMatch, FaultResponse } from './faults.ts'
export type { Fate, Outgoing } from './hooks.ts'
export type { Permissions } from './permissions.ts'
export {
  aRepositoryOf,
  type HistoryEvent,
  type PlayedHistory,
  type PullRequestHistory,
  playHistory,
  type StraightCommit,
} from './pull-request-history.ts'
export {
  type FakeGitHub,
  type FakeGitHubOptions,
  type LoggedRequest,
  startFakeGitHub,
} from './start-fake-github.ts'
export type * from './state.ts'
export { type Stage, tellOfRepository } from './tell-apps.ts'
export type { UserToken } from './user-state.ts'
