import { snapToMonday } from '../table/as-of.ts'
import type { ChangeTable } from '../table/change-table.ts'
import type { Span } from '../table/windows.ts'
import { latestReadings } from './latest-readings.ts'

/**
 * Where a window ends for the changes of each repository, by its number. A window ends so long before its snapshot that what
 * became of every change in it is known. Of a repository that was last read before the snapshot, less is known: its part ends
 * where the same window of its own last snapshot would, that of the Monday at or before its reading. A Monday, since a day or
 * a week that was read in part would hold its first changes alone, and since a report of this repository by itself, which
 * is of such a Monday, could else be subtracted to see the few days between. The start stays: a report tells one window.
 *
 * @param asOf of the snapshot, milliseconds since the epoch
 * @param window that the snapshot of a time has
 * @example of changes watched for 14 days, read on Wednesday 17 June: ready before Monday 1 June
 */
export function windowEnds(
  table: ChangeTable,
  asOf: number,
  window: (asOf: number) => Span,
): Float64Array {
  return latestReadings(table).map(
    (readAt) => window(readAt >= asOf ? asOf : snapToMonday(readAt)).end,
  )
}
