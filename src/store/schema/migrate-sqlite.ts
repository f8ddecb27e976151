import type { DatabaseSync } from 'node:sqlite'
import {
  firstState,
  pendingMigrations,
  readState,
  SchemaStateSchema,
  stateTable,
  writeState,
} from './migrate.ts'
import type { Migration } from './migrations.ts'

/** Brings the schema up to date, all of it or nothing. */
export function migrateSqlite(database: DatabaseSync, known?: readonly Migration[]): void {
  database.exec('begin immediate')
  try {
    const isNew =
      database.prepare(`select 1 from sqlite_schema where name = 'schema_state'`).get() ===
      undefined
    if (isNew) for (const statement of [stateTable, firstState]) database.exec(statement)
    const state = SchemaStateSchema.parse(database.prepare(readState).get())
    for (const migration of pendingMigrations(state, known)) {
      for (const statement of migration.statements({ bytes: 'blob' })) database.exec(statement)
      database.exec(writeState(migration))
    }
    database.exec('commit')
  } catch (error) {
    if (database.isTransaction) database.exec('rollback')
    database.close()
    throw error
  }
}
