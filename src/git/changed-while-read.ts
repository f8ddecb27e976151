import { GitError } from './git-error.ts'

/** Two answers of git do not fit together: somebody fetched, or rewrote the branch, in between. */
export function changedWhileRead(): GitError {
  return new GitError('failed', 'the clone changed while it was read; run the command again')
}
