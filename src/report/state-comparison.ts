import type {
  Answer,
  Companion,
  GateThresholds,
  HeadlineComparison,
  OutcomeComparisons,
} from '../comparison/index.ts'
import { companionMeasure } from './companion-measure.ts'
import { cycleTimeNotes, revertNotes } from './comparison-notes.ts'
import { type OutcomeId, outcomeWords } from './outcome-words.ts'
import type { ReportComparison } from './report-comparison.ts'
import { roundDifference } from './round-difference.ts'
import {
  oneDecimal,
  peopleBand,
  perThousand,
  ratioPercent,
  roundCount,
  twoDigits,
} from './rounding.ts'
import { dayText } from './times.ts'
import { verdictReason, verdictStatement } from './verdict-words.ts'

/** The three comparisons in words and rounded numbers: time to merge, review rounds, reverts. */
export function stateComparisons(
  { cycleTime, reviewRounds, reverts }: OutcomeComparisons,
  thresholds: GateThresholds,
): ReportComparison[] {
  return [
    stateComparison('cycle-time', cycleTime, {
      thresholds,
      companions: cycleTime.merged === null ? [] : [cycleTime.merged],
      notes: cycleTimeNotes(cycleTime),
    }),
    stateComparison('review-rounds', reviewRounds, {
      thresholds,
      companions: reviewRounds.companions,
    }),
    stateComparison('reverts', reverts, {
      thresholds,
      maturing: reverts.maturing,
      notes: revertNotes(reverts),
    }),
  ]
}

/** What only some outcomes have. */
interface Beside {
  readonly thresholds: GateThresholds
  readonly companions?: readonly Companion[]
  readonly maturing?: number
  readonly notes?: readonly string[]
}

function stateComparison(
  outcome: OutcomeId,
  compared: HeadlineComparison,
  { thresholds, companions = [], maturing = 0, notes = [] }: Beside,
): ReportComparison {
  const { difference, typical, events, level, people, window, samePeople, ratio } = compared
  const detectable = stateDetectable(outcome, compared)
  const common = { outcome, thresholds, detectable }
  return {
    outcome,
    title: outcomeWords[outcome].title,
    definition: outcomeWords[outcome].definition,
    window: { from: dayText(window.start), until: dayText(window.end) },
    ...state(compared, { ...common, against: 'with no AI recorded' }),
    typical: typical && {
      unit: typicals[outcome].unit,
      assisted: typicals[outcome].round(typical.assisted),
      other: typicals[outcome].round(typical.other),
    },
    ratio: ratio && roundDifference(ratio, 'per-1000'),
    events,
    maturing: roundCount(maturing),
    adjustedFor: difference && level !== null ? adjustments[level] : null,
    people: people === null ? null : peopleBand(people),
    detectable,
    samePeople: stateSamePeople(samePeople),
    sensitivity: stateSensitivity(compared),
    attested:
      compared.attested &&
      state(compared.attested, {
        ...common,
        detectable: null,
        against: 'attested to be without AI',
      }),
    measures: companions.map(companionMeasure),
    notes: [...notes],
  }
}

const adjustments = ['size-and-date', 'coarse-size-and-date', 'coarse-size'] as const

const typicals = {
  'cycle-time': { unit: 'hours', round: twoDigits },
  'review-rounds': { unit: 'rounds', round: twoDigits },
  reverts: { unit: 'per-1000', round: perThousand },
} as const

type Statement = NonNullable<ReportComparison['attested']>

function state(
  { verdict, reasons, difference, counts, events, noRatio }: StatedAnswer,
  about: Pick<
    Parameters<typeof verdictStatement>[0],
    'outcome' | 'thresholds' | 'detectable' | 'against'
  >,
): Statement {
  const estimate = difference && roundDifference(difference, 'per-1000')
  const stated = { ...about, verdict, reasons, estimate, counts, events, noRatio }
  const side = ({ used, all }: NonNullable<Answer['counts']>['assisted']) => ({
    used: roundCount(used),
    all: roundCount(all),
  })
  return {
    verdict,
    statement: verdictStatement(stated),
    reason: verdictReason(stated),
    estimate,
    comparable: counts && { assisted: side(counts.assisted), other: side(counts.other) },
  }
}

type StatedAnswer = Omit<Answer, 'verdict'> & Pick<HeadlineComparison, 'verdict'>

/** null also where not even a tenfold difference would show. */
function stateDetectable(
  outcome: OutcomeId,
  { detectable }: HeadlineComparison,
): ReportComparison['detectable'] {
  if (detectable === null) return null
  const [low, high] = detectable
  if (outcome === 'reverts') {
    return {
      unit: 'per-1000',
      low: Math.min(-0.1, perThousand(low)),
      high: Math.max(0.1, perThousand(high)),
    }
  }
  if (high > 10) return null
  return {
    unit: 'percent',
    low: Math.min(-1, ratioPercent(low)),
    high: Math.max(1, ratioPercent(high)),
  }
}

function stateSamePeople(
  samePeople: HeadlineComparison['samePeople'],
): ReportComparison['samePeople'] {
  const people = samePeople && peopleBand(samePeople.people)
  return (
    samePeople && people && { people, estimate: roundDifference(samePeople.difference, 'per-1000') }
  )
}

function stateSensitivity({
  sensitivity,
  difference,
}: HeadlineComparison): ReportComparison['sensitivity'] {
  if (sensitivity === null || difference === null) return null
  const { undeclared, tippingShare, hidden } = sensitivity
  const { scale } = difference
  return {
    undeclared: undeclared.map(({ share, value, lower, upper }) => ({
      percent: Math.round(100 * share),
      estimate: roundDifference({ scale, value, interval95: [lower, upper] }, 'per-1000'),
    })),
    tippingPercent: tippingShare === null ? null : roundTipping(100 * tippingShare),
    hidden: hidden && { estimate: oneDecimal(hidden.point), limit: oneDecimal(hidden.limit) },
  }
}

/** Down, so that nothing is said to hold longer than it does. */
function roundTipping(percent: number): number {
  return percent < 1 ? Math.floor(10 * percent) / 10 : Math.floor(percent)
}
