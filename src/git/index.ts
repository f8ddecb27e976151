export { GitError, type GitErrorReason } from './git-error.ts'
export { type OpenOptions, openRepository, type Repository } from './open-repository.ts'
export { type ReadOptions, readCommitBatches, readCommits } from './read-commits.ts'
export type { Environment, GitLimits } from './stream-git.ts'
