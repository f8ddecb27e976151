import {
  type Answer,
  type CohortCounts,
  type Companion,
  type GateThresholds,
  type OutcomeComparison,
  type OutcomeComparisons,
  rules,
  type Sensitivity,
} from '../../comparison/index.ts'
import { inBothGroups } from './both-groups.ts'
import { companionMeasure } from './companion-measure.ts'
import { cycleTimeNotes, revertNotes } from './comparison-notes.ts'
import { type OutcomeId, outcomeWords } from './outcome-words.ts'
import type { ReportComparison } from './report-comparison.ts'
import { roundDifference, roundEnd } from './round-difference.ts'
import { windowPart } from './rounded-value.ts'
import {
  oneDecimal,
  peopleBand,
  perThousand,
  ratioPercent,
  roundCount,
  threeDigits,
  twoDecimals,
} from './rounding.ts'
import { isSettled, leadOf } from './statement-lead.ts'
import { noSamePeopleTexts, type Stated, verdictReason, verdictStatement } from './verdict-words.ts'

/** The three comparisons in words and rounded numbers: time to merge, review rounds, reverts. What is `enough` comes later. */
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
      maturing: reverts.maturing ?? 0,
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
  compared: OutcomeComparison,
  { thresholds, companions = [], maturing = 0, notes = [] }: Beside,
): ReportComparison {
  const { difference, typical, events, level, people, window, samePeople, ratio } = compared
  const common = { outcome, thresholds }
  return {
    outcome,
    title: outcomeWords[outcome].title,
    definition: outcomeWords[outcome].definition,
    window: windowPart(window),
    ...state(compared, { ...common, against: 'with no AI recorded' }),
    typical: typical && {
      unit: typicals[outcome].unit,
      ...inBothGroups(typical, typicals[outcome].round),
    },
    ratio: ratio && roundDifference(ratio, 'per-1000'),
    events: events && inBothGroups(events, (reverts) => reverts),
    maturing: roundCount(maturing),
    adjustedFor: difference && level !== null ? adjustments[level] : null,
    people: people === null ? null : peopleBand(people),
    detectable: stateDetectable(outcome, compared.detectable),
    samePeople: stateSamePeople(samePeople),
    noSamePeople: compared.noSamePeople && noSamePeopleTexts[compared.noSamePeople],
    sensitivity: stateSensitivity(compared),
    attested:
      compared.attested &&
      state(compared.attested, {
        ...common,
        against: 'attested to be without AI',
      }),
    enough: null,
    measures: companions.map(companionMeasure),
    notes: [...notes],
  }
}

const adjustments = ['size-and-date', 'coarse-size-and-date', 'coarse-size'] as const

const typicals = {
  'cycle-time': { unit: 'hours', round: threeDigits },
  'review-rounds': { unit: 'rounds', round: twoDecimals },
  reverts: { unit: 'per-1000', round: perThousand },
} as const

type Statement = NonNullable<ReportComparison['attested']>

function state(
  { verdict, reasons, difference, counts, events, noRatio, ...answer }: StatedAnswer,
  about: Pick<Stated, 'outcome' | 'thresholds' | 'against'>,
): Statement {
  const estimate = difference && roundDifference(difference, 'per-1000')
  const detectable = stateDetectable(about.outcome, answer.detectable)
  const stated = { ...about, verdict, reasons, estimate, counts, events, noRatio, detectable }
  const statement = verdictStatement(stated)
  return {
    verdict,
    settled: isSettled(verdict),
    statement,
    lead: leadOf(statement),
    reason: verdictReason(stated),
    estimate,
    comparable: stateComparable(counts),
  }
}

function stateComparable(counts: Answer['counts']): ReportComparison['comparable'] {
  const side = ({ used, all }: CohortCounts) =>
    used === null ? null : { used: roundCount(used), all: roundCount(all) }
  const both = counts && inBothGroups(counts, side)
  return both?.aiRecorded && both.noneRecorded ? both : null
}

type StatedAnswer = Omit<Answer, 'verdict'> & Pick<OutcomeComparison, 'verdict'>

/** null also where not even a tenfold difference would show. */
function stateDetectable(
  outcome: OutcomeId,
  detectable: Answer['detectable'],
): ReportComparison['detectable'] {
  if (detectable === null) return null
  const { low, high } = detectable
  if (outcome === 'reverts') {
    return {
      unit: 'per-1000',
      low: low === null ? null : Math.min(-0.1, perThousand(low)),
      high: Math.max(0.1, perThousand(high)),
    }
  }
  if (high > rules.largestDetectable) return null
  return {
    unit: 'percent',
    low: low === null ? null : Math.min(-1, ratioPercent(low)),
    high: Math.max(1, ratioPercent(high)),
  }
}

function stateSamePeople(
  samePeople: OutcomeComparison['samePeople'],
): ReportComparison['samePeople'] {
  const people = samePeople && peopleBand(samePeople.people)
  return (
    samePeople && people && { people, estimate: roundDifference(samePeople.difference, 'per-1000') }
  )
}

function stateSensitivity({
  sensitivity,
  difference,
}: OutcomeComparison): ReportComparison['sensitivity'] {
  if (sensitivity === null || difference === null) return null
  const { undeclared, worstCase, tippingShare, hidden } = sensitivity
  const { scale } = difference
  return {
    undeclared: undeclared.map(({ share, value, lower, upper }) => ({
      percent: Math.round(100 * share),
      estimate: roundDifference({ scale, value, interval95: [lower, upper] }, 'per-1000'),
    })),
    worstCase: worstCase.map(({ share, lower, upper }) => ({
      percent: Math.round(100 * share),
      unit: scale === 'ratio' ? 'percent' : 'per-1000',
      low: roundEnd(lower, scale, 'per-1000'),
      high: upper === null ? null : roundEnd(upper, scale, 'per-1000'),
    })),
    tippingPercent: tippingShare === null ? null : roundTipping(100 * tippingShare),
    hidden: hidden && stateHidden(hidden),
  }
}

/** Nothing need be hidden to explain what is no difference: 1. */
function stateHidden({
  point,
  limit,
}: NonNullable<Sensitivity['hidden']>): NonNullable<ReportComparison['sensitivity']>['hidden'] {
  const estimate = oneDecimal(point)
  if (estimate <= 1) return null
  return { estimate, limit: oneDecimal(limit) <= 1 ? null : oneDecimal(limit) }
}

/** Down, so that nothing is said to hold longer than it does. */
function roundTipping(percent: number): number {
  return percent < 1 ? Math.floor(10 * percent) / 10 : Math.floor(percent)
}
