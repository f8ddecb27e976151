import { gatherInts } from '../numbers/gather.ts'
import { at, intAt } from '../numbers/number-at.ts'
import { rowsWhere } from '../numbers/rows-where.ts'
import { splitBy } from '../numbers/split-by.ts'
import type { ChangeTable } from '../table/change-table.ts'
import type { Described, Rows } from '../table/cohort-rows.ts'
import { discloseParts, type GateThresholds, isPublishable } from './disclosure-gate.ts'

/** The same of all repositories of the table. */
export function wholeOf({ table, asOf }: Described): Described {
  return { table, asOf }
}

/**
 * Of some changes of the whole table those of the scope; null where they may not be shown. A report of all repositories may
 * lie beside one of a single repository, so that the repositories are a breakdown of every group of changes: what stays
 * hidden of it is together nothing, or enough.
 *
 * @param rows chosen in the same way from all repositories
 */
export function shownRows(
  { table, repository }: Described,
  rows: Rows,
  thresholds: GateThresholds,
): Rows | null {
  if (repository === undefined) {
    return isPublishable(gatherInts(table.person, rows), thresholds) ? rows : null
  }
  return disclosedOf(table, rows, thresholds).has(repository)
    ? rowsWhere(rows, (row) => at(table.repository, row) === repository)
    : null
}

interface DisclosedRows {
  readonly rows: Rows
  readonly thresholds: GateThresholds
  readonly shown: ReadonlySet<number>
}

/** A report of each repository asks the same of the same changes; to see that they are the same takes a twentieth of the time. */
const known = new WeakMap<ChangeTable, DisclosedRows[]>()

function disclosedOf(table: ChangeTable, rows: Rows, thresholds: GateThresholds) {
  const before = known.get(table) ?? []
  known.set(table, before)
  const same = before.find((one) => one.thresholds === thresholds && areSameRows(one.rows, rows))
  if (same !== undefined) return same.shown
  const repositories = gatherInts(table.repository, rows)
  const shown = disclosedRepositories(repositories, gatherInts(table.person, rows), thresholds)
  before.push({ rows, thresholds, shown })
  return shown
}

function areSameRows(one: Rows, other: Rows): boolean {
  if (one === other) return true
  if (one.length !== other.length) return false
  for (let i = 0; i < one.length; i += 1) if (intAt(one, i) !== intAt(other, i)) return false
  return true
}

/** Whether the scope has none of those changes, or may show them. */
export function areNoneOrShown(
  described: Described,
  rows: Rows,
  thresholds: GateThresholds,
): boolean {
  const { table, repository } = described
  const isOwn = (row: number) =>
    repository === undefined || at(table.repository, row) === repository
  return !rows.some(isOwn) || shownRows(described, rows, thresholds) !== null
}

/** Which repositories may be shown of a group of changes, given for each of them its repository and its person. */
export function disclosedRepositories(
  repositories: Int32Array,
  people: Int32Array,
  thresholds: GateThresholds,
): ReadonlySet<number> {
  const cells = splitBy(repositories, people).map(({ key, values }) => ({
    id: String(key),
    people: values,
  }))
  return new Set(discloseParts(cells, thresholds).shown.map(Number))
}
