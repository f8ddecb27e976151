import type { Repository } from './open-repository.ts'
import { readLines } from './read-lines.ts'
import { type GitLimits, streamGit } from './stream-git.ts'

/**
 * Where clones keep the heads of pull requests: GitHub's own refs, what `git fetch` is commonly told to make of them, and
 * GitLab's merge requests. `refs/pull/N/merge` is GitHub's trial merge of base and head.
 */
export const PULL_REQUEST_REFS = [
  'refs/pull/*/head',
  'refs/pull/*/merge',
  'refs/remotes/*/pr/*',
  'refs/remotes/*/pull/*',
  'refs/remotes/pull/*',
  'refs/merge-requests/*/head',
] as const

/** Heads of pull requests by number. */
export interface PullRequestRefs {
  readonly heads: ReadonlyMap<number, string>
  /** Trial merges of those that have no other ref: the head is the second parent. */
  readonly trialMerges: ReadonlyMap<number, string>
}

const layout =
  /^refs\/(?:pull|merge-requests|remotes\/(?:[^/]+\/)?(?:pr|pull))\/([1-9]\d{0,8})(?:\/(head|merge))?$/

export async function readPullRequestRefs(
  repository: Repository,
  limits: GitLimits,
): Promise<PullRequestRefs> {
  const heads = new Map<number, string>()
  const trialMerges = new Map<number, string>()
  const prefixes = ['refs/pull', 'refs/remotes', 'refs/merge-requests']
  const args = ['for-each-ref', '--format=%(objectname) %(refname)', ...prefixes]
  for await (const line of readLines(streamGit(repository, args, limits))) {
    const [id = '', ref = ''] = line.split(' ')
    const [, digits, kind] = layout.exec(ref) ?? []
    if (digits === undefined) continue
    const refs = kind === 'merge' ? trialMerges : heads
    if (!refs.has(Number(digits))) refs.set(Number(digits), id)
  }
  for (const number of heads.keys()) trialMerges.delete(number)
  return { heads, trialMerges }
}
