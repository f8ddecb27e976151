import type { ChangeFlag } from './change-flag.ts'
import { draftHistory } from './draft-history.ts'
import type { Actor, PullRequestRecord, RecordedReview } from './record.ts'
import { day, earliestOf, latestOf, minute, timeOf, timeOrNull } from './recorded-time.ts'
import { otherPerson, type ResponsiblePerson } from './responsible-person.ts'

/**
 * When what happened to a change, milliseconds since the epoch, whole seconds (docs/definitions.md). null: it did not
 * happen, or the source cannot know. None is later than the merge.
 */
export interface Clocks {
  /** Earliest author date ever seen on the branch, by clients' clocks. */
  readonly firstCommit: number | null
  readonly opened: number | null
  /** First time that it was ready for review: where time and review outcomes start. */
  readonly ready: number | null
  /** First review or comment on its lines by another person, not before `ready`. */
  readonly firstReview: number | null
  /** The same by a bot or an AI reviewer. */
  readonly firstBotReview: number | null
  /** Last approval of another person that stood at the merge, not before `ready`. */
  readonly lastApproval: number | null
  /** Since when it waited in the merge queue, or for auto-merge, without a break until the merge. */
  readonly queued: number | null
  readonly merged: number | null
  /** Last close, where it is closed and not merged. */
  readonly closed: number | null
  /** Milliseconds in draft after `ready`, which stop no clock. null: not knowable, or never ready. */
  readonly redraft: number | null
  readonly reopens: number | null
  readonly flags: readonly ChangeFlag[]
}

/** Reads the anchors of the timeline. No order of a record's lists matters, and no push moves an anchor. */
export function readClocks(record: PullRequestRecord, responsible: ResponsiblePerson): Clocks {
  const merged = timeOrNull(record.merge?.at ?? null)
  const opened = timeOrNull(record.createdAt)
  const draft = draftHistory(record)
  const start = readyAt({ opened, merged, ready: draft.ready })
  const ready = start.at
  const between = (time: number | null) => (time === null ? null : clamp(time, ready, merged))
  const reviews = reviewTimes(record, merged, responsible)
  const firstReview = earliestOf(reviews.people)
  const approval = lastApproval(record, merged, responsible)
  const firstAuthored = earliestOf(ownAuthorDates(record))
  const firstCommit = readFirstCommit(record, firstAuthored, opened ?? merged)
  const closed =
    record.state === 'closed' ? latestOf((record.closes ?? []).map(({ at }) => timeOf(at))) : null
  const flags: readonly (ChangeFlag | false)[] = [
    draft.approximate && 'approximate-start',
    start.skewed && 'clock-skew',
    draft.draftAtMerge && 'merged-from-draft',
    ready !== null && firstReview !== null && firstReview < ready && 'reviewed-in-draft',
    draft.redrafted && 'redrafted',
    (record.baseChanges ?? []).length > 0 && 'retargeted',
    isRewritten(record, firstAuthored) && 'history-rewritten',
    firstCommit.clipped && 'first-commit-clipped',
    record.merge?.method === 'push' && 'indirect-merge',
    merged !== null && isWhole(record, 'reviews') && approval === null && 'merged-without-approval',
    reviews.unknownReviewer && 'unknown-reviewer',
  ]
  return {
    firstCommit: firstCommit.at,
    opened,
    ready,
    firstReview: between(firstReview),
    firstBotReview: between(earliestOf(reviews.bots)),
    lastApproval: between(approval),
    queued: queuedSince(record, merged),
    merged,
    closed,
    redraft: ready === null ? null : draft.redraft,
    reopens: record.reopens?.length ?? null,
    flags: flags.filter((flag) => flag !== false),
  }
}

/** Whether a list is known, and known to its end. */
export function isWhole(record: PullRequestRecord, list: 'reviews' | 'threads'): boolean {
  return record[list] !== null && !record.truncated.includes(list)
}

/** Reviews of people other than the responsible one, up to the merge. */
export function peopleReviews(
  record: PullRequestRecord,
  merged: number | null,
  responsible: ResponsiblePerson,
): RecordedReview[] {
  return (record.reviews ?? []).filter(
    ({ by, submittedAt }) =>
      otherPerson(by, responsible) !== undefined && isBy(timeOf(submittedAt), merged),
  )
}

/** Whether it was at or before the merge. */
export function isBy(time: number, merged: number | null): boolean {
  return merged === null || time <= merged
}

/** A merged draft is ready when it is merged; what a clock puts before the opening or after the merge is moved. */
function readyAt(times: {
  readonly opened: number | null
  readonly merged: number | null
  readonly ready: number | 'never' | null
}): { readonly at: number | null; readonly skewed: boolean } {
  const { opened, merged, ready } = times
  if (ready === 'never') return { at: merged, skewed: false }
  if (ready === null || opened === null) return { at: null, skewed: false }
  const at = clamp(ready, opened, merged)
  return { at, skewed: ready < opened || (merged !== null && opened > merged) }
}

function clamp(time: number, from: number | null, to: number | null): number {
  return Math.min(Math.max(time, from ?? time), to ?? Number.POSITIVE_INFINITY)
}

interface ReviewTimes {
  readonly people: readonly number[]
  readonly bots: readonly number[]
  readonly unknownReviewer: boolean
}

function reviewTimes(
  record: PullRequestRecord,
  merged: number | null,
  responsible: ResponsiblePerson,
): ReviewTimes {
  const people: number[] = []
  const bots: number[] = []
  let unknownReviewer = false
  const add = (by: Actor, time: string) => {
    const at = timeOf(time)
    if (!isBy(at, merged)) return
    if (by.kind === 'bot') bots.push(at)
    if (otherPerson(by, responsible) === undefined) return
    people.push(at)
    unknownReviewer ||= by.kind === 'unknown'
  }
  for (const { by, submittedAt } of record.reviews ?? []) add(by, submittedAt)
  for (const { by, at } of record.reviewComments ?? []) add(by, at)
  return { people, bots, unknownReviewer }
}

/** Where reviews go on past what could be read, the last one cannot be told. */
function lastApproval(
  record: PullRequestRecord,
  merged: number | null,
  responsible: ResponsiblePerson,
): number | null {
  if (!isWhole(record, 'reviews')) return null
  const standing = peopleReviews(record, merged, responsible).filter(
    ({ state, dismissedAt }) =>
      state === 'approved' && (dismissedAt === null || !isBy(timeOf(dismissedAt), merged)),
  )
  return latestOf(standing.map(({ submittedAt }) => timeOf(submittedAt)))
}

/** Older first commits are stale cherry-picks. */
const oldestFirstCommit = 90 * day

function readFirstCommit(
  record: PullRequestRecord,
  firstAuthored: number | null,
  latest: number | null,
): { readonly at: number | null; readonly clipped: boolean } {
  const opened = timeOrNull(record.createdAt)
  const everSeen = timeOrNull(record.everSeenFirstCommitAt)
  const first = earliestOf([firstAuthored, everSeen].filter((time) => time !== null))
  if (first === null || (latest !== null && first > latest)) return { at: null, clipped: false }
  const clipped = opened !== null && first < opened - oldestFirstCommit
  return { at: clipped ? opened - oldestFirstCommit : first, clipped }
}

function ownAuthorDates({ commits }: PullRequestRecord): number[] {
  return (commits ?? []).flatMap(({ authoredAt, parents }) =>
    authoredAt === null || (parents ?? 1) > 1 ? [] : [timeOf(authoredAt)],
  )
}

function isRewritten(record: PullRequestRecord, first: number | null): boolean {
  const ever = timeOrNull(record.everSeenFirstCommitAt)
  return (
    (record.pushes ?? []).some(({ forced }) => forced === true) ||
    (record.formerCommits ?? []).length > 0 ||
    (!record.truncated.includes('commits') && first !== null && ever !== null && ever < first)
  )
}

/** GitHub takes a change out of the queue when it merges it. */
const ownRemoval = minute

function queuedSince({ queueEvents }: PullRequestRecord, merged: number | null): number | null {
  if (merged === null || queueEvents === null || queueEvents.length === 0) return null
  const standing = (on: string, off: string) => {
    const last = latestOf(timesOf(queueEvents, off).filter((at) => at < merged - ownRemoval))
    return earliestOf(
      timesOf(queueEvents, on).filter((at) => at <= merged && (last === null || at >= last)),
    )
  }
  const since = [standing('queued', 'unqueued'), standing('auto-merge-on', 'auto-merge-off')]
  return earliestOf(since.filter((time) => time !== null))
}

type QueueEvents = NonNullable<PullRequestRecord['queueEvents']>

function timesOf(events: QueueEvents, wanted: string): number[] {
  return events.filter(({ action }) => action === wanted).map(({ at }) => timeOf(at))
}
