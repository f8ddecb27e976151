import type { NewJob } from './contract/inbox.ts'
import type { StoreSurroundings } from './contract/store.ts'
import type { TenantStore } from './contract/tenant-store.ts'
import { SYSTEM_TENANT } from './contract/tenants.ts'
import type { Engine, Queries } from './engine/engine.ts'
import { createFacts } from './facts/facts.ts'
import { enqueueAll } from './queue/enqueue.ts'
import { holdsTurn } from './queue/turns.ts'
import { LeaseLostError, StoreError, UnknownTenantError } from './store-error.ts'

/** What is kept of one tenant. Its writers go one after the other. */
export function createTenantStore(
  engine: Engine,
  { now, random }: StoreSurroundings,
  tenantId: number,
): TenantStore {
  const scope = { tenant: tenantId }
  const facts = (queries: Queries) => createFacts({ queries, tenantId, now, random })
  return {
    read: (work) => engine.read(scope, (queries) => work(facts(queries))),
    write: (lease, work) =>
      engine.write(scope, async (queries) => {
        if (lease !== null && !(await holdsTurn(engine, queries, { tenantId, ...lease }))) {
          throw new LeaseLostError('the job was claimed by somebody else: its results are left out')
        }
        await lockTenant(engine, queries, tenantId)
        const following: NewJob[] = []
        const result = await work(facts(queries), (jobs) => following.push(...jobs))
        if (following.some((job) => job.tenantId !== tenantId)) {
          throw new StoreError('a job of another tenant was asked for: nothing is written')
        }
        await enqueueAll(queries, following, now())
        return result
      }),
    pseudonymKey: () =>
      engine.read(scope, async (queries) => {
        const row = await queries
          .selectFrom('tenantKeys')
          .select('key')
          .where('tenantId', '=', tenantId)
          .executeTakeFirst()
        if (row === undefined) throw unknownTenant()
        return row.key
      }),
  }
}

async function lockTenant(engine: Engine, queries: Queries, tenantId: number): Promise<void> {
  if (tenantId === SYSTEM_TENANT) return
  const tenant = await queries
    .selectFrom('tenants')
    .select('tenantId')
    .where('tenantId', '=', tenantId)
    .$if(engine.name === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst()
  if (tenant === undefined) throw unknownTenant()
}

function unknownTenant(): UnknownTenantError {
  return new UnknownTenantError('the tenant is not known, or was erased: nothing is written for it')
}
