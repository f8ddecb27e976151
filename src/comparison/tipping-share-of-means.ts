import { at, type Layout } from './layout.ts'
import { firstCrossing } from './prefix-of-values.ts'

/**
 * The tipping share (see `tippingShare`) for a difference of like-for-like means. Each value is taken less its stratum's
 * baseline, mean − θ · n₁/n: then the others average 0 and those with AI recorded θ, as in the regression with stratum
 * dummies that the estimate is, and the worst case is that the most extreme of the others are the mislabelled ones
 * (Horowitz & Manski 1995, Econometrica 63:281).
 *
 * @param difference θ, of the weighted means
 * @returns null where not even half of the others would do
 */
export function tippingShareOfMeans(
  layout: Layout,
  outcome: Float64Array,
  difference: number,
): number | null {
  // With AI recorded lower, the mislabelled are the largest of the others: they go first when the rest is kept smallest.
  const sign = difference < 0 ? 1 : -1
  const { values, assisted } = othersLessBaseline(layout, outcome, difference)
  for (let i = 0; i < values.length; i += 1) values[i] = sign * at(values, i)
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
  return share > mostUndeclared ? null : share
}

const mostUndeclared = 0.5

function othersLessBaseline(
  { cellCounts, order, cells }: Layout,
  outcome: Float64Array,
  difference: number,
) {
  const sums = new Float64Array(cellCounts.length)
  let assisted = 0
  for (let place = 0; place < cells.length; place += 1) {
    const cell = at(cells, place)
    sums[cell] = at(sums, cell) + at(outcome, at(order, place))
    assisted += cell & 1
  }
  const values = new Float64Array(cells.length - assisted)
  let next = 0
  for (let place = 0; place < cells.length; place += 1) {
    const cell = at(cells, place)
    if ((cell & 1) === 1) continue
    const n = at(cellCounts, cell) + at(cellCounts, cell + 1)
    const mean = (at(sums, cell) + at(sums, cell + 1)) / n
    const baseline = mean - (difference * at(cellCounts, cell + 1)) / n
    values[next++] = at(outcome, at(order, place)) - baseline
  }
  return { values, assisted }
}
