import { createHash } from 'node:crypto'
import {
  type Actor,
  type PullRequestRecord,
  PullRequestRecordSchema,
  RECORD_VERSION,
  type RecordedCommit,
  type RecordedReview,
} from '../../src/delivery/record.ts'

const start = Date.parse('2026-03-02T09:00:00Z')

/** The time so many hours after the pull request of these tests was opened, as a record writes it. */
export function hour(hours: number): string {
  return new Date(start + Math.round(hours * 3_600_000)).toISOString()
}

function hex(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits)
}

/** A commit's name, the same for the same text. */
export function aSha(text: string | number): string {
  return hex(`sha ${text}`, 40)
}

/** The key of a person, the same for the same name. */
export function personKey(name: string): string {
  return hex(`person ${name}`, 32)
}

/** The key of a text, the same for the same text: no real one, only one that looks so. */
export function textKey(text: string): string {
  return hex(`text ${text}`, 16)
}

export function aPerson(name: string): Actor {
  return { kind: 'person', person: personKey(name) }
}

export function aBot(login: string, id: number | null = null): Actor {
  return { kind: 'bot', id, login, app: login.endsWith('[bot]') }
}

export const unknownActor: Actor = { kind: 'unknown' }

/** GitHub's coding agent as it opens a pull request. */
export const codingAgent: Actor = aBot('Copilot', 198982749)

/** A commit of the author, made one hour before the pull request was opened, and what differs. */
export function aCommit(differing: Partial<RecordedCommit> = {}): RecordedCommit {
  const authoredAt = differing.authoredAt === undefined ? hour(-1) : differing.authoredAt
  return {
    sha: aSha('first'),
    parents: 1,
    authoredAt,
    committedAt: authoredAt,
    seenAt: null,
    author: { kind: 'person', person: personKey('author') },
    committer: { kind: 'person', person: personKey('author') },
    authorAccount: aPerson('author'),
    verified: null,
    message: '…\n',
    notes: {},
    ...differing,
  }
}

/** A commit that carries a tool's own mark. */
export function aMarkedCommit(differing: Partial<RecordedCommit> = {}): RecordedCommit {
  return aCommit({
    sha: aSha('marked'),
    message: '…\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n',
    ...differing,
  })
}

/** A comment review of another person two hours after opening, and what differs. */
export function aReview(differing: Partial<RecordedReview> = {}): RecordedReview {
  const submittedAt = differing.submittedAt ?? hour(2)
  return {
    id: Number.parseInt(hex(`review ${submittedAt} ${JSON.stringify(differing)}`, 10), 16),
    by: aPerson('reviewer'),
    state: 'commented',
    submittedAt,
    dismissedAt: null,
    commit: null,
    ...differing,
  }
}

/** What a test says about a record: any of its fields, and short forms of the commonest. */
export interface RecordInit extends Omit<Partial<PullRequestRecord>, 'base' | 'head'> {
  readonly base?: Partial<PullRequestRecord['base']>
  readonly head?: Partial<PullRequestRecord['head']>
  /** Hours from the opening to the merge; null: still open. */
  readonly mergedAfter?: number | null
}

/**
 * A whole record, checked against its schema: a pull request read from GitHub, opened ready by a person with one commit,
 * merged a day later without any review, where everything can be known; and what differs.
 */
export function aRecord(init: RecordInit = {}): PullRequestRecord {
  const { base, head, mergedAfter = 24, ...differing } = init
  const number = differing.number ?? 7
  const merge: PullRequestRecord['merge'] =
    mergedAfter === null
      ? null
      : {
          at: hour(mergedAfter),
          by: aPerson('author'),
          commit: aSha(`merge ${number}`),
          method: 'squash',
          authoredAt: hour(mergedAfter),
          author: { kind: 'person', person: personKey('author') },
          message: '…\n',
        }
  const headSha =
    (differing.pushes ?? []).toSorted((one, other) => one.at.localeCompare(other.at)).at(-1)
      ?.head ??
    differing.commits?.at(-1)?.sha ??
    aSha('first')
  return PullRequestRecordSchema.parse({
    record: 'pull-request',
    version: RECORD_VERSION,
    source: 'github',
    readAt: hour(24 * 60),
    registry: '2026-11-22',
    repository: { id: 1, name: 'octo/widgets' },
    id: 1_000 + number,
    number,
    author: aPerson('author'),
    assignees: [],
    state: merge === null ? 'open' : 'merged',
    titleKeys: {
      whole: textKey(`title of #${number}`),
      bare: textKey(`title of #${number}`),
      start: [],
    },
    base: { name: 'main', longLived: true, tracked: true, sha: aSha('base'), ...base },
    head: { name: null, longLived: false, sha: headSha, fork: false, ...head },
    createdAt: hour(0),
    openedAsDraft: false,
    draftEvents: [],
    baseChanges: [],
    pushes: [],
    commits: [aCommit()],
    everSeenFirstCommitAt: hour(-1),
    description: { marks: '…', editedAt: null },
    reviews: [],
    reviewComments: [],
    threads: [],
    reviewRequests: [],
    headDiffs: [],
    labels: [],
    labelEvents: [],
    queueEvents: [],
    closes: [],
    reopens: [],
    merge,
    size: {
      total: { files: 2, additions: 20, deletions: 5 },
      counted: { files: 2, additions: 20, deletions: 5 },
    },
    sizeHistory: [],
    revertClaims: [],
    truncated: [],
    unreadable: [],
    ...differing,
  } satisfies PullRequestRecord)
}
