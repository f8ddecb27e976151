import { gatherInts } from '../numbers/gather.ts'
import { Memory } from '../numbers/memory.ts'
import { splitBy } from '../numbers/split-by.ts'
import type { ChangeTable } from '../table/change-table.ts'
import { type Described, ownRows, type Rows } from '../table/cohort-rows.ts'
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
  described: Described,
  rows: Rows,
  thresholds: GateThresholds,
): Rows | null {
  const { table, repository } = described
  if (repository === undefined) {
    return isPublishable(gatherInts(table.person, rows), thresholds) ? rows : null
  }
  return disclosedOf(table, rows, thresholds).has(repository) ? ownRows(described, rows) : null
}

const disclosed = new Memory<ReadonlySet<number>>()

function disclosedOf(table: ChangeTable, rows: Rows, thresholds: GateThresholds) {
  const { people, changes, personShare } = thresholds
  return disclosed.recall(rows, `${people} ${changes} ${personShare}`, () =>
    disclosedRepositories(
      gatherInts(table.repository, rows),
      gatherInts(table.person, rows),
      thresholds,
    ),
  )
}

/** Whether the scope has none of those changes, or may show them. */
export function areNoneOrShown(
  described: Described,
  rows: Rows,
  thresholds: GateThresholds,
): boolean {
  return ownRows(described, rows).length === 0 || shownRows(described, rows, thresholds) !== null
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
