import {
  type Actor,
  type PullRequestRecord,
  RECORD_VERSION,
  type Recording,
  readRevertClaims,
  recordActor,
  recordDescription,
  recordHeadBranch,
  titleKeys,
} from '../delivery/index.ts'
import type {
  DeliveredAccount,
  DeliveredPullRequest,
  DeliveryOf,
  PullRequestDelivery,
} from './delivery-schema.ts'
import { findGaps } from './fold-gaps.ts'
import { foldPushes } from './fold-pushes.ts'
import { foldReviews } from './fold-reviews.ts'

export interface FoldOptions {
  readonly recording: Recording
  /** Number of the account by which this tool labels; absent: its labels count as another app's. */
  readonly ownAccount?: number
  /** Whether changes into a branch are counted. Default: into the repository's default branch. */
  readonly isTracked?: (branch: string) => boolean
}

/**
 * One pull request's webhook deliveries as a record: a function of the set of them, whatever order they came in and however
 * often. How it stands is what the newest tells (`updated_at`), what happened is the union. Deliveries get lost, and what
 * shows a loss is flagged in `truncated`; a loss that nothing shows is not, so a record of webhooks alone is never the whole
 * truth: GitHub sends each once, and keeps it for three days. Commits, sizes by kind of file and the merge
 * method are in no delivery: null.
 *
 * Times are the payloads' own. A label, a push, a change of draft or base is dated by the pull request's `updated_at`, which
 * was seen a second behind; a close, a merge, a review and a comment have a time of their own.
 *
 * @returns undefined of no deliveries
 * @throws RangeError where they are of more than one pull request
 */
export function foldDeliveries(
  deliveries: readonly PullRequestDelivery[],
  options: FoldOptions,
): PullRequestRecord | undefined {
  const ordered = inOrder(deliveries)
  const newest = ordered.at(-1)?.payload
  if (newest === undefined) return undefined
  refuseSeveral(ordered)
  const { recording } = options
  const { pull_request: pullRequest, repository } = newest
  const own = ordered.filter((delivery) => delivery.event === 'pull_request')
  const opening = own.find(({ payload }) => payload.action === 'opened')?.payload.pull_request
  const pushes = foldPushes(own, recording)
  const lastPush = pushes.at(-1)
  const isTracked = options.isTracked ?? ((branch) => branch === repository.default_branch)
  const tracked = isTracked(pullRequest.base.ref)
  const record: Omit<PullRequestRecord, 'truncated'> = {
    record: 'pull-request',
    version: RECORD_VERSION,
    source: 'webhooks',
    readAt: pullRequest.updated_at,
    registry: recording.marks.version,
    repository: { id: repository.id, name: repository.full_name },
    id: pullRequest.id,
    number: pullRequest.number,
    author: toActor(pullRequest.user, recording),
    assignees: pullRequest.assignees?.map((account) => toActor(account, recording)) ?? null,
    ...foldState(ordered, recording),
    titleKeys: titleKeys(pullRequest.title, recording.pseudonyms),
    base: recordBase(pullRequest.base, tracked, recording),
    head: {
      ...recordHeadBranch(pullRequest.head.ref, recording),
      // Two pushes in one second leave two newest deliveries.
      sha: lastPush?.at === pullRequest.updated_at ? lastPush.head : pullRequest.head.sha,
      ...(opening === undefined ? {} : { firstSha: opening.head.sha }),
      fork: pullRequest.head.repo ? pullRequest.head.repo.id !== repository.id : null,
    },
    createdAt: pullRequest.created_at,
    openedAsDraft: opening?.draft ?? null,
    ...foldEvents(own, options),
    pushes,
    commits: null,
    everSeenFirstCommitAt: null,
    description: recordDescription(pullRequest.body ?? '', editedAt(own), recording),
    ...foldReviews(ordered, (account) => toActor(account, recording)),
    headDiffs: null,
    labels: pullRequest.labels?.map(({ name }) => name) ?? null,
    ...foldSizes(own),
    revertClaims: readRevertClaims(
      {
        title: pullRequest.title,
        description: pullRequest.body ?? '',
        branch: pullRequest.head.ref,
        labels: pullRequest.labels?.map(({ name }) => name) ?? [],
        repository: repository.full_name,
        number: pullRequest.number,
      },
      recording.pseudonyms,
    ),
    unreadable: ['contents', 'diffs'],
  }
  return { ...record, truncated: findGaps(ordered, record) }
}

type OwnDelivery = DeliveryOf<'pull_request'>

/** What GitHub shows where the account was deleted. */
const ghost = { id: 10137, login: 'ghost' }

function toActor(account: DeliveredAccount | null | undefined, recording: Recording): Actor {
  if (!account || (account.id === ghost.id && account.login === ghost.login)) {
    return { kind: 'unknown' }
  }
  const { id, login } = account
  return recordActor({ id, login, bot: account.type === 'Bot' }, recording)
}

/** A tracked branch is a long-lived one, whatever it is called. */
function recordBase(
  { ref, sha }: DeliveredPullRequest['base'],
  tracked: boolean,
  recording: Recording,
): PullRequestRecord['base'] {
  const branch = tracked ? { name: ref, longLived: true } : recordHeadBranch(ref, recording)
  return { ...branch, tracked, sha }
}

/** What comes first where the pull request's time is the same to the second. */
const firstToLast = [
  'opened',
  'synchronize',
  'edited',
  'labeled',
  'unlabeled',
  'closed',
  'reopened',
]

/** Each once, the oldest first, in an order that hangs on nothing but what they say. */
function inOrder(deliveries: readonly PullRequestDelivery[]): PullRequestDelivery[] {
  const distinct = new Map(deliveries.map((delivery) => [JSON.stringify(delivery), delivery]))
  const keyed = Array.from(distinct, ([text, delivery]) => {
    const { action, pull_request: pullRequest } = delivery.payload
    const rank = firstToLast.indexOf(action)
    return { delivery, text, at: Date.parse(pullRequest.updated_at), rank }
  })
  return keyed
    .toSorted(
      (one, other) =>
        one.at - other.at || one.rank - other.rank || (one.text < other.text ? -1 : 1),
    )
    .map(({ delivery }) => delivery)
}

function refuseSeveral(deliveries: readonly PullRequestDelivery[]): void {
  const ids = new Set(deliveries.map(({ payload }) => payload.pull_request.id))
  if (ids.size === 1) return
  throw new RangeError(
    `deliveries of ${ids.size} pull requests (${[...ids].join(', ')}) make no one record: ` +
      'fold those of each by themselves',
  )
}

/** Once merged it stays merged, whichever delivery is the newest. */
function foldState(
  deliveries: readonly PullRequestDelivery[],
  recording: Recording,
): Pick<PullRequestRecord, 'state' | 'merge'> {
  const merged = deliveries.filter(({ payload }) => payload.pull_request.merged_at)
  const { merged_at: at, merge_commit_sha: commit } = merged.at(-1)?.payload.pull_request ?? {}
  if (!at) return { state: deliveries.at(-1)?.payload.pull_request.state ?? 'open', merge: null }
  const by = merged.findLast(({ payload }) => payload.pull_request.merged_by !== undefined)
  return {
    state: 'merged',
    merge: {
      at,
      by: by === undefined ? null : toActor(by.payload.pull_request.merged_by, recording),
      commit: commit ?? null,
      method: null,
      authoredAt: null,
      author: null,
      message: null,
    },
  }
}

type EventLists = Pick<
  PullRequestRecord,
  | 'draftEvents'
  | 'baseChanges'
  | 'reviewRequests'
  | 'labelEvents'
  | 'queueEvents'
  | 'closes'
  | 'reopens'
>

type Item<List extends keyof EventLists> = NonNullable<EventLists[List]>[number]

const queueActions = {
  enqueued: 'queued',
  dequeued: 'unqueued',
  auto_merge_enabled: 'auto-merge-on',
  auto_merge_disabled: 'auto-merge-off',
} as const

function foldEvents(
  own: readonly OwnDelivery[],
  { ownAccount }: FoldOptions,
): { [List in keyof EventLists]: NonNullable<EventLists[List]> } {
  const of = (action: string) => own.filter(({ payload }) => payload.action === action)
  const draftEvents = own.flatMap(({ payload }): Item<'draftEvents'>[] => {
    if (payload.action === 'ready_for_review') return [{ ...dated(payload), to: 'ready' }]
    if (payload.action === 'converted_to_draft') return [{ ...dated(payload), to: 'draft' }]
    return []
  })
  const labelEvents = own.flatMap(({ payload }): Item<'labelEvents'>[] => {
    const { action, label, sender } = payload
    if (!label || (action !== 'labeled' && action !== 'unlabeled')) return []
    return [
      {
        label: label.name,
        action: action === 'labeled' ? 'added' : 'removed',
        by: labelledBy(sender, ownAccount),
        ...dated(payload),
      },
    ]
  })
  return {
    draftEvents,
    labelEvents,
    baseChanges: of('edited')
      .filter(({ payload }) => payload.changes?.base !== undefined)
      .map(({ payload }) => dated(payload)),
    reviewRequests: of('review_requested').map(({ payload }) => dated(payload)),
    queueEvents: own.flatMap(({ payload }): Item<'queueEvents'>[] => {
      const action = Object.entries(queueActions).find(([name]) => name === payload.action)?.[1]
      return action === undefined ? [] : [{ ...dated(payload), action }]
    }),
    // GitHub closes what it merges, which is no close of its own.
    closes: of('closed').flatMap(({ payload: { pull_request: pullRequest } }) =>
      pullRequest.merged_at ? [] : [{ at: pullRequest.closed_at ?? pullRequest.updated_at }],
    ),
    reopens: of('reopened').map(({ payload }) => dated(payload)),
  }
}

function dated({ pull_request: { updated_at } }: OwnDelivery['payload']): { at: string } {
  return { at: updated_at }
}

function labelledBy(
  sender: DeliveredAccount | null | undefined,
  ownAccount: number | undefined,
): 'us' | 'app' | 'person' {
  if (!sender) return 'person'
  if (sender.id === ownAccount) return 'us'
  return sender.type === 'Bot' ? 'app' : 'person'
}

/** Bots add their summaries to descriptions: what people wrote there is no younger for it. */
function editedAt(own: readonly OwnDelivery[]): string | null {
  const edit = own.findLast(
    ({ payload: { action, changes, sender } }) =>
      action === 'edited' && changes?.body !== undefined && sender?.type !== 'Bot',
  )
  return edit?.payload.pull_request.updated_at ?? null
}

function foldSizes(own: readonly OwnDelivery[]): Pick<PullRequestRecord, 'size' | 'sizeHistory'> {
  const told = own.flatMap(({ payload: { pull_request: pullRequest } }) => {
    const size = sizeOf(pullRequest)
    return size === null ? [] : [{ ...size, at: pullRequest.updated_at }]
  })
  const sizeHistory = told.filter((size, index) => {
    const before = told[index - 1]
    return (
      before?.files !== size.files ||
      before.additions !== size.additions ||
      before.deletions !== size.deletions
    )
  })
  const last = told.at(-1)
  if (last === undefined) return { size: null, sizeHistory: null }
  const { at: _, ...total } = last
  return { size: { total, counted: null }, sizeHistory }
}

function sizeOf({ additions, deletions, changed_files: files }: DeliveredPullRequest) {
  return additions == null || deletions == null || files == null
    ? null
    : { files, additions, deletions }
}
