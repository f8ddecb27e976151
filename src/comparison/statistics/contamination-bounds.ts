import { at } from '../numbers/number-at.ts'
import { rules } from '../rules.ts'
import type { Events } from './miettinen-nurminen.ts'
import { quantile } from './quantile.ts'

/** What a difference could be at most if undeclared AI use were the worst possible. */
export interface Bounds {
  readonly lower: number
  readonly upper: number
  /** Least and most that the truly unassisted changes could show. */
  readonly otherLeast: number
  readonly otherMost: number
}

/**
 * Bounds of a risk difference when the share `undeclared` of "no AI recorded" used AI and was chosen in the worst possible
 * way (Horowitz & Manski 1995, Econometrica 63:281): those changes move to the other cohort.
 */
export function riskBounds(assisted: Events, other: Events, undeclared: number): Bounds {
  const p0 = other.events / other.changes
  const least = Math.max(0, (p0 - undeclared) / (1 - undeclared))
  const most = Math.min(1, p0 / (1 - undeclared))
  const moved = undeclared * other.changes
  const differenceAt = (risk: number) => {
    const movedEvents = other.events - (other.changes - moved) * risk
    return (assisted.events + movedEvents) / (assisted.changes + moved) - risk
  }
  return {
    lower: differenceAt(most),
    upper: differenceAt(least),
    otherLeast: least,
    otherMost: most,
  }
}

/** As `riskBounds`, for means: the mislabelled changes are the largest, or the smallest, of the cohort. */
export function meanBounds(
  assisted: Float64Array,
  other: Float64Array,
  undeclared: number,
): Bounds {
  const sorted = other.toSorted()
  const total = sum(other)
  const kept = (1 - undeclared) * other.length
  const moved = undeclared * other.length
  const smallest = sumOfSmallest(sorted, kept)
  const largest = total - sumOfSmallest(sorted, moved)
  const differenceAt = (keptSum: number) =>
    (sum(assisted) + total - keptSum) / (assisted.length + moved) - keptSum / kept
  return {
    lower: differenceAt(largest),
    upper: differenceAt(smallest),
    otherLeast: smallest / kept,
    otherMost: largest / kept,
  }
}

/** Between which values the median of the truly unassisted changes lies. */
export function medianBounds(
  other: Float64Array,
  undeclared: number,
): { readonly lower: number; readonly upper: number } {
  const sorted = other.toSorted()
  return {
    lower: quantile(sorted, (1 - undeclared) / 2),
    upper: quantile(sorted, (1 + undeclared) / 2),
  }
}

/**
 * Smallest share of undeclared use for which the worst case includes "no difference", by halving; null where even half of
 * the cohort would not do. "Would hold unless more than 7 % of the other changes used AI and were just the slow ones."
 *
 * @param boundsAt the bounds of the difference for a share of undeclared use
 */
export function tippingShare(
  boundsAt: (undeclared: number) => { readonly lower: number; readonly upper: number },
): number | null {
  const includesNone = (undeclared: number) => {
    const { lower, upper } = boundsAt(undeclared)
    return lower <= 0 && upper >= 0
  }
  if (!includesNone(rules.mostUndeclared)) return null
  let low = 0
  let high: number = rules.mostUndeclared
  if (includesNone(low)) return 0
  while (high - low > tippingPrecision) {
    const middle = (low + high) / 2
    if (includesNone(middle)) high = middle
    else low = middle
  }
  return high
}

const tippingPrecision = 1e-6

/** Rounding may leave a sum of shares this much above a whole number of changes. */
const rounding = 1e-12

/** Sum of the smallest `mass` values, the last of them counted in part. */
function sumOfSmallest(sorted: Float64Array, mass: number): number {
  const whole = Math.floor(mass + rounding)
  const part = sum(sorted.subarray(0, whole))
  return whole < sorted.length ? part + (mass - whole) * at(sorted, whole) : part
}

function sum(numbers: Float64Array): number {
  return numbers.reduce((total, one) => total + one, 0)
}
