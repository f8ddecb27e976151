import { rules } from '../rules.ts'
import type { OthersLessBaseline } from './others-less-baseline.ts'
import { firstCrossing } from './prefix-of-values.ts'

/**
 * The tipping share (see `tippingShare`) for a difference of like-for-like means: the worst case is that the most extreme
 * of the others, each less its kind's baseline, are the mislabelled ones (Horowitz & Manski 1995, Econometrica 63:281).
 *
 * @param difference θ, of the weighted means
 * @returns null where not even half of the others would do
 */
export function tippingShareOfMeans(others: OthersLessBaseline, difference: number): number | null {
  // With AI recorded lower, the mislabelled are the largest of the others: they go first when the rest is kept smallest.
  const sign = difference < 0 ? 1 : -1
  const { assisted } = others
  const values = others.values.map((value) => sign * value)
  const assistedSum = sign * difference * assisted
  const total = values.reduce((sum, one) => sum + one, 0)
  const remains = (kept: number, keptSum: number) =>
    (assistedSum + total - keptSum) / (assisted + values.length - kept) < keptSum / kept
  const ones = new Float64Array(values.length).fill(1)
  const crossing = firstCrossing(values, ones, remains)
  if (crossing === null) return 0
  let undone = crossing.weightBefore
  let kept = crossing.weightBefore + crossing.weight
  for (let step = 0; step < 40; step += 1) {
    const middle = (undone + kept) / 2
    const sum = crossing.sumBefore + (middle - crossing.weightBefore) * crossing.value
    if (remains(middle, sum)) kept = middle
    else undone = middle
  }
  const share = 1 - kept / values.length
  return share > rules.mostUndeclared ? null : share
}
