import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeSnapshots } from '../src/app/snapshots/make-snapshots.ts'
import { indexRegistry, shippedRegistry } from '../src/provenance/index.ts'
import { openReader, openStore, type StoreLocation } from '../src/store/index.ts'
import { OwnServer, postgresPrograms } from '../test/support/postgres.ts'
import {
  addAccount,
  asOf,
  fillPostgres,
  fillSqlite,
  repositories,
  tenantId,
} from './app/filled-store.ts'
import { atMost, type Figure } from './figure.ts'

const day = 24 * 60 * 60 * 1_000
const marks = indexRegistry(shippedRegistry())
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
  await addAccount(store)
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
