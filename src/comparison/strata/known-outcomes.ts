import { at } from '../numbers/number-at.ts'
import type { ChangeTable } from '../table/change-table.ts'
import type { Selection } from './sample.ts'

/** Whether anything of the scope has a time at which it became ready. A clone knows none; of nothing all may be known. */
export function knowsReadiness(table: ChangeTable, selection: Selection): boolean {
  return knowsSome(table, selection, table.readyAt)
}

/** The same for the reviews of what became ready. */
export function knowsReviews(table: ChangeTable, selection: Selection): boolean {
  return knowsSome(table, selection, table.rounds)
}

function knowsSome(table: ChangeTable, { repository }: Selection, column: Float64Array): boolean {
  let some = false
  for (let row = 0; row < table.size; row += 1) {
    if (repository !== undefined && at(table.repository, row) !== repository) continue
    if (!Number.isNaN(at(column, row))) return true
    some = true
  }
  return !some
}
