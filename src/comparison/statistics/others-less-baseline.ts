import { floatAt, intAt } from '../numbers/number-at.ts'
import type { Layout } from '../strata/layout.ts'

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
  layout: Layout,
  outcome: Float64Array,
  difference: number,
): OthersLessBaseline {
  const assisted = countAssisted(layout)
  return { values: othersLess(difference, layout, outcome, assisted), assisted }
}

function countAssisted({ cells }: Layout): number {
  let assisted = 0
  for (let place = 0; place < cells.length; place += 1) assisted += intAt(cells, place) & 1
  return assisted
}

function othersLess(
  difference: number,
  layout: Layout,
  outcome: Float64Array,
  assisted: number,
): Float64Array {
  const { cellCounts, order, cells } = layout
  const sums = sumCells(layout, outcome)
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
  return values
}

function sumCells({ cellCounts, order, cells }: Layout, outcome: Float64Array): Float64Array {
  const sums = new Float64Array(cellCounts.length)
  for (let place = 0; place < cells.length; place += 1) {
    const cell = intAt(cells, place)
    sums[cell] = floatAt(sums, cell) + floatAt(outcome, intAt(order, place))
  }
  return sums
}
