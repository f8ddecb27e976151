import {
  aCommit,
  aPullRequest,
  aRepository,
  type CommitInit,
  chain,
  type RepositoryInit,
  rootSha,
  webFlow,
} from './builders.ts'
import { idOf } from './hash.ts'
import type {
  Account,
  ChangedFile,
  Commit,
  Fork,
  PullRequest,
  Repository,
  ReviewState,
  TimelineEvent,
} from './state.ts'

/**
 * A pull request's life as a list of what happened, for tests that serve one history in several ways. Data only, so that
 * it can be drawn at random: `playHistory` makes the fake's pull request of it, `aRepositoryOf` a whole repository with the
 * merges on its branch. Times are ISO 8601 in UTC to the second, in rising order; `by` is the author where it is left out.
 *
 * @example
 * const history: PullRequestHistory = {
 *   number: 7, author: anAccount('dev'), openedAt: minute(10), draft: true, commits: [{ message: 'Fix it' }],
 *   events: [
 *     { type: 'ready', at: minute(20) },
 *     { type: 'review', at: minute(30), by: anAccount('reviewer'), state: 'APPROVED' },
 *     { type: 'merge', at: minute(40), method: 'squash' },
 *   ],
 * }
 * const github = await startFakeGitHub({ repositories: [aRepositoryOf([history])] })
 */
export interface PullRequestHistory {
  readonly number: number
  readonly author: Account | null
  readonly openedAt: string
  /** Default false. */
  readonly draft?: boolean
  readonly title?: string
  readonly body?: string | null
  /** Head branch. Default `change-N`. */
  readonly branch?: string
  /** Default `same`. */
  readonly from?: 'same' | Fork | null
  /** Default `main`. */
  readonly base?: string
  readonly assignees?: readonly Account[]
  /** What it was opened with, from the oldest. */
  readonly commits: readonly CommitInit[]
  /** Of the whole difference as it is at the end. Sizes are their sums. Default: one file with a line. */
  readonly files?: readonly ChangedFile[]
  readonly events: readonly HistoryEvent[]
}

interface Happened {
  readonly at: string
  readonly by?: Account | null
}

export type HistoryEvent =
  /** Adds commits; `forced`: puts them in the place of all that were there. */
  | (Happened & {
      readonly type: 'push'
      readonly commits: readonly CommitInit[]
      readonly forced?: boolean
    })
  | (Happened & { readonly type: keyof typeof simpleEvents })
  /** Reviews the head of that moment; `threads`: how many it opens, a comment each. */
  | (Happened & {
      readonly type: 'review'
      readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED'
      readonly threads?: number
    })
  /** `review`: which one, counted from 0. */
  | (Happened & { readonly type: 'dismiss'; readonly review: number })
  /** A further comment in a thread, counted from 0 in the order of opening. On GitHub it is a review of its own. */
  | (Happened & { readonly type: 'reply'; readonly thread: number })
  | (Happened & { readonly type: 'resolve'; readonly thread: number })
  | (Happened & { readonly type: 'label' | 'unlabel'; readonly label: string })
  | (Happened & { readonly type: 'retarget'; readonly base: string })
  /** `push`: somebody put the commits on the branch by git, and GitHub found them there. */
  | (Happened & {
      readonly type: 'merge'
      readonly method: 'squash' | 'merge' | 'rebase' | 'push'
      /** Of the squash or merge commit. Default as GitHub's. */
      readonly message?: string
    })

const simpleEvents = {
  ready: 'ready_for_review',
  draft: 'convert_to_draft',
  close: 'closed',
  reopen: 'reopened',
  'request-review': 'review_requested',
  queue: 'added_to_merge_queue',
  unqueue: 'removed_from_merge_queue',
  'auto-merge-on': 'auto_merge_enabled',
  'auto-merge-off': 'auto_merge_disabled',
} as const satisfies Record<string, TimelineEvent['type']>

export interface PlayedHistory {
  readonly pullRequest: PullRequest
  /** What a merge put on the branch, from the oldest; empty without a merge. */
  readonly landed: readonly Commit[]
}

/** A commit that somebody pushed straight to the branch. */
export interface StraightCommit {
  readonly at: string
  readonly commit: CommitInit
}

/** A repository in which all this happened: each merge onto the default branch stands on the one before it. */
export function aRepositoryOf(
  histories: readonly PullRequestHistory[],
  straight: readonly StraightCommit[] = [],
  init: RepositoryInit = {},
): Repository {
  const commits = [...(init.commits ?? [])]
  const defaultBranch = init.defaultBranch ?? 'main'
  let tip = rootSha
  const steps = [
    ...histories.map((history) => ({ at: mergedAt(history), history })),
    ...straight.map((step) => ({ ...step, history: undefined })),
  ].toSorted((one, other) => one.at.localeCompare(other.at))
  const pullRequests: PullRequest[] = []
  for (const step of steps) {
    if (step.history === undefined) {
      const [commit] = chain(tip, dated([step.commit], step.at))
      if (commit !== undefined) commits.push(commit)
      tip = commit?.sha ?? tip
      continue
    }
    const { pullRequest, landed } = playHistory(step.history, tip)
    pullRequests.push(pullRequest)
    commits.push(...landed.slice(0, -1))
    const onto = pullRequest.base.ref === defaultBranch
    if (onto && pullRequest.mergeCommit !== null) tip = pullRequest.mergeCommit.sha
  }
  return aRepository({
    ...init,
    commits,
    refs: { ...init.refs, [`refs/heads/${defaultBranch}`]: tip },
    pullRequests: pullRequests.toSorted((one, other) => one.number - other.number),
  })
}

/** What was never merged comes last. */
function mergedAt({ events }: PullRequestHistory): string {
  return events.find(({ type }) => type === 'merge')?.at ?? '9999'
}

const defaultFiles: readonly ChangedFile[] = [{ path: 'src/widget.ts', additions: 1, deletions: 0 }]

/** The pull request as the fake holds it after the last event. `tip`: the base branch's commit that a merge goes onto. */
export function playHistory(history: PullRequestHistory, tip: string = rootSha): PlayedHistory {
  const { number, author, openedAt, events, title = `Change ${number}` } = history
  const files = history.files ?? defaultFiles
  const sum = (field: 'additions' | 'deletions') =>
    files.reduce((total, file) => total + file[field], 0)
  const pullRequest = aPullRequest({
    number,
    title,
    body: history.body ?? null,
    author,
    createdAt: openedAt,
    updatedAt: openedAt,
    draft: history.draft ?? false,
    head: { ref: history.branch ?? `change-${number}`, repository: history.from ?? 'same' },
    base: { ref: history.base ?? 'main', sha: rootSha },
    commits: dated(history.commits, openedAt),
    assignees: [...(history.assignees ?? [])],
    files: [...files],
    changedFiles: files.length,
    additions: sum('additions'),
    deletions: sum('deletions'),
  })
  if (history.from === null) pullRequest.head.repository = null
  const landed: Commit[] = []
  for (const event of events) {
    pullRequest.updatedAt = event.at
    landed.push(...play(pullRequest, event, tip))
  }
  return { pullRequest, landed }
}

/** A commit without a date was made when it was pushed. */
function dated(inits: readonly CommitInit[], at: string): CommitInit[] {
  return inits.map((init) => ({ ...init, author: { date: at, ...init.author } }))
}

function play(pullRequest: PullRequest, event: HistoryEvent, tip: string): readonly Commit[] {
  const { number, head } = pullRequest
  const actor = event.by === undefined ? pullRequest.author : event.by
  const happened = {
    id: idOf(`event ${number} ${pullRequest.events.length}`),
    actor,
    createdAt: event.at,
  }
  switch (event.type) {
    case 'push':
      push(pullRequest, event, happened)
      return []
    case 'review':
      review(pullRequest, event, actor)
      return []
    case 'reply':
      comment(pullRequest, event.thread, actor, event.at)
      addReview(pullRequest, actor, 'COMMENTED', event.at)
      return []
    case 'resolve':
      itemAt(pullRequest.threads, event.thread).resolved = true
      return []
    case 'dismiss': {
      const dismissed = itemAt(pullRequest.reviews, event.review)
      const { id, state } = dismissed
      dismissed.state = 'DISMISSED'
      pullRequest.events.push({
        ...happened,
        type: 'review_dismissed',
        review: id,
        previousState: state,
      })
      return []
    }
    case 'label':
    case 'unlabel':
      relabel(pullRequest, event, happened)
      return []
    case 'retarget': {
      const from = pullRequest.base.ref
      pullRequest.base.ref = event.base
      pullRequest.events.push({ ...happened, type: 'base_ref_changed', from, to: event.base })
      return []
    }
    case 'merge': {
      const landed = land(pullRequest, event, actor, tip)
      pullRequest.events.push({ ...happened, type: 'merged' })
      pullRequest.events.push({ ...happened, id: happened.id + 1, type: 'closed' })
      Object.assign(pullRequest, {
        state: 'closed',
        merged: true,
        mergedAt: event.at,
        closedAt: event.at,
        mergedBy: actor,
        mergeCommit:
          landed.at(-1) ?? pullRequest.commits.find(({ sha }) => sha === head.sha) ?? null,
      } satisfies Partial<PullRequest>)
      return landed
    }
    default:
      if (event.type === 'ready' || event.type === 'draft') {
        pullRequest.draft = event.type === 'draft'
      }
      if (event.type === 'close' || event.type === 'reopen') {
        pullRequest.state = event.type === 'close' ? 'closed' : 'open'
        pullRequest.closedAt = event.type === 'close' ? event.at : null
      }
      pullRequest.events.push({ ...happened, type: simpleEvents[event.type] })
      return []
  }
}

type Kind<T extends HistoryEvent['type']> = Extract<HistoryEvent, { readonly type: T }>
type Of = Pick<TimelineEvent, 'id' | 'actor' | 'createdAt'>

function push(pullRequest: PullRequest, event: Kind<'push'>, happened: Of): void {
  const before = pullRequest.head.sha
  const forced = event.forced ?? false
  const start = forced ? pullRequest.base.sha : before
  const pushed = chain(start, dated(event.commits, event.at))
  if (forced) pullRequest.formerCommits.push(...pullRequest.commits)
  pullRequest.commits = forced ? pushed : [...pullRequest.commits, ...pushed]
  const after = pullRequest.commits.at(-1)?.sha ?? start
  pullRequest.head.sha = after
  if (forced) pullRequest.events.push({ ...happened, type: 'head_ref_force_pushed', before, after })
}

function review(pullRequest: PullRequest, event: Kind<'review'>, author: Account | null): void {
  addReview(pullRequest, author, event.state, event.at)
  for (let opened = 0; opened < (event.threads ?? 0); opened += 1) {
    const id = idOf(`thread ${pullRequest.number} ${pullRequest.threads.length}`)
    pullRequest.threads.push({ id, resolved: false, comments: [] })
    comment(pullRequest, pullRequest.threads.length - 1, author, event.at)
  }
}

function addReview(
  { number, reviews, head }: PullRequest,
  author: Account | null,
  state: ReviewState,
  submittedAt: string,
): void {
  const id = idOf(`review ${number} ${reviews.length}`)
  reviews.push({ id, author, state, submittedAt, commit: head.sha })
}

function comment(
  { number, threads, head }: PullRequest,
  index: number,
  author: Account | null,
  createdAt: string,
): void {
  const { comments } = itemAt(threads, index)
  const id = idOf(`comment ${number} ${index} ${comments.length}`)
  comments.push({ id, author, createdAt, commit: head.sha })
}

function relabel(
  { number, labels, labelEvents }: PullRequest,
  { type, label }: Kind<'label' | 'unlabel'>,
  { actor, createdAt }: Of,
): void {
  const at = labels.indexOf(label)
  if ((type === 'label') === at >= 0) return
  if (type === 'label') labels.push(label)
  else labels.splice(at, 1)
  labelEvents.push({
    id: idOf(`label event ${number} ${labelEvents.length}`),
    type: type === 'label' ? 'labeled' : 'unlabeled',
    label: { name: label, color: 'ededed' },
    actor,
    createdAt,
  })
}

/** The commits that a merge of that kind leaves on the branch. */
function land(
  pullRequest: PullRequest,
  { at, method, message }: Kind<'merge'>,
  actor: Account | null,
  tip: string,
): Commit[] {
  const { number, title, head, commits } = pullRequest
  const byGitHub = {
    committer: { ...webFlow.signature, date: at },
    committerAccount: webFlow.account,
    verified: true,
  }
  const author = { ...(commits[0] ?? aCommit()).author, date: at }
  const authorAccount = pullRequest.author
  switch (method) {
    case 'merge': {
      const said = message ?? `Merge pull request #${number} from acme/${head.ref}\n\n${title}`
      const parents = [tip, head.sha]
      return [aCommit({ message: said, author, authorAccount: actor, parents, ...byGitHub })]
    }
    case 'squash': {
      const said = message ?? `${title} (#${number})`
      return [aCommit({ message: said, author, authorAccount, parents: [tip], ...byGitHub })]
    }
    case 'rebase':
      return chain(
        tip,
        commits.map(({ sha: _, parents: _parents, committer, ...rest }) => ({
          ...rest,
          committer: { ...committer, date: at },
        })),
      )
    case 'push':
      return []
  }
}

function itemAt<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new Error(`the history has no such item: ${index}`)
  return item
}
