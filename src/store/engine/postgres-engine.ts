import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { StoreLocation, StoreSurroundings } from '../contract/store.ts'
import { migratePostgres } from '../schema/migrate-postgres.ts'
import { APP_ROLE } from '../schema/row-security.ts'
import type { Engine, Queries, Scope } from './engine.ts'
import { explainFailure, isBrokenOff } from './explain-failure.ts'
import { oneTransaction } from './one-transaction.ts'
import { type Connections, openPools } from './postgres-pools.ts'

type PostgresLocation = Extract<StoreLocation, { engine: 'postgres' }>
type Random = StoreSurroundings['random']

/** How often a transaction is done that the database breaks off, to end a deadlock for instance. */
const mostTries = 4
/** Before the second try at most so long, doubled each time, milliseconds: those that met should not meet again. */
const firstPause = 50

/** PostgreSQL: any number of processes. */
export async function openPostgres(location: PostgresLocation, random: Random): Promise<Engine> {
  try {
    await migratePostgres(location)
  } catch (error) {
    throw explainFailure(error)
  }
  return postgresEngine(location, random)
}

/** Without looking at the schema: for a thread of a process that did. */
export function postgresEngine(location: PostgresLocation, random: Random): Engine {
  const pools = openPools(location)
  return {
    name: 'postgres',
    write: (scope, work) => {
      const { database, patience } = scope.short ? pools.short : pools.usual
      return transact(random, () =>
        database
          .transaction()
          .setIsolationLevel('read committed')
          .execute((queries) => scoped(queries, scope, patience, work)),
      )
    },
    read: (scope, work) => {
      const { database, patience } = pools.usual
      return transact(random, () =>
        database
          .transaction()
          .setIsolationLevel('repeatable read')
          .setAccessMode('read only')
          .execute((queries) => scoped(queries, scope, patience, work)),
      )
    },
    // The server cleans up after itself (VACUUM).
    forget: async () => {},
    close: async () => {
      await Promise.all(Object.values(pools).map(({ database }) => database.destroy()))
    },
  }
}

/** All of it ends with the transaction: as whom it runs, whose rows it sees, and how long its statements may take. */
async function scoped<T>(
  queries: Queries,
  { tenant, queue }: Scope,
  { statement, idleInTransaction }: Connections['patience'],
  work: (queries: Queries) => Promise<T>,
): Promise<T> {
  await sql`select
    set_config('role', ${APP_ROLE}, true),
    set_config('statement_timeout', ${String(statement)}, true),
    set_config('idle_in_transaction_session_timeout', ${String(idleInTransaction)}, true),
    set_config('what_shipped.tenant', ${tenant === undefined ? '' : String(tenant)}, true),
    set_config('what_shipped.scope', ${queue === true ? 'queue' : ''}, true)`.execute(queries)
  return await work(queries)
}

async function transact<T>(random: Random, work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await oneTransaction(work)
    } catch (error) {
      if (!isBrokenOff(error) || tries === mostTries) throw explainFailure(error)
      const [chance = 0] = random(1)
      await wait((firstPause * 2 ** (tries - 1) * chance) / 255)
    }
  }
}
