import { arePublishable, type GateThresholds } from '../disclosure/disclosure-gate.ts'
import type { Comparable } from '../strata/comparable.ts'
import { at, largest } from '../strata/layout.ts'
import { outcomesOf, type Sample } from '../strata/sample.ts'
import type { StrataLevel } from '../strata/strata.ts'
import { millisecondsPerDay, type Span } from '../table/windows.ts'
import { type Answer, answer, type Measured, nothingTold } from './answer.ts'
import type { Estimate, OutcomeKind } from './estimate.ts'
import { type Sensitivity, sensitivityOf } from './sensitivity.ts'
import type { EstimatedDifference } from './trusted-difference.ts'
import type { Verdict } from './verdict.ts'

/** One of the three outcomes that are named before any data are seen. */
export interface Headline {
  readonly kind: OutcomeKind
  /** The changes that it is known of, as of a time. */
  readonly comparableAt: (asOf: number) => Comparable
  readonly outcomeOf: (row: number) => number
  /** By row of the table, 1: attested to be without AI when the clock started. */
  readonly attested: Uint8Array
  readonly sameRisk?: (other: number) => number
}

/** An answer with everything that belongs to it; numbers as they are, not rounded. What the gate hides is null. */
export interface HeadlineComparison extends Omit<Answer, 'verdict'> {
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
export interface WorkedHeadline {
  readonly comparison: HeadlineComparison
  readonly measured: Measured
  readonly estimate: Estimate | null
}

/**
 * Compares one outcome: all that is said of it but what only this outcome has.
 *
 * @param ratioOf for shares, the ratio where there is one
 */
export function compareHeadline(
  headline: Headline,
  options: { readonly asOf: number; readonly thresholds: GateThresholds },
  ratioOf?: (measured: Measured, estimate: Estimate) => EstimatedDifference | null,
): WorkedHeadline {
  const { asOf, thresholds } = options
  const measured = measure(headline, headline.comparableAt(asOf))
  const { comparable, outcome, kind } = measured
  const lastWeek = () => headline.comparableAt(asOf - week)
  const worked = answer(measured, thresholds, () => measure(headline, lastWeek()))
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
      attested: isHidden ? null : againstAttested(headline, comparable, lastWeek, thresholds),
    },
  }
}

/** What is said of an outcome that the source cannot know. */
export function notKnown(window: Span): HeadlineComparison {
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

function measure({ kind, outcomeOf, sameRisk }: Headline, comparable: Comparable): Measured {
  const outcome = outcomesOf(comparable.sample, outcomeOf)
  return { comparable, outcome, kind, ...(sameRisk === undefined ? {} : { sameRisk }) }
}

/**
 * The answer against attested changes alone. What is in one of the two comparisons and not in the other could be told by
 * subtraction: it must be nothing or large enough to be shown as well.
 */
function againstAttested(
  headline: Headline,
  comparable: Comparable,
  lastWeek: () => Comparable,
  thresholds: GateThresholds,
): Answer | null {
  const attestedAlone = (of: Comparable) =>
    of.keepRows((row, assisted) => assisted === 1 || at(headline.attested, row) === 1)
  const attested = attestedAlone(comparable)
  const isSafe =
    attested.isShown(thresholds) &&
    leavesNoneOrMany(comparable.sample, attested.sample, thresholds) &&
    leavesNoneOrMany(comparable.compared, attested.compared, thresholds) &&
    leavesNoneOrMany(attested.compared, comparable.compared, thresholds)
  if (!isSafe) return null
  return answer(measure(headline, attested), thresholds, () =>
    measure(headline, attestedAlone(lastWeek())),
  ).answer
}

/** Whether what is in one sample and not in the other may be shown, in each cohort, or is nothing. */
function leavesNoneOrMany(sample: Sample, without: Sample, thresholds: GateThresholds): boolean {
  const { rows, person, assisted } = sample
  const taken = new Uint8Array(largest(rows) + 1)
  for (const row of without.rows) taken[row] = 1
  const others = new Int32Array(largest(person) + 1)
  const ones = new Int32Array(others.length)
  for (let i = 0; i < rows.length; i += 1) {
    if (at(taken, at(rows, i)) === 1) continue
    const changes = at(assisted, i) === 1 ? ones : others
    changes[at(person, i)] = at(changes, at(person, i)) + 1
  }
  return [others, ones].every(
    (changes) => changes.every((one) => one === 0) || arePublishable(changes, thresholds),
  )
}
