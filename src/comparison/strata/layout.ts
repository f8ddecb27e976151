import { byteAt, floatAt, intAt } from './number-at.ts'
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
  const cellOf = new Int32Array(changes)
  const cellCounts = new Float64Array(2 * (largest(stratum) + 1))
  for (let i = 0; i < changes; i += 1) {
    const cell = 2 * intAt(stratum, i) + byteAt(assisted, i)
    cellOf[i] = cell
    cellCounts[cell] = floatAt(cellCounts, cell) + 1
  }
  const isUsed = new Uint8Array(cellCounts.length)
  for (let cell = 0; cell < isUsed.length; cell += 1) {
    isUsed[cell] = Number(floatAt(cellCounts, cell) > 0 && floatAt(cellCounts, cell ^ 1) > 0)
  }
  const starts = new Int32Array(largest(person) + 2)
  for (let i = 0; i < changes; i += 1) {
    const next = intAt(person, i) + 1
    starts[next] = intAt(starts, next) + byteAt(isUsed, intAt(cellOf, i))
  }
  for (let one = 1; one < starts.length; one += 1) {
    starts[one] = intAt(starts, one) + intAt(starts, one - 1)
  }
  const used = intAt(starts, starts.length - 1)
  const order = new Int32Array(used)
  const cells = new Int32Array(used)
  const free = starts.slice()
  for (let i = 0; i < changes; i += 1) {
    const cell = intAt(cellOf, i)
    if (byteAt(isUsed, cell) === 0) continue
    const place = intAt(free, intAt(person, i))
    free[intAt(person, i)] = place + 1
    order[place] = i
    cells[place] = cell
  }
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

type Numbers = Float64Array | Int32Array | Uint8Array

/** The entry of an array whose length is known to reach that far. */
export function at(numbers: Numbers, index: number): number {
  return numbers[index] as number
}

/** The largest number; −1 of none. */
export function largest(ids: Int32Array): number {
  let most = -1
  for (let i = 0; i < ids.length; i += 1) if (at(ids, i) > most) most = at(ids, i)
  return most
}
