import {
  type Account,
  type AnswerLabels,
  type ChangeFacts,
  type Commit,
  type Identity,
  isSameLabel,
  type LabelEvent,
} from '../provenance/index.ts'
import { commitTimes } from './commit-times.ts'
import type {
  Actor,
  PullRequestRecord,
  RecordedCommit,
  RecordedDeclaration,
  RecordedIdentity,
} from './record.ts'
import { day, parseTime, timeOf, timeOrNull, wholeSeconds } from './recorded-time.ts'

/** What provenance reads of a record, and how sure it is that it was so at that time. */
export interface KnownFacts {
  /** Made when they are asked for: where they are all the record's facts, nobody does. */
  facts(): ChangeFacts
  /** Something hangs on a client's date, or on a state of which it is not told since when. */
  readonly approximate: boolean
  /** Nothing became known later but what the merge itself says: these are all the record's facts. */
  readonly whole: boolean
  /** What the merge itself says is not among them. */
  readonly beforeMerge: boolean
}

/** The labels of this tool under its usual prefix. */
const usualAnswerLabels: AnswerLabels = {
  assisted: 'ai:assisted',
  agentAuthored: 'ai:agent-authored',
  unassisted: 'ai:unassisted',
}

/** Vendors label from work up to two days past the merge, and with delay (DEFINITIONS D0.3). */
const lateLabels = 7 * day

/**
 * What provenance's `assessChange` reads, out of a record: assessing it gives what assessing the pull request itself gave.
 *
 * @param until only what was known at that time, milliseconds since the epoch; absent: everything
 */
export function changeFacts(
  record: PullRequestRecord,
  until?: number,
  answerLabels: AnswerLabels = usualAnswerLabels,
): ChangeFacts {
  return knownFacts(record, until ?? Number.POSITIVE_INFINITY, answerLabels).facts()
}

/**
 * The facts that were known at a time. A commit was known since the push that brought it, or since its committer's date
 * where that is not told; a description since its last edit; who opened it and the branch from the start. A vendor's
 * label that an app set more than seven days after the merge is never known.
 */
export function knownFacts(
  record: PullRequestRecord,
  until: number,
  answerLabels: AnswerLabels = usualAnswerLabels,
): KnownFacts {
  const { commits, former, approximate: byDates } = commitsAt(record, until)
  const labels = labelsAt(record, until)
  const { description, declarations = [] } = record
  const declared = declarations.filter((one) => standsAt(one, until))
  const described = timeOrNull(description?.editedAt ?? null)
  const knowsText = description !== null && (described === null || described <= until)
  const opener = toAccount(record.author)
  const merge = mergeCommitAt(record, until)
  const whole =
    commits.length === (record.commits ?? []).length &&
    former.length === 0 &&
    labels.events.length === labels.all &&
    declarations.every((one) => isSettledAt(one, until)) &&
    (knowsText || description === null)
  const { name: branch } = record.head
  const { name: repository } = record.repository
  const describedAt = description?.editedAt ?? record.createdAt
  return {
    whole,
    beforeMerge: merge === undefined && record.merge?.message != null,
    approximate: byDates || labels.approximate || (description !== null && !knowsText),
    // No getter: each would make a hidden class of its own, which keeps the record in memory.
    facts: () => ({
      commits: [...former, ...commits].map(toCommit),
      complete: record.commits !== null && !record.truncated.includes('commits'),
      answerLabels,
      labels: labels.standing,
      labelEvents: labels.events,
      repository: repository ?? undefined,
      opener,
      branch: branch ?? undefined,
      description: knowsText ? description.marks : undefined,
      describedAt: knowsText ? parsed(describedAt) : undefined,
      mergeCommit: merge,
      declarations:
        declared.length === 0
          ? undefined
          : declared.map(({ claim, at }) => ({ claim, at: parseTime(at) })),
    }),
  }
}

function standsAt({ at, undoneAt }: RecordedDeclaration, time: number): boolean {
  return timeOf(at) <= time && (undoneAt === null || timeOf(undoneAt) > time)
}

/** Whether nothing is said of it, and nothing taken back, after that time. */
function isSettledAt({ at, undoneAt }: RecordedDeclaration, time: number): boolean {
  return timeOf(at) <= time && (undoneAt === null || timeOf(undoneAt) <= time)
}

interface KnownCommits {
  readonly commits: readonly RecordedCommit[]
  /** Those that were there then and have been replaced since. */
  readonly former: readonly RecordedCommit[]
  readonly approximate: boolean
}

/** All commits were known when it was merged, whatever their own clocks say; none was before it was opened. */
function commitsAt(record: PullRequestRecord, until: number): KnownCommits {
  const { commits, formerCommits = [], merge } = record
  const merged = merge === null ? Number.POSITIVE_INFINITY : timeOf(merge.at)
  if (until >= merged || until === Number.POSITIVE_INFINITY) {
    return { commits: commits ?? [], former: [], approximate: false }
  }
  const since = commitTimes(record)
  const known = (commits ?? []).filter((commit) => Math.min(since(commit).at, merged) <= until)
  const rewritten = (record.pushes ?? []).flatMap(({ at, forced }) =>
    forced === true ? [timeOf(at)] : [],
  )
  const former = formerCommits.filter((commit) => {
    const { at } = since(commit)
    return until < merged && at <= until && !rewritten.some((push) => push > at && push <= until)
  })
  // Before a merge only the pushes say which commits were there, where any came after the opening.
  const approximate = until < merged && (commits ?? []).some((commit) => !since(commit).told)
  return { commits: known, former, approximate }
}

interface KnownLabels {
  readonly standing: readonly string[]
  readonly events: readonly LabelEvent[]
  /** Number of all events, also of those that are not known yet. */
  readonly all: number
  readonly approximate: boolean
}

const noLabels: KnownLabels = { standing: [], events: [], all: 0, approximate: false }

function labelsAt(record: PullRequestRecord, until: number): KnownLabels {
  const { merge, createdAt } = record
  if (!record.labels?.length && !record.labelEvents?.length) return noLabels
  const lateAfter = merge === null ? Number.POSITIVE_INFINITY : timeOf(merge.at) + lateLabels
  const opened = timeOrNull(createdAt) ?? Number.NEGATIVE_INFINITY
  const all = (record.labelEvents ?? []).map(
    (event): LabelEvent => ({ ...event, at: Math.max(opened, parseTime(event.at)) }),
  )
  const events = all.filter(
    ({ at, by }) => wholeSeconds(at) <= until && !(by === 'app' && at > lateAfter),
  )
  const names = [...(record.labels ?? []), ...all.map(({ label }) => label)]
  const standing = names.filter((name, index) => {
    if (names.findIndex((other) => isSameLabel(other, name)) !== index) return false
    const own = all
      .filter(({ label }) => isSameLabel(label, name))
      .toSorted((one, other) => one.at - other.at)
    const known = own.filter((event) => events.includes(event))
    if (known.length === own.length && record.labels !== null) {
      return record.labels.some((on) => isSameLabel(on, name))
    }
    const last = known.at(-1)
    // What was done first to a label later tells how it stood before: only what is on can be taken off.
    return last === undefined ? own[0]?.action === 'removed' : last.action === 'added'
  })
  const untimed = standing.some((name) => !all.some(({ label }) => isSameLabel(label, name)))
  return {
    standing,
    events,
    all: all.length,
    approximate: untimed && until < Number.POSITIVE_INFINITY,
  }
}

function mergeCommitAt({ merge }: PullRequestRecord, until: number): Commit | undefined {
  if (merge === null || merge.message === null || timeOf(merge.at) > until) return undefined
  return {
    message: merge.message,
    ...(merge.commit === null ? {} : { sha: merge.commit }),
    authoredAt: parsed(merge.authoredAt),
    author: toIdentity(merge.author),
  }
}

function toCommit(commit: RecordedCommit): Commit {
  const notes = Object.entries(commit.notes)
  return {
    sha: commit.sha,
    message: commit.message,
    notes: notes.length === 0 ? undefined : new Map(notes),
    author: toIdentity(commit.author),
    committer: toIdentity(commit.committer),
    authorAccount: toAccount(commit.authorAccount),
    verified: commit.verified ?? undefined,
    authoredAt: parsed(commit.authoredAt),
    committedAt: parsed(commit.committedAt),
    parents: commit.parents ?? undefined,
  }
}

function parsed(time: string | null): number | undefined {
  return time === null ? undefined : parseTime(time)
}

/** A person becomes an identity that no mark can match: `.invalid` is nobody's host (RFC 2606). */
function toIdentity(identity: RecordedIdentity | null): Identity | undefined {
  if (identity === null) return undefined
  return identity.kind === 'known'
    ? { name: identity.name, email: identity.email }
    : { name: 'person', email: `${identity.person}@person.invalid` }
}

/** No account has the number 0, and no login that a registry knows is a key. */
export function toAccount(actor: Actor | null): Account | undefined {
  if (actor === null || actor.kind === 'unknown') return undefined
  return actor.kind === 'bot'
    ? { id: actor.id ?? 0, login: actor.login, bot: actor.app }
    : { id: 0, login: actor.person, bot: false }
}
