import { isLongLivedBranch } from '../delivery/index.ts'
import { GitError, quotable } from './git-error.ts'
import type { Repository } from './open-repository.ts'
import { type GitLimits, runGit } from './stream-git.ts'

/** The branch whose pull requests are read. */
export interface TrackedBranch {
  /**
   * Without the remote: `main`. Null where nothing says that it is the default branch, neither the remote, the caller nor its
   * name: it may be a person's own, whose name is for no record.
   */
  readonly name: string | null
  readonly tip: string
  /** Only with a name of null: why it may be the wrong branch, a sentence with what to do about it. */
  readonly warning?: string
}

/** What the default branch is, as a rule, if the clone does not say. */
const usualDefaults = ['main', 'master'] as const

/**
 * The branch of that name, of the remote `origin` before a local one, which may lag behind. Without a name the default branch:
 * where origin's HEAD points, else `main` or `master`, be it checked out or origin's, else HEAD, which is the default
 * branch in a bare clone and in another one whatever is checked out.
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
  const checkedOut = await symbolicRef(repository, 'HEAD', limits)
  const name = checkedOut?.replace(/^refs\/heads\//, '')
  if (!usualDefaults.some((usual) => usual === name)) {
    for (const usual of usualDefaults) {
      const tip = await commitOf(repository, prefix + usual, limits)
      if (tip !== undefined) return { name: usual, tip }
    }
  }
  return await findCheckedOut(repository, name, limits)
}

/** @param name without it, HEAD is detached */
async function findCheckedOut(
  repository: Repository,
  name: string | undefined,
  limits: GitLimits,
): Promise<TrackedBranch> {
  const tip = await commitOf(repository, 'HEAD', limits)
  if (tip === undefined) {
    throw new GitError(
      'bad-revision',
      `HEAD of ${quotable(repository.directory)} points to no commit; name the branch to read`,
    )
  }
  if (name !== undefined && isLongLivedBranch(name)) return { name, tip }
  const read = name === undefined ? 'a detached HEAD' : `the branch ${quotable(name)}`
  return {
    name: null,
    tip,
    warning:
      `${read} is read, since the clone does not tell its default branch; where that is another, ` +
      (repository.bare
        ? '"git symbolic-ref HEAD refs/heads/NAME" sets it'
        : 'check it out, or let "git remote set-head origin --auto" tell it'),
  }
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
