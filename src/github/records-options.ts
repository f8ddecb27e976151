import type { DeliveryRecord, Recording } from '../delivery/index.ts'
import type { Asked } from './records-checkpoint.ts'
import type { Waiting } from './wait-for-limits.ts'

/** What is read of a repository, and how. */
export interface RecordsOptions extends Waiting {
  readonly recording: Recording
  /** What time it is, UTC, ISO 8601: the records of a page carry the time at which the page was asked for. */
  readonly readAt: () => string
  /**
   * From when on, and until before when, ISO 8601. A pull request is read where it was opened, made ready, closed, reopened or
   * merged in that time, so that whatever is selected by one of these dates is complete; a commit on the branch where it
   * was committed then. What happened to such a pull request before or after that is in its record too.
   */
  readonly since?: string
  readonly until?: string
  /**
   * With `since`: only pull requests that changed on GitHub since this time, ISO 8601, in whatever way, for whoever has the
   * records of the time before. Of the branch everything is read: a commit may be pushed long after it was made.
   */
  readonly updatedSince?: string
  /** A checkpoint of a page: reading goes on after it. */
  readonly resumeFrom?: string
  /** Pull requests asked for at once, at most; default 25. */
  readonly pageSize?: number
  /** Branches whose changes are counted; default the default branch. */
  readonly trackedBranches?: readonly string[]
  /** Whether to look on the default branch for reverts that came with no pull request (default): a request per 100 commits. */
  readonly branchCommits?: boolean
  /**
   * Whether to compare the heads that were reviewed; default not. It needs `contents: read`, and takes a request for each
   * head of a pull request to which something was pushed after its first review.
   */
  readonly headDiffs?: boolean
}

/** Some records, and how far the reading has come with them. */
export interface RecordPage {
  readonly records: readonly DeliveryRecord[]
  /** Opaque; reading goes on after this page with it. */
  readonly checkpoint: string
  /** Pull requests looked at so far, those before the checkpoint included. */
  readonly read: number
  /** How many there are; null: not known. */
  readonly total: number | null
}

/** A repository by its name. */
export interface RepositoryName {
  readonly owner: string
  readonly name: string
}

/** What a checkpoint must be of to go on with this reading. */
export function askedOf(
  { owner, name }: RepositoryName,
  {
    recording,
    since,
    until,
    updatedSince,
    trackedBranches,
    branchCommits,
    headDiffs,
  }: RecordsOptions,
): Asked {
  return {
    repository: `${owner}/${name}`.toLowerCase(),
    since: since ?? null,
    until: until ?? null,
    updatedSince: updatedSince ?? null,
    trackedBranches: trackedBranches ? [...trackedBranches] : null,
    branchCommits: branchCommits ?? true,
    headDiffs: headDiffs ?? false,
    registry: recording.marks.version,
    key: recording.pseudonyms.text('checkpoint'),
  }
}
