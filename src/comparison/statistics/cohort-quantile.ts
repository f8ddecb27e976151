import { largest } from '../numbers/largest.ts'
import { floatAt, intAt } from '../numbers/number-at.ts'
import { quantile } from './quantile.ts'
import { studentQuantile } from './student-distribution.ts'
import { scoreInterval } from './wilson-interval.ts'

/** Values of one cohort, by person. */
export interface CohortValues {
  readonly value: Float64Array
  /** Numbered from 0. */
  readonly person: Int32Array
  /** null for the cohort as it is; weights standardise it to comparable changes. */
  readonly weight: Float64Array | null
}

/** A quantile of one cohort, not adjusted for anything. */
export interface CohortQuantile {
  readonly p: number
  readonly quantile: number
  /** Share of the weight at or below the quantile. */
  readonly share: number
  /** Of that share, leaving out one person at a time. */
  readonly standardError: number
  readonly designEffect: number
  readonly effective: number
  readonly effectivePeople: number
  /** Shares at which the limits are read. */
  readonly lowerShare: number
  readonly upperShare: number
  /** Null where it is the smallest value: not known. */
  readonly lower: number | null
  /** Null where it is the largest value: not known. */
  readonly upper: number | null
}

/**
 * Quantiles with intervals: Wilson's interval of the proportion at the effective sample size, inverted through the data
 * (Woodruff 1952, JASA 47:635; Korn & Graubard 1998, Survey Methodology 24:193), with Student's t at Kish's effective
 * number of people. A limit that would be one single change is not told.
 *
 * @param probabilities for instance 0.5, 0.75 and 0.9
 */
export function cohortQuantiles(
  cohort: CohortValues,
  probabilities: readonly number[],
  confidence: number,
): CohortQuantile[] {
  const sorted = sortByValue(cohort)
  const people = weightByPerson(cohort)
  const { total, squares } = sorted
  const t = studentQuantile(1 - (1 - confidence) / 2, people.effective - 1)
  return probabilities.map((p) => {
    const inverse = floatAt(sorted.values, sorted.rankOf(p))
    const { share, standardError } = leaveOnePersonOut(cohort, people.weights, total, inverse)
    const independent = (share * (1 - share)) / (total ** 2 / squares)
    const designEffect = independent > 0 ? Math.max(1, standardError ** 2 / independent) : 1
    const effective = total ** 2 / squares / designEffect
    const limits = scoreInterval(p, effective, t)
    const low = sorted.rankOf(limits.lower)
    const high = sorted.rankOf(limits.upper)
    const isKnown = Number.isFinite(t)
    return {
      p,
      quantile: cohort.weight === null ? quantile(sorted.values, p) : inverse,
      share,
      standardError,
      designEffect,
      effective,
      effectivePeople: people.effective,
      lowerShare: limits.lower,
      upperShare: limits.upper,
      lower: isKnown && low > 0 ? floatAt(sorted.values, low) : null,
      upper: isKnown && high < sorted.values.length - 1 ? floatAt(sorted.values, high) : null,
    }
  })
}

/** Values in their order, and the sums of weights that ranks are read by. */
interface Sorted {
  readonly values: Float64Array
  readonly total: number
  /** Of the weights. */
  readonly squares: number
  /** Rank of the smallest value with at least the share p of the weight at or below it. */
  rankOf(p: number): number
}

function sortByValue({ value, weight }: CohortValues): Sorted {
  if (weight !== null) return sortWeighted(value, weight)
  const size = value.length
  return {
    // Numbers alone are sorted many times faster than by a function that compares them.
    values: value.toSorted(),
    total: size,
    squares: size,
    rankOf: (p) => Math.min(Math.max(Math.ceil((p - rounding) * size) - 1, 0), size - 1),
  }
}

function sortWeighted(value: Float64Array, weight: Float64Array): Sorted {
  const { values, weights } = sortTogether(value, weight)
  const cumulative = new Float64Array(values.length)
  let total = 0
  let squares = 0
  for (let rank = 0; rank < values.length; rank += 1) {
    total += floatAt(weights, rank)
    squares += floatAt(weights, rank) ** 2
    cumulative[rank] = total
  }
  return {
    values,
    total,
    squares,
    rankOf: (p) => {
      const target = (p - rounding) * total
      let low = 0
      let high = values.length - 1
      while (low < high) {
        const middle = (low + high) >> 1
        if (floatAt(cumulative, middle) >= target) high = middle
        else low = middle + 1
      }
      return low
    },
  }
}

function sortTogether(value: Float64Array, weight: Float64Array) {
  const order = Uint32Array.from(value, (_, i) => i).sort(
    (i, j) => floatAt(value, i) - floatAt(value, j),
  )
  return {
    values: Float64Array.from(order, (i) => floatAt(value, i)),
    weights: Float64Array.from(order, (i) => floatAt(weight, i)),
  }
}

/** Sums of weights differ from their exact value by less than this share. */
const rounding = 1e-9

/** Weight of each person; 0 for numbers that are nobody's here. */
function weightByPerson({ person, weight }: CohortValues) {
  const weights = new Float64Array(largest(person) + 1)
  let total = 0
  for (let i = 0; i < person.length; i += 1) {
    const one = intAt(person, i)
    const own = weight === null ? 1 : floatAt(weight, i)
    weights[one] = floatAt(weights, one) + own
    total += own
  }
  const squares = weights.reduce((sum, one) => sum + one ** 2, 0)
  return { weights, effective: total ** 2 / squares }
}

function leaveOnePersonOut(
  { value, person, weight }: CohortValues,
  weights: Float64Array,
  total: number,
  limit: number,
) {
  const below = new Float64Array(weights.length)
  let sum = 0
  for (let i = 0; i < value.length; i += 1) {
    if (floatAt(value, i) > limit) continue
    const one = intAt(person, i)
    const own = weight === null ? 1 : floatAt(weight, i)
    sum += own
    below[one] = floatAt(below, one) + own
  }
  const share = sum / total
  let squares = 0
  let people = 0
  for (let one = 0; one < weights.length; one += 1) {
    const own = floatAt(weights, one)
    if (own === 0) continue
    people += 1
    squares += ((sum - floatAt(below, one)) / (total - own) - share) ** 2
  }
  return { share, standardError: Math.sqrt(((people - 1) / people) * squares) }
}
