import type { ChangeAssessment } from '../provenance/index.ts'
import type { Clocks } from './clocks.ts'
import type { PullRequestRecord } from './record.ts'
import { recordAsOf } from './record-as-of.ts'
import { day, earliestOf, timeOf } from './recorded-time.ts'
import type { RevertLink } from './revert-link.ts'

/** Days after the merge at which reverts are counted; the headline is 30. */
export const revertHorizons = [7, 14, 30, 90] as const

/** Whether a merged change was reverted, charged to that change and never to whoever reverted it. */
export interface RevertFate {
  /** First revert that counts, milliseconds since the epoch. null: none up to the as-of time. */
  readonly at: number | null
  /** Milliseconds from the merge to the as-of time, reverted or not. */
  readonly followed: number
  /**
   * By the horizons' days; null: not followed for so long, reverted already or not. Were early reverts told before the rest of
   * their age, the young changes that are told would be nothing but reverts.
   */
  readonly within7Days: boolean | null
  readonly within14Days: boolean | null
  readonly within30Days: boolean | null
  readonly within90Days: boolean | null
  /** It came back later, which does not undo the revert. */
  readonly restored: boolean
  /** A revert of it undid other changes too. */
  readonly bulk: boolean
}

/** Reads the reverts of a merged change up to the as-of time; null where it is not merged by then. */
export function readRevertFate(
  merged: number | null,
  reverts: readonly RevertLink[],
  asOf: number,
): RevertFate | null {
  if (merged === null || merged > asOf) return null
  const counted = reverts.filter(({ uncounted, at }) => uncounted === null && timeOf(at) <= asOf)
  // A committer's clock may put a revert before what it reverts.
  const at = earliestOf(counted.map((link) => Math.max(merged, timeOf(link.at))))
  const followed = asOf - merged
  const by = (days: number) =>
    followed < days * day ? null : at !== null && at - merged <= days * day
  return {
    at,
    followed,
    within7Days: by(7),
    within14Days: by(14),
    within30Days: by(30),
    within90Days: by(90),
    restored: counted.some(({ restoredAt }) => restoredAt !== null && timeOf(restoredAt) <= asOf),
    bulk: counted.some(({ bulk }) => bulk),
  }
}

/**
 * Where a change stood 30 days after it became ready, or, of a draft that never did, after it was opened. `placeholder`: an
 * agent's closed change without a line; `open-stale`: nobody did anything for 14 days. What a later change replaced counts
 * as `closed-unmerged`: a record does not tell it.
 */
export const outcomes = [
  'merged',
  'closed-unmerged',
  'placeholder',
  'open',
  'open-stale',
  'never-ready',
] as const

export type Outcome = (typeof outcomes)[number]

/** When the outcome is looked at, after the start. */
const outcomeAfter = 30 * day
const staleAfter = 14 * day

/**
 * The outcome of a change in the funnel; null while it is younger, where its start is not known, or where nothing was told
 * since. That goes for merged ones too: without them what is left of an old reading would be nothing but merges.
 */
export function readOutcome(
  record: PullRequestRecord,
  clocks: Clocks,
  about: {
    readonly asOf: number
    /** Up to when no news means that nothing happened, where that is later than the reading. null: it is not. */
    readonly knownUntil: number | null
    readonly agentAuthored: ChangeAssessment['agentAuthored']
  },
): Outcome | null {
  if (clocks.opened === null) return null
  if (clocks.ready === null && clocks.flags.includes('approximate-start')) return null
  const at = (clocks.ready ?? clocks.opened) + outcomeAfter
  const known = Math.max(timeOf(record.readAt), about.knownUntil ?? Number.NEGATIVE_INFINITY)
  if (at > about.asOf || at > known) return null
  if (clocks.merged !== null && clocks.merged <= at) return 'merged'
  const then = recordAsOf(record, at)
  const { size } = record
  const noLines = size !== null && size.total.additions + size.total.deletions === 0
  if (then.state === 'closed' && about.agentAuthored && noLines) return 'placeholder'
  if (clocks.ready === null) return 'never-ready'
  if (then.state === 'closed') return 'closed-unmerged'
  return (lastActivity(then) ?? clocks.opened) < at - staleAfter ? 'open-stale' : 'open'
}

/** When a person last did anything, the author included. */
function lastActivity(record: PullRequestRecord): number | null {
  const { reviews, reviewComments, threads, pushes, commits } = record
  const byPeople = [
    ...(reviews ?? []).flatMap(({ by, submittedAt }) => (by.kind === 'bot' ? [] : [submittedAt])),
    ...(reviewComments ?? []).flatMap(({ by, at }) => (by.kind === 'bot' ? [] : [at])),
    ...(threads ?? []).flatMap(({ openedBy, openedAt }) =>
      openedBy.kind === 'bot' ? [] : [openedAt],
    ),
    ...(pushes ?? []).flatMap(({ by, at }) => (by?.kind === 'bot' ? [] : [at])),
    ...(commits ?? []).flatMap(({ author, seenAt, committedAt }) =>
      author?.kind === 'person' ? [seenAt ?? committedAt].filter((at) => at !== null) : [],
    ),
    ...(record.labelEvents ?? []).flatMap(({ by, at }) => (by === 'person' ? [at] : [])),
    ...(record.draftEvents ?? []).map(({ at }) => at),
    ...(record.reopens ?? []).map(({ at }) => at),
    ...(record.reviewRequests ?? []).map(({ at }) => at),
    ...(record.baseChanges ?? []).map(({ at }) => at),
  ]
  const until = timeOf(record.readAt)
  const times = byPeople.map(timeOf).filter((time) => time <= until)
  return times.length === 0 ? null : Math.max(...times)
}
