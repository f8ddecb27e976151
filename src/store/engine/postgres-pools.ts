import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { StoreLocation } from '../contract/store.ts'
import type { Database } from '../schema/database.ts'
import { postgresTypes } from './postgres-types.ts'

/** How long is waited, milliseconds. */
interface Patience {
  /** For a connection, new or one that others give back. */
  readonly connection: number
  readonly statement: number
  /** Until a reply is no longer expected: the connection is thrown away, after as long again for the end of the transaction. */
  readonly reply: number
  /** Of a process that was stopped in the middle of a transaction: others wait for its locks. */
  readonly idleInTransaction: number
}

/** Some connections of a process, and how patient one is with them. */
export interface Connections {
  readonly database: Kysely<Database>
  readonly patience: Patience
}

const usual: Patience = {
  connection: 5_000,
  statement: 60_000,
  reply: 65_000,
  idleInTransaction: 30_000,
}
/** For deliveries, of which GitHub is told after two seconds that they were not taken. */
const short: Patience = {
  connection: 2_000,
  statement: 2_500,
  reply: 3_000,
  idleInTransaction: 5_000,
}
const defaultConnections = 10
/** One writes while two hang, or answer who asks whether the database is there. */
const mostForDeliveries = 3

/**
 * Connections of a process, those for deliveries apart: what hangs elsewhere holds up none. Nothing is said to the server before a
 * transaction, nor kept after it, so that a pooler may give each transaction another connection.
 */
export function openPools({
  url,
  connections = defaultConnections,
}: Extract<StoreLocation, { engine: 'postgres' }>): Record<'usual' | 'short', Connections> {
  const forDeliveries = Math.min(mostForDeliveries, Math.max(1, Math.floor(connections / 2)))
  return {
    usual: openPool(url, Math.max(1, connections - forDeliveries), usual),
    short: openPool(url, forDeliveries, short),
  }
}

function openPool(url: string, most: number, patience: Patience): Connections {
  const pool = new pg.Pool({
    connectionString: url,
    max: most,
    connectionTimeoutMillis: patience.connection,
    query_timeout: patience.reply,
    keepAlive: true,
    application_name: 'what-shipped',
    types: postgresTypes,
  })
  // A connection broke. Whoever uses it gets an error of their own, and whoever asks next another connection.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const database = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  return { database, patience }
}
