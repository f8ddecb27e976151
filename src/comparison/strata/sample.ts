import { gather } from '../numbers/gather.ts'
import { byteAt, floatAt, intAt } from '../numbers/number-at.ts'
import { rules } from '../rules.ts'
import { type ChangeTable, cohort } from '../table/change-table.ts'
import {
  maturedWindow,
  mergeWindow,
  millisecondsPerDay,
  readinessWindow,
  type Span,
} from '../table/windows.ts'
import { unknownSize } from './size-kinds.ts'
import { windowEnds } from './window-ends.ts'

const blockLength = rules.blockDays * millisecondsPerDay

/** How many blocks of four weeks a window has, the last one possibly shorter. */
export function blocksIn({ start, end }: Span): number {
  return Math.ceil((end - start) / blockLength)
}

/** Changes of both cohorts whose clock started in a window, in the table's order. */
export interface Sample {
  readonly window: Span
  /** Where each is in the table. */
  readonly rows: Int32Array
  readonly repository: Int32Array
  readonly person: Int32Array
  /** Index of its size band, or `unknownSize`. */
  readonly band: Uint8Array
  /** In which block of four weeks its clock started, from the window's start. */
  readonly block: Uint8Array
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

/** Everything that became ready in the window and was followed since, by what was recorded then. */
export function becameReady(table: ChangeTable, { asOf }: Pick<Selection, 'asOf'>): Sample {
  const { readyAt, cohortAtReady } = table
  const window = readinessWindow(asOf)
  const ends = windowEnds(table, asOf, readinessWindow)
  const starts = ends.map(() => window.start)
  return select(table, { window, starts, ends }, readyAt, cohortAtReady)
}

/** Everything that merged so long ago that its headline revert rate is known, by what was recorded then. */
export function maturedMerges(table: ChangeTable, { asOf }: Pick<Selection, 'asOf'>): Sample {
  const { mergedAt, cohortAtMerge } = table
  const window = maturedWindow(asOf)
  const ends = windowEnds(table, asOf, maturedWindow)
  const starts = ends.map(() => window.start)
  return select(table, { window, starts, ends }, mergedAt, cohortAtMerge)
}

/** Everything that merged too lately to be among `maturedMerges`. */
export function maturingMerges(table: ChangeTable, { asOf }: Pick<Selection, 'asOf'>): Sample {
  const { mergedAt, cohortAtMerge } = table
  const window = mergeWindow(asOf)
  const matured = windowEnds(table, asOf, maturedWindow)
  const starts = matured.map((end) => Math.max(window.start, end))
  const ends = matured.map(() => window.end)
  return select(table, { window, starts, ends }, mergedAt, cohortAtMerge)
}

/** Whether a change merged within 14 days of being ready. */
export function isMergedInTime({ mergedAt, readyAt }: ChangeTable, row: number): boolean {
  return floatAt(mergedAt, row) - floatAt(readyAt, row) <= rules.followUpDays * millisecondsPerDay
}

/**
 * Chooses among the changes of a sample: puts the places of those that are wanted into `places`, which has room for all, in
 * their order, and tells how many they are. Asking change by change takes several times as long.
 */
export type Choice = (sample: Sample, places: Int32Array) => number

/** Those of the sample that are chosen; the same object where all are, so that its strata serve again. */
export function keep(sample: Sample, choose: Choice): Sample {
  const places = new Int32Array(sample.rows.length)
  const size = choose(sample, places)
  return size === places.length ? sample : keepAt(sample, places.subarray(0, size))
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
    block: gather(sample.block, places, new Uint8Array(size)),
    assisted: gather(sample.assisted, places, new Uint8Array(size)),
  }
}

/** Which changes are looked for, and between which times, by the number of the repository. */
interface Search {
  readonly window: Span
  readonly starts: Float64Array
  readonly ends: Float64Array
}

function select(
  table: ChangeTable,
  search: Search,
  start: Float64Array,
  cohorts: Uint8Array,
): Sample {
  const rows = find(table, search, start, cohorts)
  const size = rows.length
  const band = gather(table.band, rows, new Uint8Array(size))
  for (let i = 0; i < size; i += 1) band[i] = Math.min(byteAt(band, i), unknownSize)
  return {
    window: search.window,
    rows,
    repository: gather(table.repository, rows, new Int32Array(size)),
    person: gather(table.person, rows, new Int32Array(size)),
    band,
    block: blocksOf(start, rows, search.window),
    assisted: gather(cohorts, rows, new Uint8Array(size)),
  }
}

/** Rows in either cohort whose clock started between the times of their repository. */
function find(
  { size, repository }: ChangeTable,
  { starts, ends }: Search,
  start: Float64Array,
  cohorts: Uint8Array,
): Int32Array {
  const found = new Int32Array(size)
  let count = 0
  for (let row = 0; row < size; row += 1) {
    const time = floatAt(start, row)
    const own = intAt(repository, row)
    if (!(time >= floatAt(starts, own) && time < floatAt(ends, own))) continue
    if (byteAt(cohorts, row) === cohort.setAside) continue
    found[count++] = row
  }
  return found.subarray(0, count)
}

function blocksOf(start: Float64Array, rows: Int32Array, window: Span): Uint8Array {
  const blocks = new Uint8Array(rows.length)
  for (let i = 0; i < blocks.length; i += 1) {
    blocks[i] = Math.floor((floatAt(start, intAt(rows, i)) - window.start) / blockLength)
  }
  return blocks
}
