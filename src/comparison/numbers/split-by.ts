import { gatherInts } from './gather.ts'
import { intAt } from './number-at.ts'
import { orderBy } from './order-by.ts'

/** The values that have one key. */
export interface KeyedValues {
  readonly key: number
  readonly values: Int32Array
}

/**
 * Values by their keys, which are small numbers, in the order of the keys and for each as they came.
 *
 * @example splitBy(Int32Array.of(3, 0, 3), Int32Array.of(7, 8, 9)) // 0: 8; 3: 7, 9
 */
export function splitBy(keys: Int32Array, values: Int32Array): KeyedValues[] {
  const order = orderBy(keys)
  const sorted = gatherInts(values, order)
  const parts: KeyedValues[] = []
  for (let start = 0; start < order.length; ) {
    const key = intAt(keys, intAt(order, start))
    let end = start + 1
    while (end < order.length && intAt(keys, intAt(order, end)) === key) end += 1
    parts.push({ key, values: sorted.subarray(start, end) })
    start = end
  }
  return parts
}
