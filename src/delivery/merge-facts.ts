import { canonicalText } from './canonical-text.ts'
import { earliest, either, known, knownActor, type Uniting, uniteLists } from './merge-lists.ts'
import type { PullRequestRecord, RecordedReview } from './record.ts'
import { compareTimes } from './record-readings.ts'

type Push = NonNullable<PullRequestRecord['pushes']>[number]
type ReviewComment = NonNullable<PullRequestRecord['reviewComments']>[number]
type Thread = NonNullable<PullRequestRecord['threads']>[number]
type OpenedThread = Pick<Thread, 'id' | 'openedBy' | 'openedAt'>

/**
 * Webhooks tell every push, GitHub's timeline only the forced ones: a head that both tell was pushed once, unless one of
 * them saw it come back at another time.
 */
export function mergePushes(
  one: PullRequestRecord,
  other: PullRequestRecord,
): PullRequestRecord['pushes'] {
  const of = { join: joinPushes, order: byTime }
  const once = (pushes: readonly Push[] | null) =>
    pushes && uniteLists(pushes, [], { ...of, key: ({ head, at }) => `${head} ${Date.parse(at)}` })
  return uniteKnown(once(one.pushes), once(other.pushes), {
    ...of,
    key: ({ head }) => head,
    repeats: true,
  })
}

function joinPushes(one: Push, other: Push): Push {
  return {
    at: earlier(one.at, other.at),
    head: one.head,
    before: known(one.before, other.before),
    forced: known(one.forced, other.forced),
    by: knownActor(one.by, other.by),
  }
}

export function mergeReviews(
  one: PullRequestRecord,
  other: PullRequestRecord,
): PullRequestRecord['reviews'] {
  return uniteKnown<RecordedReview>(one.reviews, other.reviews, {
    key: ({ id }) => id,
    join: (first, second) => ({
      id: first.id,
      by: knownActor(first.by, second.by),
      state: knownState(first.state, second.state),
      submittedAt: earlier(first.submittedAt, second.submittedAt),
      dismissedAt: earliest(first.dismissedAt, second.dismissedAt),
      commit: known(first.commit, second.commit),
    }),
    order: (first, second) => compareTimes(first.submittedAt, second.submittedAt),
  })
}

/** Once dismissed, a review no longer tells what it was: who saw it before knows more. */
function knownState(
  one: RecordedReview['state'],
  other: RecordedReview['state'],
): RecordedReview['state'] {
  if (one === 'unknown' || other === 'unknown') return one === 'unknown' ? other : one
  return either(one, other)
}

export function mergeReviewComments(
  one: PullRequestRecord,
  other: PullRequestRecord,
): PullRequestRecord['reviewComments'] {
  return uniteKnown<ReviewComment>(one.reviewComments, other.reviewComments, {
    key: ({ id }) => id,
    join: (first, second) => ({
      id: first.id,
      by: knownActor(first.by, second.by),
      at: earlier(first.at, second.at),
      commit: known(first.commit, second.commit),
    }),
    order: byTime,
  })
}

/** What never changes of the threads: how each stands is for the newest reading to tell. */
export function uniteThreads(
  one: PullRequestRecord,
  other: PullRequestRecord,
): OpenedThread[] | null {
  return uniteKnown(one.threads?.map(toOpened) ?? null, other.threads?.map(toOpened) ?? null, {
    key: ({ id }) => id,
    join: (first, second) => ({
      id: first.id,
      openedBy: knownActor(first.openedBy, second.openedBy),
      openedAt: earlier(first.openedAt, second.openedAt),
    }),
    order: (first, second) => compareTimes(first.openedAt, second.openedAt),
  })
}

function toOpened({ id, openedBy, openedAt }: Thread): OpenedThread {
  return { id, openedBy, openedAt }
}

export function mergeSizeHistory(
  one: PullRequestRecord,
  other: PullRequestRecord,
): PullRequestRecord['sizeHistory'] {
  return uniteKnown(one.sizeHistory, other.sizeHistory, {
    key: canonicalText,
    join: (first) => first,
    order: byTime,
  })
}

/** The lists of both sides as one; null where neither side can know it. */
function uniteKnown<Item>(
  one: readonly Item[] | null,
  other: readonly Item[] | null,
  by: Uniting<Item>,
): Item[] | null {
  return one === null && other === null ? null : uniteLists(one ?? [], other ?? [], by)
}

function byTime(one: { readonly at: string }, other: { readonly at: string }): number {
  return compareTimes(one.at, other.at)
}

function earlier(one: string, other: string): string {
  return earliest(one, other) ?? one
}
