import type { Snapshot, Snapshots } from '../contract/facts.ts'
import type { TenantQueries } from './tenant-queries.ts'

const columns = ['scope', 'repositoryId', 'asOf', 'methodVersion', 'builtAt'] as const

export function createSnapshots({ queries, tenantId }: TenantQueries): Snapshots {
  const newest = (scope: Snapshot['scope'], repositoryId: number) =>
    queries
      .selectFrom('snapshots')
      .select(columns)
      .where('tenantId', '=', tenantId)
      .where('scope', '=', scope)
      .where('repositoryId', '=', repositoryId)
      .orderBy('asOf', 'desc')
  return {
    put: async ({ scope, repositoryId, asOf, methodVersion, report, builtAt }) => {
      const { numInsertedOrUpdatedRows } = await queries
        .insertInto('snapshots')
        .values({ tenantId, scope, repositoryId, asOf, methodVersion, report, builtAt })
        .onConflict((conflict) =>
          conflict.columns(['tenantId', 'scope', 'repositoryId', 'asOf']).doNothing(),
        )
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows !== 1n) return false
      await queries
        .updateTable('tenants')
        .set({ snapshotAt: builtAt })
        .where('tenantId', '=', tenantId)
        .execute()
      return true
    },
    latest: (scope, repositoryId) =>
      newest(scope, repositoryId).select('report').limit(1).executeTakeFirst(),
    list: (scope, repositoryId) => newest(scope, repositoryId).execute(),
    at: (scope, repositoryId, asOf) =>
      newest(scope, repositoryId).select('report').where('asOf', '=', asOf).executeTakeFirst(),
  }
}
