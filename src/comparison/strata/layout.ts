import { largest } from '../numbers/largest.ts'
import { byteAt, floatAt, intAt } from '../numbers/number-at.ts'
/** Which cohort, stratum and person each change belongs to, as numbers from 0; the changes in any order. */
export interface Membership {
  /** 1: AI recorded, 0: no AI recorded. */
  readonly assisted: Uint8Array
  readonly stratum: Int32Array
  readonly person: Int32Array
}

/**
 * The changes of the strata that hold both cohorts, put together by person. Made once, it serves every outcome: leaving
 * one person out then only touches that person's changes.
 */
export interface Layout {
  /** Changes of each stratum and cohort: entry `2 * stratum + cohort`. */
  readonly cellCounts: Float64Array
  /** Index of each used change in the input, person by person. */
  readonly order: Int32Array
  /** Cell, `2 * stratum + cohort`, of each used change, in the same order. */
  readonly cells: Int32Array
  /** Where each person's changes start in `order`; one more entry at the end. */
  readonly starts: Int32Array
  readonly parts: Parts
}

/** Each person's changes in each stratum, person by person: what is taken away when that person is left out. */
export interface Parts {
  /** Where each person's parts start; one more entry at the end. */
  readonly starts: Int32Array
  /** Stratum of each part. */
  readonly stratum: Int32Array
  /** Part and cohort, `2 * part + cohort`, of each used change, in the order of `order`. */
  readonly entries: Int32Array
  /** Changes of each part and cohort. */
  readonly counts: Float64Array
}

/** Lays changes out by person with a counting sort: linear in changes, strata and people. */
export function layOut({ assisted, stratum, person }: Membership): Layout {
  const changes = assisted.length
  const cellCounts = new Float64Array(2 * (largest(stratum) + 1))
  for (let i = 0; i < changes; i += 1) {
    const cell = 2 * intAt(stratum, i) + byteAt(assisted, i)
    cellCounts[cell] = floatAt(cellCounts, cell) + 1
  }
  // Until the changes are in their places, a person's start stands one entry further on than in the end: it moves to the next.
  const places = new Int32Array(largest(person) + 3)
  for (let i = 0; i < changes; i += 1) {
    const cell = 2 * intAt(stratum, i) + byteAt(assisted, i)
    if (floatAt(cellCounts, cell ^ 1) > 0) {
      const next = intAt(person, i) + 2
      places[next] = intAt(places, next) + 1
    }
  }
  for (let one = 1; one < places.length; one += 1) {
    places[one] = intAt(places, one) + intAt(places, one - 1)
  }
  const used = intAt(places, places.length - 1)
  const order = new Int32Array(used)
  const cells = new Int32Array(used)
  for (let i = 0; i < changes; i += 1) {
    const cell = 2 * intAt(stratum, i) + byteAt(assisted, i)
    if (floatAt(cellCounts, cell ^ 1) === 0) continue
    const start = intAt(person, i) + 1
    const place = intAt(places, start)
    places[start] = place + 1
    order[place] = i
    cells[place] = cell
  }
  const starts = places.subarray(0, places.length - 1)
  return { cellCounts, order, cells, starts, parts: divide(cells, starts, cellCounts.length / 2) }
}

function divide(cells: Int32Array, starts: Int32Array, strata: number): Parts {
  const stratum = new Int32Array(cells.length)
  const entries = new Int32Array(cells.length)
  const partStarts = new Int32Array(starts.length)
  const partOf = new Int32Array(strata)
  const owner = new Int32Array(strata).fill(-1)
  let parts = 0
  for (let person = 0; person + 1 < starts.length; person += 1) {
    const end = intAt(starts, person + 1)
    for (let place = intAt(starts, person); place < end; place += 1) {
      const cell = intAt(cells, place)
      const own = cell >> 1
      if (intAt(owner, own) !== person) {
        owner[own] = person
        partOf[own] = parts
        stratum[parts] = own
        parts += 1
      }
      entries[place] = 2 * intAt(partOf, own) + (cell & 1)
    }
    partStarts[person + 1] = parts
  }
  const counts = new Float64Array(2 * parts)
  for (const entry of entries) counts[entry] = floatAt(counts, entry) + 1
  return { starts: partStarts, stratum: stratum.subarray(0, parts), entries, counts }
}
