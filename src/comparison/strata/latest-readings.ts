import { floatAt, intAt } from '../numbers/number-at.ts'
import type { ChangeTable } from '../table/change-table.ts'

/** Every part of a report asks again, and a table does not change. */
const known = new WeakMap<ChangeTable, Float64Array>()

/**
 * When each repository was read for the last time, by its number. A reading of all that changed since the one before finds the
 * other changes as they were, so that it is the repository's, not the change's, last reading up to which a change is known.
 *
 * @returns milliseconds since the epoch; −∞ where the table has no change of the repository
 */
export function latestReadings(table: ChangeTable): Float64Array {
  const latest = known.get(table) ?? readLatest(table)
  known.set(table, latest)
  return latest
}

function readLatest({ repositories, repository, readAt, size }: ChangeTable): Float64Array {
  const latest = new Float64Array(repositories.length).fill(Number.NEGATIVE_INFINITY)
  for (let row = 0; row < size; row += 1) {
    const one = intAt(repository, row)
    latest[one] = Math.max(floatAt(latest, one), floatAt(readAt, row))
  }
  return latest
}
