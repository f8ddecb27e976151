import { at, type Layout } from '../strata/layout.ts'

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
