import type { Selectable, Updateable } from 'kysely'
import type { StoreSurroundings } from './contract/store.ts'
import type { Tenant, Tenants } from './contract/tenants.ts'
import type { Engine } from './engine/engine.ts'
import { eraseTenant } from './erase-tenant.ts'
import { exportTenant } from './export-tenant.ts'
import type { Database } from './schema/database.ts'
import { StoreError } from './store-error.ts'

const queue = { queue: true } as const
/** Bytes of the key that makes pseudonyms. */
const keySize = 32

const columns = [
  'tenantId',
  'login',
  'kind',
  'installationId',
  'permissions',
  'state',
  'removedAt',
  'createdAt',
  'accessVersion',
] as const satisfies readonly (keyof Database['tenants'])[]

export function createTenants(engine: Engine, surroundings: StoreSurroundings): Tenants {
  const { now, random } = surroundings
  const setState = async (id: number, change: Updateable<Database['tenants']>) => {
    await engine.write(queue, (queries) =>
      queries.updateTable('tenants').set(change).where('tenantId', '=', id).execute(),
    )
  }
  return {
    upsert: async ({ id, login, kind, installationId, permissions, state }) => {
      if (!Number.isSafeInteger(id) || id <= 0) {
        throw new StoreError(`${id} is no number of a GitHub account`)
      }
      const told = {
        login,
        kind,
        installationId,
        permissions: JSON.stringify(permissions),
        state,
        removedAt: state === 'removed' ? now() : null,
      }
      await engine.write({ tenant: id, queue: true }, async (queries) => {
        await queries
          .insertInto('tenants')
          .values({ tenantId: id, ...told, createdAt: now() })
          .onConflict((conflict) => conflict.column('tenantId').doUpdateSet(told))
          .execute()
        await queries
          .insertInto('tenantKeys')
          .values({ tenantId: id, key: random(keySize) })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      })
    },
    get: (id) =>
      engine.read(queue, async (queries) => {
        const row = await queries
          .selectFrom('tenants')
          .select(columns)
          .where('tenantId', '=', id)
          .executeTakeFirst()
        return row && tenantOf(row)
      }),
    byInstallation: (installationId) =>
      engine.read(queue, async (queries) => {
        const row = await queries
          .selectFrom('tenants')
          .select(columns)
          .where('installationId', '=', installationId)
          .executeTakeFirst()
        return row && tenantOf(row)
      }),
    list: () =>
      engine.read(queue, async (queries) => {
        const rows = await queries
          .selectFrom('tenants')
          .select(columns)
          .orderBy('tenantId')
          .execute()
        return rows.map(tenantOf)
      }),
    suspend: (id) => setState(id, { state: 'suspended' }),
    resume: (id) => setState(id, { state: 'active', removedAt: null }),
    remove: (id, at) => setState(id, { state: 'removed', removedAt: at }),
    accessChanged: async (id) => {
      await engine.write(queue, (queries) =>
        queries
          .updateTable('tenants')
          .set(({ eb }) => ({ accessVersion: eb('accessVersion', '+', 1) }))
          .where('tenantId', '=', id)
          .execute(),
      )
    },
    erase: (tenantId, by) => eraseTenant(engine, surroundings, { tenantId, by }),
    export: (id) => exportTenant(engine, id),
  }
}

function tenantOf({
  tenantId,
  permissions,
  ...row
}: Pick<Selectable<Database['tenants']>, (typeof columns)[number]>): Tenant {
  return { id: tenantId, permissions: JSON.parse(permissions) as Record<string, string>, ...row }
}
