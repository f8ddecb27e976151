import { at } from '../strata/layout.ts'
import { type Described, peopleOf, type Rows } from '../table/cohort-rows.ts'
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
    return isPublishable(peopleOf(table, rows), thresholds) ? rows : null
  }
  const own = rows.filter((row) => at(table.repository, row) === repository)
  const repositories = rows.map((row) => at(table.repository, row))
  const people = peopleOf(table, rows)
  return disclosedRepositories(repositories, people, thresholds).has(repository) ? own : null
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
  const parts = new Map<number, number[]>()
  for (let i = 0; i < repositories.length; i += 1) {
    const part = parts.get(at(repositories, i))
    if (part === undefined) parts.set(at(repositories, i), [at(people, i)])
    else part.push(at(people, i))
  }
  const cells = Array.from(parts, ([repository, own]) => ({ id: String(repository), people: own }))
  return new Set(discloseParts(cells, thresholds).shown.map(Number))
}
