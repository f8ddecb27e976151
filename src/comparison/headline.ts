import { type Answer, answer, type Measured } from './answer.ts'
import { Comparable } from './comparable.ts'
import { detectableRatio } from './detectable-difference.ts'
import { arePublishable, type GateThresholds } from './disclosure-gate.ts'
import type { Estimate, OutcomeKind } from './estimate.ts'
import { at, largest } from './layout.ts'
import { normalQuantile } from './normal-distribution.ts'
import { keep, outcomesOf, type Sample } from './sample.ts'
import { type Sensitivity, sensitivityOf } from './sensitivity.ts'
import type { StrataLevel } from './strata.ts'
import type { EstimatedDifference } from './trusted-difference.ts'
import type { Interval, Verdict } from './verdict.ts'
import { millisecondsPerDay, type Span } from './windows.ts'

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
  /** Differences of about these and beyond would usually (4 in 5) be noticed. */
  readonly detectable: Interval | null
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
  const estimate = difference && worked.estimate
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
      detectable: worked.estimate && detectableIn(worked.estimate),
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
    verdict: 'not_known',
    reasons: [],
    counts: null,
    difference: null,
    events: null,
    noRatio: false,
    samePeople: null,
    window,
    level: null,
    people: null,
    typical: null,
    detectable: null,
    sensitivity: null,
    ratio: null,
    attested: null,
  }
}

const week = 7 * millisecondsPerDay
const power = 0.8

function measure({ kind, outcomeOf, sameRisk }: Headline, comparable: Comparable): Measured {
  const outcome = outcomesOf(comparable.sample, outcomeOf)
  return { comparable, outcome, kind, ...(sameRisk === undefined ? {} : { sameRisk }) }
}

/** The smallest difference that this much data would usually show; of shares by the width of the interval. */
function detectableIn(estimate: Estimate): Interval | null {
  const interval = estimate.interval(0.95)
  if (interval === null) return null
  const { standardError, effectivePeople } = estimate.basis
  if (estimate.scale === 'ratio') {
    if (standardError === null) return null
    const ratio = detectableRatio(standardError, effectivePeople - 1, 0.95, power)
    return Number.isFinite(ratio) ? [1 / ratio, ratio] : null
  }
  const z = normalQuantile(0.975)
  const half = (((interval[1] - interval[0]) / 2) * (z + normalQuantile(power))) / z
  return [-half, half]
}

/**
 * The answer against attested changes alone. What is not attested could be told by subtraction: it must be empty or large
 * enough to be shown as well.
 */
function againstAttested(
  headline: Headline,
  { sample }: Comparable,
  lastWeek: () => Comparable,
  thresholds: GateThresholds,
): Answer | null {
  const isAttested = (of: Sample, i: number) => at(headline.attested, at(of.rows, i)) === 1
  const attestedAlone = (of: Sample) =>
    new Comparable(keep(of, (i) => at(of.assisted, i) === 1 || isAttested(of, i)))
  const undeclared = new Int32Array(largest(sample.person) + 1)
  let rest = 0
  for (let i = 0; i < sample.rows.length; i += 1) {
    if (at(sample.assisted, i) === 1 || isAttested(sample, i)) continue
    const person = at(sample.person, i)
    undeclared[person] = at(undeclared, person) + 1
    rest += 1
  }
  if (rest > 0 && !arePublishable(undeclared, thresholds)) return null
  const found = answer(measure(headline, attestedAlone(sample)), thresholds, () =>
    measure(headline, attestedAlone(lastWeek().sample)),
  ).answer
  return found.verdict === 'hidden' ? null : found
}
