import { gatherInts } from '../numbers/gather.ts'
import { Memory } from '../numbers/memory.ts'
import { byteAt, floatAt } from '../numbers/number-at.ts'
import { rowsWhere } from '../numbers/rows-where.ts'
import { splitBy } from '../numbers/split-by.ts'
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
  const { table } = described
  return inBoth(cohortsWithin(table, 'readyAt', span, table.cohortAtReady), (rows) =>
    ownRows(described, rows),
  )
}

/** Changes that were merged in a span, by what was then known of them. */
export function mergedRows(described: Described, span: Span): BothCohorts<Rows> {
  const { table } = described
  return inBoth(cohortsWithin(table, 'mergedAt', span, table.cohortAtMerge), (rows) =>
    ownRows(described, rows),
  )
}

type Clock = 'readyAt' | 'mergedAt'

const within = new Memory<Rows>()

/** Changes of all repositories of the table, set aside or not, of which a time lies in a span. */
export function rowsWithin(table: ChangeTable, clock: Clock, { start, end }: Span): Rows {
  return within.recall(table, `${clock} ${start} ${end}`, () => {
    const time = table[clock]
    const rows = new Int32Array(table.size)
    let count = 0
    for (let i = 0; i < table.size; i += 1) {
      const then = floatAt(time, i)
      if (!(then >= start && then < end)) continue
      rows[count] = i
      count += 1
    }
    return rows.slice(0, count)
  })
}

function cohortsWithin(
  table: ChangeTable,
  clock: Clock,
  span: Span,
  cohorts: Uint8Array,
): BothCohorts<Rows> {
  const rows = rowsWithin(table, clock, span)
  return {
    assisted: partOf(rows, 'AI recorded', (row) => byteAt(cohorts, row) === cohort.aiRecorded),
    other: partOf(rows, 'none recorded', (row) => byteAt(cohorts, row) === cohort.noneRecorded),
  }
}

const parts = new Memory<Rows>()

/**
 * Those of the rows that pass, in their order: `rowsWhere`, of rows that are asked the same again.
 *
 * @param rows themselves remembered, as all of this file are
 * @param question the name of what `passes` asks
 */
export function partOf(rows: Rows, question: string, passes: (row: number) => boolean): Rows {
  return parts.recall(rows, question, () => rowsWhere(rows, passes))
}

const none: Rows = new Int32Array(0)
const byRepository = new Memory<ReadonlyMap<number, Rows>>()

/** Of changes of all repositories those of the scope, in their order. */
export function ownRows({ table, repository }: Described, rows: Rows): Rows {
  if (repository === undefined) return rows
  const split = () =>
    new Map(
      splitBy(gatherInts(table.repository, rows), rows).map(({ key, values }) => [key, values]),
    )
  return byRepository.recall(rows, 'repository', split).get(repository) ?? none
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
