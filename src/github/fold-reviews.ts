import type { Actor, PullRequestRecord, RecordedReview } from '../delivery/index.ts'
import type {
  DeliveredAccount,
  DeliveredComment,
  DeliveryOf,
  PullRequestDelivery,
} from './delivery-schema.ts'

type ToActor = (account: DeliveredAccount | null | undefined) => Actor
type Reviewing = Pick<PullRequestRecord, 'reviews' | 'reviewComments' | 'threads'>

/** Reviews, comments on lines and their threads. A thread is known by the number of the comment that opened it. */
export function foldReviews(
  deliveries: readonly PullRequestDelivery[],
  toActor: ToActor,
): { [List in keyof Reviewing]: NonNullable<Reviewing[List]> } {
  const reviewed = deliveries.filter((delivery) => delivery.event === 'pull_request_review')
  const threads = deliveries.filter((delivery) => delivery.event === 'pull_request_review_thread')
  const commented = deliveries.filter(
    (delivery) => delivery.event === 'pull_request_review_comment',
  )
  const comments = new Map<number, DeliveredComment>()
  for (const { payload } of threads) {
    for (const comment of payload.thread.comments) comments.set(comment.id, comment)
  }
  for (const { payload } of commented) comments.set(payload.comment.id, payload.comment)
  const deleted = new Set(
    commented
      .filter(({ payload }) => payload.action === 'deleted')
      .map(({ payload }) => payload.comment.id),
  )
  const standing = [...comments.values()].filter(({ id }) => !deleted.has(id)).toSorted(byTime)
  return {
    reviews: toReviews(reviewed, toActor),
    reviewComments: standing.map((comment) => ({
      id: comment.id,
      by: toActor(comment.user),
      at: comment.created_at,
      commit: comment.original_commit_id ?? comment.commit_id ?? null,
    })),
    threads: toThreads(standing, comments, threads, toActor),
  }
}

const states = {
  approved: 'approved',
  changes_requested: 'changes-requested',
  commented: 'commented',
} as const

/** Told once when it is submitted, and again when it is dismissed: then it no longer says what it was. */
function toReviews(
  reviewed: readonly DeliveryOf<'pull_request_review'>[],
  toActor: ToActor,
): RecordedReview[] {
  const byId = Map.groupBy(reviewed, ({ payload }) => payload.review.id)
  const reviews = Array.from(byId, ([id, told]): RecordedReview[] => {
    const last = told.at(-1)?.payload.review
    const submittedAt = last?.submitted_at
    if (!submittedAt) return []
    const dismissal = told.find(({ payload }) => payload.action === 'dismissed')?.payload
    const state = told.map(({ payload }) => toState(payload.review.state)).find(isKnown)
    return [
      {
        id,
        by: toActor(last?.user),
        state: state ?? 'unknown',
        submittedAt,
        dismissedAt: dismissal?.review.updated_at ?? dismissal?.pull_request.updated_at ?? null,
        commit: last?.commit_id ?? null,
      },
    ]
  })
  return reviews
    .flat()
    .toSorted(
      (one, other) =>
        Date.parse(one.submittedAt) - Date.parse(other.submittedAt) || one.id - other.id,
    )
}

function toState(state: string): RecordedReview['state'] {
  const known = Object.entries(states).find(([name]) => name === state.toLowerCase())
  return known?.[1] ?? 'unknown'
}

function isKnown(state: RecordedReview['state']): boolean {
  return state !== 'unknown'
}

function toThreads(
  standing: readonly DeliveredComment[],
  comments: ReadonlyMap<number, DeliveredComment>,
  told: readonly DeliveryOf<'pull_request_review_thread'>[],
  toActor: ToActor,
): NonNullable<PullRequestRecord['threads']> {
  const byRoot = Map.groupBy(standing, rootOf)
  const threads = Array.from(byRoot, ([root, own]) => {
    const opening = comments.get(root)
    if (opening === undefined) return []
    const last = told.findLast(({ payload }) => payload.thread.comments.some(isOf(root)))
    return [
      {
        id: String(root),
        openedBy: toActor(opening.user),
        openedAt: opening.created_at,
        comments: own.length,
        resolved: last?.payload.action === 'resolved',
      },
    ]
  })
  return threads.flat()
}

function isOf(root: number): (comment: DeliveredComment) => boolean {
  return (comment) => rootOf(comment) === root
}

/** The comment that opened the thread: GitHub names it in every reply. */
export function rootOf({ id, in_reply_to_id: root }: DeliveredComment): number {
  return root ?? id
}

function byTime(one: DeliveredComment, other: DeliveredComment): number {
  return Date.parse(one.created_at) - Date.parse(other.created_at) || one.id - other.id
}
