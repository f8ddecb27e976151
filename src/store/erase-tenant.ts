import { sql } from 'kysely'
import type { StoreSurroundings } from './contract/store.ts'
import { SYSTEM_TENANT } from './contract/tenants.ts'
import { deleteRows } from './delete-rows.ts'
import type { Engine } from './engine/engine.ts'
import { createAudit } from './facts/audit.ts'
import { tenantTables } from './schema/database.ts'

/**
 * Deletes everything of a tenant, its key first: without it no pseudonym can be made again. Broken off and begun again it goes
 * on. What stays is a line of the App's own audit log.
 *
 * A tenant that comes back in between loses what it has by then: its new key, its repositories with how far they were read, its
 * jobs. The App looks for its installations every six hours, finds it there, and reads it anew.
 *
 * @param by GitHub's number of who asked for it; null: nobody
 */
export async function eraseTenant(
  engine: Engine,
  { now, random }: StoreSurroundings,
  { tenantId, by }: { readonly tenantId: number; readonly by: number | null },
): Promise<void> {
  const scope = { tenant: tenantId, queue: true } as const
  const ofTenant = sql`tenant_id = ${tenantId}`
  // Writers lock the row of the tenant: without it they stop.
  for (const table of ['tenantKeys', 'tenants'] as const) {
    await deleteRows(engine, scope, table, ofTenant)
  }
  for (const table of tenantTables) await deleteRows(engine, scope, table, ofTenant)
  await engine.write({ tenant: SYSTEM_TENANT }, async (queries) => {
    await createAudit({ queries, tenantId: SYSTEM_TENANT, now, random }).add({
      at: now(),
      actor: by,
      action: 'erase',
      subject: `tenant ${tenantId}`,
      outcome: 'erased',
    })
  })
  await engine.forget()
}
