import { type GitLimits, type GitLocation, runGit } from './stream-git.ts'

/**
 * Committer's date of the newest commit on a branch of the remote `origin`, or where there is none on any branch;
 * milliseconds since the epoch. A clone holds everything up to then, and nothing shows that it holds more.
 */
export async function readNewestCommitTime(
  location: GitLocation,
  limits: GitLimits = {},
): Promise<number> {
  for (const branches of ['refs/remotes/origin', 'refs/heads']) {
    const args = ['--sort=-committerdate', '--count=1', '--format=%(committerdate:unix)', branches]
    const answer = await runGit(location, ['for-each-ref', ...args], limits)
    if (answer.trim() !== '') return Number(answer) * 1_000
  }
  return Number(await runGit(location, ['log', '-1', '--format=%ct', 'HEAD'], limits)) * 1_000
}
