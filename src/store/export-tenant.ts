import { type RawBuilder, sql } from 'kysely'
import type { Engine } from './engine/engine.ts'

/**
 * What an owner gets of the tenant's facts, and by which columns each table is in order. Changes that are only counted any more have
 * no number: their times would tell whose they were.
 */
const exported: readonly Exported[] = [
  { table: 'settings', key: ['tenantId'] },
  { table: 'repositories', key: ['repositoryId'] },
  { table: 'records', key: ['repositoryId', 'number', 'sha'] },
  { table: 'changes', key: ['repositoryId', 'number'], only: sql`number > 0` },
  { table: 'revertLinks', key: ['repositoryId', 'number', 'position'] },
  { table: 'corrections', key: ['correctionId'] },
  { table: 'checks', key: ['repositoryId', 'number'] },
  { table: 'snapshots', key: ['scope', 'repositoryId', 'asOf'] },
]

interface Exported {
  readonly table: string
  readonly key: readonly string[]
  readonly only?: RawBuilder<unknown>
}

/** Rows of one transaction: nobody waits for a slow reader. */
const pageSize = 200

/** Columns that hold JSON. */
const documents: ReadonlySet<string> = new Set(['document', 'report'])
/** Who did something, at any depth; a key of people; and what is only there for speed. */
const leftOut: ReadonlySet<string> = new Set(['person', 'responsible', 'keyId', 'codes'])

type Row = Readonly<Record<string, unknown>>

/** The facts of a tenant as NDJSON: `{"table": …}` with the columns of a row, and nothing that stands for a person. */
export async function* exportTenant(engine: Engine, tenantId: number): AsyncGenerator<string> {
  for (const { table, key, only = sql`true` } of exported) {
    let after: Row | undefined
    do {
      const rows: Row[] = await readPage(engine, { tenantId, table, key, only, after })
      for (const row of rows) yield `${JSON.stringify({ table, ...opened(row) }, withoutPeople)}\n`
      after = rows.length < pageSize ? undefined : rows.at(-1)
    } while (after !== undefined)
  }
}

async function readPage(
  engine: Engine,
  page: {
    readonly tenantId: number
    readonly table: string
    readonly key: readonly string[]
    readonly only: RawBuilder<unknown>
    readonly after: Row | undefined
  },
): Promise<Row[]> {
  const { tenantId, table, key, only, after } = page
  const columns = sql.join(key.map((column) => sql.ref(column)))
  const behind =
    after === undefined
      ? sql``
      : sql` and (${columns}) > (${sql.join(key.map((column) => after[column]))})`
  return await engine.read({ tenant: tenantId }, async (queries) => {
    const { rows } = await sql<Row>`
      select * from ${sql.table(table)} where tenant_id = ${tenantId} and ${only}${behind}
      order by ${columns} limit ${pageSize}
    `.execute(queries)
    return rows
  })
}

function opened(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      documents.has(column) && typeof value === 'string' ? (JSON.parse(value) as unknown) : value,
    ]),
  )
}

/** In the text of a commit a co-author stands as a key too. */
const keyInText = /(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/g

function withoutPeople(name: string, value: unknown): unknown {
  if (leftOut.has(name)) return undefined
  return typeof value === 'string' ? value.replaceAll(keyInText, '…') : value
}
