import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { StoreLocation } from '../../../src/store/index.ts'

/** How many rows of each table name a tenant; tables without one are left out. The database is looked at past the store. */
export async function rowsOfTenant(
  location: StoreLocation,
  tenantId: number,
): Promise<Readonly<Record<string, number>>> {
  return location.engine === 'sqlite'
    ? inFile(location.file, tenantId)
    : await onServer(location.url, tenantId)
}

function inFile(file: string, tenantId: number): Record<string, number> {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const tables = database
      .prepare(
        `select m.name from sqlite_schema m join pragma_table_info(m.name) c
         where m.type = 'table' and c.name = 'tenant_id'`,
      )
      .all()
    return found(
      tables.map(({ name }) => {
        const query = `select count(*) as rows from "${name}" where tenant_id = ?`
        return [String(name), Number(database.prepare(query).get(tenantId)?.rows)]
      }),
    )
  } finally {
    database.close()
  }
}

async function onServer(url: string, tenantId: number): Promise<Record<string, number>> {
  // As the superuser of the tests, whom no policy of rows keeps out.
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      `select c.table_name as name from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
       where c.column_name = 'tenant_id' and t.table_type = 'BASE TABLE'
         and c.table_schema not in ('pg_catalog', 'information_schema')`,
    )
    const counts: [string, number][] = []
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ rows: string }>(
        `select count(*) as rows from "${name}" where tenant_id = $1`,
        [tenantId],
      )
      counts.push([name, Number(rows[0]?.rows)])
    }
    return found(counts)
  } finally {
    await client.end()
  }
}

function found(counts: readonly (readonly [string, number])[]): Record<string, number> {
  if (counts.length < 10) throw new Error('the tables of the tenants are not where they were')
  return Object.fromEntries(counts.filter(([, rows]) => rows > 0))
}
