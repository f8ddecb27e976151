import { intAt } from './number-at.ts'

/**
 * Those of the rows that pass, in their order; the same array where all do, so that what was made of it serves again. Its own
 * `filter` takes five times as long.
 */
export function rowsWhere(rows: Int32Array, passes: (row: number) => boolean): Int32Array {
  const { length } = rows
  let size = 0
  while (size < length && passes(intAt(rows, size))) size += 1
  if (size === length) return rows
  const kept = new Int32Array(length)
  kept.set(rows.subarray(0, size))
  for (let i = size + 1; i < length; i += 1) {
    const row = intAt(rows, i)
    if (passes(row)) kept[size++] = row
  }
  return kept.subarray(0, size)
}

/** The places of so many rows: all of them, in their order. */
export function allRows(size: number): Int32Array {
  const rows = new Int32Array(size)
  for (let row = 0; row < size; row += 1) rows[row] = row
  return rows
}
