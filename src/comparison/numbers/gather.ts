import { intAt } from './number-at.ts'

/** The entries of a column at some places. */
export function gather<Column extends Int32Array | Float64Array | Uint8Array>(
  from: Column,
  places: Int32Array,
  to: Column,
): Column {
  for (let i = 0; i < places.length; i += 1) to[i] = from[places[i] as number] as number
  return to
}

/** The same of whole numbers, in a column of their own. */
export function gatherInts(from: Int32Array, places: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(places.length)
  for (let i = 0; i < places.length; i += 1) to[i] = intAt(from, intAt(places, i))
  return to
}
