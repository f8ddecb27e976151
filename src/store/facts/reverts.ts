import type { Selectable } from 'kysely'
import type { RevertLink } from '../../delivery/index.ts'
import type { Reverts } from '../contract/facts.ts'
import type { Database } from '../schema/database.ts'
import type { TenantQueries } from './tenant-queries.ts'

type Row = Omit<Selectable<Database['revertLinks']>, 'tenantId' | 'repositoryId' | 'number'>

export function createReverts({ queries, tenantId }: TenantQueries): Reverts {
  return {
    replace: async (repositoryId, number, links) => {
      await queries
        .deleteFrom('revertLinks')
        .where('tenantId', '=', tenantId)
        .where('repositoryId', '=', repositoryId)
        .where('number', '=', number)
        .execute()
      for (const [position, link] of links.entries()) {
        await queries
          .insertInto('revertLinks')
          .values({ tenantId, repositoryId, number, ...rowOf(link, position) })
          .execute()
      }
    },
    of: async (repositoryId, number) => {
      const rows = await queries
        .selectFrom('revertLinks')
        .select(['position', 'rung', 'confidence', 'at', 'byNumber', 'bySha', 'partial', 'bulk'])
        .select(['restoredAt', 'restoredByNumber', 'restoredBySha', 'uncounted'])
        .where('tenantId', '=', tenantId)
        .where('repositoryId', '=', repositoryId)
        .where('number', '=', number)
        .orderBy('position')
        .execute()
      return rows.map(linkOf)
    },
  }
}

function rowOf(link: RevertLink, position: number): Row {
  const { rung, confidence, at, by, restoredAt, restoredBy, uncounted } = link
  return {
    position,
    rung,
    confidence,
    at,
    byNumber: by.number,
    bySha: by.sha,
    partial: Number(link.partial),
    bulk: Number(link.bulk),
    restoredAt,
    uncounted,
    restoredByNumber: restoredBy?.number ?? null,
    restoredBySha: restoredBy?.sha ?? null,
  }
}

function linkOf(row: Row): RevertLink {
  const { restoredAt, restoredByNumber, restoredBySha } = row
  return {
    rung: row.rung,
    confidence: row.confidence,
    at: row.at,
    by: { number: row.byNumber, sha: row.bySha },
    partial: row.partial === 1,
    bulk: row.bulk === 1,
    restoredAt,
    restoredBy: restoredAt === null ? null : { number: restoredByNumber, sha: restoredBySha },
    uncounted: row.uncounted,
  }
}
