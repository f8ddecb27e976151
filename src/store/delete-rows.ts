import { type RawBuilder, sql } from 'kysely'
import type { Engine, Scope } from './engine/engine.ts'
import type { Database } from './schema/database.ts'

/** Rows of one transaction: acknowledgements of the embedded database wait for it. */
const batchSize = 500

/**
 * Deletes rows in small transactions, so that nobody waits long.
 *
 * @param condition in SQL, of the table alone
 * @returns how many
 */
export async function deleteRows(
  engine: Engine,
  scope: Scope,
  table: keyof Database,
  condition: RawBuilder<unknown>,
): Promise<number> {
  // What each engine calls the place of a row.
  const place = sql.raw(engine.name === 'postgres' ? 'ctid' : 'rowid')
  let count = 0
  for (;;) {
    const { numAffectedRows = 0n } = await engine.write(scope, (queries) =>
      sql`
        delete from ${sql.table(table)} where ${place} in (
          select ${place} from ${sql.table(table)} where ${condition} limit ${batchSize}
        )
      `.execute(queries),
    )
    count += Number(numAffectedRows)
    if (numAffectedRows < BigInt(batchSize)) return count
  }
}
