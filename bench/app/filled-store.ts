import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { Store } from '../../src/store/index.ts'

const day = 24 * 60 * 60 * 1_000
/** As of when the changes are; a Monday. */
export const asOf = Date.UTC(2026, 5, 8)
export const tenantId = 1
export const repositories = 50
const people = 2_000

/** An account whose repositories were read whole. */
export async function addAccount(store: Store): Promise<void> {
  await store.tenants.upsert({
    id: tenantId,
    login: 'acme',
    kind: 'Organization',
    installationId: 1,
    permissions: {},
    state: 'active',
  })
  await store.tenant(tenantId).write(null, async (facts) => {
    for (let id = 1; id <= repositories; id += 1) {
      const common = { visibility: 'private', defaultBranch: 'main', archived: false } as const
      await facts.repositories.upsert({ id, name: `acme/${id}`, ...common })
      await facts.repositories.setReading(id, { backfilledAt: asOf, watermark: asOf + day })
    }
  })
}

const columns = [
  ...['tenant_id', 'repository_id', 'number', 'person', 'opened_at', 'ready_at', 'merged_at'],
  ...['read_at', 'told_until', 'pickup_seconds', 'review_seconds', 'merge_wait_seconds'],
  ...['authored_to_merged_seconds', 'rounds', 'changes_requested', 'later_pushes', 'later_lines'],
  ...['threads', 'flags', 'codes', 'registry', 'as_of', 'document'],
]

/** A change of the last 26 weeks, merged after some hours. */
function rowOf(index: number): (string | number | Uint8Array)[] {
  const age = ((index * 7_919) % (26 * 7 * 24 * 60)) * 60_000
  const readyAt = asOf - age - 1
  const hours = 1 + ((index * 31) % 60)
  const mergedAt = readyAt + hours * 60 * 60 * 1_000
  const repository = 1 + (index % repositories)
  const within = Math.floor(index / repositories)
  const withAi = (within * 13) % 5 < 2 ? 1 : 0
  const person = `person ${(index * 17) % people}`
  const codes = Uint8Array.of(
    255,
    withAi,
    withAi,
    0,
    0,
    withAi === 1 ? 0 : 2,
    withAi,
    0,
    Math.floor(within / 5) % 5,
    1,
    0,
    0,
    1,
    0,
    0,
    1,
    255,
    0,
    255,
  )
  return [
    ...[tenantId, repository, index + 1, person, readyAt, readyAt, mergedAt],
    ...[asOf, Math.min(mergedAt, asOf - 1), 3_600, 7_200, 1_800, hours * 3_600, 1, 0, 1, 10, 2, 0],
    ...[codes, '2026-11-22', asOf, 'null'],
  ]
}

/** Writes rows of so many changes straight into the store. */
export async function fillSqlite(file: string, size: number): Promise<void> {
  const database = new DatabaseSync(file)
  const values = columns.map(() => '?').join()
  const insert = database.prepare(`insert into changes (${columns.join()}) values (${values})`)
  database.exec('begin')
  for (let index = 0; index < size; index += 1) insert.run(...rowOf(index))
  database.exec('commit')
  database.close()
}

/** Rows of one statement. */
const batch = 2_000

export async function fillPostgres(url: string, size: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('begin')
  await client.query(`select set_config('what_shipped.tenant', '${tenantId}', true)`)
  for (let start = 0; start < size; start += batch) {
    const rows = Array.from({ length: Math.min(batch, size - start) }, (_, at) => rowOf(start + at))
    const values = rows
      .map((row, at) => `(${row.map((_, column) => `$${at * row.length + column + 1}`).join()})`)
      .join()
    await client.query(`insert into changes (${columns.join()}) values ${values}`, rows.flat())
  }
  await client.query('commit')
  await client.query('vacuum analyze changes')
  await client.end()
}
