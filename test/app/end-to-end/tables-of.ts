import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { StoreLocation } from '../../../src/store/index.ts'

/** All rows of each table as text, bytes in hexadecimal. The database is looked at past the store. */
export async function tablesOf(location: StoreLocation): Promise<ReadonlyMap<string, string>> {
  const tables = location.engine === 'sqlite' ? inFile(location.file) : await onServer(location.url)
  if (tables.size < 15) throw new Error('the tables are not where they were')
  return tables
}

function inFile(file: string): Map<string, string> {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const names = database.prepare(`select name from sqlite_schema where type = 'table'`).all()
    return new Map(
      names.map(({ name }) => {
        const rows = database.prepare(`select * from "${String(name)}"`).all()
        return [String(name), rows.map(textOf).join('\n')]
      }),
    )
  } finally {
    database.close()
  }
}

async function onServer(url: string): Promise<Map<string, string>> {
  // As the superuser of the tests, whom no policy of rows keeps out.
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: names } = await client.query<{ schema: string; name: string }>(
      `select table_schema as schema, table_name as name from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    )
    const tables = new Map<string, string>()
    for (const { schema, name } of names) {
      const { rows } = await client.query(`select * from "${schema}"."${name}"`)
      tables.set(name, rows.map(textOf).join('\n'))
    }
    return tables
  } finally {
    await client.end()
  }
}

function textOf(row: Readonly<Record<string, unknown>>): string {
  return Object.values(row)
    .map((value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : JSON.stringify(value),
    )
    .join('\t')
}
