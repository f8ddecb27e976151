import type { PullRequestRecord } from '../delivery/index.ts'
import { isSameLabel } from '../provenance/index.ts'
import type { DeliveredComment, DeliveryOf, PullRequestDelivery } from './delivery-schema.ts'
import { rootOf } from './fold-reviews.ts'

type Folded = Omit<PullRequestRecord, 'truncated'>
type Opening = DeliveryOf<'pull_request'>['payload']

/**
 * Lists that deliveries are missing from, as far as the others show it: how the pull request was opened and how it stands
 * now have to be joined by what happened in between.
 *
 * @param deliveries the oldest first
 */
export function findGaps(
  deliveries: readonly PullRequestDelivery[],
  record: Folded,
): PullRequestRecord['truncated'] {
  const opening = deliveries.find(isOpening)?.payload
  const newest = deliveries.at(-1)?.payload.pull_request
  const gaps: PullRequestRecord['truncated'] = []
  if (hasLostReviews(deliveries, record)) gaps.push('reviews')
  const lostComments = hasLostComments(deliveries)
  if (lostComments) gaps.push('reviewComments')
  if (lostComments || hasLostThreads(deliveries)) gaps.push('threads')
  const told =
    opening !== undefined &&
    newest !== undefined &&
    headsAreJoined(deliveries, opening, record) &&
    isAlternating(record.draftEvents?.map(({ to }) => to === 'draft') ?? [], {
      from: opening.pull_request.draft ?? false,
      to: newest.draft ?? false,
    }) &&
    isAlternating(openAndClosed(record), { from: true, to: record.state === 'open' }) &&
    (opening.pull_request.base.ref === newest.base.ref || record.baseChanges?.length !== 0) &&
    labelsAreTold(record)
  if (!told) gaps.push('timeline')
  return gaps
}

function isOpening(delivery: PullRequestDelivery): delivery is DeliveryOf<'pull_request'> {
  return delivery.event === 'pull_request' && delivery.payload.action === 'opened'
}

/** Every push was put upon a head that is known, and the newest head came by one. */
function headsAreJoined(
  deliveries: readonly PullRequestDelivery[],
  opening: Opening,
  { pushes }: Folded,
): boolean {
  const heads = new Set([opening.pull_request.head.sha, ...(pushes ?? []).map(({ head }) => head)])
  return (
    (pushes ?? []).every(({ before }) => before === null || heads.has(before)) &&
    deliveries.every(({ payload }) => heads.has(payload.pull_request.head.sha))
  )
}

/** Whether each change leads from the state before it into another one, from the first state to the last. */
function isAlternating(
  states: readonly boolean[],
  { from, to }: { readonly from: boolean; readonly to: boolean },
): boolean {
  const all = [from, ...states]
  return all.at(-1) === to && all.every((state, index) => index === 0 || state !== all[index - 1])
}

/** Whether it was open after each close, reopening and merge. */
function openAndClosed({ closes, reopens, merge }: Folded): boolean[] {
  return [
    ...[...(closes ?? []), ...(merge === null ? [] : [merge])].map(({ at }) => ({
      at,
      open: false,
    })),
    ...(reopens ?? []).map(({ at }) => ({ at, open: true })),
  ]
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .map(({ open }) => open)
}

/** A label stands as what was last done to it left it. */
function labelsAreTold({ labels, labelEvents }: Folded): boolean {
  const names = [...(labels ?? []), ...(labelEvents ?? []).map(({ label }) => label)]
  return names.every((name) => {
    const own = (labelEvents ?? []).filter(({ label }) => isSameLabel(label, name))
    const last = own.filter(({ at }) => at === own.at(-1)?.at)
    const on = labels?.some((label) => isSameLabel(label, name)) ?? false
    return last.some(({ action }) => (action === 'added') === on)
  })
}

/** A comment says which review it belongs to. */
function hasLostReviews(deliveries: readonly PullRequestDelivery[], { reviews }: Folded): boolean {
  const known = new Set(reviews?.map(({ id }) => id))
  return deliveries.some(
    ({ event, payload }) =>
      event === 'pull_request_review_comment' &&
      payload.comment.pull_request_review_id != null &&
      !known.has(payload.comment.pull_request_review_id),
  )
}

/** GitHub tells how many comments there are; those that were deleted later were told too. */
function hasLostComments(deliveries: readonly PullRequestDelivery[]): boolean {
  const known = new Set(deliveries.flatMap(commentsOf).map(({ id }) => id))
  return deliveries.some(({ payload }) => (payload.pull_request.review_comments ?? 0) > known.size)
}

/** A reply tells of a thread whose opening never came. */
function hasLostThreads(deliveries: readonly PullRequestDelivery[]): boolean {
  const comments = deliveries.flatMap(commentsOf)
  const known = new Set(comments.map(({ id }) => id))
  return comments.some((comment) => !known.has(rootOf(comment)))
}

function commentsOf(delivery: PullRequestDelivery): readonly DeliveredComment[] {
  switch (delivery.event) {
    case 'pull_request_review_comment':
      return [delivery.payload.comment]
    case 'pull_request_review_thread':
      return delivery.payload.thread.comments
    default:
      return []
  }
}
