/**
 * A GitHub for tests: REST and GraphQL over real HTTP, on plain data that a test builds and changes, with GitHub's
 * permissions and a script of what goes wrong.
 *
 * @example
 * const pullRequest = aPullRequest({ number: 7, commits: [{ message: 'Fix it' }] })
 * const github = await startFakeGitHub({ repositories: [aRepository({ pullRequests: [pullRequest] })] })
 * github.faults.push({ match: { path: /\/commits$/ }, respond: { kind: 'reset' } })
 * // … run the client on github.apiUrl and github.graphqlUrl with github.state.token …
 * expect(github.contractErrors).toEqual([])
 * await github.close()
 */
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
export type { Call, Reply } from './exchange.ts'
export { graphqlRateLimit, moved, primaryRateLimit, secondaryRateLimit } from './fault-presets.ts'
export type { Fault, FaultHandle, FaultMatch, FaultResponse } from './faults.ts'
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
