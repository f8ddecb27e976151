import type { Change } from '../../delivery/index.ts'
import { gather } from '../numbers/gather.ts'
import { at } from '../numbers/number-at.ts'
import { orderBy } from '../numbers/order-by.ts'
import { allRows, rowsWhere } from '../numbers/rows-where.ts'
import { type ChangeTable, unknown } from './change-table.ts'
import { concatenate, Numbering } from './columns.ts'
import { NamedRepositories } from './named-repositories.ts'
import { makeColumns, type RowColumns, rowColumns, tableColumns } from './row-columns.ts'

/** Changes laid out apart from the others of their table, excluded ones among them, as plain data. */
export interface TablePart {
  readonly registries: readonly string[]
  readonly people: readonly string[]
  /** One is here with each of its names. */
  readonly repositories: readonly Change['repository'][]
  readonly columns: RowColumns
}

/** What `RowColumns.source` counts in. */
export const sources: readonly Change['source'][] = ['git', 'github', 'webhooks']
/** The person of an excluded change: none that is counted. */
export const nobody = -1

/**
 * The table of changes that were laid out in parts: the same as if they had been added one after the other. It goes person
 * by person: most of what is worked out goes through it that way, and memory is fastest in a row.
 */
export function joinTable(parts: Iterable<TablePart>): ChangeTable {
  const given = [...parts]
  const people = new Numbering<string>()
  const repositories = new NamedRepositories()
  const renumbered = given.map((part) => ({
    ...part.columns,
    person: renumberPeople(part, people),
    repository: renumberRepositories(part, repositories),
  }))
  const all = makeColumns(rowColumns, (name, make) =>
    concatenate(
      make,
      renumbered.map((columns) => columns[name]),
    ),
  )
  const isCounted = (row: number) => at(all.exclusion, row) === unknown
  const every = allRows(all.exclusion.length)
  const counted = rowsWhere(every, isCounted)
  const uncounted = rowsWhere(every, (row) => !isCounted(row))
  const excluded = makeColumns(rowColumns, (name, make) =>
    gather(all[name], uncounted, make(uncounted.length)),
  )
  const byPerson = orderBy(counted.map((row) => at(all.person, row)))
  const rows = byPerson.map((place) => at(counted, place))
  return {
    size: counted.length,
    asOf: latest(all.asOf),
    latestReadAt: latest(all.readAt),
    sources: sources.filter((_, source) => all.source.includes(source)),
    registries: registriesOf(given),
    futureDated: rows.reduce((count, row) => count + at(all.futureDated, row), 0),
    excluded: {
      size: uncounted.length,
      reason: excluded.exclusion,
      repository: excluded.repository,
      readyAt: excluded.readyAt,
      mergedAt: excluded.mergedAt,
    },
    repositories: repositories.names,
    people: people.keys,
    ...makeColumns(tableColumns, (name, make) => gather(all[name], rows, make(rows.length))),
  }
}

function renumberPeople({ columns, people }: TablePart, all: Numbering<string>) {
  const numbers = new Int32Array(people.length).fill(nobody)
  return columns.person.map((person) => {
    if (person === nobody) return nobody
    if (at(numbers, person) === nobody) numbers[person] = all.numberOf(people[person] ?? '')
    return at(numbers, person)
  })
}

/** Only a later reading can tell another name. */
function renumberRepositories({ columns, repositories }: TablePart, all: NamedRepositories) {
  const numbers = new Int32Array(repositories.length)
  const lastReadAt = new Float64Array(repositories.length).fill(Number.NaN)
  return columns.repository.map((repository, row) => {
    const readAt = at(columns.readAt, row)
    const known = repositories[repository]
    if (known !== undefined && !(at(lastReadAt, repository) >= readAt)) {
      lastReadAt[repository] = readAt
      numbers[repository] = all.numberOf({ ...known, readAt })
    }
    return at(numbers, repository)
  })
}

/** Of the changes that are there: a part may know of others. */
function registriesOf(parts: readonly TablePart[]): string[] {
  const found = parts.flatMap(({ columns, registries }) =>
    registries.filter((_, registry) => columns.registry.includes(registry)),
  )
  return [...new Set(found)].sort()
}

/** NaN of none. */
function latest(times: Float64Array): number {
  return times.reduce((last, time) => (last >= time ? last : time), Number.NaN)
}
