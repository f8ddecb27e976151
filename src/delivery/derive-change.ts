import {
  type AnswerLabels,
  assessChange,
  type ChangeAssessment,
  type KnownMarks,
} from '../provenance/index.ts'
import { CHANGE_VERSION, type Change } from './change.ts'
import type { ChangeFlag } from './change-flag.ts'
import { type Clocks, readClocks } from './clocks.ts'
import { type CountedChange, writeCounted } from './counted-change.ts'
import { exclusionReason } from './exclusion.ts'
import { type Exposure, exposureAt } from './exposure.ts'
import { type RevertFate, readOutcome, readRevertFate } from './fate.ts'
import { readPhases } from './phases.ts'
import type { PullRequestRecord } from './record.ts'
import { recordAsOf, tellsLater } from './record-as-of.ts'
import { changeFacts } from './recorded-facts.ts'
import { second, timeOf, timeOrNull, writeTime } from './recorded-time.ts'
import { responsiblePerson } from './responsible-person.ts'
import type { RevertLink, RevertRole } from './revert-link.ts'
import { type ReviewChurn, readReviewChurn } from './review-churn.ts'
import { sizeBand, startSize } from './size-band.ts'

/** What a change is derived from beside its record. */
export interface ChangeContext {
  readonly marks: KnownMarks
  /** What reverts it, as `RevertLinks` found it in all records. */
  readonly reverts: readonly RevertLink[]
  /** What it is to other changes itself, as `RevertLinks` found it in all records; null: no revert, or not merged. */
  readonly revertRole: RevertRole | null
  /** UTC. What happened later is not counted; records up to then were read, so that no revert means none. */
  readonly asOf: string
  /**
   * UTC. Up to when the source would have told whatever happened, where that is later than the record's `readAt`: webhooks
   * that are listened to tell by their silence that nothing did, while a record of them is as of the last. Default `readAt`.
   */
  readonly knownUntil?: string
  /** The labels with which this tool answers, where they have another prefix than usual. */
  readonly answerLabels?: AnswerLabels
}

/**
 * Everything that docs/definitions.md defines of one change: a pure function of its record, the reverts of it and the as-of
 * time. What the source cannot know is null.
 */
export function deriveChange(record: PullRequestRecord, context: ChangeContext): Change {
  return writeCounted(countChange(record, context))
}

/** The same, to be counted. */
export function countChange(given: PullRequestRecord, context: ChangeContext): CountedChange {
  const { marks, answerLabels, revertRole } = context
  const asOf = timeOf(context.asOf)
  const record = recordAsOf(given, asOf)
  const responsible = responsiblePerson(record)
  const clocks = readClocks(record, responsible)
  const phases = readPhases(clocks)
  const churn = readReviewChurn(record, clocks, { responsible, marks })
  const until = tellsLater(given, asOf) ? asOf : undefined
  const whole = assessChange(changeFacts(record, until, answerLabels), marks)
  const at = (time: number | null) =>
    time === null ? null : exposureAt(record, time, { marks, whole, answerLabels })
  const exposure = { atReady: at(clocks.ready), atMerge: at(clocks.merged) }
  const fate = readRevertFate(clocks.merged, context.reverts, asOf)
  const outcome = readOutcome(record, clocks, {
    asOf,
    knownUntil: timeOrNull(context.knownUntil ?? null),
    agentAuthored: whole.agentAuthored,
  })
  // Field by field: to spread the parts takes longer than to find some of them.
  return {
    version: CHANGE_VERSION,
    asOf,
    readAt: record.readAt,
    source: record.source,
    registry: marks.version,
    repository: record.repository,
    id: record.id,
    number: record.number,
    responsible: { key: responsible.key, basis: responsible.basis },
    state: record.state,
    exclusion: exclusionReason(record, { assessment: whole, marks, revertRole }),
    assistance: whole.assistance,
    agentAuthored: whole.agentAuthored,
    intensity: whole.intensity,
    tier: whole.tier,
    tools: [...whole.tools],
    setAside: whole.setAside,
    assistedCommits: whole.assistedCommits,
    totalCommits: whole.totalCommits,
    complete: whole.complete,
    exposure,
    aiAfterStart: isAiAfterStart(exposure, whole),
    firstCommitAt: clocks.firstCommit,
    openedAt: clocks.opened,
    readyAt: clocks.ready,
    firstReviewAt: clocks.firstReview,
    firstBotReviewAt: clocks.firstBotReview,
    lastApprovalAt: clocks.lastApproval,
    queuedAt: clocks.queued,
    mergedAt: clocks.merged,
    closedAt: clocks.closed,
    cycleSeconds: seconds(phases.cycle),
    pickupSeconds: seconds(phases.pickup),
    reviewSeconds: seconds(phases.review),
    mergeWaitSeconds: seconds(phases.mergeWait),
    queueWaitSeconds: seconds(phases.queueWait),
    unphasedSeconds: seconds(phases.unphased),
    draftSeconds: seconds(phases.draft),
    redraftSeconds: seconds(clocks.redraft),
    codingSpanSeconds: seconds(phases.codingSpan),
    openToMergeSeconds: seconds(phases.openToMerge),
    authoredToMergedSeconds: seconds(phases.authoredToMerged),
    reopens: clocks.reopens,
    review: reviewOf(churn),
    // Of the whole record: how large it was at ready is the same whenever it is asked.
    size: sizeOf(given, clocks.ready),
    reverted: fate && revertedOf(fate),
    revertLinks: linksOf(context.reverts, asOf),
    outcome,
    surviving: isSurviving(outcome, fate),
    truncated: record.truncated.toSorted(),
    unreadable: record.unreadable.toSorted(),
    flags: flagsOf({ record, clocks, churn, exposure, whole }),
  }
}

function seconds(duration: number | null): number | null {
  return duration === null ? null : duration / second
}

function linksOf(reverts: readonly RevertLink[], asOf: number): Change['revertLinks'] {
  return reverts
    .filter((link) => timeOf(link.at) <= asOf)
    .toSorted((one, other) => timeOf(one.at) - timeOf(other.at))
    .map(({ restoredBy: _, at, restoredAt, ...link }) => ({
      ...link,
      at: writeTime(timeOf(at)),
      restoredAt: restoredAt === null ? null : writeTime(timeOf(restoredAt)),
      by: { ...link.by },
    }))
}

interface Exposures {
  readonly atReady: Exposure | null
  readonly atMerge: Exposure | null
}

function isAiAfterStart({ atReady, atMerge }: Exposures, whole: ChangeAssessment): boolean | null {
  if (atReady === null) return null
  const { assistance } = atMerge ?? whole
  return atReady.group === 'none-recorded' && assistance === 'assisted'
}

function reviewOf(churn: ReviewChurn): Change['review'] {
  const { bots, reviews } = churn
  const firstAiReview = bots?.firstAiReview ?? null
  return {
    rounds: churn.rounds,
    byAnotherPerson: reviews === null ? null : reviews > 0,
    changesRequested: churn.changesRequested,
    laterPushes: churn.laterPushes,
    laterLines: churn.laterLines,
    laterShare: churn.laterShare,
    threads: churn.threads,
    reviewers: churn.reviewers,
    reviews,
    botReviews: bots?.reviews ?? null,
    aiReviews: bots?.aiReviews ?? null,
    firstAiReviewAt: firstAiReview === null ? null : writeTime(firstAiReview),
  }
}

function sizeOf(record: PullRequestRecord, ready: number | null): Change['size'] {
  const start = startSize(record, ready)
  if (start === null) return null
  const final = record.size?.counted ?? record.size?.total ?? null
  return {
    band: sizeBand(start.lines),
    linesAtStart: start.lines,
    basis: start.basis,
    files: final?.files ?? null,
    additions: final?.additions ?? null,
    deletions: final?.deletions ?? null,
  }
}

function revertedOf(fate: RevertFate): NonNullable<CountedChange['reverted']> {
  return {
    at: fate.at,
    followedSeconds: fate.followed / second,
    within7Days: fate.within7Days,
    within14Days: fate.within14Days,
    within30Days: fate.within30Days,
    within90Days: fate.within90Days,
    restored: fate.restored,
    bulk: fate.bulk,
  }
}

function isSurviving(outcome: Change['outcome'], fate: RevertFate | null): boolean | null {
  if (outcome === null) return null
  if (outcome !== 'merged' || fate === null) return false
  return fate.within30Days === null ? null : !fate.within30Days
}

function flagsOf(parts: {
  readonly record: PullRequestRecord
  readonly clocks: Clocks
  readonly churn: ReviewChurn
  readonly exposure: Exposures
  readonly whole: ChangeAssessment
}): ChangeFlag[] {
  const { record, clocks, churn, exposure, whole } = parts
  const { atReady, atMerge } = exposure
  const flags: readonly (ChangeFlag | false)[] = [
    ...clocks.flags,
    ...churn.flags,
    record.source === 'git' && 'client-dates',
    (atReady?.approximate === true || atMerge?.approximate === true) && 'approximate-exposure',
    isLateLabel(clocks.merged, atMerge, whole) && 'late-label',
  ]
  return flags.filter((flag) => flag !== false)
}

/** Whether only a label that an app set after the merge says that the change was assisted. */
function isLateLabel(
  merged: number | null,
  atMerge: Exposure | null,
  { assistance, evidence }: ChangeAssessment,
): boolean {
  if (merged === null || assistance !== 'assisted' || atMerge?.assistance === 'assisted')
    return false
  return evidence.some(
    ({ where, tier, at }) => where.in === 'label' && tier === 'E2' && (at ?? merged) > merged,
  )
}
