import { floatAt, intAt } from '../numbers/number-at.ts'
import { rules } from '../rules.ts'
import { riskBounds, tippingShare } from '../statistics/contamination-bounds.ts'
import { type EValue, eValue, ratioOfDifference } from '../statistics/e-value.ts'
import { othersLessBaseline } from '../statistics/others-less-baseline.ts'
import { tippingShareOfMeans } from '../statistics/tipping-share-of-means.ts'
import { correctForUndeclared } from '../statistics/undeclared-use.ts'
import { type MeansAboveBaseline, worstCaseOfMeans } from '../statistics/worst-case-of-means.ts'
import type { Layout } from '../strata/layout.ts'
import type { Estimate, OutcomeKind } from './estimate.ts'
import type { EstimatedDifference } from './trusted-difference.ts'
import { directionOf } from './verdict.ts'

/** What would become of an answer if not everything that it rests on were so. */
export interface Sensitivity {
  /** The difference if that share of "no AI recorded" did use AI and was typical; ends where nothing would be left to tell. */
  readonly undeclared: readonly UndeclaredUse[]
  /**
   * The range of the difference if that share of "no AI recorded" did use AI and were the most extreme ones; of means only
   * where those are at least 20 changes.
   */
  readonly worstCase: readonly WorstCase[]
  /**
   * Smallest share of undeclared use that, in the worst case, could undo the difference; null: not even half would, or
   * there is no difference to undo.
   */
  readonly tippingShare: number | null
  /** How strong a hidden difference between the cohorts would have to be. */
  readonly hidden: EValue | null
}

export interface UndeclaredUse {
  readonly share: number
  readonly value: number
  readonly lower: number
  readonly upper: number
}

/** On the scale of the difference. */
export interface WorstCase {
  readonly share: number
  readonly lower: number
  /** Of counts null: there would be none with no AI recorded, and so no end to the ratio. */
  readonly upper: number | null
}

interface Basis {
  readonly estimate: Estimate
  readonly layout: Layout
  readonly outcome: Float64Array
  readonly kind: OutcomeKind
}

/**
 * @param ratio of shares, where there is one: for the E-value, which is one of ratios
 */
export function sensitivityOf(
  difference: EstimatedDifference,
  from: Basis & { readonly ratio?: EstimatedDifference | null },
): Sensitivity {
  const { value, interval95 } = difference
  const [lower, upper] = interval95
  const none = difference.scale === 'ratio' ? 1 : 0
  const isNone = directionOf(interval95, none) === null
  const { worstCase, tippingShare: tipping } =
    from.kind === 'share' ? ofShares(from) : ofMeans(from)
  return {
    undeclared: rules.undeclaredShares.flatMap((share) => {
      const limits = [value, lower, upper].map((one) => withoutUndeclared(one, share, from.kind))
      const [middle = null, low = null, high = null] = limits
      return middle === null || low === null || high === null
        ? []
        : [{ share, value: middle, lower: low, upper: high }]
    }),
    worstCase,
    tippingShare: isNone ? null : tipping(),
    hidden: hiddenDifference(difference, from),
  }
}

/** Log hours and shares mix linearly; so do counts, of which the ratio is known: r(1 − u)/(1 − ur). */
function withoutUndeclared(value: number, share: number, kind: OutcomeKind): number | null {
  if (kind === 'count') {
    const left = 1 - share * value
    return left > 0 ? (value * (1 - share)) / left : null
  }
  if (kind === 'share') {
    const corrected = correctForUndeclared(value, share, 0)
    return corrected === null ? null : Math.min(1, Math.max(-1, corrected))
  }
  const corrected = correctForUndeclared(Math.log(value), share, 0)
  return corrected === null ? null : Math.exp(corrected)
}

/** What the worst case would make of an answer, and when it would undo it. */
interface WorstCases {
  readonly worstCase: readonly WorstCase[]
  tippingShare(): number | null
}

/** The cohorts as they would be with each other's mix of kinds. */
function ofShares({ estimate }: Basis): WorstCases {
  const { assistedMean, otherMean, assistedUsed, otherUsed } = estimate.basis
  const assisted = { events: assistedMean * assistedUsed, changes: assistedUsed }
  const other = { events: otherMean * otherUsed, changes: otherUsed }
  const boundsAt = (undeclared: number) => riskBounds(assisted, other, undeclared)
  return {
    worstCase: rules.undeclaredShares.map((share) => {
      const { lower, upper } = boundsAt(share)
      return { share, lower, upper }
    }),
    tippingShare: () => tippingShare(boundsAt),
  }
}

function ofMeans({ estimate, layout, outcome, kind }: Basis): WorstCases {
  const { assistedMean, otherMean, otherUsed } = estimate.basis
  const difference = assistedMean - otherMean
  const others = othersLessBaseline(layout, outcome, difference)
  const ratioOf = ({ assisted, other }: MeansAboveBaseline) => {
    if (kind === 'log-hours') return Math.exp(assisted - other)
    // Less its kind's baseline, the least of a count may be below none.
    const left = otherMean + other
    return left > nothing * otherMean ? Math.max(0, otherMean + assisted) / left : null
  }
  // The mean with and without the most extreme changes tells theirs: of too few it is not told.
  const isEnough = (share: number) => share * otherUsed >= rules.minimumChanges
  return {
    worstCase: worstCaseOfMeans(others, difference, rules.undeclaredShares.filter(isEnough)).map(
      ({ share, lowest, highest }) => ({
        share,
        lower: ratioOf(lowest) ?? 0,
        upper: ratioOf(highest),
      }),
    ),
    tippingShare: () => tippingShareOfMeans(others, difference),
  }
}

/** A share of a mean that is what rounding left of none. */
const nothing = 1e-9

function hiddenDifference(
  difference: EstimatedDifference,
  from: {
    readonly layout: Layout
    readonly outcome: Float64Array
    readonly kind: OutcomeKind
    readonly ratio?: EstimatedDifference | null
  },
): EValue | null {
  if (from.kind === 'share') return from.ratio ? ofRatio(from.ratio, (ratio) => ratio) : null
  if (from.kind === 'count') return ofRatio(difference, (ratio) => ratio)
  const deviation = deviationWithinCells(from.layout, from.outcome)
  if (!(deviation > noDeviation)) return null
  return ofRatio(difference, (ratio) => ratioOfDifference(Math.log(ratio), deviation))
}

/** Hours that are all alike differ in their logarithms by no more than rounding. */
const noDeviation = 1e-9

function ofRatio(
  { value, interval95 }: EstimatedDifference,
  read: (ratio: number) => number,
): EValue | null {
  const [lower, upper] = interval95
  const found = eValue({ ratio: read(value), lower: read(lower), upper: read(upper) })
  return Number.isFinite(found.point) && Number.isFinite(found.limit) ? found : null
}

/** Standard deviation of the outcome within the cohorts of each stratum, all together; NaN where none has two changes. */
function deviationWithinCells({ cellCounts, order, cells }: Layout, outcome: Float64Array): number {
  const means = new Float64Array(cellCounts.length)
  for (let place = 0; place < cells.length; place += 1) {
    const cell = intAt(cells, place)
    means[cell] =
      floatAt(means, cell) + floatAt(outcome, intAt(order, place)) / floatAt(cellCounts, cell)
  }
  let squares = 0
  for (let place = 0; place < cells.length; place += 1) {
    squares += (floatAt(outcome, intAt(order, place)) - floatAt(means, intAt(cells, place))) ** 2
  }
  let used = 0
  for (let cell = 0; cell < cellCounts.length; cell += 1) {
    if (floatAt(cellCounts, cell) > 0 && floatAt(cellCounts, cell ^ 1) > 0) used += 1
  }
  return Math.sqrt(squares / (cells.length - used))
}
