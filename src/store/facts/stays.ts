import type { Stays } from '../contract/facts.ts'
import type { TenantQueries } from './tenant-queries.ts'

export function createStays({ queries, tenantId }: TenantQueries): Stays {
  const setCounted = (repositoryId: number, countedFrom: number | null) =>
    queries
      .updateTable('repositories')
      .set({ countedFrom })
      .where('tenantId', '=', tenantId)
      .where('repositoryId', '=', repositoryId)
      .execute()
  const rowsIn = (repositoryId: number) =>
    queries
      .updateTable('changes')
      .where('tenantId', '=', tenantId)
      .where('repositoryId', '=', repositoryId)
      .where('leftAt', 'is', null)
  return {
    begin: async (repositoryId, from) => {
      await setCounted(repositoryId, from)
      if (from === 0) return
      await rowsIn(repositoryId)
        .set({ countedFrom: from })
        .where((row) => row.or([row('countedFrom', 'is', null), row('countedFrom', '<', from)]))
        .execute()
    },
    end: async (repositoryId, until) => {
      await setCounted(repositoryId, null)
      // What no clock of has started is counted nowhere yet.
      await rowsIn(repositoryId)
        .set({ leftAt: until })
        .where((row) => row.or([row('readyAt', 'is not', null), row('mergedAt', 'is not', null)]))
        .execute()
    },
  }
}
