import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { StoreLocation } from '../contract/store.ts'
import { postgresTypes } from '../engine/postgres-types.ts'
import { StoreError } from '../store-error.ts'
import {
  firstState,
  pendingMigrations,
  readState,
  type SchemaState,
  stateTable,
  writeState,
} from './migrate.ts'
import type { Migration } from './migrations.ts'
import { APP_ROLE, secureTable } from './row-security.ts'

type PostgresLocation = Extract<StoreLocation, { engine: 'postgres' }>

/** Whoever migrates this database takes this lock first. Any number that nobody else uses. */
const lock = 7_460_253_118
const oldestVersion = 150_000
const connectionPatience = 5_000
/**
 * Milliseconds for a lock that others hold, less than the second after which PostgreSQL looks for deadlocks: whoever comes after
 * waits too, and older versions go on working meanwhile.
 */
const lockPatience = 500
const pauseBetween = 500
const mostTries = 60

/**
 * Brings the schema up to date, all of it or nothing: of several processes that start at once, one does it. Where those that run
 * hold what it has to change, it lets them go on and begins again.
 */
export async function migratePostgres(
  location: PostgresLocation,
  known?: readonly Migration[],
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await migrateAtOnce(location, known)
    } catch (error) {
      if (!isHeldUp(error) || tries === mostTries) throw error
      await wait(pauseBetween)
    }
  }
}

async function migrateAtOnce(
  { url, migrationUrl = url }: PostgresLocation,
  known: readonly Migration[] | undefined,
): Promise<void> {
  const client = connectTo(migrationUrl)
  // Where the connection breaks, the next query fails.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(${lock})`)
    await client.query(`set local lock_timeout = ${lockPatience}`)
    await migrate(client, connectTo(url).user ?? '', known)
    await client.query('commit')
  } catch (error) {
    throw explainRefusal(error, client.user ?? '')
  } finally {
    // Where something went wrong, the end of the connection rolls back.
    await client.end()
  }
}

/** A lock was not to be had in time, or others waited for the migration in turn. */
function isHeldUp(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return code === '55P03' || code === '40P01'
}

/** PostgreSQL's state where a user may not do what was asked. */
const notAllowed = '42501'

function explainRefusal(error: unknown, user: string): unknown {
  return (error as { code?: unknown }).code === notAllowed ? mayNotChange(user, error) : error
}

function mayNotChange(user: string, cause?: unknown): StoreError {
  return new StoreError(
    `the schema has to be brought up to date, and ${user} may not change it: give the owner of the database as ` +
      'MIGRATION_DATABASE_URL',
    { cause },
  )
}

function connectTo(url: string): pg.Client {
  return new pg.Client({
    connectionString: url,
    types: postgresTypes,
    connectionTimeoutMillis: connectionPatience,
  })
}

async function migrate(client: pg.Client, user: string, known: readonly Migration[] | undefined) {
  const version = await readVersion(client)
  const pending = pendingMigrations(await stateOf(client), known)
  if (pending.length === 0) return
  await checkRights(client)
  // From 16 on, a member may need a right of its own to act as the role.
  await makeRole(client, user, version >= 160_000 ? 'set' : 'member')
  if ((await stateOf(client)) === null) {
    await client.query(stateTable)
    await client.query(firstState)
    await client.query(`grant select on schema_state to ${APP_ROLE}`)
    await grantSchema(client)
  }
  for (const migration of pending) {
    for (const statement of migration.statements({ bytes: 'bytea' })) await client.query(statement)
    for (const statement of migration.postgres ?? []) await client.query(statement)
    for (const [table, kind] of Object.entries(migration.tables)) {
      for (const statement of secureTable(table, kind)) await client.query(statement)
    }
    await client.query(writeState(migration))
  }
}

async function readVersion(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  )
  const version = rows[0]?.version ?? 0
  if (version >= oldestVersion) return version
  throw new StoreError('the database is older than PostgreSQL 15: upgrade it first')
}

async function checkRights(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ may: boolean | null }>(
    `select has_schema_privilege(current_schema(), 'create') as may`,
  )
  if (rows[0]?.may !== true) throw mayNotChange(client.user ?? '')
}

async function stateOf(client: pg.Client): Promise<SchemaState | null> {
  const { rows } = await client.query(`select to_regclass('schema_state') is not null as exists`)
  if (rows[0]?.exists !== true) return null
  const state = await client.query<SchemaState>(readState)
  return state.rows[0] ?? null
}

/** Roles belong to the whole server: another database's migration may make it at the same moment. */
async function makeRole(client: pg.Client, user: string, right: 'set' | 'member'): Promise<void> {
  try {
    await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${APP_ROLE}') then
        create role ${APP_ROLE} nologin;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$`)
    const { rows } = await client.query(
      `select pg_has_role($1, '${APP_ROLE}', '${right}') as may`,
      [user],
    )
    if (rows[0]?.may !== true) {
      await client.query(`grant ${APP_ROLE} to ${pg.escapeIdentifier(user)}`)
    }
  } catch (error) {
    throw new StoreError(
      `the role ${APP_ROLE} could not be made or given to ${user}: let an administrator of the database run ` +
        `"CREATE ROLE ${APP_ROLE} NOLOGIN; GRANT ${APP_ROLE} TO ${pg.escapeIdentifier(user)}", then start again`,
      { cause: error },
    )
  }
}

async function grantSchema(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select current_schema() as name')
  const schema = pg.escapeIdentifier(rows[0]?.name ?? 'public')
  await client.query(`grant usage on schema ${schema} to ${APP_ROLE}`)
}
