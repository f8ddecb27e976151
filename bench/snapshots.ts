import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { makeSnapshots } from '../src/app/snapshots/make-snapshots.ts'
import { indexRegistry, shippedRegistry } from '../src/provenance/index.ts'
import { openReader, openStore, type StoreLocation } from '../src/store/index.ts'
import { OwnServer, postgresPrograms } from '../test/support/postgres.ts'
import { atMost, type Figure } from './figure.ts'

const day = 24 * 60 * 60 * 1_000
const asOf = Date.UTC(2026, 5, 8)
const marks = indexRegistry(shippedRegistry())
const tenantId = 1
const repositories = 50
const people = 2_000
const sizes = [100_000, 1_000_000]
/** Seconds for the most changes; a tenth of them may take a tenth of it, and a second more. */
const limits = [1.5, 5]

/** How long the snapshots of a week take, of an organisation and of its 50 repositories, out of the rows of the last 26 weeks. */
export async function benchSnapshots(): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [index, size] of sizes.entries()) {
    const folder = await mkdtemp(join(tmpdir(), 'what-shipped-bench-'))
    const file = join(folder, 'store.sqlite')
    const server = postgresPrograms === undefined ? undefined : new OwnServer()
    try {
      const sqlite = await seconds({ engine: 'sqlite', file }, () => fillSqlite(file, size))
      figures.push(figureOf('SQLite', size, sqlite, limits[index] ?? 0))
      if (server === undefined) continue
      const { url } = server
      const postgres = await seconds({ engine: 'postgres', url }, () => fillPostgres(url, size))
      figures.push(figureOf('PostgreSQL', size, postgres, limits[index] ?? 0))
    } finally {
      server?.remove()
      await rm(folder, { recursive: true })
    }
  }
  return figures
}

function figureOf(engine: string, size: number, value: number, limit: number): Figure {
  const name = `snapshots of ${size.toLocaleString('en')} changes in ${repositories} repositories on ${engine}`
  return atMost(name, value, 's', 'nothing else makes them', limit)
}

async function seconds(location: StoreLocation, fill: () => Promise<void>): Promise<number> {
  const surroundings = { now: () => asOf, random: (size: number) => randomBytes(size) }
  const store = await openStore(location, surroundings)
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
  await store.close()
  await fill()
  const reader = openReader(location, surroundings)
  try {
    const start = performance.now()
    const made = await reader
      .tenant(tenantId)
      .read((facts) => makeSnapshots(facts, { marks, login: 'acme', asOf, now: asOf + day }))
    const taken = (performance.now() - start) / 1_000
    if (made?.snapshots.length !== 1 + repositories) throw new Error('some snapshots were not made')
    return taken
  } finally {
    await reader.close()
  }
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
  const withAi = (index * 13) % 5 < 2 ? 1 : 0
  const repository = 1 + (index % repositories)
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
    index % 5,
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

async function fillSqlite(file: string, size: number): Promise<void> {
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

async function fillPostgres(url: string, size: number): Promise<void> {
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
