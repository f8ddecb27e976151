import {
  fileKind,
  type PullRequestRecord,
  RECORD_VERSION,
  type RecordedCommit,
  type Recording,
  readRevertClaims,
  recordActor,
  recordCommit,
  recordDescription,
  recordHeadBranch,
  recordIdentity,
  recordMessage,
  recordTime,
  titleKeys,
} from '../delivery/index.ts'
import { type ActorNode, toAccount, type Viewer } from './actor-node.ts'
import type { PullRequestLists } from './complete-lists.ts'
import { isTrackedBranch } from './is-tracked-branch.ts'
import { mergeMethod } from './merge-method.ts'
import type { CommitsRead } from './page-parts.ts'
import { type Act, recordComments, recordReview, recordThread } from './record-reviews.ts'
import type { PullRequestNode } from './records-schema.ts'
import { iso, Timeline } from './records-timeline.ts'

/** What is the same for every record of a repository. */
export interface RecordSetting {
  readonly recording: Recording
  /** UTC. */
  readonly readAt: string
  readonly repository: { readonly id: number | null; readonly name: string }
  readonly trackedBranches: readonly string[]
  readonly viewer: Viewer
}

/** Makes the record of a pull request: its titles, texts and names go no further than here. */
export function recordPullRequest(
  node: PullRequestNode,
  lists: PullRequestLists,
  read: CommitsRead,
  setting: RecordSetting,
): PullRequestRecord {
  const { recording, readAt, repository, trackedBranches } = setting
  const { pseudonyms, marks } = recording
  const { commits, complete, unreadable } = read
  const withContents = !unreadable.includes('contents')
  const actor = (given: ActorNode | null) => recordActor(toAccount(given), recording)
  const timeline = new Timeline(lists.timelineItems)
  const recorded = commits?.map((commit) => recordCommit(commit, null, recording)) ?? null
  const tracked = isTrackedBranch(node.baseRefName, trackedBranches)
  const base = recordHeadBranch(node.baseRefName, recording)
  const merge = recordMerge(node, read, actor, recording)
  const labels = node.labels?.nodes.flatMap((label) => label?.name ?? []) ?? []
  return {
    record: 'pull-request',
    version: RECORD_VERSION,
    source: 'github',
    readAt,
    registry: marks.version,
    repository: { id: repository.id, name: repository.name },
    id: node.fullDatabaseId ?? null,
    number: node.number,
    author: actor(node.author),
    assignees: node.assignees.nodes.filter((one) => one !== null).map(actor),
    state: states[node.state],
    titleKeys: titleKeys(node.title, pseudonyms),
    base: {
      name: tracked ? node.baseRefName : base.name,
      longLived: tracked || base.longLived,
      tracked,
      sha: node.baseRefOid,
    },
    head: {
      ...recordHeadBranch(node.headRefName, recording),
      sha: node.headRefOid,
      fork: node.headRepository === null ? null : node.isCrossRepository,
    },
    createdAt: iso(node.createdAt),
    openedAsDraft: timeline.openedAsDraft() ?? node.isDraft,
    draftEvents: timeline.draftEvents(),
    baseChanges: timeline.times('BaseRefChangedEvent', 'AutomaticBaseChangeSucceededEvent'),
    pushes: withContents ? timeline.pushes(actor) : null,
    commits: recorded,
    everSeenFirstCommitAt: earliest(recorded, timeline.formerDates()),
    description: recordDescription(node.body, editedByPerson(node), recording),
    reviews: lists.reviews.flatMap((review) => recordReview(review, timeline, actor)),
    reviewComments: recordComments(lists.reviewThreads, actor),
    threads: lists.reviewThreads.flatMap((thread) => recordThread(thread, actor)),
    reviewRequests: timeline.times('ReviewRequestedEvent'),
    // A comparison for each reviewed head would be many more requests than all else together: `readHeadDiffs`.
    headDiffs: null,
    labels,
    labelEvents: timeline.labelEvents(setting.viewer),
    queueEvents: timeline.queueEvents(),
    closes: timeline.closes(node.mergedAt),
    reopens: timeline.times('ReopenedEvent'),
    merge,
    size: {
      total: {
        files: node.changedFiles,
        additions: node.additions,
        deletions: node.deletions,
      },
      counted: countedSize(node, lists),
    },
    sizeHistory: null,
    revertClaims: readRevertClaims(
      {
        title: node.title,
        description: node.body,
        branch: node.headRefName,
        labels,
        repository: repository.name,
        number: node.number,
        ...(node.mergeCommit ? { message: node.mergeCommit.message } : {}),
        commits: landedMessages(merge, commits),
      },
      pseudonyms,
    ),
    truncated: truncated(node, lists, timeline, complete, withContents),
    unreadable: unreadableParts.filter((part) => part === 'diffs' || unreadable.includes(part)),
  }
}

/** Differences are read afterwards, if at all. */
const unreadableParts = ['contents', 'diffs', 'blobs'] as const

const states = { OPEN: 'open', CLOSED: 'closed', MERGED: 'merged' } as const

/** Merges, as of the base into the branch, count as no work. */
function earliest(
  commits: readonly RecordedCommit[] | null,
  former: readonly number[],
): string | null {
  const dates = [
    ...(commits ?? []).flatMap(({ authoredAt, parents }) =>
      authoredAt === null || (parents ?? 1) > 1 ? [] : [Date.parse(authoredAt)],
    ),
    ...former,
  ]
  return dates.length === 0 ? null : recordTime(Math.min(...dates))
}

/**
 * Messages of the commits that reached the base branch themselves, beside the one that was made by the merge or was the last
 * to reach it, and but for merges, which are no work of the change.
 */
function landedMessages(
  merge: PullRequestRecord['merge'],
  commits: CommitsRead['commits'],
): readonly string[] {
  if (merge === null || merge.method === null || merge.method === 'squash') return []
  const work = (commits ?? []).filter(({ parents = 1 }) => parents < 2)
  const beside =
    merge.method === 'rebase' ? work.slice(0, -1) : work.filter(({ sha }) => sha !== merge.commit)
  return beside.map(({ message }) => message)
}

/** Bots add their summaries to descriptions: what people wrote there is no younger for it. */
function editedByPerson({ lastEditedAt, editor }: PullRequestNode): string | null {
  return lastEditedAt === null || editor?.__typename === 'Bot' ? null : iso(lastEditedAt)
}

function recordMerge(
  { number, mergedAt, mergedBy, mergeCommit }: PullRequestNode,
  { commits, complete }: CommitsRead,
  actor: Act,
  recording: Recording,
): PullRequestRecord['merge'] {
  if (mergedAt === null) return null
  const merged = { at: iso(mergedAt), by: actor(mergedBy) }
  if (!mergeCommit) {
    return { ...merged, commit: null, method: null, authoredAt: null, author: null, message: null }
  }
  const { oid, message, parents, author, committer, authoredDate } = mergeCommit
  return {
    ...merged,
    commit: oid,
    method: mergeMethod({
      number,
      merge: { oid, message, parents: parents.totalCount, committer: committer?.email },
      commits,
      complete,
    }),
    authoredAt: recordTime(authoredDate),
    author: author ? recordIdentity(author, recording) : null,
    message: recordMessage(message, recording),
  }
}

/**
 * The size without generated, lock and vendored files. GitHub tells 0 for files past some 20,000 lines of a difference, so
 * the files must add up to the whole; else null.
 */
function countedSize(node: PullRequestNode, { files, cut }: PullRequestLists) {
  const total = sum(files)
  const whole =
    !cut.has('files') &&
    total.files === node.changedFiles &&
    total.additions === node.additions &&
    total.deletions === node.deletions
  return whole ? sum(files.filter(({ path }) => fileKind(path) === 'counted')) : null
}

function sum(files: PullRequestLists['files']) {
  return {
    files: files.length,
    additions: files.reduce((total, { additions }) => total + additions, 0),
    deletions: files.reduce((total, { deletions }) => total + deletions, 0),
  }
}

function truncated(
  node: PullRequestNode,
  lists: PullRequestLists,
  timeline: Timeline,
  complete: boolean,
  withContents: boolean,
): PullRequestRecord['truncated'] {
  const moreComments = lists.reviewThreads.some(
    ({ comments }) => comments.nodes.filter((one) => one !== null).length < comments.totalCount,
  )
  const is = {
    commits: !complete,
    reviews: lists.cut.has('reviews'),
    reviewComments: lists.cut.has('reviewThreads') || moreComments,
    threads: lists.cut.has('reviewThreads'),
    timeline: lists.cut.has('timelineItems') || (withContents && timeline.lacksPushes()),
    labels: (node.labels?.totalCount ?? 0) > (node.labels?.nodes.length ?? 0),
    files: lists.cut.has('files') || lists.files.length < node.changedFiles,
  }
  return (Object.keys(is) as (keyof typeof is)[]).filter((name) => is[name])
}
