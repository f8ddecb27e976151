import {
  type Account,
  aLabel,
  type PullRequest,
  type Repository,
  type Review,
  type ReviewComment,
} from '../fake-github/index.ts'
import {
  aRepositoryOf,
  type HistoryEvent,
  type PullRequestHistory,
  playHistory,
} from '../fake-github/pull-request-history.ts'
import { renderAccount } from '../fake-github/rest/render-account.ts'
import { renderLabel } from '../fake-github/rest/render-label.ts'
import {
  renderFullPullRequest,
  renderPullRequest,
} from '../fake-github/rest/render-pull-request.ts'
import { renderRepository } from '../fake-github/rest/render-repository.ts'

/** A webhook delivery as it comes in: the event's header, and the body read as JSON. */
export interface RawDelivery {
  readonly event: string
  readonly payload: unknown
}

/** Where a pull request lives. */
export interface Place {
  readonly repository: Repository
  readonly urls: { readonly api: string; readonly web: string }
}

const urls = { api: 'https://api.github.test', web: 'https://github.test' }

/** The repository of one history, with every label that was ever on it. */
export function repositoryOf(history: PullRequestHistory): Repository {
  const labels = history.events.flatMap((event) => ('label' in event ? [event.label] : []))
  return aRepositoryOf([history], [], { labels: [...new Set(labels)] })
}

/**
 * The webhook deliveries that GitHub sends of this history to an app that reads pull requests, in order. Each shows the
 * pull request as it stood then.
 */
export function deliveriesOf(history: PullRequestHistory): RawDelivery[] {
  const place = { repository: repositoryOf(history), urls }
  const stands = (count: number) =>
    playHistory({ ...history, events: history.events.slice(0, count) }).pullRequest
  const deliveries = [
    deliveryOfOpening(place, stands(0)),
    ...history.events.flatMap((event, index) =>
      deliveriesOfEvent(place, event, stands(index), stands(index + 1)),
    ),
  ]
  return structuredClone(deliveries)
}

/** What GitHub sends when a pull request is opened. */
export function deliveryOfOpening(place: Place, opened: PullRequest): RawDelivery {
  return toDelivery(place, opened, 'pull_request', 'opened', opened.author)
}

const actions: Partial<Record<HistoryEvent['type'], string>> = {
  ready: 'ready_for_review',
  draft: 'converted_to_draft',
  close: 'closed',
  merge: 'closed',
  reopen: 'reopened',
  'request-review': 'review_requested',
  queue: 'enqueued',
  unqueue: 'dequeued',
  'auto-merge-on': 'auto_merge_enabled',
  'auto-merge-off': 'auto_merge_disabled',
}

/** What GitHub sends of one event; `before` and `after`: the pull request as it stood. */
export function deliveriesOfEvent(
  place: Place,
  event: HistoryEvent,
  before: PullRequest,
  after: PullRequest,
): RawDelivery[] {
  const actor = event.by === undefined ? after.author : event.by
  const send = (name: string, action: string, more: object = {}) =>
    toDelivery(place, after, name, action, actor, more)
  const reviews = after.reviews
    .slice(before.reviews.length)
    .map((review) => send('pull_request_review', 'submitted', { review: renderReview(review) }))
  switch (event.type) {
    case 'push':
      return [
        send('pull_request', 'synchronize', { before: before.head.sha, after: after.head.sha }),
      ]
    case 'review':
    case 'reply':
      return [
        ...reviews,
        ...newComments(before, after).map((comment) =>
          send('pull_request_review_comment', 'created', { comment }),
        ),
      ]
    case 'dismiss': {
      const dismissed = after.reviews[event.review]
      if (dismissed === undefined) throw new Error(`there is no review ${event.review}`)
      return [send('pull_request_review', 'dismissed', { review: renderReview(dismissed) })]
    }
    case 'resolve': {
      const comments = commentsOf(after).filter(({ thread }) => thread === event.thread)
      const thread = { node_id: `PRRT_${event.thread}`, comments: comments.map(renderComment) }
      return [
        send('pull_request_review_thread', 'resolved', { thread, updated_at: after.updatedAt }),
      ]
    }
    case 'label':
    case 'unlabel': {
      if (after.labels.length === before.labels.length) return []
      const label = renderLabel(place.repository, aLabel(event.label), place.urls)
      const action = event.type === 'label' ? 'labeled' : 'unlabeled'
      return [send('pull_request', action, { label })]
    }
    case 'retarget': {
      const changes = { base: { ref: { from: before.base.ref }, sha: { from: before.base.sha } } }
      return [send('pull_request', 'edited', { changes })]
    }
    default:
      return [send('pull_request', actions[event.type] ?? event.type)]
  }
}

function toDelivery(
  { repository, urls }: Place,
  pullRequest: PullRequest,
  event: string,
  action: string,
  actor: Account | null,
  more: object = {},
): RawDelivery {
  // Deliveries about reviews show less of the pull request.
  const render = event === 'pull_request' ? renderFullPullRequest : renderPullRequest
  const rendered = {
    ...render(repository, pullRequest, urls),
    assignees: pullRequest.assignees.map((account) => renderAccount(account, urls)),
  }
  const counted =
    'review_comments' in rendered
      ? { ...rendered, review_comments: commentsOf(pullRequest).length }
      : rendered
  return {
    event,
    payload: {
      action,
      number: pullRequest.number,
      pull_request: counted,
      repository: renderRepository(repository, urls),
      sender: renderAccount(actor, urls),
      ...more,
    },
  }
}

function renderReview({ id, author, state, submittedAt, commit }: Review) {
  return {
    id,
    user: renderAccount(author, urls),
    state: state.toLowerCase(),
    submitted_at: submittedAt,
    commit_id: commit,
  }
}

interface PlacedComment extends ReviewComment {
  /** Which thread, counted from 0. */
  readonly thread: number
  readonly root: number | null
}

function commentsOf({ threads }: PullRequest): PlacedComment[] {
  return threads.flatMap(({ comments }, thread) =>
    comments.map((comment, index) => ({
      ...comment,
      thread,
      root: index === 0 ? null : (comments[0]?.id ?? null),
    })),
  )
}

function newComments(before: PullRequest, after: PullRequest) {
  const known = new Set(commentsOf(before).map(({ id }) => id))
  return commentsOf(after)
    .filter(({ id }) => !known.has(id))
    .map(renderComment)
}

function renderComment({ id, author, createdAt, commit, root }: PlacedComment) {
  return {
    id,
    user: renderAccount(author, urls),
    created_at: createdAt,
    updated_at: createdAt,
    original_commit_id: commit,
    commit_id: commit,
    ...(root === null ? {} : { in_reply_to_id: root }),
  }
}
