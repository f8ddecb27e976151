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
    list: async (limit, { actions, since, actor } = {}) => {
      let lines = queries
        .selectFrom('audit')
        .select(['at', 'actor', 'action', 'subject', 'filter', 'rowCount', 'outcome'])
        .where('tenantId', '=', tenantId)
      if (actions !== undefined) lines = lines.where('action', 'in', actions)
      if (actor !== undefined) lines = lines.where('actor', '=', actor)
      if (since !== undefined) lines = lines.where('at', '>=', since)
      const rows = await lines.orderBy('at', 'desc').orderBy('entryId').limit(limit).execute()
      return rows.map(({ filter, rowCount, ...entry }) => ({
        ...entry,
        ...(filter === null ? {} : { filter }),
        ...(rowCount === null ? {} : { rows: rowCount }),
      }))
    },
  }
}
