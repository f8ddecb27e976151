import { peopleReviews } from './clocks.ts'
import { type Difference, differingLines } from './difference.ts'
import { reviewedHead } from './head-history.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import type { PullRequestRecord } from './record.ts'
import { latestOf, timeOf, timeOrNull } from './recorded-time.ts'
import { responsiblePerson } from './responsible-person.ts'

/** Heads whose differences tell how much changed after the first review. */
export interface HeadsToCompare {
  /** None where nothing was pushed after the first review, which needs no comparison. */
  readonly heads: readonly string[]
  /** False: there are others, which cannot be compared. */
  readonly complete: boolean
}

/**
 * The heads that other people reviewed, and the last one. What was reviewed before the base was changed cannot be compared:
 * its merge base is on the former one.
 */
export function headsToCompare(record: PullRequestRecord): HeadsToCompare {
  const last = record.head.sha
  const retargeted = latestOf((record.baseChanges ?? []).map(({ at }) => timeOf(at)))
  const merged = timeOrNull(record.merge?.at ?? null)
  const reviewed = new Map<string | null, boolean>()
  for (const review of peopleReviews(record, merged, responsiblePerson(record))) {
    const head = reviewedHead(record, review)
    const onBase = retargeted === null || timeOf(review.submittedAt) > retargeted
    reviewed.set(head, (reviewed.get(head) ?? false) || onBase)
  }
  if (last !== null) reviewed.delete(last)
  const heads = Array.from(reviewed).flatMap(([head, onBase]) =>
    head === null || last === null || !onBase ? [] : [head],
  )
  return {
    heads: heads.length === 0 || last === null ? [] : [...heads, last],
    complete: heads.length === reviewed.size,
  }
}

/**
 * The differences of heads as a record holds them. How far the last one differs from them is told only where the last one
 * is as large as the pull request itself is told to be: else it stands on another base than that.
 */
export function recordHeadDiffs(
  record: PullRequestRecord,
  differences: ReadonlyMap<string, Difference>,
  pseudonyms: Pseudonyms,
): NonNullable<PullRequestRecord['headDiffs']> {
  const last = lastDifference(record, differences)
  return Array.from(differences, ([head, difference]) => ({
    head,
    key: pseudonyms.text(difference.identity),
    changedSince: last === undefined ? null : differingLines(difference, last),
    lines: difference.lines,
  })).filter(({ head }) => head !== record.head.sha || last !== undefined)
}

function lastDifference(
  { head, size }: PullRequestRecord,
  differences: ReadonlyMap<string, Difference>,
): Difference | undefined {
  const last = differences.get(head.sha ?? '')
  if (last === undefined || size === null) return undefined
  const { files, additions, deletions } = last.total
  const same =
    files === size.total.files &&
    additions === size.total.additions &&
    deletions === size.total.deletions
  return same ? last : undefined
}
