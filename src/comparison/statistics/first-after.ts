import { floatAt } from '../strata/number-at.ts'

/**
 * Index of the first of sorted numbers after one, by halving; their length where none is.
 *
 * @example firstAfter(Float64Array.of(1, 2, 2, 5), 2) // 3
 */
export function firstAfter(sorted: Float64Array, one: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (floatAt(sorted, middle) <= one) low = middle + 1
    else high = middle
  }
  return low
}
