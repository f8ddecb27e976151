import type { Settings } from '../contract/facts.ts'
import type { TenantQueries } from './tenant-queries.ts'

export function createSettings({ queries, tenantId }: TenantQueries): Settings {
  return {
    get: async () => {
      const row = await queries
        .selectFrom('settings')
        .select('document')
        .where('tenantId', '=', tenantId)
        .executeTakeFirst()
      return row?.document
    },
    put: async (document) => {
      await queries
        .insertInto('settings')
        .values({ tenantId, document })
        .onConflict((conflict) => conflict.column('tenantId').doUpdateSet({ document }))
        .execute()
    },
  }
}
