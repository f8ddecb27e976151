import { outcomes } from '../../delivery/index.ts'
import { gather } from '../numbers/gather.ts'
import { byteAt, floatAt } from '../numbers/number-at.ts'
import { rules } from '../rules.ts'
import { cohort, unknown } from './change-table.ts'
import { decimals } from './columns.ts'
import type { TablePart } from './join-table.ts'
import { makeColumns, type RowColumns, rowColumns } from './row-columns.ts'
import { millisecondsPerDay } from './windows.ts'

/** Times that decide what is counted of a change, milliseconds since the epoch. */
export const lastingColumns = {
  /** NaN: not known. */
  openedAt: decimals,
  /** Before this it has to be derived anew (`LastingChange`). */
  toldUntil: decimals,
  /** What of its clocks started before this is counted nowhere: it was not there when others were published. */
  countedFrom: decimals,
  /** What happened later is not known, and is not going to be; infinite: it is. */
  knownUntil: decimals,
  /** Until when its repository was read; infinite: beyond every snapshot. */
  readUntil: decimals,
} as const

type LastingColumns = Readonly<Record<keyof typeof lastingColumns, Float64Array>>

/** Changes as columns that hold for good: as `deriveLasting` derives them, with the times that decide what is counted. */
export interface LastingPart extends TablePart {
  readonly lasting: LastingColumns
}

/** The rows that tell of something later, and have to be derived anew as of that time: what was opened later is not there. */
export function rowsToldLater({ lasting }: LastingPart, asOf: number): number[] {
  const rows: number[] = []
  for (let row = 0; row < lasting.toldUntil.length; row += 1) {
    const until = Math.min(asOf, floatAt(lasting.knownUntil, row))
    if (floatAt(lasting.toldUntil, row) < until || floatAt(lasting.openedAt, row) > until) continue
    rows.push(row)
  }
  return rows
}

/**
 * The changes as of a Monday: the same as if each were derived of its record. Rows that tell of something later give what their
 * times alone can tell, which clocks had started among it.
 */
export function partAsOf(part: LastingPart, asOf: number): TablePart {
  const { openedAt, countedFrom, knownUntil, readUntil } = part.lasting
  const rows = new Int32Array(openedAt.length)
  let size = 0
  for (let row = 0; row < rows.length; row += 1) {
    if (!isCountedAsOf(part, row, asOf)) continue
    rows[size] = row
    size += 1
  }
  const kept = rows.subarray(0, size)
  const columns = makeColumns(rowColumns, (name, make) =>
    gather(part.columns[name], kept, make(size)),
  )
  for (let place = 0; place < size; place += 1) {
    const row = kept[place] ?? 0
    const until = Math.min(asOf, floatAt(knownUntil, row))
    dropLater(columns, place, until)
    const opened = floatAt(openedAt, row)
    settle(columns, place, { opened, until })
    if (floatAt(columns.readyAt, place) < floatAt(countedFrom, row)) dropReadiness(columns, place)
    columns.readAt[place] = Math.min(asOf, floatAt(readUntil, row))
    columns.asOf[place] = asOf
    columns.futureDated[place] = 0
  }
  return { ...part, columns }
}

/** Opened by then, and with a clock that counts, if any. */
function isCountedAsOf({ columns, lasting }: LastingPart, row: number, asOf: number): boolean {
  const until = Math.min(asOf, floatAt(lasting.knownUntil, row))
  if (floatAt(lasting.openedAt, row) > until) return false
  const merged = floatAt(columns.mergedAt, row)
  const last = merged <= until ? merged : floatAt(columns.readyAt, row)
  return !(last < floatAt(lasting.countedFrom, row))
}

/** What happened later is not known. */
function dropLater(columns: RowColumns, place: number, until: number): void {
  for (const name of ['readyAt', 'mergedAt', 'closedAt', 'revertedAt'] as const) {
    if (floatAt(columns[name], place) > until) columns[name][place] = Number.NaN
  }
  if (Number.isNaN(floatAt(columns.readyAt, place))) noExposureAtReady(columns, place)
  if (Number.isNaN(floatAt(columns.mergedAt, place))) {
    columns.cohortAtMerge[place] = cohort.setAside
    columns.unassistedAtMerge[place] = 0
  }
}

const outcomeAfter = 30 * millisecondsPerDay
const horizon = rules.revertDays * millisecondsPerDay

/** Where it stands is told once it is old enough, and whether it lasted, once it was followed for long enough. */
function settle(
  columns: RowColumns,
  place: number,
  { opened, until }: { readonly opened: number; readonly until: number },
): void {
  const ready = floatAt(columns.readyAt, place)
  const due = (Number.isNaN(ready) ? opened : ready) + outcomeAfter
  if (due > until) columns.outcome[place] = unknown
  columns.surviving[place] = survivalOf(columns, place, until)
}

function survivalOf(columns: RowColumns, place: number, until: number): number {
  const outcome = byteAt(columns.outcome, place)
  if (outcome === unknown) return unknown
  const merged = floatAt(columns.mergedAt, place)
  if (outcome !== outcomes.indexOf('merged') || Number.isNaN(merged)) return 0
  if (until - merged < horizon) return unknown
  return Number(!(floatAt(columns.revertedAt, place) - merged <= horizon))
}

/** As of a change of which it is not known when it became ready. */
function dropReadiness(columns: RowColumns, place: number): void {
  columns.readyAt[place] = Number.NaN
  columns.outcome[place] = unknown
  columns.surviving[place] = unknown
  noExposureAtReady(columns, place)
}

function noExposureAtReady(columns: RowColumns, place: number): void {
  columns.cohortAtReady[place] = cohort.setAside
  columns.unassistedAtReady[place] = 0
  columns.aiAfterStart[place] = unknown
}
