import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { StoreLocation } from '../contract/store.ts'
import type { Database } from '../schema/database.ts'
import { migratePostgres } from '../schema/migrate-postgres.ts'
import { APP_ROLE } from '../schema/row-security.ts'
import type { Engine, Queries, Scope } from './engine.ts'
import { explainFailure, isBrokenOff } from './explain-failure.ts'
import { oneTransaction } from './one-transaction.ts'
import { postgresTypes } from './postgres-types.ts'

type PostgresLocation = Extract<StoreLocation, { engine: 'postgres' }>

/** Milliseconds. */
const patience = {
  /** For a connection, new or one that others give back. */
  connection: 5_000,
  statement: 60_000,
  /** Until a reply is no longer expected: the connection is then thrown away. */
  reply: 65_000,
  /** Of a process that was stopped in the middle of a transaction: others wait for its locks. */
  idleInTransaction: 30_000,
}
const defaultConnections = 10
/** How often a transaction is done that the database breaks off, to end a deadlock for instance. */
const mostTries = 4

/** PostgreSQL: any number of processes. */
export async function openPostgres(location: PostgresLocation): Promise<Engine> {
  try {
    await migratePostgres(location)
  } catch (error) {
    throw explainFailure(error)
  }
  return postgresEngine(location)
}

/** Without looking at the schema: for a thread of a process that did. */
export function postgresEngine({
  url,
  connections = defaultConnections,
}: PostgresLocation): Engine {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: patience.connection,
    statement_timeout: patience.statement,
    query_timeout: patience.reply,
    idle_in_transaction_session_timeout: patience.idleInTransaction,
    keepAlive: true,
    application_name: 'what-shipped',
    types: postgresTypes,
    // The pool waits for it, and drops the connection where it fails.
    onConnect: (client) => client.query(`set role ${APP_ROLE}`),
  })
  // A connection broke. Whoever uses it gets an error of their own, and whoever asks next another connection.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const database = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  return {
    name: 'postgres',
    write: (scope, work) =>
      transact(() =>
        database
          .transaction()
          .setIsolationLevel('read committed')
          .execute((queries) => scoped(queries, scope, work)),
      ),
    read: (scope, work) =>
      transact(() =>
        database
          .transaction()
          .setIsolationLevel('repeatable read')
          .setAccessMode('read only')
          .execute((queries) => scoped(queries, scope, work)),
      ),
    // The server cleans up after itself (VACUUM).
    forget: async () => {},
    close: () => database.destroy(),
  }
}

async function scoped<T>(
  queries: Queries,
  { tenant, queue }: Scope,
  work: (queries: Queries) => Promise<T>,
): Promise<T> {
  await sql`select
    set_config('what_shipped.tenant', ${tenant === undefined ? '' : String(tenant)}, true),
    set_config('what_shipped.scope', ${queue === true ? 'queue' : ''}, true)`.execute(queries)
  return await work(queries)
}

async function transact<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await oneTransaction(work)
    } catch (error) {
      if (!isBrokenOff(error) || tries === mostTries) throw explainFailure(error)
    }
  }
}
