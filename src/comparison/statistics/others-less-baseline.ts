import type { Layout } from '../strata/layout.ts'
import { floatAt, intAt } from '../strata/number-at.ts'

/** The changes with no AI recorded that were compared, each less what is usual of its kind. */
export interface OthersLessBaseline {
  readonly values: Float64Array
  /** How many changes with AI recorded they were compared with. */
  readonly assisted: number
}

/**
 * Takes from each value its stratum's baseline, mean − θ · n₁/n: then the others average 0 and those with AI recorded θ, as
 * in the regression with stratum dummies that the estimate is.
 *
 * @param difference θ, of the weighted means
 */
export function othersLessBaseline(
  { cellCounts, order, cells }: Layout,
  outcome: Float64Array,
  difference: number,
): OthersLessBaseline {
  const sums = new Float64Array(cellCounts.length)
  let assisted = 0
  for (let place = 0; place < cells.length; place += 1) {
    const cell = intAt(cells, place)
    sums[cell] = floatAt(sums, cell) + floatAt(outcome, intAt(order, place))
    assisted += cell & 1
  }
  const values = new Float64Array(cells.length - assisted)
  let next = 0
  for (let place = 0; place < cells.length; place += 1) {
    const cell = intAt(cells, place)
    if ((cell & 1) === 1) continue
    const n = floatAt(cellCounts, cell) + floatAt(cellCounts, cell + 1)
    const mean = (floatAt(sums, cell) + floatAt(sums, cell + 1)) / n
    const baseline = mean - (difference * floatAt(cellCounts, cell + 1)) / n
    values[next++] = floatAt(outcome, intAt(order, place)) - baseline
  }
  return { values, assisted }
}
