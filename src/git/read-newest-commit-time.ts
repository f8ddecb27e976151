import { findTrackedBranch } from './find-tracked-branch.ts'
import type { Repository } from './open-repository.ts'
import { type GitLimits, runGit } from './stream-git.ts'

/**
 * Committer's date of the newest commit on the tracked branch or any branch of the remote `origin`, or where there is no such
 * remote on any branch; milliseconds since the epoch. A clone holds everything up to then, and nothing shows that it holds
 * more. Old branches of the remote may lie about in a clone that is no longer fetched that way.
 */
export async function readNewestCommitTime(
  repository: Repository,
  limits: GitLimits = {},
): Promise<number> {
  const { tip } = await findTrackedBranch(repository, undefined, limits)
  const tracked = await runGit(repository, ['log', '-1', '--format=%ct', tip], limits)
  for (const branches of ['refs/remotes/origin', 'refs/heads']) {
    const args = ['--sort=-committerdate', '--count=1', '--format=%(committerdate:unix)', branches]
    const answer = await runGit(repository, ['for-each-ref', ...args], limits)
    if (answer.trim() !== '') return Math.max(Number(tracked), Number(answer)) * 1_000
  }
  return Number(tracked) * 1_000
}
