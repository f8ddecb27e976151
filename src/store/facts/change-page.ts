import { type LastingPart, unknown } from '../../comparison/index.ts'
import type { ChangePage } from '../contract/facts.ts'
import { amounts, codes, type ReportedRow, revertRoleOf } from './change-row.ts'

type Columns = LastingPart['columns']

/** The person of a change that is not counted, in a table. */
const nobody = -1

/**
 * Rows as columns. Of a repository that left and came again, those that were counted before are another's: what became of them since
 * is not known.
 *
 * @param names of the repositories, by their number
 */
export function pageOf(
  rows: readonly ReportedRow[],
  names: ReadonlyMap<number, string>,
): ChangePage {
  const people = numbered(rows.map(({ person }) => person))
  const registries = numbered(rows.map(({ registry }) => registry))
  const stays = numbered(rows.map(stayOf))
  const decimals = (amount: (row: ReportedRow) => number | null, otherwise = Number.NaN) =>
    fill(new Float64Array(rows.length), rows, (row) => amount(row) ?? otherwise)
  const amountColumns = Object.fromEntries(
    amounts.map((name) => [name, decimals((row) => row[name])]),
  ) as Pick<Columns, (typeof amounts)[number]>
  const codeColumns = Object.fromEntries(
    codes.map((name, place) => [
      name,
      fill(new Uint8Array(rows.length), rows, (row) => row.codes[place + 1] ?? unknown),
    ]),
  ) as Pick<Columns, (typeof codes)[number]>
  const { POSITIVE_INFINITY: always, NEGATIVE_INFINITY: ever } = Number
  const part: LastingPart = {
    people: people.values,
    registries: registries.values,
    repositories: stays.values.map((stay) =>
      typeof stay === 'number'
        ? { id: stay, name: names.get(stay) ?? null }
        : { id: null, name: stay },
    ),
    columns: {
      ...amountColumns,
      ...codeColumns,
      // As of a Monday both are worked out.
      readAt: decimals(() => null),
      asOf: decimals(() => null),
      flags: fill(new Int32Array(rows.length), rows, ({ flags }) => flags),
      repository: stays.numbers,
      registry: registries.numbers,
      person: people.numbers.map((person, row) =>
        codeColumns.exclusion[row] === unknown ? person : nobody,
      ),
    },
    lasting: {
      openedAt: decimals(({ openedAt }) => openedAt),
      toldUntil: decimals(({ toldUntil }) => toldUntil),
      countedFrom: decimals(({ countedFrom }) => countedFrom, ever),
      knownUntil: decimals(({ leftAt, goneAt }) => Math.min(leftAt ?? always, goneAt ?? always)),
      readUntil: decimals(({ leftAt }) => leftAt, always),
    },
  }
  return {
    part,
    places: rows.map((row) => ({
      repositoryId: row.repositoryId,
      number: row.number < 0 ? null : row.number,
      hasLeft: row.leftAt !== null,
      revertRole: revertRoleOf(row),
    })),
  }
}

/** The repository's number; of one that left, a name that no repository has. */
function stayOf({ repositoryId, leftAt }: ReportedRow): number | string {
  return leftAt === null ? repositoryId : `${repositoryId} until ${leftAt}`
}

/** Its own `from` takes several times as long. */
function fill<Column extends Float64Array | Int32Array | Uint8Array>(
  column: Column,
  rows: readonly ReportedRow[],
  read: (row: ReportedRow) => number,
): Column {
  let place = 0
  for (const row of rows) {
    column[place] = read(row)
    place += 1
  }
  return column
}

/** Each value once, and where each one of a list stands among them. */
function numbered<Value>(list: readonly Value[]): {
  values: Value[]
  numbers: Int32Array<ArrayBuffer>
} {
  const places = new Map<Value, number>()
  const numbers = new Int32Array(list.length)
  for (const [index, value] of list.entries()) {
    let place = places.get(value)
    if (place === undefined) {
      place = places.size
      places.set(value, place)
    }
    numbers[index] = place
  }
  return { values: [...places.keys()], numbers }
}
