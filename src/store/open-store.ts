import { sql } from 'kysely'
import type { Store, StoreLocation, StoreReader, StoreSurroundings } from './contract/store.ts'
import type { Engine } from './engine/engine.ts'
import { inTime } from './engine/in-time.ts'
import { openPostgres, postgresEngine } from './engine/postgres-engine.ts'
import { openSqlite, sqliteReader } from './engine/sqlite-engine.ts'
import { createFacts } from './facts/facts.ts'
import { measure } from './measure.ts'
import { checkClock, purge } from './purge.ts'
import { createInbox } from './queue/inbox.ts'
import { createJobs } from './queue/jobs.ts'
import { createSessions } from './sessions.ts'
import { createTenantStore } from './tenant-store.ts'
import { createTenants } from './tenants.ts'

/**
 * Opens the store, and brings its schema up to date first.
 *
 * @throws StoreError where the database is too new for this version, or of SQLite in use by another process
 * @throws StoreUnavailableError where the database does not answer
 */
export async function openStore(
  location: StoreLocation,
  surroundings: StoreSurroundings,
): Promise<Store> {
  const engine =
    location.engine === 'sqlite'
      ? openSqlite(location)
      : await openPostgres(location, surroundings.random)
  const { now } = surroundings
  let closing: Promise<void> | undefined
  return {
    engine: engine.name,
    inbox: createInbox(engine, now),
    jobs: createJobs(engine, now),
    tenants: createTenants(engine, surroundings),
    sessions: createSessions(engine, now),
    tenant: (id) => createTenantStore(engine, surroundings, id),
    ping: () => inTime(ping(engine)),
    measure: () => engine.read({ queue: true }, measure),
    purge: (limits) => purge(engine, surroundings, limits),
    checkClock: () => checkClock(engine, surroundings.now()),
    close: () => {
      closing ??= engine.close()
      return closing
    },
  }
}

/** Opens the store of a process that has it open already, for a thread of its own that only reads. */
export function openReader(
  location: StoreLocation,
  { now, random }: StoreSurroundings,
): StoreReader {
  const engine =
    location.engine === 'sqlite'
      ? sqliteReader(location.file)
      : postgresEngine({ ...location, connections: 1 }, random)
  return {
    tenant: (tenantId) => ({
      read: (work) =>
        engine.read({ tenant: tenantId }, (queries) =>
          work(createFacts({ queries, tenantId, now, random })),
        ),
    }),
    close: () => engine.close(),
  }
}

/** Asks the connection that writes: one that only reads may still answer where that one hangs. */
async function ping(engine: Engine): Promise<void> {
  await engine.write({ short: true }, (queries) =>
    sql`select version from schema_state`.execute(queries),
  )
}
