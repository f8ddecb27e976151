import { commitTimes } from './commit-times.ts'
import { headAt } from './head-history.ts'
import type { PullRequestRecord } from './record.ts'
import { timeOf, timeOrNull, writeTime } from './recorded-time.ts'

/**
 * The record as it would have been read at an earlier time, as far as it tells times: later events are taken away, also those
 * that came in while a long reading went on. Labels (whose own events tell their times), resolved threads and sizes stay as
 * they were read. Nothing is added to a record that was read before that time.
 */
export function recordAsOf(record: PullRequestRecord, time: number): PullRequestRecord {
  if (isAllBy(record, time)) return record
  const kept = {
    merge: record.merge !== null && timeOf(record.merge.at) <= time ? record.merge : null,
    closes: upTo(record.closes, time),
    reopens: upTo(record.reopens, time),
    pushes: upTo(record.pushes, time),
  }
  const wasRead = timeOf(record.readAt) <= time
  const sha = headThen(record, kept, time)
  return {
    ...record,
    ...kept,
    readAt: wasRead ? record.readAt : writeTime(time),
    state: stateThen(record, kept, time),
    head: { ...record.head, sha },
    commits: commitsThen(record, kept, time),
    draftEvents: upTo(record.draftEvents, time),
    baseChanges: upTo(record.baseChanges, time),
    reviewRequests: upTo(record.reviewRequests, time),
    reviewComments: upTo(record.reviewComments, time),
    queueEvents: upTo(record.queueEvents, time),
    sizeHistory: upTo(record.sizeHistory, time),
    reviews: reviewsThen(record.reviews, time),
    threads: record.threads?.filter(({ openedAt }) => timeOf(openedAt) <= time) ?? null,
    // They are set against the head that was read.
    headDiffs:
      sha === record.head.sha
        ? record.headDiffs
        : (record.headDiffs?.map((diff) => ({ ...diff, changedSince: null })) ?? null),
  }
}

/** Whether a merged change was read by then and nothing in its record is later, as it mostly is: there is nothing to take away. */
function isAllBy(record: PullRequestRecord, time: number): boolean {
  const isBy = (at: string) => timeOf(at) <= time
  const areBy = (events: readonly { readonly at: string }[] | null) =>
    events === null || events.every(({ at }) => isBy(at))
  const { merge, readAt, reviews, threads } = record
  return (
    merge !== null &&
    isBy(merge.at) &&
    isBy(readAt) &&
    areBy(record.closes) &&
    areBy(record.reopens) &&
    areBy(record.pushes) &&
    areBy(record.draftEvents) &&
    areBy(record.baseChanges) &&
    areBy(record.reviewRequests) &&
    areBy(record.reviewComments) &&
    areBy(record.queueEvents) &&
    areBy(record.sizeHistory) &&
    (reviews ?? []).every(
      ({ submittedAt, dismissedAt }) =>
        isBy(submittedAt) && (dismissedAt === null || isBy(dismissedAt)),
    ) &&
    (threads ?? []).every(({ openedAt }) => isBy(openedAt))
  )
}

/** Whether a record tells of anything by which its assistance may be another than it was at that time. */
export function tellsLater(record: PullRequestRecord, time: number): boolean {
  const edited = timeOrNull(record.description?.editedAt ?? null)
  return (
    timeOf(record.readAt) > time ||
    (edited !== null && edited > time) ||
    (record.labelEvents ?? []).some(({ at }) => timeOf(at) > time) ||
    (record.declarations ?? []).some(
      ({ at, undoneAt }) => Math.max(timeOf(at), timeOf(undoneAt ?? at)) > time,
    )
  )
}

type Kept = Pick<PullRequestRecord, 'merge' | 'closes' | 'reopens' | 'pushes'>

function upTo<Event extends { readonly at: string }>(
  events: readonly Event[] | null,
  time: number,
): Event[] | null {
  return events?.filter(({ at }) => timeOf(at) <= time) ?? null
}

function reviewsThen(
  reviews: PullRequestRecord['reviews'],
  time: number,
): PullRequestRecord['reviews'] {
  const submitted = reviews?.filter(({ submittedAt }) => timeOf(submittedAt) <= time) ?? null
  if (submitted?.every(({ dismissedAt }) => dismissedAt === null)) return submitted
  return (
    submitted?.map((review) =>
      review.dismissedAt !== null && timeOf(review.dismissedAt) > time
        ? { ...review, dismissedAt: null }
        : review,
    ) ?? null
  )
}

/** Whether it was read by then and none of these came later. */
function isAsRead(
  record: PullRequestRecord,
  kept: Kept,
  time: number,
  events: readonly ('closes' | 'reopens' | 'pushes')[],
): boolean {
  return (
    timeOf(record.readAt) <= time &&
    record.merge === kept.merge &&
    events.every((name) => record[name]?.length === kept[name]?.length)
  )
}

/** The head is the last from the merge on. null: it cannot be told. */
function headThen(record: PullRequestRecord, kept: Kept, time: number): string | null {
  if (kept.merge !== null || isAsRead(record, kept, time, ['pushes'])) return record.head.sha
  return record.pushes === null && record.commits === null ? null : headAt(record, time)
}

/** What was read was there by then, unless a push tells otherwise; a committer's clock alone may be ahead. */
function commitsThen(
  record: PullRequestRecord,
  kept: Kept,
  time: number,
): PullRequestRecord['commits'] {
  if (kept.merge !== null || record.commits === null) return record.commits
  const since = commitTimes(record)
  const wasRead = isAsRead(record, kept, time, [])
  return record.commits.filter((commit) => {
    const { at, told } = since(commit)
    return at <= time || (wasRead && !told)
  })
}

/** Closed by then if it was closed after it was last reopened; where no close is told, what was read holds. */
function stateThen(
  record: PullRequestRecord,
  kept: Kept,
  time: number,
): PullRequestRecord['state'] {
  const { merge, closes, reopens } = kept
  if (isAsRead(record, kept, time, ['closes', 'reopens'])) return record.state
  if (merge !== null) return 'merged'
  if (record.state === 'merged' && record.merge === null) return 'merged'
  if (closes === null) return record.state === 'closed' ? 'closed' : 'open'
  const last = (events: readonly { readonly at: string }[]) =>
    Math.max(Number.NEGATIVE_INFINITY, ...events.map(({ at }) => timeOf(at)))
  return closes.length > 0 && last(closes) >= last(reopens ?? []) ? 'closed' : 'open'
}
