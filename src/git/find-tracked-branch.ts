import { GitError, quotable } from './git-error.ts'
import type { Repository } from './open-repository.ts'
import { type GitLimits, runGit } from './stream-git.ts'

/** The branch whose pull requests are read. */
export interface TrackedBranch {
  /** Without the remote: `main`; null for a detached HEAD. */
  readonly name: string | null
  readonly tip: string
}

/**
 * The branch of that name, of the remote `origin` before a local one, which may lag behind. Without a name the default branch:
 * where origin's HEAD points, in a bare clone its own HEAD, else HEAD.
 *
 * @throws GitError `bad-revision` when there is no such branch
 */
export async function findTrackedBranch(
  repository: Repository,
  wanted: string | undefined,
  limits: GitLimits,
): Promise<TrackedBranch> {
  if (wanted !== undefined) return findNamed(repository, wanted, limits)
  const remote = await symbolicRef(repository, 'refs/remotes/origin/HEAD', limits)
  const prefix = 'refs/remotes/origin/'
  if (remote?.startsWith(prefix)) {
    const tip = await commitOf(repository, remote, limits)
    if (tip !== undefined) return { name: remote.slice(prefix.length), tip }
  }
  const head = await symbolicRef(repository, 'HEAD', limits)
  const tip = await commitOf(repository, 'HEAD', limits)
  if (tip === undefined) {
    throw new GitError(
      'bad-revision',
      `HEAD of ${quotable(repository.directory)} points to no commit; name the branch to read`,
    )
  }
  return { name: head?.replace(/^refs\/heads\//, '') ?? null, tip }
}

async function findNamed(
  repository: Repository,
  name: string,
  limits: GitLimits,
): Promise<TrackedBranch> {
  for (const prefix of ['refs/remotes/origin/', 'refs/heads/']) {
    const tip = await commitOf(repository, prefix + name, limits)
    if (tip !== undefined) return { name, tip }
  }
  throw new GitError(
    'bad-revision',
    `${quotable(name)} is no branch of this clone; name another, or fetch it first`,
  )
}

async function symbolicRef(
  repository: Repository,
  ref: string,
  limits: GitLimits,
): Promise<string | undefined> {
  const answer = await answerOf(repository, ['symbolic-ref', '--quiet', ref], limits)
  return answer?.replace(/\n$/, '')
}

/** The commit of exactly this ref: names such as `main~3` are no refs. */
async function commitOf(
  repository: Repository,
  ref: string,
  limits: GitLimits,
): Promise<string | undefined> {
  if (/[\0\n\s~^:?*[\\]|\.\.|@\{/.test(ref)) return undefined
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]
  const answer = await answerOf(repository, args, limits)
  // Some versions repeat --end-of-options in the answer.
  return answer?.trimEnd().split('\n').at(-1)
}

async function answerOf(
  repository: Repository,
  args: readonly string[],
  limits: GitLimits,
): Promise<string | undefined> {
  try {
    return await runGit(repository, args, limits)
  } catch (error) {
    // Quiet: the exit status alone says that there is no such thing.
    if (error instanceof GitError && error.reason === 'failed') return undefined
    throw error
  }
}
