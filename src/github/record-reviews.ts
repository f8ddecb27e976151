import type { Actor, PullRequestRecord, RecordedReview } from '../delivery/index.ts'
import type { ActorNode } from './actor-node.ts'
import type { ReviewNode, ThreadNode } from './records-schema.ts'
import { iso, type Timeline } from './records-timeline.ts'

/** How an actor is recorded. */
export type Act = (given: ActorNode | null) => Actor

const reviewStates = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  COMMENTED: 'commented',
  DISMISSED: 'unknown',
  PENDING: 'unknown',
} as const

/** A dismissed review was what the event of its dismissal says; one that is pending is no review yet. */
export function recordReview(review: ReviewNode, timeline: Timeline, actor: Act): RecordedReview[] {
  if (review.submittedAt === null || review.state === 'PENDING') return []
  const dismissal = timeline.dismissalOf(review.fullDatabaseId)
  const state = review.state === 'DISMISSED' ? dismissal?.previousReviewState : review.state
  return [
    {
      id: review.fullDatabaseId,
      by: actor(review.author),
      state: reviewStates[state ?? 'DISMISSED'],
      submittedAt: iso(review.submittedAt),
      dismissedAt: dismissal === undefined ? null : iso(dismissal.createdAt),
      commit: review.commit?.oid ?? null,
    },
  ]
}

/**
 * A thread is known by the number of the comment that opened it, as webhooks have no other. One whose first comment cannot
 * be seen tells nothing of itself.
 */
export function recordThread(
  { isResolved, comments }: ThreadNode,
  actor: Act,
): NonNullable<PullRequestRecord['threads']> {
  const [first] = comments.nodes
  if (!first) return []
  return [
    {
      id: String(first.fullDatabaseId),
      openedBy: actor(first.author),
      openedAt: iso(first.createdAt),
      comments: comments.totalCount,
      resolved: isResolved,
    },
  ]
}

/** Comments on the difference, thread by thread. */
export function recordComments(
  threads: readonly ThreadNode[],
  actor: Act,
): PullRequestRecord['reviewComments'] {
  return threads.flatMap(({ comments }) =>
    comments.nodes.flatMap((comment) =>
      comment === null
        ? []
        : [
            {
              id: comment.fullDatabaseId,
              by: actor(comment.author),
              at: iso(comment.createdAt),
              commit: comment.originalCommit?.oid ?? null,
            },
          ],
    ),
  )
}
