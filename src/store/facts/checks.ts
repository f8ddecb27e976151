import type { Checks } from '../contract/facts.ts'
import type { TenantQueries } from './tenant-queries.ts'

export function createChecks({ queries, tenantId }: TenantQueries): Checks {
  return {
    get: (repositoryId, number) =>
      queries
        .selectFrom('checks')
        .select(['repositoryId', 'number', 'headSha', 'checkRunId', 'digest'])
        .where('tenantId', '=', tenantId)
        .where('repositoryId', '=', repositoryId)
        .where('number', '=', number)
        .executeTakeFirst(),
    put: async ({ repositoryId, number, headSha, checkRunId, digest }) => {
      const published = { headSha, checkRunId, digest }
      await queries
        .insertInto('checks')
        .values({ tenantId, repositoryId, number, ...published })
        .onConflict((conflict) =>
          conflict.columns(['tenantId', 'repositoryId', 'number']).doUpdateSet(published),
        )
        .execute()
    },
    numbers: async (repositoryId) => {
      const rows = await queries
        .selectFrom('checks')
        .select('number')
        .where('tenantId', '=', tenantId)
        .where('repositoryId', '=', repositoryId)
        .orderBy('number')
        .execute()
      return rows.map(({ number }) => number)
    },
  }
}
