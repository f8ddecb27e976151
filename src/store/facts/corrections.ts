import type { Corrections } from '../contract/corrections.ts'
import type { TenantQueries } from './tenant-queries.ts'

export function createCorrections({ queries, tenantId, now }: TenantQueries): Corrections {
  return {
    add: async ({ id, repositoryId, number, claim, by, role, saidAt }) => {
      const { numInsertedOrUpdatedRows } = await queries
        .insertInto('corrections')
        .values({
          tenantId,
          correctionId: id,
          repositoryId,
          number,
          claim,
          person: by,
          role,
          saidAt,
          recordedAt: now(),
          undoneAt: null,
        })
        .onConflict((conflict) => conflict.columns(['tenantId', 'correctionId']).doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows === 1n
    },
    undo: async (id, at) => {
      const { numUpdatedRows } = await queries
        .updateTable('corrections')
        .set({ undoneAt: at })
        .where('tenantId', '=', tenantId)
        .where('correctionId', '=', id)
        .where('undoneAt', 'is distinct from', at)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },
    of: (repositoryId, number) =>
      queries
        .selectFrom('corrections')
        .select(['correctionId as id', 'repositoryId', 'number', 'claim', 'person as by', 'role'])
        .select(['saidAt', 'recordedAt', 'undoneAt'])
        .where('tenantId', '=', tenantId)
        .where('repositoryId', '=', repositoryId)
        .where('number', '=', number)
        .orderBy('saidAt')
        .orderBy('correctionId')
        .execute(),
  }
}
