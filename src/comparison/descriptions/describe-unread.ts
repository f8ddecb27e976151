import { type GateThresholds, isPublishable } from '../disclosure/disclosure-gate.ts'
import { byteAt } from '../numbers/number-at.ts'
import { rowsWhere } from '../numbers/rows-where.ts'
import { unread } from '../table/change-table.ts'
import { type Described, joinRows, mergedRows, peopleOf } from '../table/cohort-rows.ts'
import { mergeWindow } from '../table/windows.ts'

/** Of what share of the changes merged in 26 weeks a source did not give what it has. */
export interface UnreadShares {
  /** The contents of the repository could not be read. */
  readonly contents: number
  /** Only its authorship notes could not. */
  readonly notes: number
}

/** What is missing from the changes by which reverts and recorded AI are counted; null where they may not be shown together. */
export function describeUnread(
  described: Described,
  thresholds: GateThresholds,
): UnreadShares | null {
  const { table, asOf } = described
  const { assisted, other } = mergedRows(described, mergeWindow(asOf))
  const rows = joinRows(assisted, other)
  if (!isPublishable(peopleOf(table, rows), thresholds)) return null
  const share = (missing: number) =>
    rowsWhere(rows, (row) => byteAt(table.unreadable, row) === missing).length / rows.length
  return { contents: share(unread.contents), notes: share(unread.notes) }
}
