import { sql } from 'kysely'
import type { PurgeCounts, PurgeLimits, StoreSurroundings } from './contract/store.ts'
import { SYSTEM_TENANT } from './contract/tenants.ts'
import { deleteRows } from './delete-rows.ts'
import type { Engine } from './engine/engine.ts'
import { eraseTenant } from './erase-tenant.ts'
import { purgeRecords, purgeRepositories, purgeStripped } from './purge-records.ts'
import { ClockError } from './store-error.ts'

const queue = { queue: true } as const
/**
 * Deliveries come in nearly every day, and where none does, the last ones are gone after a week and the day until the next purge: one
 * that is older than this, in milliseconds, tells of a clock that jumped, or of a process that stood still and gets its next delivery
 * soon. Where there is none at all, nothing can be told.
 */
const longestSilence = 10 * 24 * 60 * 60 * 1_000

/**
 * Deletes what has been kept for long enough. It may be broken off, and begun again.
 *
 * @throws ClockError where the clock is further ahead of the newest delivery than any silence lasts
 */
export async function purge(
  engine: Engine,
  surroundings: StoreSurroundings,
  limits: PurgeLimits,
): Promise<PurgeCounts> {
  const { bodiesBefore, factsBefore, auditBefore, sessionsBefore, removedBefore } = limits
  await checkClock(engine, surroundings.now())
  const tenants = await purgeTenants(engine, surroundings, removedBefore)
  const perTenant = { records: 0, audit: 0, tokens: 0 }
  for (const tenantId of await tenantIds(engine)) {
    const scope = { tenant: tenantId }
    const ofTenant = sql`tenant_id = ${tenantId}`
    perTenant.records += await purgeRepositories(engine, surroundings, tenantId, removedBefore)
    perTenant.records += await purgeRecords(
      engine,
      surroundings,
      tenantId,
      sql`active_at < ${limits.factsBeforeOf?.get(tenantId) ?? factsBefore} and state <> 'open'`,
    )
    await purgeStripped(engine, tenantId, surroundings.now())
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
  await emptyDeadJobs(engine, bodiesBefore)
  const counts = {
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
  await engine.forget()
  return counts
}

/** @throws ClockError where the clock is further ahead of the newest delivery than any silence lasts */
export async function checkClock(engine: Engine, now: number): Promise<void> {
  const { newest } = await engine.read(queue, (queries) =>
    queries
      .selectFrom('inbox')
      .select(({ fn }) => fn.max<number | null>('receivedAt').as('newest'))
      .executeTakeFirstOrThrow(),
  )
  if (newest === null || now - newest <= longestSilence) return
  throw new ClockError(
    `nothing is deleted or published: it is ${new Date(now).toISOString()} here, and the newest delivery came at ` +
      `${new Date(newest).toISOString()}. Set the clock right; if it is, the next delivery shows it`,
  )
}

/** What a dead job was to do may name a person, as the deliveries do that it came from. */
async function emptyDeadJobs(engine: Engine, diedBefore: number): Promise<void> {
  await engine.write(queue, (queries) =>
    queries
      .updateTable('jobs')
      .set({ payload: null })
      .where('state', '=', sql.lit('dead'))
      .where('diedAt', '<', diedBefore)
      .where('payload', 'is not', null)
      .execute(),
  )
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
