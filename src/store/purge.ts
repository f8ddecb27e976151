import { sql } from 'kysely'
import type { PurgeCounts, PurgeLimits, StoreSurroundings } from './contract/store.ts'
import { SYSTEM_TENANT } from './contract/tenants.ts'
import { deleteRows } from './delete-rows.ts'
import type { Engine } from './engine/engine.ts'
import { eraseTenant } from './erase-tenant.ts'
import { purgeRecords, purgeRepositories } from './purge-records.ts'

const queue = { queue: true } as const

/** Deletes what has been kept for long enough. It may be broken off, and begun again. */
export async function purge(
  engine: Engine,
  surroundings: StoreSurroundings,
  limits: PurgeLimits,
): Promise<PurgeCounts> {
  const { bodiesBefore, factsBefore, auditBefore, sessionsBefore, removedBefore } = limits
  const tenants = await purgeTenants(engine, surroundings, removedBefore)
  const perTenant = { records: 0, audit: 0, tokens: 0 }
  for (const tenantId of await tenantIds(engine)) {
    const scope = { tenant: tenantId }
    const ofTenant = sql`tenant_id = ${tenantId}`
    perTenant.records += await purgeRepositories(engine, tenantId, removedBefore)
    perTenant.records += await purgeRecords(engine, tenantId, sql`active_at < ${factsBefore}`)
    perTenant.audit += await deleteRows(
      engine,
      scope,
      'audit',
      sql`${ofTenant} and at < ${auditBefore}`,
    )
    perTenant.tokens += await deleteRows(
      engine,
      scope,
      'tokens',
      sql`${ofTenant} and expires_at < ${sessionsBefore}`,
    )
  }
  const deliveries = sql`received_at < ${bodiesBefore} and state <> 'waiting'`
  await deleteRows(
    engine,
    queue,
    'bodies',
    sql`delivery_id in (select delivery_id from inbox where ${deliveries})`,
  )
  return {
    ...perTenant,
    tenants,
    deliveries: await deleteRows(engine, queue, 'inbox', deliveries),
    jobs: await deleteRows(engine, queue, 'jobs', sql`died_at < ${factsBefore} and state = 'dead'`),
    sessions: await deleteRows(
      engine,
      {},
      'sessions',
      sql`seen_at < ${sessionsBefore} or expires_at < ${sessionsBefore}`,
    ),
  }
}

async function purgeTenants(
  engine: Engine,
  surroundings: StoreSurroundings,
  removedBefore: number,
): Promise<number> {
  const removed = await engine.read(queue, (queries) =>
    queries
      .selectFrom('tenants')
      .select('tenantId')
      .where('state', '=', 'removed')
      .where('removedAt', '<', removedBefore)
      .orderBy('tenantId')
      .execute(),
  )
  for (const { tenantId } of removed)
    await eraseTenant(engine, surroundings, { tenantId, by: null })
  return removed.length
}

async function tenantIds(engine: Engine): Promise<number[]> {
  const rows = await engine.read(queue, (queries) =>
    queries.selectFrom('tenants').select('tenantId').orderBy('tenantId').execute(),
  )
  return [SYSTEM_TENANT, ...rows.map(({ tenantId }) => tenantId)]
}
