import { type RowColumns, rowColumns } from './row-columns.ts'

type ColumnName = keyof RowColumns

const every = Object.keys(rowColumns) as ColumnName[]

/** What decides among which changes one is counted by its readiness. */
const atReady: ReadonlySet<ColumnName> = new Set([
  'repository',
  'person',
  'exclusion',
  'readyAt',
  'cohortAtReady',
  'unassistedAtReady',
  'band',
])
/** What can still happen to a change that is merged. */
const afterMerge: readonly ColumnName[] = ['revertedAt', 'readAt', 'asOf']

const untilReady: readonly ColumnName[] = every.filter((name) => name !== 'repository')
const untilMerge: readonly ColumnName[] = every.filter((name) => !atReady.has(name))

/**
 * Which columns of a change a later reading may change. Once a clock of it lies before the Monday that was published last, it
 * was told among others by that clock, and stays among them as it was told: two reports would otherwise differ by it alone.
 *
 * @param clocks milliseconds since the epoch; NaN: not started
 * @param published null: nothing is published
 */
export function columnsToChange(
  { readyAt, mergedAt }: { readonly readyAt: number; readonly mergedAt: number },
  published: number | null,
): readonly ColumnName[] {
  if (published !== null && mergedAt < published) return afterMerge
  return published !== null && readyAt < published ? untilMerge : untilReady
}
