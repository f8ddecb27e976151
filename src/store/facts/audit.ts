import type { Audit } from '../contract/facts.ts'
import type { TenantQueries } from './tenant-queries.ts'

/** Bytes of an entry's id: entries of one moment have no order. */
const idSize = 16

export function createAudit({ queries, tenantId, random }: TenantQueries): Audit {
  return {
    add: async ({ at, actor, action, subject, filter, rows, outcome }) => {
      await queries
        .insertInto('audit')
        .values({
          tenantId,
          entryId: Buffer.from(random(idSize)).toString('hex'),
          at,
          actor,
          action,
          subject,
          filter: filter ?? null,
          rowCount: rows ?? null,
          outcome,
        })
        .execute()
    },
    list: async (limit) => {
      const rows = await queries
        .selectFrom('audit')
        .select(['at', 'actor', 'action', 'subject', 'filter', 'rowCount', 'outcome'])
        .where('tenantId', '=', tenantId)
        .orderBy('at', 'desc')
        .orderBy('entryId')
        .limit(limit)
        .execute()
      return rows.map(({ filter, rowCount, ...entry }) => ({
        ...entry,
        ...(filter === null ? {} : { filter }),
        ...(rowCount === null ? {} : { rows: rowCount }),
      }))
    },
  }
}
