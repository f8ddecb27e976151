import { floatAt, intAt } from '../numbers/number-at.ts'
import type { Layout } from '../strata/layout.ts'
import { studentQuantile } from './student-distribution.ts'

/** How an outcome of comparable changes differs between the cohorts. */
export interface LikeForLike {
  /** `m1 − m0`, or ln(m1 / m0) for counts. */
  readonly estimate: number
  /** Weighted mean of the changes with AI recorded. */
  readonly assistedMean: number
  /** Weighted mean of the changes with no AI recorded. */
  readonly otherMean: number
  /** Of the estimate, from leaving out one person at a time; null where that cannot be done. */
  readonly standardError: number | null
  /** People with a change in a used stratum. */
  readonly people: number
  /** How many people the result rests on, were they all to weigh the same; not whole. */
  readonly effectivePeople: number
  /** Share of the result that rests on one person, at most. */
  readonly largestShare: number
  readonly assistedUsed: number
  readonly otherUsed: number
  /** Strata with both cohorts. */
  readonly strataUsed: number
}

/** `difference`: of means, also of log hours and of shares. `log-ratio`: logarithm of the ratio of means, for counts. */
export type Scale = 'difference' | 'log-ratio'

/**
 * Compares the cohorts inside each stratum and combines the strata by Mantel–Haenszel weights w = n₁n₀/(n₁ + n₀), which are
 * the overlap weights of Li, Morgan & Zaslavsky (2018, JASA 113:390) and the regression with stratum dummies. The
 * standard error is the cluster jackknife CV3 (Bell & McCaffrey 2002; MacKinnon, Nielsen & Webb 2023, J Appl Econom
 * 38:671): everything again without each person, se² = (G − 1)/G · Σ(θ₋g − θ)². The effective number of people is that of
 * Carter, Schnepel & Steigerwald (2017, Rev Econ Stat 99:698).
 *
 * @param outcome of each change, in the order in which the layout was made: log hours, a count, or 0 and 1
 * @returns null where no stratum holds both cohorts
 */
export function likeForLike(
  layout: Layout,
  outcome: Float64Array,
  scale: Scale,
): LikeForLike | null {
  return likeForLikeOfSums(layout, sumOutcome(layout, outcome), scale)
}

/** The same of an outcome that is summed already. */
export function likeForLikeOfSums(
  layout: Layout,
  sums: OutcomeSums,
  scale: Scale,
): LikeForLike | null {
  const all = totals(layout.cellCounts, sums.cells)
  if (all.strataUsed === 0) return null
  const estimate = theta(all, scale)
  const jackknife = leaveOneOut(layout, { sums, all, scale, estimate })
  const { people, squares, complete } = jackknife
  return {
    estimate,
    assistedMean: all.assisted / all.weight,
    otherMean: all.other / all.weight,
    standardError: complete && people > 1 ? Math.sqrt(((people - 1) / people) * squares) : null,
    people,
    effectivePeople: jackknife.effectivePeople,
    largestShare: jackknife.largestShare,
    assistedUsed: all.assistedUsed,
    otherUsed: all.otherUsed,
    strataUsed: all.strataUsed,
  }
}

/** The interval of a like-for-like estimate, by Student's t with G* − 1 degrees of freedom; null where there is none. */
export function likeForLikeInterval(
  { estimate, standardError, effectivePeople }: LikeForLike,
  confidence: number,
): readonly [lower: number, upper: number] | null {
  const t = studentQuantile(1 - (1 - confidence) / 2, effectivePeople - 1)
  if (standardError === null || !Number.isFinite(t)) return null
  return [estimate - t * standardError, estimate + t * standardError]
}

/** Sums over strata, from which the estimate follows. */
interface Sums {
  /** Σ w */
  weight: number
  /** Σ w · mean of the stratum's assisted changes */
  assisted: number
  /** Σ w · mean of the stratum's other changes */
  other: number
}

function theta({ weight, assisted, other }: Sums, scale: Scale): number {
  return scale === 'difference' ? (assisted - other) / weight : Math.log(assisted / other)
}

/** Sums of an outcome. */
export interface OutcomeSums {
  /** Of each part and cohort of the layout. */
  readonly parts: Float64Array
  /** Of each of its cells. */
  readonly cells: Float64Array
}

export function sumOutcome(
  { order, cellCounts, parts }: Layout,
  outcome: Float64Array,
): OutcomeSums {
  const { entries, counts, stratum } = parts
  const own = new Float64Array(counts.length)
  for (let place = 0; place < order.length; place += 1) {
    const entry = intAt(entries, place)
    own[entry] = floatAt(own, entry) + floatAt(outcome, intAt(order, place))
  }
  const cells = new Float64Array(cellCounts.length)
  for (let part = 0; part < stratum.length; part += 1) {
    const cell = 2 * intAt(stratum, part)
    cells[cell] = floatAt(cells, cell) + floatAt(own, 2 * part)
    cells[cell + 1] = floatAt(cells, cell + 1) + floatAt(own, 2 * part + 1)
  }
  return { parts: own, cells }
}

function totals(counts: Float64Array, sums: Float64Array) {
  const all = { weight: 0, assisted: 0, other: 0, assistedUsed: 0, otherUsed: 0, strataUsed: 0 }
  for (let cell = 0; cell < counts.length; cell += 2) {
    const n0 = floatAt(counts, cell)
    const n1 = floatAt(counts, cell + 1)
    if (n0 === 0 || n1 === 0) continue
    addStratum(all, 1, n1, n0, floatAt(sums, cell + 1), floatAt(sums, cell))
    all.assistedUsed += n1
    all.otherUsed += n0
    all.strataUsed += 1
  }
  return all
}

/** Adds one stratum to the sums, or with `sign` −1 takes it away. */
function addStratum(
  sums: Sums,
  sign: 1 | -1,
  n1: number,
  n0: number,
  sum1: number,
  sum0: number,
): void {
  const n = n1 + n0
  sums.weight += (sign * n1 * n0) / n
  sums.assisted += (sign * sum1 * n0) / n
  sums.other += (sign * sum0 * n1) / n
}

/** A weight below this, or a sum below this share of all, is what rounding left of none. */
const noWeight = 1e-9
const noShare = 1e-12

/** Whether what is left without a person can be compared; a ratio cannot be to nothing or of nothing. */
function isLeft(left: Sums, all: Sums, scale: Scale): boolean {
  if (!(left.weight > noWeight)) return false
  if (scale === 'difference') return true
  return left.assisted > noShare * all.assisted && left.other > noShare * all.other
}

function leaveOneOut(
  { cellCounts, parts }: Layout,
  of: {
    readonly sums: OutcomeSums
    readonly all: Sums
    readonly scale: Scale
    readonly estimate: number
  },
) {
  const { all, scale, estimate } = of
  const { parts: own, cells: sums } = of.sums
  const result = { people: 0, squares: 0, complete: true }
  let leverage = 0
  let leverageSquares = 0
  let largest = 0
  for (let person = 0; person + 1 < parts.starts.length; person += 1) {
    const end = intAt(parts.starts, person + 1)
    if (intAt(parts.starts, person) === end) continue
    result.people += 1
    const left = { weight: all.weight, assisted: all.assisted, other: all.other }
    let owned = 0
    for (let part = intAt(parts.starts, person); part < end; part += 1) {
      const cell = 2 * intAt(parts.stratum, part)
      const n0 = floatAt(cellCounts, cell)
      const n1 = floatAt(cellCounts, cell + 1)
      const own0 = floatAt(parts.counts, 2 * part)
      const own1 = floatAt(parts.counts, 2 * part + 1)
      const share = n1 / (n1 + n0)
      owned += own1 * (1 - share) ** 2 + own0 * share ** 2
      const sum0 = floatAt(sums, cell)
      const sum1 = floatAt(sums, cell + 1)
      addStratum(left, -1, n1, n0, sum1, sum0)
      if (n1 > own1 && n0 > own0) {
        const rest1 = sum1 - floatAt(own, 2 * part + 1)
        addStratum(left, 1, n1 - own1, n0 - own0, rest1, sum0 - floatAt(own, 2 * part))
      }
    }
    const moved = isLeft(left, all, scale) ? theta(left, scale) - estimate : Number.NaN
    if (Number.isFinite(moved)) result.squares += moved * moved
    else result.complete = false
    leverage += owned
    leverageSquares += owned * owned
    largest = Math.max(largest, owned)
  }
  return {
    ...result,
    effectivePeople: leverage ** 2 / leverageSquares,
    largestShare: largest / leverage,
  }
}
