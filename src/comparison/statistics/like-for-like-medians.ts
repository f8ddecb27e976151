import { floatAt, intAt } from '../numbers/number-at.ts'
import type { Layout } from '../strata/layout.ts'
import { weightedMedian } from './prefix-of-values.ts'

/**
 * Medians of both cohorts with each other's mix of kinds: a change weighs as much as its stratum has of the other cohort,
 * n₀/n or n₁/n, which are the overlap weights of the estimate (Li, Morgan & Zaslavsky 2018, JASA 113:390). They check that
 * means and medians tell the same story.
 */
export function likeForLikeMedians(
  { cellCounts, order, cells }: Layout,
  outcome: Float64Array,
): { readonly assisted: number; readonly other: number } {
  const medianOf = (member: 0 | 1) => {
    let size = 0
    for (const cell of cells) if ((cell & 1) === member) size += 1
    const values = new Float64Array(size)
    const weights = new Float64Array(size)
    let next = 0
    for (let place = 0; place < cells.length; place += 1) {
      const cell = intAt(cells, place)
      if ((cell & 1) !== member) continue
      const counterparts = floatAt(cellCounts, cell ^ 1)
      values[next] = floatAt(outcome, intAt(order, place))
      weights[next] = counterparts / (counterparts + floatAt(cellCounts, cell))
      next += 1
    }
    return weightedMedian(values, weights)
  }
  return { assisted: medianOf(1), other: medianOf(0) }
}
