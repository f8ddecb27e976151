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
}

/** Lays changes out by person with a counting sort: linear in changes, strata and people. */
export function layOut({ assisted, stratum, person }: Membership): Layout {
  const changes = assisted.length
  const cellCounts = new Float64Array(2 * (largest(stratum) + 1))
  for (let i = 0; i < changes; i += 1) {
    const cell = cellOf(stratum, assisted, i)
    cellCounts[cell] = at(cellCounts, cell) + 1
  }
  const isUsed = (cell: number) => at(cellCounts, cell) > 0 && at(cellCounts, cell ^ 1) > 0
  const starts = new Int32Array(largest(person) + 2)
  for (let i = 0; i < changes; i += 1) {
    if (!isUsed(cellOf(stratum, assisted, i))) continue
    const next = at(person, i) + 1
    starts[next] = at(starts, next) + 1
  }
  for (let one = 1; one < starts.length; one += 1) {
    starts[one] = at(starts, one) + at(starts, one - 1)
  }
  const used = at(starts, starts.length - 1)
  const order = new Int32Array(used)
  const cells = new Int32Array(used)
  const free = starts.slice()
  for (let i = 0; i < changes; i += 1) {
    const cell = cellOf(stratum, assisted, i)
    if (!isUsed(cell)) continue
    const place = at(free, at(person, i))
    free[at(person, i)] = place + 1
    order[place] = i
    cells[place] = cell
  }
  return { cellCounts, order, cells, starts }
}

type Numbers = Float64Array | Int32Array | Uint8Array

/** The entry of an array whose length is known to reach that far. */
export function at(numbers: Numbers, index: number): number {
  return numbers[index] as number
}

function cellOf(stratum: Int32Array, assisted: Uint8Array, i: number): number {
  return 2 * at(stratum, i) + at(assisted, i)
}

function largest(ids: Int32Array): number {
  let most = -1
  for (const id of ids) if (id > most) most = id
  return most
}
