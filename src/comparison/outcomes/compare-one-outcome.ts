import type { GateThresholds } from '../disclosure/disclosure-gate.ts'
import type { StrataLevel } from '../strata/strata.ts'
import { millisecondsPerDay, type Span } from '../table/windows.ts'
import { type Answer, answer, type Measured, nothingTold } from './answer.ts'
import type { Comparable } from './comparable.ts'
import type { Estimate, OutcomeKind } from './estimate.ts'
import type { OutcomesOf } from './outcomes-of.ts'
import { type Sensitivity, sensitivityOf } from './sensitivity.ts'
import type { EstimatedDifference } from './trusted-difference.ts'
import type { Verdict } from './verdict.ts'

/** One of the three outcomes that are named before any data are seen. */
export interface OutcomeDefinition {
  readonly kind: OutcomeKind
  /** The changes that it is known of, as of a time. */
  readonly comparableAt: (asOf: number) => Comparable
  readonly outcomesOf: OutcomesOf
  /** Those with AI recorded, and of the others those attested to be without AI when the clock started. */
  readonly attestedAlone: (comparable: Comparable) => Comparable
  readonly sameRisk?: (other: number) => number
}

/** An answer with everything that belongs to it; numbers as they are, not rounded. What the gate hides is null. */
export interface OutcomeComparison extends Omit<Answer, 'verdict'> {
  /** `not_known`: the source cannot know the outcome of any change. */
  readonly verdict: Verdict | 'not_known'
  readonly window: Span
  /** How finely changes were told apart. */
  readonly level: StrataLevel | null
  /** People behind the comparable changes. */
  readonly people: number | null
  /** Of comparable changes: geometric mean of hours, mean of counts, share. */
  readonly typical: { readonly assisted: number; readonly other: number } | null
  readonly sensitivity: Sensitivity | null
  /** For shares, where it happened often enough in both cohorts. */
  readonly ratio: EstimatedDifference | null
  /** Against changes attested to be without AI alone; null: too few of them to show. */
  readonly attested: Answer | null
}

/** A comparison with what it was worked out from. */
export interface WorkedComparison {
  readonly comparison: OutcomeComparison
  readonly measured: Measured
  readonly estimate: Estimate | null
}

/**
 * Compares one outcome: all that is said of it but what only this outcome has.
 *
 * @param ratioOf for shares, the ratio where there is one
 */
export function compareOneOutcome(
  definition: OutcomeDefinition,
  options: { readonly asOf: number; readonly thresholds: GateThresholds },
  ratioOf?: (measured: Measured, estimate: Estimate) => EstimatedDifference | null,
): WorkedComparison {
  const { asOf, thresholds } = options
  const measured = measure(definition, definition.comparableAt(asOf))
  const { comparable, outcome, kind } = measured
  const lastWeek = () => definition.comparableAt(asOf - week)
  const worked = answer(measured, thresholds, () => measure(definition, lastWeek()))
  const { difference } = worked.answer
  const { estimate } = worked
  const ratio = (estimate && ratioOf?.(measured, estimate)) ?? null
  const isHidden = worked.answer.counts === null
  return {
    measured,
    estimate,
    comparison: {
      ...worked.answer,
      window: comparable.sample.window,
      level: isHidden ? null : comparable.strata.level,
      people: estimate?.basis.people ?? null,
      typical: estimate && { assisted: estimate.assisted, other: estimate.other },
      ratio,
      sensitivity:
        difference &&
        estimate &&
        sensitivityOf(difference, { estimate, layout: comparable.layout, outcome, kind, ratio }),
      attested: isHidden ? null : againstAttested(definition, comparable, lastWeek, thresholds),
    },
  }
}

/** What is said of an outcome that the source cannot know. */
export function notKnown(window: Span): OutcomeComparison {
  return {
    ...nothingTold,
    verdict: 'not_known',
    window,
    level: null,
    people: null,
    typical: null,
    sensitivity: null,
    ratio: null,
    attested: null,
  }
}

const week = 7 * millisecondsPerDay

function measure(
  { kind, outcomesOf, sameRisk }: OutcomeDefinition,
  comparable: Comparable,
): Measured {
  const outcome = outcomesOf(comparable.sample)
  return { comparable, outcome, kind, ...(sameRisk === undefined ? {} : { sameRisk }) }
}

/** The answer against attested changes alone. */
function againstAttested(
  definition: OutcomeDefinition,
  comparable: Comparable,
  lastWeek: () => Comparable,
  thresholds: GateThresholds,
): Answer | null {
  const attested = definition.attestedAlone(comparable)
  if (!attested.isShownBeside(comparable, thresholds)) return null
  return answer(measure(definition, attested), thresholds, () =>
    measure(definition, definition.attestedAlone(lastWeek())),
  ).answer
}
