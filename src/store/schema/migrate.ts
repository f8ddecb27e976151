import * as z from 'zod'
import { StoreError } from '../store-error.ts'
import { type Migration, migrations } from './migrations.ts'

/** What a database says of its schema. */
export const SchemaStateSchema = z.object({
  version: z.int(),
  /** Oldest version of this program's schema that may use it. */
  minimum: z.int(),
})
export type SchemaState = z.infer<typeof SchemaStateSchema>

/**
 * The steps that a database still needs.
 *
 * @param state null: it is empty
 * @throws StoreError where the database is too new for this version
 */
export function pendingMigrations(
  state: SchemaState | null,
  known: readonly Migration[] = migrations,
): readonly Migration[] {
  const own = known.at(-1)?.version ?? 0
  if (state !== null && state.minimum > own) {
    throw new StoreError(
      `the database has schema ${state.version}, which needs at least schema ${state.minimum}, and this version of ` +
        `What Shipped knows schema ${own}: start the newer version, or restore a backup from before the upgrade`,
    )
  }
  return known.filter(({ version }) => version > (state?.version ?? 0))
}

export const stateTable = `create table schema_state (
  id bigint primary key,
  version bigint not null,
  minimum bigint not null
)`
export const readState = 'select version, minimum from schema_state where id = 1'
export const firstState = 'insert into schema_state (id, version, minimum) values (1, 0, 0)'

export function writeState({ version, minimum }: SchemaState): string {
  return `update schema_state set version = ${version}, minimum = ${minimum} where id = 1`
}
