import { cumulativeShares, type Ended } from './aalen-johansen.ts'
import type { ChangeTable } from './change-table.ts'
import {
  type BothCohorts,
  type Described,
  inBoth,
  peopleOf,
  type Rows,
  readyRows,
} from './cohort-rows.ts'
import { type GateThresholds, isPublishable } from './disclosure-gate.ts'
import { at } from './layout.ts'
import { millisecondsPerHour, readinessWindow } from './windows.ts'

/** Hours since ready at which the shares are read: fixed, so that no step of the curve tells a single change. */
export const mergedHours: readonly number[] = [
  1, 2, 4, 8, 12, 24, 36, 48, 72, 96, 120, 144, 168, 192, 216, 240, 264, 288, 312, 336,
]

/**
 * Cumulative share merged by each of `mergedHours`, of changes that became ready in the window: Aalen–Johansen, with closing
 * unmerged as a competing end, and with what was read for the last time before its 14 days followed until then.
 */
export function describeMerged(
  described: Described,
  thresholds: GateThresholds,
): BothCohorts<readonly number[] | null> {
  const { table, asOf } = described
  return inBoth(readyRows(described, readinessWindow(asOf)), (rows) =>
    isPublishable(peopleOf(table, rows), thresholds)
      ? cumulativeShares(endsOf(table, rows, asOf), mergedHours).map(({ merged }) => merged)
      : null,
  )
}

function endsOf(table: ChangeTable, rows: Rows, asOf: number): Ended {
  const time = new Float64Array(rows.length)
  const cause = new Uint8Array(rows.length)
  for (const [i, row] of rows.entries()) {
    const merged = at(table.mergedAt, row)
    const closed = at(table.closedAt, row)
    const [end, how] =
      merged < asOf ? [merged, 1] : closed < asOf ? [closed, 2] : [lastSeen(table, row, asOf), 0]
    time[i] = Math.max(0, (end - at(table.readyAt, row)) / millisecondsPerHour)
    cause[i] = how
  }
  return { time, cause }
}

function lastSeen({ readAt }: ChangeTable, row: number, asOf: number): number {
  return at(readAt, row) < asOf ? at(readAt, row) : asOf
}
