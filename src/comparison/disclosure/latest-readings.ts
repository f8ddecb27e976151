import { at } from '../strata/layout.ts'
import type { ChangeTable } from '../table/change-table.ts'

/**
 * When each repository was read for the last time, by its number. A reading of all that changed since the one before finds the
 * other changes as they were, so that it is the repository's, not the change's, last reading up to which a change is known.
 *
 * @returns milliseconds since the epoch; −∞ where the table has no change of the repository
 */
export function latestReadings({
  repositories,
  repository,
  readAt,
  size,
}: ChangeTable): Float64Array {
  const latest = new Float64Array(repositories.length).fill(Number.NEGATIVE_INFINITY)
  for (let row = 0; row < size; row += 1) {
    const one = at(repository, row)
    latest[one] = Math.max(at(latest, one), at(readAt, row))
  }
  return latest
}
