import type { Insertable, Selectable } from 'kysely'
import { ChangeTableBuilder, type TablePart, unknown } from '../../comparison/index.ts'
import type { Change } from '../../delivery/index.ts'
import type { Database } from '../schema/database.ts'
import { StoreError } from '../store-error.ts'

type Columns = TablePart['columns']
type Row = Insertable<Database['changes']>
export type ReportedRow = Omit<Selectable<Database['changes']>, 'tenantId' | 'document'>

/** Columns of numbers of which some are not known: null here, NaN in a table. */
const amounts = [
  'readyAt',
  'mergedAt',
  'closedAt',
  'revertedAt',
  'pickupSeconds',
  'reviewSeconds',
  'mergeWaitSeconds',
  'authoredToMergedSeconds',
  'rounds',
  'changesRequested',
  'laterPushes',
  'laterLines',
  'threads',
] as const satisfies readonly (keyof Columns & keyof Row)[]

/** Columns of small numbers, in the order in which they stand in `codes`. New ones go to the end. */
const codes = [
  'cohortAtReady',
  'cohortAtMerge',
  'unassistedAtReady',
  'unassistedAtMerge',
  'assistance',
  'tier',
  'aiAfterStart',
  'band',
  'reviewed',
  'redrafted',
  'outcome',
  'surviving',
  'truncated',
  'unreadable',
  'source',
  'exclusion',
  'futureDated',
] as const satisfies readonly (keyof Columns)[]

/** The person of a change that is not counted, in a table. */
const nobody = -1

export const reportedColumns = [
  'repositoryId',
  'number',
  'person',
  ...amounts,
  'readAt',
  'flags',
  'codes',
  'registry',
  'asOf',
] as const satisfies readonly (keyof ReportedRow)[]

/** A change as a row. */
export function rowOf(change: Change): Omit<Row, 'tenantId'> {
  const { repository, number, responsible, registry } = change
  if (repository.id === null) {
    throw new StoreError(
      `a change of ${repository.name ?? 'a repository'} does not tell GitHub's number of it`,
    )
  }
  const builder = new ChangeTableBuilder()
  builder.add(change)
  const { columns } = builder.part()
  const told = (name: keyof Columns) => columns[name][0] ?? Number.NaN
  const known = Object.fromEntries(
    amounts.map((name) => [name, Number.isNaN(told(name)) ? null : told(name)]),
  ) as Pick<Row, (typeof amounts)[number]>
  return {
    ...known,
    repositoryId: repository.id,
    number,
    person: responsible.key,
    readAt: told('readAt'),
    asOf: told('asOf'),
    flags: told('flags'),
    codes: Uint8Array.from(codes, told),
    registry,
    document: JSON.stringify(change),
  }
}

/** @param names of the repositories, by their number */
export function partOf(
  rows: readonly ReportedRow[],
  names: ReadonlyMap<number, string>,
): TablePart {
  const people = numbered(rows.map(({ person }) => person))
  const registries = numbered(rows.map(({ registry }) => registry))
  const repositories = numbered(rows.map(({ repositoryId }) => repositoryId))
  const decimals = (amount: (row: ReportedRow) => number | null) =>
    Float64Array.from(rows, (row) => amount(row) ?? Number.NaN)
  const amountColumns = Object.fromEntries(
    amounts.map((name) => [name, decimals((row) => row[name])]),
  ) as Pick<Columns, (typeof amounts)[number]>
  const codeColumns = Object.fromEntries(
    codes.map((name, place) => [name, Uint8Array.from(rows, (row) => row.codes[place] ?? unknown)]),
  ) as Pick<Columns, (typeof codes)[number]>
  return {
    people: people.values,
    registries: registries.values,
    repositories: repositories.values.map((id) => ({ id, name: names.get(id) ?? null })),
    columns: {
      ...amountColumns,
      ...codeColumns,
      readAt: decimals(({ readAt }) => readAt),
      asOf: decimals(({ asOf }) => asOf),
      flags: Int32Array.from(rows, ({ flags }) => flags),
      repository: repositories.numbers,
      registry: registries.numbers,
      person: people.numbers.map((person, row) =>
        codeColumns.exclusion[row] === unknown ? person : nobody,
      ),
    },
  }
}

/** Each value once, and where each one of a list stands among them. */
function numbered<Value>(list: readonly Value[]): {
  values: Value[]
  numbers: Int32Array<ArrayBuffer>
} {
  const places = new Map<Value, number>()
  const numbers = Int32Array.from(list, (value) => {
    const place = places.get(value) ?? places.size
    places.set(value, place)
    return place
  })
  return { values: [...places.keys()], numbers }
}
