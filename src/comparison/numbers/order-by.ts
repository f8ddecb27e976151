import { largest } from './largest.ts'
import { at } from './number-at.ts'

/**
 * The places of the numbers in ascending order of the numbers, equal ones as they came: a counting sort.
 *
 * @example orderBy(Int32Array.of(2, 0, 2, 1)) // 1, 3, 0, 2
 */
export function orderBy(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const free = new Int32Array(largest(numbers) + 2)
  for (const one of numbers) free[one + 1] = at(free, one + 1) + 1
  for (let one = 1; one < free.length; one += 1) free[one] = at(free, one) + at(free, one - 1)
  const order = new Int32Array(numbers.length)
  for (let i = 0; i < numbers.length; i += 1) {
    const place = at(free, at(numbers, i))
    free[at(numbers, i)] = place + 1
    order[place] = i
  }
  return order
}
