import {
  type AnswerLabels,
  assessChange,
  type ChangeAssessment,
  type KnownMarks,
} from '../provenance/index.ts'
import { CHANGE_VERSION, type Change } from './change.ts'
import type { ChangeFlag } from './change-flag.ts'
import { type Clocks, readClocks } from './clocks.ts'
import { exclusionReason } from './exclusion.ts'
import { type Exposure, exposureAt } from './exposure.ts'
import { type RevertFate, readOutcome, readRevertFate } from './fate.ts'

import { type Phases, readPhases } from './phases.ts'
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
export function deriveChange(given: PullRequestRecord, context: ChangeContext): Change {
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
  return {
    version: CHANGE_VERSION,
    asOf: writeTime(asOf),
    readAt: record.readAt,
    source: record.source,
    registry: marks.version,
    repository: record.repository,
    id: record.id,
    number: record.number,
    responsible: { key: responsible.key, basis: responsible.basis },
    state: record.state,
    exclusion: exclusionReason(record, { assessment: whole, marks, revertRole }),
    ...assistanceOf(whole),
    exposure,
    aiAfterStart: isAiAfterStart(exposure, whole),
    ...timesOf(clocks),
    ...durationsOf(clocks, phases),
    reopens: clocks.reopens,
    review: reviewOf(churn),
    // Of the whole record: how large it was at ready is the same whenever it is asked.
    size: sizeOf(given, clocks.ready),
    reverted: fate === null ? null : revertedOf(fate),
    revertLinks: context.reverts
      .filter((link) => timeOf(link.at) <= asOf)
      .toSorted((one, other) => timeOf(one.at) - timeOf(other.at))
      .map(({ restoredBy: _, at, restoredAt, ...link }) => ({
        ...link,
        at: writeTime(timeOf(at)),
        restoredAt: restoredAt === null ? null : writeTime(timeOf(restoredAt)),
        by: { ...link.by },
      })),
    outcome,
    surviving: isSurviving(outcome, fate),
    truncated: record.truncated.toSorted(),
    unreadable: record.unreadable.toSorted(),
    flags: flagsOf({ record, clocks, churn, exposure, whole }),
  }
}

function assistanceOf(whole: ChangeAssessment) {
  const { assistance, agentAuthored, intensity, tier, setAside, complete } = whole
  const { assistedCommits, totalCommits } = whole
  return {
    assistance,
    agentAuthored,
    intensity,
    tier,
    tools: [...whole.tools],
    setAside,
    assistedCommits,
    totalCommits,
    complete,
  }
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

function timesOf(clocks: Clocks) {
  const write = (time: number | null) => (time === null ? null : writeTime(time))
  return {
    firstCommitAt: write(clocks.firstCommit),
    openedAt: write(clocks.opened),
    readyAt: write(clocks.ready),
    firstReviewAt: write(clocks.firstReview),
    firstBotReviewAt: write(clocks.firstBotReview),
    lastApprovalAt: write(clocks.lastApproval),
    queuedAt: write(clocks.queued),
    mergedAt: write(clocks.merged),
    closedAt: write(clocks.closed),
  }
}

function durationsOf({ redraft }: Clocks, phases: Phases) {
  const seconds = (duration: number | null) => (duration === null ? null : duration / second)
  return {
    cycleSeconds: seconds(phases.cycle),
    pickupSeconds: seconds(phases.pickup),
    reviewSeconds: seconds(phases.review),
    mergeWaitSeconds: seconds(phases.mergeWait),
    queueWaitSeconds: seconds(phases.queueWait),
    unphasedSeconds: seconds(phases.unphased),
    draftSeconds: seconds(phases.draft),
    redraftSeconds: seconds(redraft),
    codingSpanSeconds: seconds(phases.codingSpan),
    openToMergeSeconds: seconds(phases.openToMerge),
    authoredToMergedSeconds: seconds(phases.authoredToMerged),
  }
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

function revertedOf({ at, followed, within, restored, bulk }: RevertFate): Change['reverted'] {
  return {
    at: at === null ? null : writeTime(at),
    followedSeconds: followed / second,
    within7Days: within[7],
    within14Days: within[14],
    within30Days: within[30],
    within90Days: within[90],
    restored,
    bulk,
  }
}

function isSurviving(outcome: Change['outcome'], fate: RevertFate | null): boolean | null {
  if (outcome === null) return null
  if (outcome !== 'merged' || fate === null) return false
  return fate.within[30] === null ? null : !fate.within[30]
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
