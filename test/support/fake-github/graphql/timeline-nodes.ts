import { aLabel } from '../builders.ts'
import { nodeId } from '../node-id.ts'
import {
  findLabel,
  type LabelEvent,
  type PullRequest,
  type SimpleEvent,
  type TimelineEvent,
} from '../state.ts'
import { actorNode } from './actor-node.ts'
import type { RepositoryContext } from './context.ts'
import { NotModelled } from './errors.ts'
import { labelNode } from './label-node.ts'
import { linkedCommit, reviewNode } from './review-nodes.ts'

type AnyEvent = LabelEvent | TimelineEvent

/** What GraphQL calls an event of a timeline: the member of the enumeration, and the type. */
const names: Readonly<Record<AnyEvent['type'], readonly [item: string, type: string]>> = {
  labeled: ['LABELED_EVENT', 'LabeledEvent'],
  unlabeled: ['UNLABELED_EVENT', 'UnlabeledEvent'],
  ready_for_review: ['READY_FOR_REVIEW_EVENT', 'ReadyForReviewEvent'],
  convert_to_draft: ['CONVERT_TO_DRAFT_EVENT', 'ConvertToDraftEvent'],
  review_requested: ['REVIEW_REQUESTED_EVENT', 'ReviewRequestedEvent'],
  review_request_removed: ['REVIEW_REQUEST_REMOVED_EVENT', 'ReviewRequestRemovedEvent'],
  closed: ['CLOSED_EVENT', 'ClosedEvent'],
  reopened: ['REOPENED_EVENT', 'ReopenedEvent'],
  merged: ['MERGED_EVENT', 'MergedEvent'],
  added_to_merge_queue: ['ADDED_TO_MERGE_QUEUE_EVENT', 'AddedToMergeQueueEvent'],
  removed_from_merge_queue: ['REMOVED_FROM_MERGE_QUEUE_EVENT', 'RemovedFromMergeQueueEvent'],
  auto_merge_enabled: ['AUTO_MERGE_ENABLED_EVENT', 'AutoMergeEnabledEvent'],
  auto_merge_disabled: ['AUTO_MERGE_DISABLED_EVENT', 'AutoMergeDisabledEvent'],
  head_ref_force_pushed: ['HEAD_REF_FORCE_PUSHED_EVENT', 'HeadRefForcePushedEvent'],
  review_dismissed: ['REVIEW_DISMISSED_EVENT', 'ReviewDismissedEvent'],
  base_ref_changed: ['BASE_REF_CHANGED_EVENT', 'BaseRefChangedEvent'],
}

/** GitHub has these too, and nothing that a test has needed yet. */
const neverHere = ['AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT']

/** Without `itemTypes` a timeline holds commits, reviews and comments too, so it must be asked for by type. */
export function eventsOf(
  { labelEvents, events }: PullRequest,
  itemTypes: readonly string[] | null | undefined,
): AnyEvent[] {
  const known = [...Object.values(names).map(([item]) => item), ...neverHere]
  const unknown = itemTypes?.filter((type) => !known.includes(type)) ?? ['of every kind']
  if (unknown.length > 0) throw new NotModelled(`timeline items ${unknown.join(', ')}`)
  return [...labelEvents, ...events]
    .filter(({ type }) => itemTypes?.includes(names[type][0]))
    .toSorted((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt))
}

export function eventNode(context: RepositoryContext, pullRequest: PullRequest, event: AnyEvent) {
  const [item, typename] = names[event.type]
  const node = {
    __typename: typename,
    id: nodeId(item, event.id),
    createdAt: event.createdAt,
    actor: actorNode(event.actor, context.urls),
  }
  if (isLabelEvent(event)) {
    const label = findLabel(context.repository, event.label.name) ?? aLabel(event.label)
    return { ...node, label: labelNode(label) }
  }
  switch (event.type) {
    case 'head_ref_force_pushed':
      return {
        ...node,
        beforeCommit: () => linkedCommit(context, event.before),
        afterCommit: () => linkedCommit(context, event.after),
      }
    case 'review_dismissed':
      return { ...node, ...dismissal(context, pullRequest, event) }
    case 'base_ref_changed':
      return { ...node, previousRefName: event.from, currentRefName: event.to }
    default:
      return node
  }
}

function isLabelEvent(event: AnyEvent): event is LabelEvent {
  return event.type === 'labeled' || event.type === 'unlabeled'
}

function dismissal(
  context: RepositoryContext,
  { reviews }: PullRequest,
  {
    review,
    previousState,
  }: Exclude<TimelineEvent, { readonly type: SimpleEvent }> & {
    readonly type: 'review_dismissed'
  },
) {
  const dismissed = reviews.find(({ id }) => id === review)
  return {
    previousReviewState: previousState,
    review: dismissed === undefined ? null : reviewNode(context, dismissed),
  }
}
