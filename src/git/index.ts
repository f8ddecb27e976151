export { GitError, type GitErrorReason } from './git-error.ts'
export { type OpenOptions, openRepository, type Repository } from './open-repository.ts'
export { type ReadOptions, readCommitBatches, readCommits } from './read-commits.ts'
export { readNewestCommitTime } from './read-newest-commit-time.ts'
export { readOriginName } from './read-origin-name.ts'
export {
  type ReadRecordsOptions,
  readPullRequestRecords,
} from './read-pull-request-records.ts'
export type { Environment, GitLimits } from './stream-git.ts'
