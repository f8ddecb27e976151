import { ChangeSchema } from '../../delivery/index.ts'
import type { Changes } from '../contract/facts.ts'
import { partOf, type ReportedRow, reportedColumns, rowOf } from './change-row.ts'
import type { TenantQueries } from './tenant-queries.ts'

/** Rows of one query. */
const pageSize = 10_000

export function createChanges({ queries, tenantId }: TenantQueries): Changes {
  return {
    put: async (change) => {
      const { repositoryId, number, ...row } = rowOf(change)
      await queries
        .insertInto('changes')
        .values({ tenantId, repositoryId, number, ...row })
        .onConflict((conflict) =>
          conflict.columns(['tenantId', 'repositoryId', 'number']).doUpdateSet(row),
        )
        .execute()
    },
    get: async (repositoryId, number) => {
      const row = await queries
        .selectFrom('changes')
        .select('document')
        .where('tenantId', '=', tenantId)
        .where('repositoryId', '=', repositoryId)
        .where('number', '=', number)
        .executeTakeFirst()
      return row && ChangeSchema.parse(JSON.parse(row.document))
    },
    part: async ({ repositoryId } = {}) => {
      const repositories = await queries
        .selectFrom('repositories')
        .select(['repositoryId', 'name'])
        .where('tenantId', '=', tenantId)
        .execute()
      const names = new Map(repositories.map((one) => [one.repositoryId, one.name]))
      return partOf(await reported(repositoryId), names)
    },
  }

  async function reported(repositoryId: number | undefined): Promise<ReportedRow[]> {
    const page = queries
      .selectFrom('changes')
      .select(reportedColumns)
      .where('tenantId', '=', tenantId)
      .$if(repositoryId !== undefined, (query) =>
        query.where('repositoryId', '=', repositoryId ?? 0),
      )
      .orderBy('repositoryId')
      .orderBy('number')
      .limit(pageSize)
    const all: ReportedRow[] = []
    let rows = await page.execute()
    while (rows.length > 0) {
      for (const row of rows) all.push(row)
      const last = rows.at(-1)
      if (last === undefined || rows.length < pageSize) break
      rows = await page
        .where(({ eb, refTuple, tuple }) =>
          eb(refTuple('repositoryId', 'number'), '>', tuple(last.repositoryId, last.number)),
        )
        .execute()
    }
    return all
  }
}
