import {
  type Answer,
  type GateThresholds,
  type LeaningReason,
  type NoSamePeople,
  rules,
  wilsonInterval,
} from '../../comparison/index.ts'
import { capital } from '../text/capital.ts'
import { estimateText, limitsText, plainNumber, sizeText } from '../text/estimate-text.ts'
import { hiddenStatement } from './gate-words.ts'
import { type OutcomeId, outcomeWords } from './outcome-words.ts'
import type { ReportComparison, ReportVerdict } from './report-comparison.ts'
import type { Estimate } from './report-parts.ts'
import { perThousand, ratioPercent, roundCount, wholePercent } from './rounding.ts'

/** What a statement is put together from; the numbers as they are printed. */
export interface Stated {
  readonly outcome: OutcomeId
  readonly verdict: ReportVerdict
  readonly reasons: readonly LeaningReason[]
  readonly estimate: Estimate | null
  readonly counts: Answer['counts']
  readonly events: Answer['events']
  readonly detectable: ReportComparison['detectable']
  readonly noRatio: boolean
  /** 'with no AI recorded': what the other group is. */
  readonly against: string
  readonly thresholds: GateThresholds
}

/** The verdict as one or two plain sentences (docs/method.md, From numbers to words). */
export function verdictStatement(stated: Stated): string {
  const { outcome, verdict, estimate, thresholds } = stated
  if (verdict === 'hidden') return hiddenStatement(thresholds)
  if (verdict === 'not_known') return outcomeWords[outcome].notKnown
  if (verdict === 'too_few') return tooFewStatement(stated)
  if (verdict === 'too_few_events') return tooFewEventsStatement(stated)
  if (estimate === null) throw new RangeError(`A verdict of ${verdict} has no estimate`)
  if (verdict === 'no_clear_difference') return noClearStatement(outcome, estimate)
  if (verdict === 'similar') return similarStatement(outcome, estimate)
  return directionStatement(outcome, verdict, estimate)
}

/** Why the statement is not a clear one; null where it says so itself. */
export function verdictReason({ verdict, reasons }: Stated): string | null {
  if (verdict === 'not_known') return 'Reading the repository from GitHub would tell.'
  return reasons.length === 0 ? null : reasons.map((reason) => reasonTexts[reason]).join(' ')
}

/** Why everybody is not compared to themselves, as it stands inside a sentence or a cell. */
export const noSamePeopleTexts: Readonly<Record<NoSamePeople, string>> = {
  'too-few-work-both-ways': 'too few people work both ways to check',
  'same-people-undefined': 'among the same people it cannot be worked out',
}

const [usual, sure] = [rules.confidence, rules.sureConfidence].map(
  (one) => `${wholePercent(one)} %`,
)

const reasonTexts: Readonly<Record<LeaningReason, string>> = {
  'not-sure': `Only the ${usual} interval leaves out "no difference", the ${sure} interval does not.`,
  'not-two-weeks': 'Not yet seen two weeks running.',
  'same-people-differ': 'The same people do not show it.',
  'same-people-opposite': 'Among the same people it is the other way round.',
  'too-few-work-both-ways': asSentence(noSamePeopleTexts['too-few-work-both-ways']),
  'same-people-undefined': asSentence(noSamePeopleTexts['same-people-undefined']),
}

function asSentence(words: string): string {
  return `${capital(words)}.`
}

function tooFewStatement({ outcome, counts, detectable, estimate, noRatio }: Stated): string {
  if (noRatio) {
    return 'Too few review rounds to tell: a group has none at all, so that there is no ratio.'
  }
  const used = counts && [counts.assisted.used, counts.other.used]
  if (used?.some((changes) => changes === null)) {
    return 'Too few to tell: too little has a counterpart of its kind in the other group, or it is mostly the work of a few.'
  }
  if (used?.some((changes) => (changes ?? 0) < rules.comparableChanges)) {
    return `Too few changes to tell: fewer than ${rules.comparableChanges} in a group have a counterpart of their kind in the other.`
  }
  if (estimate === null) {
    return 'Too few people to tell: what can be compared is mostly the work of a few.'
  }
  return `Too few changes to tell. ${detectableStatement(outcome, detectable)}`
}

function detectableStatement(outcome: OutcomeId, detectable: Stated['detectable']): string {
  if (detectable === null) return 'With this much data not even a tenfold difference need show.'
  const { lower, higher } = outcomeWords[outcome]
  const { unit, low, high } = detectable
  const more = `${sizeText(high, unit)} ${higher.by}`
  const less = low === null ? '' : `${sizeText(low, unit)} ${lower.by} or `
  const per = unit === 'per-1000' ? ' per 1,000' : ''
  return `With this much data only differences of about ${less}${more}${per} and beyond would usually show.`
}

function tooFewEventsStatement({ events, counts, against }: Stated): string {
  const sides = [
    eventsOf(events?.assisted ?? 0, counts?.assisted.used ?? 0, 'with AI recorded'),
    eventsOf(events?.other ?? 0, counts?.other.used ?? 0, against),
  ]
  const rooms = sides.flatMap(({ room }) => (room === null ? [] : [room]))
  const room = rooms.length === 0 ? '' : ` That leaves room for up to ${rooms.join(' and ')}.`
  return `Too few reverts to tell: ${sides.map(({ said }) => said).join(', ')}.${room}`
}

/** The room is the upper end of Wilson's interval, of the numbers as they are told: the ones behind would else be told too. */
function eventsOf(
  reverts: number,
  changes: number,
  whose: string,
): { readonly said: string; readonly room: string | null } {
  const about = roundCount(changes)
  if (about === null) {
    return { said: `${reverts} of fewer than ${rules.countStep} ${whose}`, room: null }
  }
  const share = Math.min(1, reverts / about)
  const { upper } = wilsonInterval(share, about, rules.confidence)
  return {
    said: `${reverts} of about ${plainNumber(about)} ${whose}`,
    room: `${sizeText(perThousand(upper), 'per-1000')} per 1,000 ${whose}`,
  }
}

function noClearStatement(outcome: OutcomeId, estimate: Estimate): string {
  const { lower, higher } = outcomeWords[outcome]
  const { unit, low, high } = estimate
  const rooms = [
    ...(low < 0 ? [`${sizeText(low, unit)} ${lower.by}`] : []),
    ...(high > 0 ? [`${sizeText(high, unit)} ${higher.by}`] : []),
  ]
  const per = unit === 'per-1000' ? ' per 1,000' : ''
  const room =
    rooms.length === 0 ? '' : ` That still leaves room for up to ${rooms.join(' or ')}${per}.`
  return `No clear difference. Comparable changes with AI recorded ${said(outcome, estimate)} (${limitsText(estimate)}).${room}`
}

function similarStatement(outcome: OutcomeId, estimate: Estimate): string {
  const { unit, low, high } = estimate
  const most = Math.max(Math.abs(low), Math.abs(high))
  const mark =
    unit === 'percent'
      ? sizeText(ratioPercent(rules.sameRatio), unit)
      : `${sizeText(most, unit)} per 1,000`
  return `About the same. Comparable changes with AI recorded ${said(outcome, estimate)} (${limitsText(estimate)}), and a difference beyond ${mark} either way is unlikely.`
}

function directionStatement(
  outcome: OutcomeId,
  verdict: ReportVerdict,
  estimate: Estimate,
): string {
  const { lower, higher } = outcomeWords[outcome]
  // A mixed verdict has no direction of its own: it is that of an interval that leaves "no difference" out.
  const isLower = verdict === 'mixed' ? estimate.high < 0 : verdict.endsWith('lower')
  const [words, opposite] = isLower ? [lower, higher] : [higher, lower]
  const numbers = estimateText(estimate)
  if (verdict === 'mixed') {
    return `Mixed: ${words.short} overall, ${numbers}, but ${opposite.short} among the same people. Probably about who uses AI, not about AI.`
  }
  if (verdict.startsWith('leaning_')) {
    const name = `${words.name.slice(0, 1).toLowerCase()}${words.name.slice(1)}`
    return `Signs of ${name} with AI recorded: ${numbers}, not settled.`
  }
  return `${words.name} with AI recorded: ${numbers}. Seen two weeks running and among the same people.`
}

/** What changes with AI recorded did, by the estimate alone. */
function said(outcome: OutcomeId, { unit, value }: Estimate): string {
  const { lower, higher, same } = outcomeWords[outcome]
  if (value === 0) return same
  return (value < 0 ? lower : higher).said(sizeText(value, unit))
}
