import { rules } from '../rules.ts'
import { type ChangeTable, cohort } from '../table/change-table.ts'
import {
  maturedWindow,
  mergeWindow,
  millisecondsPerDay,
  readinessWindow,
  type Span,
} from '../table/windows.ts'
import { at } from './layout.ts'
import { unknownSize } from './size-kinds.ts'

/** Changes of both cohorts whose clock started in a window, in the table's order. */
export interface Sample {
  readonly window: Span
  /** Where each is in the table. */
  readonly rows: Int32Array
  readonly repository: Int32Array
  readonly person: Int32Array
  /** Index of its size band, or `unknownSize`. */
  readonly band: Uint8Array
  /** When its clock started, milliseconds since the epoch. */
  readonly start: Float64Array
  /** 1: AI recorded. */
  readonly assisted: Uint8Array
}

/** Which changes are compared, and as of when. */
export interface Selection {
  /** Milliseconds since the epoch: a snapshot's Monday, or any time at or before the table's own. */
  readonly asOf: number
  /** Number of a repository in the table; absent: all of them. */
  readonly repository?: number | undefined
}

/** Everything that became ready in the window, by what was recorded then. */
export function becameReady(table: ChangeTable, selection: Selection): Sample {
  const { readyAt, cohortAtReady } = table
  return select(table, readinessWindow(selection.asOf), selection, readyAt, cohortAtReady)
}

/** Everything that merged so long ago that its headline revert rate is known, by what was recorded then. */
export function maturedMerges(table: ChangeTable, selection: Selection): Sample {
  const { mergedAt, cohortAtMerge } = table
  return select(table, maturedWindow(selection.asOf), selection, mergedAt, cohortAtMerge)
}

/** Everything that merged too lately to be among `maturedMerges`. */
export function maturingMerges(table: ChangeTable, selection: Selection): Sample {
  const { mergedAt, cohortAtMerge } = table
  const { end: start } = maturedWindow(selection.asOf)
  const { end } = mergeWindow(selection.asOf)
  return select(table, { start, end }, selection, mergedAt, cohortAtMerge)
}

/** Whether a change merged within 14 days of being ready. */
export function isMergedInTime({ mergedAt, readyAt }: ChangeTable, row: number): boolean {
  return at(mergedAt, row) - at(readyAt, row) <= rules.followUpDays * millisecondsPerDay
}

/** Those of the sample that pass, by their place in it; the same object where all do, so that its strata serve again. */
export function keep(sample: Sample, passes: (index: number) => boolean): Sample {
  const kept = new Int32Array(sample.rows.length)
  let size = 0
  for (let i = 0; i < kept.length; i += 1) {
    if (passes(i)) kept[size++] = i
  }
  if (size === kept.length) return sample
  return keepAt(sample, kept.subarray(0, size))
}

/** The changes at those places of the sample. */
export function keepAt(sample: Sample, places: Int32Array): Sample {
  const size = places.length
  return {
    window: sample.window,
    rows: gather(sample.rows, places, new Int32Array(size)),
    repository: gather(sample.repository, places, new Int32Array(size)),
    person: gather(sample.person, places, new Int32Array(size)),
    band: gather(sample.band, places, new Uint8Array(size)),
    start: gather(sample.start, places, new Float64Array(size)),
    assisted: gather(sample.assisted, places, new Uint8Array(size)),
  }
}

/** The outcome of every change of the sample, in its order. */
export function outcomesOf(sample: Sample, outcome: (row: number) => number): Float64Array {
  const values = new Float64Array(sample.rows.length)
  for (let i = 0; i < values.length; i += 1) values[i] = outcome(at(sample.rows, i))
  return values
}

function select(
  table: ChangeTable,
  window: Span,
  selection: Selection,
  start: Float64Array,
  cohorts: Uint8Array,
): Sample {
  const rows = find(table, window, selection, start, cohorts)
  const size = rows.length
  const band = gather(table.band, rows, new Uint8Array(size))
  for (let i = 0; i < size; i += 1) band[i] = Math.min(at(band, i), unknownSize)
  return {
    window,
    rows,
    repository: gather(table.repository, rows, new Int32Array(size)),
    person: gather(table.person, rows, new Int32Array(size)),
    band,
    start: gather(start, rows, new Float64Array(size)),
    assisted: gather(cohorts, rows, new Uint8Array(size)),
  }
}

/** Rows of the scope in either cohort whose clock started in the window. */
function find(
  table: ChangeTable,
  window: Span,
  { repository }: Selection,
  start: Float64Array,
  cohorts: Uint8Array,
): Int32Array {
  const found = new Int32Array(table.size)
  let size = 0
  for (let row = 0; row < table.size; row += 1) {
    const time = at(start, row)
    if (!(time >= window.start && time < window.end)) continue
    if (at(cohorts, row) === cohort.setAside) continue
    if (repository !== undefined && at(table.repository, row) !== repository) continue
    found[size++] = row
  }
  return found.subarray(0, size)
}

function gather<Column extends Int32Array | Float64Array | Uint8Array>(
  from: Column,
  places: Int32Array,
  to: Column,
): Column {
  for (let i = 0; i < places.length; i += 1) to[i] = at(from, at(places, i))
  return to
}
