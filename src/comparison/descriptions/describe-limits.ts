import { type GateThresholds, isPublishable } from '../disclosure/disclosure-gate.ts'
import { shownRows, wholeOf } from '../disclosure/shown-rows.ts'
import { byteAt, floatAt, intAt } from '../numbers/number-at.ts'
import { rowsWhere } from '../numbers/rows-where.ts'
import { flagBit, unknown } from '../table/change-table.ts'
import {
  type Described,
  inBoth,
  joinRows,
  mergedRows,
  peopleOf,
  type Rows,
} from '../table/cohort-rows.ts'
import { mergeWindow } from '../table/windows.ts'
import { reportedRows } from './followed-rows.ts'

/** Of what share of the changes in both cohorts something is not, or not surely, known. */
export interface DataLimits {
  /** When it became ready is not known: of all merged in 26 weeks; they are not among the others. */
  readonly withoutStart: number
  /** When it became ready is taken from its opening. */
  readonly approximateStart: number
  /** What was recorded at its start rests on undated states or on clients' dates. */
  readonly approximateExposure: number
  /** Some list of its record goes on past what could be read. */
  readonly truncated: number
  /** It is compared with nothing, as its size is not known. */
  readonly unknownSize: number
  /** Of both cohorts, the share of AI recorded; null where one of them is not shown. */
  readonly assisted: number | null
}

/** What limits the changes that the report is about; null where they may not be shown together. */
export function describeLimits(
  described: Described,
  thresholds: GateThresholds,
): DataLimits | null {
  const { table, repository } = described
  const own = reportedRows(described)
  const rows = joinRows(own.assisted, own.other)
  const isShown = (some: Rows) => isPublishable(peopleOf(table, some), thresholds)
  if (!isShown(rows)) return null
  const share = (passes: (row: number) => boolean) => rowsWhere(rows, passes).length / rows.length
  const whole = repository === undefined ? own : reportedRows(wholeOf(described))
  const shown = inBoth(whole, (some) => shownRows(described, some, thresholds))
  const start = flagBit('approximate-start')
  const exposure = flagBit('approximate-exposure')
  return {
    withoutStart: withoutStart(described, isShown),
    approximateStart: share((row) => (intAt(table.flags, row) & start) !== 0),
    approximateExposure: share((row) => (intAt(table.flags, row) & exposure) !== 0),
    truncated: share((row) => byteAt(table.truncated, row) === 1),
    unknownSize: share((row) => byteAt(table.band, row) === unknown),
    assisted: shown.assisted && shown.other && shown.assisted.length / rows.length,
  }
}

function withoutStart(described: Described, isShown: (rows: Rows) => boolean): number {
  const { assisted, other } = mergedRows(described, mergeWindow(described.asOf))
  const rows = joinRows(assisted, other)
  if (!isShown(rows)) return 0
  const { readyAt } = described.table
  return rowsWhere(rows, (row) => Number.isNaN(floatAt(readyAt, row))).length / rows.length
}
