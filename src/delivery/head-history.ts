import type { PullRequestRecord, RecordedReview } from './record.ts'
import { timeOf, timeOrNull } from './recorded-time.ts'
import { tellsAllPushes } from './tells-all-pushes.ts'

/** Whether every push was seen, as webhooks tell them where none got lost; elsewhere only force pushes are. */
export function knowsAllPushes(record: PullRequestRecord): boolean {
  if (record.mergedFrom !== undefined) return tellsAllPushes(record)
  const { pushes, source, truncated } = record
  return pushes !== null && source === 'webhooks' && !truncated.includes('timeline')
}

/**
 * The head at a time: what the next push replaced, else what the last one brought. Where not every push was seen, commits
 * stand for them by their committer's dates. null: it cannot be told.
 */
export function headAt(record: PullRequestRecord, time: number): string | null {
  if (isUntouched(record, time)) return record.head.sha
  const pushes = (record.pushes ?? [])
    .map(({ at, head, before }) => ({ at: timeOf(at), head, before }))
    .toSorted((one, other) => one.at - other.at)
  const next = pushes.find(({ at }) => at > time)
  if (next !== undefined && next.before !== null) return next.before
  const pushed = pushes.filter(({ at }) => at <= time)
  if (knowsAllPushes(record)) {
    return pushed.at(-1)?.head ?? (next === undefined ? record.head.sha : null)
  }
  const committed = (record.commits ?? []).flatMap(({ sha, seenAt, committedAt }) => {
    const at = timeOrNull(seenAt ?? committedAt)
    return at === null ? [] : [{ at, head: sha }]
  })
  if (next === undefined && committed.every(({ at }) => at <= time)) return record.head.sha
  const known = [...pushed, ...committed.filter(({ at }) => at <= time)]
  return known.toSorted((one, other) => one.at - other.at).at(-1)?.head ?? null
}

/** No push is told, and what stands for them was all there by then: the head was what it is. */
function isUntouched({ pushes, commits }: PullRequestRecord, time: number): boolean {
  return (
    (pushes ?? []).length === 0 &&
    (commits ?? []).every(({ seenAt, committedAt }) => {
      const at = seenAt ?? committedAt
      return at === null || timeOf(at) <= time
    })
  )
}

/** The head that a review was of; null: it cannot be told. */
export function reviewedHead(record: PullRequestRecord, review: RecordedReview): string | null {
  return review.commit ?? headAt(record, timeOf(review.submittedAt))
}
