import { type RawBuilder, sql } from 'kysely'
import { countedSince } from '../comparison/index.ts'
import type { StoreSurroundings } from './contract/store.ts'
import { deleteRows } from './delete-rows.ts'
import type { Engine } from './engine/engine.ts'
import { forgetDerived, forgetSaid } from './facts/forget-change.ts'
import { deleteKeys } from './facts/record-keys.ts'
import { createStays } from './facts/stays.ts'

/** Records of one transaction. */
const batchSize = 100

/**
 * Deletes records with all that was made of them, but for what of them is counted in a report that was published.
 *
 * @param condition in SQL, of the records alone
 * @returns how many
 */
export async function purgeRecords(
  engine: Engine,
  { now, random }: StoreSurroundings,
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
        const tenant = { queries, tenantId, random }
        await deleteKeys(tenant, { repositoryId, number, sha })
        await forgetDerived(tenant, repositoryId, number, now())
        await forgetSaid(tenant, repositoryId, number)
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

/** What a repository is that was never read. */
const unread = {
  watermark: null,
  checkpoint: null,
  pageSize: null,
  backfilledAt: null,
  total: null,
  read: null,
  labelledElsewhereAt: null,
  countedFrom: null,
} as const

/**
 * Deletes what stands for changes whose records are gone, once no report reaches back to it.
 */
export async function purgeStripped(engine: Engine, tenantId: number, now: number): Promise<void> {
  const isOver = sql`coalesce(merged_at, ready_at) < ${countedSince(now)}`
  const stripped = sql`tenant_id = ${tenantId} and number < 0`
  await deleteRows(engine, { tenant: tenantId }, 'changes', sql`${stripped} and ${isOver}`)
}

/**
 * Deletes repositories that were removed before a time, with everything that is kept of them, but for what of them is counted. Of those that an owner chose not to
 * track the name stays, so that they can be chosen again.
 *
 * @returns how many records they had
 */
export async function purgeRepositories(
  engine: Engine,
  surroundings: StoreSurroundings,
  tenantId: number,
  removedBefore: number,
): Promise<number> {
  const scope = { tenant: tenantId }
  const removed = await engine.read(scope, (queries) =>
    queries
      .selectFrom('repositories')
      .select(['repositoryId', 'state', 'removedAt', 'watermark', 'countedFrom'])
      .where('tenantId', '=', tenantId)
      .where('state', '!=', 'active')
      .where('removedAt', '<', removedBefore)
      .execute(),
  )
  let count = 0
  for (const { repositoryId, state, removedAt, watermark, countedFrom } of removed) {
    const ofRepository = sql`tenant_id = ${tenantId} and repository_id = ${repositoryId}`
    if (countedFrom === null) {
      await deleteRows(engine, scope, 'changes', sql`${ofRepository} and left_at is null`)
    } else {
      // No snapshot was made since it was removed.
      await engine.write(scope, (queries) =>
        createStays({ ...surroundings, queries, tenantId }).end(
          repositoryId,
          watermark ?? removedAt ?? surroundings.now(),
        ),
      )
    }
    const isOfIt = sql<boolean>`repository_id = ${repositoryId}`
    count += await purgeRecords(engine, surroundings, tenantId, isOfIt)
    await deleteRows(engine, scope, 'snapshots', ofRepository)
    if (state === 'untracked') {
      await engine.write(scope, (queries) =>
        queries
          .updateTable('repositories')
          .set(unread)
          .where('tenantId', '=', tenantId)
          .where('repositoryId', '=', repositoryId)
          .where('state', '=', 'untracked')
          .execute(),
      )
    } else {
      await deleteRows(engine, scope, 'repositories', ofRepository)
    }
  }
  return count
}
