import {
  type Actor,
  type PullRequestRecord,
  PullRequestRecordSchema,
  RECORD_VERSION,
  type RecordedCommit,
  type RecordedReview,
  type Recording,
  recordActor,
  recordMessage,
} from '../../src/delivery/index.ts'
import { idOf } from './fake-github/hash.ts'
import { readCsv } from './read-csv.ts'

type Row = Readonly<Record<string, string>>

/** One pull request of AIDev, and what the study says of it beside the facts. */
export interface StudiedPullRequest {
  readonly agent: string
  /** Kind of change by its title, as the study read it. */
  readonly type: string
  readonly record: PullRequestRecord
}

/**
 * AIDev's pull requests (Li, Zhang, Hassan 2025: arXiv 2507.15003) as records. The tables hold no titles, descriptions,
 * branches, sizes, labels, dates of commits or bases: null. The timeline covers only some pull requests: for the others its
 * lists are null. Reviews without a pull request in the table are left out, as the study left them out.
 */
export function readStudy(directory: string, recording: Recording): StudiedPullRequest[] {
  const table = (name: string) => readCsv(`${directory}/${name}.csv`)
  const byPullRequest = (name: string) => Map.groupBy(table(name), ({ pr_id: id }) => id)
  const reviews = byPullRequest('reviews')
  const timeline = byPullRequest('timeline')
  const commits = byPullRequest('commits')
  return table('prs').map((row) => ({
    agent: row.agent ?? '',
    type: row.type ?? '',
    record: toRecord(
      row,
      {
        reviews: reviews.get(row.id) ?? [],
        timeline: timeline.get(row.id) ?? null,
        commits: commits.get(row.id) ?? null,
      },
      recording,
    ),
  }))
}

interface Rows {
  readonly reviews: readonly Row[]
  readonly timeline: readonly Row[] | null
  readonly commits: readonly Row[] | null
}

function toRecord(row: Row, rows: Rows, recording: Recording): PullRequestRecord {
  const { merged_at: mergedAt, closed_at: closedAt } = row
  const happened = (...events: readonly string[]) =>
    rows.timeline?.filter(({ event = '', created_at: at }) => at && events.includes(event)) ?? null
  const timesOf = (event: string) =>
    happened(event)?.map(({ created_at: at = '' }) => ({ at })) ?? null
  const turns = happened('ready_for_review', 'convert_to_draft')
  return PullRequestRecordSchema.parse({
    record: 'pull-request',
    version: RECORD_VERSION,
    source: 'github',
    readAt: '2025-08-01T00:00:00Z',
    registry: recording.marks.version,
    repository: { id: null, name: row.repo ?? null },
    id: Number(row.id),
    number: Number(row.number),
    author: toActor(row.author, recording),
    assignees: null,
    state: mergedAt ? 'merged' : row.state === 'open' ? 'open' : 'closed',
    titleKeys: null,
    base: { name: null, longLived: null, tracked: null, sha: null },
    head: { name: null, longLived: null, sha: null, fork: null },
    createdAt: row.created_at ?? null,
    openedAsDraft: turns?.[0] === undefined ? null : turns[0].event === 'ready_for_review',
    draftEvents:
      turns?.map(({ event, created_at: at = '' }) => ({
        at,
        to: event === 'ready_for_review' ? 'ready' : 'draft',
      })) ?? null,
    baseChanges: null,
    pushes: null,
    commits: rows.commits?.map((commit) => toCommit(commit, recording)) ?? null,
    everSeenFirstCommitAt: null,
    description: null,
    reviews: rows.reviews.map((review) => toReview(review, recording)),
    reviewComments: null,
    threads: null,
    reviewRequests: timesOf('review_requested'),
    headDiffs: null,
    labels: null,
    labelEvents: null,
    queueEvents: null,
    closes: closedAt && !mergedAt ? [{ at: closedAt }] : [],
    reopens: timesOf('reopened'),
    merge: mergedAt
      ? {
          at: mergedAt,
          by: null,
          commit: null,
          method: null,
          authoredAt: null,
          author: null,
          message: null,
        }
      : null,
    size: null,
    sizeHistory: null,
    revertClaims: [],
    truncated: [],
    unreadable: ['contents', 'diffs'],
  } satisfies PullRequestRecord)
}

/** The tables name accounts without their numbers: those that the study pseudonymised get one from the name. */
function toActor(login: string | undefined, recording: Recording): Actor {
  if (!login) return { kind: 'unknown' }
  const id = login === 'Copilot' ? copilot : idOf(`account ${login}`)
  return recordActor({ id, login, bot: login.endsWith('[bot]') || id === copilot }, recording)
}

/** GitHub's coding agent, whose login bears no mark of an app. */
const copilot = 198982749

const states = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  COMMENTED: 'commented',
  DISMISSED: 'unknown',
} as const

function toReview(row: Row, recording: Recording): RecordedReview {
  const state = Object.entries(states).find(([name]) => name === row.state)?.[1]
  return {
    id: Number(row.id),
    by: toActor(row.reviewer, recording),
    state: state ?? 'unknown',
    submittedAt: row.submitted_at ?? '',
    dismissedAt: null,
    commit: null,
  }
}

/** Of a message the table keeps only the lines that name an AI tool. */
function toCommit(row: Row, recording: Recording): RecordedCommit {
  const trailers = (row.aiTrailerLines ?? '').split(' | ').filter((line) => line !== '')
  return {
    sha: row.sha ?? '',
    parents: row.isMergeMsg === 'True' ? 2 : 1,
    authoredAt: null,
    committedAt: null,
    seenAt: null,
    author: null,
    committer: null,
    authorAccount: toActor(row.author, recording),
    verified: null,
    message: recordMessage(['Subject', '', ...trailers].join('\n'), recording),
    notes: {},
  }
}
