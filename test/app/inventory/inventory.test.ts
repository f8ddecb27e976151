import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { expect, it } from 'vitest'
import { cookies, logFields } from '../../../src/app/inventory/beside-database.ts'
import { storedTables } from '../../../src/app/inventory/inventory.ts'
import { storedPage } from '../../../src/app/inventory/stored-page.ts'
import { bearings } from '../../../src/app/inventory/stored-table.ts'
import { createLog } from '../../../src/app/log.ts'
import type { StoreLocation } from '../../../src/store/index.ts'
import { privacyPage } from '../../support/privacy-page.ts'
import { readText } from '../../support/repository.ts'
import { describeStores } from '../../support/stores.ts'

/** Each table of a database with its columns, as the engine itself tells them. */
async function catalogue(location: StoreLocation): Promise<Record<string, string[]>> {
  const rows =
    location.engine === 'sqlite'
      ? sqliteColumns(location.file)
      : await postgresColumns(location.url)
  const tables = Map.groupBy(rows, ({ table }) => table)
  return Object.fromEntries(
    [...tables].map(([table, columns]) => [table, columns.map(({ column }) => column).toSorted()]),
  )
}

interface Column {
  readonly table: string
  readonly column: string
}

function sqliteColumns(file: string): Column[] {
  const database = new DatabaseSync(file, { readOnly: true })
  const rows = database
    .prepare(
      `select t.name as "table", c.name as "column" from sqlite_schema t, pragma_table_info(t.name) c where t.type = 'table'`,
    )
    .all()
  database.close()
  return rows.map(({ table, column }) => ({ table: String(table), column: String(column) }))
}

async function postgresColumns(connectionString: string): Promise<Column[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const { rows } = await client.query<Column>(
    `select table_name as "table", column_name as "column" from information_schema.columns where table_schema = 'public'`,
  )
  await client.end()
  return rows
}

describeStores('what is stored', (engine) => {
  it('names every column of every table of the database, and none that is not there', async () => {
    const location = await engine.location()
    await engine.open({ location })
    const named = storedTables().map(({ name, fields }) => [name, Object.keys(fields).toSorted()])
    expect(Object.fromEntries(named)).toEqual(await catalogue(location))
  })
})

it('says of each what it is for, how long it is kept and whether it tells of a person', () => {
  for (const { name, title, purpose, kept, fields } of storedTables()) {
    for (const text of [title, purpose, kept]) expect(text, name).toMatch(/^[A-Z0-9].{2,}[^.]$/s)
    for (const [field, [what, of]] of Object.entries(fields)) {
      expect(what, `${name}.${field}`).not.toBe('')
      expect(Object.keys(bearings)).toContain(of)
      if (/^(person|mark)$/.test(field)) expect(of).toBe('as a key')
      if (/^(actor|user_id|created_by)$/.test(field)) expect(of).toBe('as a number')
    }
  }
})

it('names every field that a line of the log can have', () => {
  const lines: string[] = []
  const destination = { write: (line: string) => lines.push(line) }
  const log = createLog({ level: 'debug', now: () => 0, destination })
  const given = Object.fromEntries(Object.keys(logFields).map((name) => [name, 1]))
  log.info('everything', { ...given, unknown: 'x' } as Parameters<typeof log.info>[1])
  const { level, time, message, ...written } = JSON.parse(lines[0] ?? '') as Record<string, unknown>
  expect([level, time, message]).toEqual(['info', '1970-01-01T00:00:00.000Z', 'everything'])
  expect(Object.keys(written).toSorted()).toEqual(Object.keys(logFields).toSorted())
})

it('is a page for everybody, with every table, cookie and field', async () => {
  const page = String(await storedPage({}))
  for (const { name, fields } of storedTables()) {
    expect(page).toContain(`<h2 id="${name}">`)
    for (const field of Object.keys(fields)) expect(page).toContain(`<code>${field}</code>`)
  }
  for (const { name } of cookies) expect(page).toContain(name)
})

it('is what docs/privacy.md says: run node test/support/write-privacy.ts', () => {
  expect(readText('docs/privacy.md')).toBe(privacyPage())
})

it('knows both cookies', () => {
  const source = readText('src/app/access/session-cookie.ts')
  const used = [...source.matchAll(/'(__Host-[\w-]+)'/g)].map(([, name]) => name)
  expect(cookies.map(({ name }) => name).toSorted()).toEqual(used.toSorted())
})
