import { gatherInts } from '../numbers/gather.ts'
import { byteAt, floatAt, intAt } from '../numbers/number-at.ts'
import { rowsWhere } from '../numbers/rows-where.ts'
import { type ChangeTable, cohort } from './change-table.ts'
import { mergeWindow, readinessWindow, type Span } from './windows.ts'

/** Changes by their place in the table. */
export type Rows = Int32Array

/** The same for both cohorts. */
export interface BothCohorts<Side> {
  readonly assisted: Side
  readonly other: Side
}

/** Which changes are described. */
export interface Described {
  readonly table: ChangeTable
  /** Monday 00:00 UTC; what happened later is not counted. */
  readonly asOf: number
  /** Number of a repository in the table; absent: all of them. */
  readonly repository?: number | undefined
}

/** Changes that became ready in a span, by what was then known of them. */
export function readyRows(described: Described, span: Span): BothCohorts<Rows> {
  const { readyAt, cohortAtReady } = described.table
  return split(rowsWithin(described, readyAt, span), cohortAtReady)
}

/** Changes that were merged in a span, by what was then known of them. */
export function mergedRows(described: Described, span: Span): BothCohorts<Rows> {
  const { mergedAt, cohortAtMerge } = described.table
  return split(rowsWithin(described, mergedAt, span), cohortAtMerge)
}

/** Changes, set aside or not, whose time lies in a span. */
export function rowsWithin(
  { table, repository }: Described,
  time: Float64Array,
  { start, end }: Span,
): Rows {
  const rows = new Int32Array(table.size)
  let count = 0
  for (let i = 0; i < table.size; i += 1) {
    const then = floatAt(time, i)
    if (!(then >= start && then < end)) continue
    if (repository !== undefined && intAt(table.repository, i) !== repository) continue
    rows[count] = i
    count += 1
  }
  return rows.subarray(0, count)
}

/** When they became ready, or of a clone were merged. */
export function reportedWindow({ table, asOf }: Described): Span {
  return isClone(table) ? mergeWindow(asOf) : readinessWindow(asOf)
}

/** Whether all is read from clones: they hold no reviews and no times of readiness. */
export function isClone({ sources }: ChangeTable): boolean {
  return sources.length > 0 && sources.every((source) => source === 'git')
}

/** The changes of both cohorts. */
export function joinRows(assisted: Rows, other: Rows): Rows {
  const rows = new Int32Array(assisted.length + other.length)
  rows.set(assisted)
  rows.set(other, assisted.length)
  return rows
}

/** The person of each change. */
export function peopleOf({ person }: ChangeTable, rows: Rows): Int32Array {
  return gatherInts(person, rows)
}

/** Does the same with either cohort. */
export function inBoth<From, To>(
  { assisted, other }: BothCohorts<From>,
  make: (side: From) => To,
): BothCohorts<To> {
  return { assisted: make(assisted), other: make(other) }
}

function split(rows: Rows, cohorts: Uint8Array): BothCohorts<Rows> {
  return {
    assisted: rowsWhere(rows, (row) => byteAt(cohorts, row) === cohort.aiRecorded),
    other: rowsWhere(rows, (row) => byteAt(cohorts, row) === cohort.noneRecorded),
  }
}
