import {
  type AnswerLabels,
  type Assistance,
  assessChange,
  type ChangeAssessment,
  type KnownMarks,
} from '../provenance/index.ts'
import type { PullRequestRecord } from './record.ts'
import { knownFacts } from './recorded-facts.ts'

/**
 * To which group a change belongs by what was known when a clock started: AI recorded, none recorded (which is not known
 * to be free of AI), or set aside from both.
 */
export type ExposureGroup = 'ai-recorded' | 'none-recorded' | 'set-aside'

export interface Exposure {
  readonly group: ExposureGroup
  /** The answer of that time: attested unassisted changes can be compared by themselves. */
  readonly assistance: Assistance
  readonly agentAuthored: boolean
  readonly intensity: 'light' | 'heavy' | null
  /** It rests on dates that clients set, or on a state of which it is not told since when. */
  readonly approximate: boolean
}

/**
 * What was known of a change at a time. What is recorded later changes the change's own assistance, never this
 * (docs/method.md, Which changes).
 *
 * @param whole the assessment of everything that the record holds, which is taken where nothing came later
 */
export function exposureAt(
  record: PullRequestRecord,
  time: number,
  about: {
    readonly marks: KnownMarks
    readonly whole: ChangeAssessment
    readonly answerLabels?: AnswerLabels | undefined
  },
): Exposure {
  const known = knownFacts(record, time, about.answerLabels)
  const { whole, marks } = about
  const assessment =
    (known.whole && !(known.beforeMerge && mergeMaySay(record, whole))) ||
    isNeverMarked(record, whole)
      ? whole
      : assessChange(known.facts(), marks, whole.commits)
  const { assistance, agentAuthored, intensity } = assessment
  return {
    group: groupOf(assessment),
    assistance,
    agentAuthored,
    intensity,
    approximate: known.approximate,
  }
}

/** Whether evidence stands in the message of the commit that merged it. */
function mergeMaySay({ merge }: PullRequestRecord, { evidence }: ChangeAssessment): boolean {
  const sha = merge?.commit ?? undefined
  return evidence.some(({ where }) => where.in === 'message' && where.sha === sha)
}

/** Where nothing is recorded in the end and nothing was taken away, nothing was at any time. */
function isNeverMarked(
  { labelEvents, formerCommits, declarations }: PullRequestRecord,
  { evidence }: ChangeAssessment,
): boolean {
  const taken =
    (labelEvents?.length ?? 0) + (formerCommits?.length ?? 0) + (declarations?.length ?? 0)
  return evidence.length === 0 && taken === 0
}

function groupOf({ setAside, assistance }: ChangeAssessment): ExposureGroup {
  if (setAside !== null) return 'set-aside'
  return assistance === 'assisted' ? 'ai-recorded' : 'none-recorded'
}
