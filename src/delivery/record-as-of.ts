import type { PullRequestRecord } from './record.ts'
import { timeOf } from './recorded-time.ts'

/**
 * The record as it would have been read at an earlier time, as far as it tells times: later events are taken away. Labels
 * (whose own events tell their times), resolved threads and sizes stay as they were read. A record that was read before that time stays as it is.
 */
export function recordAsOf(record: PullRequestRecord, time: number): PullRequestRecord {
  if (timeOf(record.readAt) <= time) return record
  const merge = record.merge !== null && timeOf(record.merge.at) <= time ? record.merge : null
  const closes = upTo(record.closes, time)
  const reopens = upTo(record.reopens, time)
  const late = ({ seenAt }: { readonly seenAt: string | null }) =>
    seenAt !== null && timeOf(seenAt) > time
  return {
    ...record,
    readAt: new Date(time).toISOString().replace('.000Z', 'Z'),
    state: stateOf(record, merge, closes, reopens),
    merge,
    closes,
    reopens,
    draftEvents: upTo(record.draftEvents, time),
    baseChanges: upTo(record.baseChanges, time),
    pushes: upTo(record.pushes, time),
    reviewRequests: upTo(record.reviewRequests, time),
    reviewComments: upTo(record.reviewComments, time),
    queueEvents: upTo(record.queueEvents, time),
    sizeHistory: upTo(record.sizeHistory, time),
    reviews:
      record.reviews
        ?.filter(({ submittedAt }) => timeOf(submittedAt) <= time)
        .map((review) =>
          review.dismissedAt !== null && timeOf(review.dismissedAt) > time
            ? { ...review, dismissedAt: null }
            : review,
        ) ?? null,
    threads: record.threads?.filter(({ openedAt }) => timeOf(openedAt) <= time) ?? null,
    commits: record.commits?.filter((commit) => !late(commit)) ?? null,
  }
}

function upTo<Event extends { readonly at: string }>(
  events: readonly Event[] | null,
  time: number,
): Event[] | null {
  return events?.filter(({ at }) => timeOf(at) <= time) ?? null
}

/** Closed by then if it was closed after it was last reopened; where no close is told, what was read holds. */
function stateOf(
  record: PullRequestRecord,
  merge: PullRequestRecord['merge'],
  closes: PullRequestRecord['closes'],
  reopens: PullRequestRecord['reopens'],
): PullRequestRecord['state'] {
  if (merge !== null) return 'merged'
  if (record.state === 'merged' && record.merge === null) return 'merged'
  if (closes === null) return record.state === 'closed' ? 'closed' : 'open'
  const last = (events: readonly { readonly at: string }[]) =>
    Math.max(Number.NEGATIVE_INFINITY, ...events.map(({ at }) => timeOf(at)))
  return closes.length > 0 && last(closes) >= last(reopens ?? []) ? 'closed' : 'open'
}
