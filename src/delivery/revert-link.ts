/**
 * The rungs of the ladder of docs/reverts.md, the best first: R1 GitHub's revert pull request (its description or its
 * branch), R2 the hash of a commit, R3 a number or a title in the subject, R4 the content alone. `correction`: a person's
 * own word (`Reverts-PR: #7`).
 */
export type RevertRung = 'correction' | 'R1' | 'R2' | 'R3' | 'R4'

/** What a change is to others: `revert-of-revert`, by its title, and `reland` bring a change back and are changes themselves. */
export type RevertRole = 'revert' | 'revert-of-revert' | 'reland'

/** Where a revert or a reland is: a pull request, a commit on the branch, or both. */
export interface RevertSource {
  readonly number: number | null
  readonly sha: string | null
}

/**
 * Why a link is in no rate: `content-only`, nobody says that it reverts; `untracked-branch`, as on a release branch;
 * `partial`, less than half of the change's files are undone.
 */
export type UncountedReason = 'content-only' | 'untracked-branch' | 'partial'

/** One revert of a change, charged to that change and not to whoever reverted it. */
export interface RevertLink {
  readonly rung: RevertRung
  /** How sure the link is, 0 to 1: the share of such links that were right in the labelled corpus (docs/reverts.md). */
  readonly confidence: number
  /** When the revert landed, UTC. */
  readonly at: string
  readonly by: RevertSource
  /** It undoes only a part, by its own word, by its diff, or since it touches less than half as many files. */
  readonly partial: boolean
  /** It reverts more than one change. */
  readonly bulk: boolean
  /** When the change came back, by a reland or by a revert of the revert; it was reverted all the same. null: it did not. */
  readonly restoredAt: string | null
  readonly restoredBy: RevertSource | null
  /** Why no rate counts it; null: it is counted. */
  readonly uncounted: UncountedReason | null
}
