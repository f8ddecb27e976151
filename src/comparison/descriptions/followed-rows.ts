import { Memory } from '../numbers/memory.ts'
import { byteAt, floatAt, intAt } from '../numbers/number-at.ts'
import { isMergedInTime } from '../strata/sample.ts'
import { windowEnds } from '../strata/window-ends.ts'
import { type ChangeTable, cohort } from '../table/change-table.ts'
import {
  type BothCohorts,
  type Described,
  inBoth,
  isClone,
  mergedRows,
  ownRows,
  partOf,
  type Rows,
  reportedWindow,
} from '../table/cohort-rows.ts'
import { mergeWindow, readinessWindow, type Span } from '../table/windows.ts'

/** Changes that became ready in a window and were followed for as long as it asks, by what was known of them when ready. */
export function followedRows(
  described: Described,
  window: (asOf: number) => Span,
): BothCohorts<Rows> {
  const { table, asOf } = described
  const { start, end } = window(asOf)
  const whole = known.recall(table, `${asOf} ${start} ${end}`, () =>
    findFollowed(table, asOf, window),
  )
  return inBoth(whole, (rows) => ownRows(described, rows))
}

const known = new Memory<BothCohorts<Rows>>()

/** Those of all repositories of the table. */
function findFollowed(
  table: ChangeTable,
  asOf: number,
  window: (asOf: number) => Span,
): BothCohorts<Rows> {
  const { start } = window(asOf)
  const ends = windowEnds(table, asOf, window)
  const rows = { assisted: new Int32Array(table.size), other: new Int32Array(table.size) }
  const counts = { assisted: 0, other: 0 }
  for (let row = 0; row < table.size; row += 1) {
    const time = floatAt(table.readyAt, row)
    const own = intAt(table.repository, row)
    if (!(time >= start && time < floatAt(ends, own))) continue
    const group = byteAt(table.cohortAtReady, row)
    if (group === cohort.aiRecorded) rows.assisted[counts.assisted++] = row
    else if (group === cohort.noneRecorded) rows.other[counts.other++] = row
  }
  return {
    assisted: rows.assisted.slice(0, counts.assisted),
    other: rows.other.slice(0, counts.other),
  }
}

/**
 * The changes that a report is about, and the clock by which they are found: those that became ready in 13 weeks. Of a clone,
 * which does not know when a change became ready, those merged in 26 weeks.
 */
export function reportedRows(described: Described): BothCohorts<Rows> {
  return isClone(described.table)
    ? mergedRows(described, mergeWindow(described.asOf))
    : followedRows(described, readinessWindow)
}

/** Of some changes those that merged within 14 days of being ready. */
export function mergedInTime(table: ChangeTable, rows: Rows): Rows {
  return partOf(rows, 'merged in time', (row) => isMergedInTime(table, row))
}

/**
 * Until when the report's window is told of every repository in the scope: that of one which was last read before the report's
 * Monday ends earlier, so that later weeks are not those of the same repositories.
 *
 * @returns milliseconds since the epoch, a Monday; the window's own end where all were read since
 */
export function toldUntil({ table, asOf, repository }: Described): number {
  const windowOf = (time: number) => reportedWindow({ table, asOf: time })
  const ends = windowEnds(table, asOf, windowOf)
  const own = repository === undefined ? ends : ends.subarray(repository, repository + 1)
  // A repository without a change in the table has no reading, and nothing is missing of it.
  return own
    .filter((end) => Number.isFinite(end))
    .reduce((first, end) => Math.min(first, end), windowOf(asOf).end)
}
