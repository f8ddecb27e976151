import { knowsAllPushes } from './head-history.ts'
import type { PullRequestRecord, RecordedCommit } from './record.ts'
import { timeOf, timeOrNull } from './recorded-time.ts'

/** Since when a commit was on the pull request. */
export interface KnownSince {
  /** Milliseconds since the epoch; minus infinity where nothing tells it, so that it counts as there from the start. */
  readonly at: number
  /** GitHub told it; otherwise it is the committer's date, which a client set. */
  readonly told: boolean
}

/**
 * Dates the commits of a record by the push that first brought them. A push brings the commits up to its head, so what
 * stands before that head in the list came with it or earlier; what stands before the head that the first push replaced
 * was there from the opening. Where not every push is told, the committer's date decides, not before the opening.
 */
export function commitTimes(record: PullRequestRecord): (commit: RecordedCommit) => KnownSince {
  const opened = timeOrNull(record.createdAt) ?? Number.NEGATIVE_INFINITY
  const places = new Map((record.commits ?? []).map(({ sha }, place) => [sha, place]))
  const pushes = (record.pushes ?? [])
    .map(({ at, head, before }) => ({ at: timeOf(at), before, upTo: places.get(head) ?? -1 }))
    .toSorted((one, other) => one.at - other.at)
  const whole = knowsAllPushes(record) && !record.truncated.includes('timeline')
  const atOpening = places.get(pushes[0]?.before ?? '') ?? -1
  const brought = whole ? [{ at: opened, upTo: atOpening }, ...pushes] : pushes
  return (commit) => {
    const place = places.get(commit.sha) ?? Number.POSITIVE_INFINITY
    const pushed = brought.find(({ upTo }) => upTo >= place)?.at ?? Number.POSITIVE_INFINITY
    const seen = Math.min(timeOrNull(commit.seenAt) ?? Number.POSITIVE_INFINITY, pushed)
    const isPushed = whole && pushed < Number.POSITIVE_INFINITY
    if (isPushed || commit.seenAt !== null) return { at: Math.max(opened, seen), told: true }
    if (whole && pushes.length === 0) return { at: opened, told: true }
    const dated = timeOrNull(commit.committedAt)
    const at = Math.max(opened, Math.min(dated ?? opened, seen))
    return { at, told: dated !== null && dated <= opened }
  }
}
