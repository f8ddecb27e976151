import type { PullRequestRecord } from '../delivery/index.ts'

type Method = NonNullable<PullRequestRecord['merge']>['method']

/** What tells how a pull request was merged. */
export interface MergeTraces {
  readonly number: number
  readonly merge: {
    readonly oid: string
    readonly message: string
    readonly parents: number
    readonly committer: string | undefined
  }
  /** Commits of the pull request, oldest first; null: not known. */
  readonly commits: readonly { readonly sha: string; readonly message: string }[] | null
  /** Whether `commits` are all. */
  readonly complete: boolean
}

/**
 * How it was merged, as far as the commit on the base branch shows; GitHub does not say. The button's merge and squash
 * commits are GitHub's own (committer `noreply@github.com`, on a GitHub Enterprise Server `noreply@<its name>`), a rebase
 * makes new commits in the name of whoever pressed it. Commits that came onto the branch as they were had been pushed.
 */
export function mergeMethod({ number, merge, commits, complete }: MergeTraces): Method {
  if (commits?.some(({ sha }) => sha === merge.oid)) return 'push'
  const byGitHub = /^noreply@/i.test(merge.committer ?? '')
  if (merge.parents > 1) {
    return byGitHub || merge.message.startsWith(`Merge pull request #${number} `) ? 'merge' : 'push'
  }
  if (commits === null) return byGitHub ? 'squash' : null
  // The last one of a list that is cut off is not the last one of the pull request.
  if (!complete) return null
  const last = commits.at(-1)?.message.trim()
  if (last !== merge.message.trim()) return 'squash'
  return commits.length > 1 || !byGitHub ? 'rebase' : 'squash'
}
