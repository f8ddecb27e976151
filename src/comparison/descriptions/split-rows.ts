import { intAt } from '../numbers/number-at.ts'
import type { Rows } from '../table/cohort-rows.ts'

/** Rows by a name, in their order. */
export function splitRows(rows: Rows, nameOf: (row: number) => string): Map<string, Rows> {
  const groups = new Map<string, number[]>()
  for (let i = 0; i < rows.length; i += 1) {
    const row = intAt(rows, i)
    const name = nameOf(row)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [row])
    else group.push(row)
  }
  return new Map([...groups].map(([name, some]) => [name, Int32Array.from(some)]))
}

/** All of them, one after the other. */
export function joinAll(groups: readonly Rows[]): Rows {
  const joined = new Int32Array(groups.reduce((sum, rows) => sum + rows.length, 0))
  let place = 0
  for (const rows of groups) {
    joined.set(rows, place)
    place += rows.length
  }
  return joined
}
