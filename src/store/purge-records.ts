import { type RawBuilder, sql } from 'kysely'
import { deleteRows } from './delete-rows.ts'
import type { Engine } from './engine/engine.ts'
import { forgetDerived, forgetSaid } from './facts/forget-change.ts'
import { deleteKeys } from './facts/record-keys.ts'

/** Records of one transaction. */
const batchSize = 100

/**
 * Deletes records with all that was made of them.
 *
 * @param condition in SQL, of the records alone
 * @returns how many
 */
export async function purgeRecords(
  engine: Engine,
  tenantId: number,
  condition: RawBuilder<boolean>,
): Promise<number> {
  let count = 0
  for (;;) {
    const deleted = await engine.write({ tenant: tenantId }, async (queries) => {
      const places = await queries
        .selectFrom('records')
        .select(['repositoryId', 'number', 'sha'])
        .where('tenantId', '=', tenantId)
        .where(condition)
        .limit(batchSize)
        .execute()
      for (const { repositoryId, number, sha } of places) {
        await deleteKeys({ queries, tenantId }, { repositoryId, number, sha })
        await forgetDerived({ queries, tenantId }, repositoryId, number)
        await forgetSaid({ queries, tenantId }, repositoryId, number)
        await queries
          .deleteFrom('records')
          .where('tenantId', '=', tenantId)
          .where('repositoryId', '=', repositoryId)
          .where('number', '=', number)
          .where('sha', '=', sha)
          .execute()
      }
      return places.length
    })
    count += deleted
    if (deleted < batchSize) return count
  }
}

/**
 * Deletes repositories that were removed before a time, with everything that is kept of them.
 *
 * @returns how many records they had
 */
export async function purgeRepositories(
  engine: Engine,
  tenantId: number,
  removedBefore: number,
): Promise<number> {
  const scope = { tenant: tenantId }
  const removed = await engine.read(scope, (queries) =>
    queries
      .selectFrom('repositories')
      .select('repositoryId')
      .where('tenantId', '=', tenantId)
      .where('state', '=', 'removed')
      .where('removedAt', '<', removedBefore)
      .execute(),
  )
  let count = 0
  for (const { repositoryId } of removed) {
    count += await purgeRecords(engine, tenantId, sql`repository_id = ${repositoryId}`)
    const ofRepository = sql`tenant_id = ${tenantId} and repository_id = ${repositoryId}`
    for (const table of ['snapshots', 'repositories'] as const) {
      await deleteRows(engine, scope, table, ofRepository)
    }
  }
  return count
}
