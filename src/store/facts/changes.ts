import { sql } from 'kysely'
import { ChangeSchema } from '../../delivery/index.ts'
import type { ChangePage, Changes } from '../contract/facts.ts'
import { pageOf } from './change-page.ts'
import { type ReportedRow, reportedColumns, rowOf } from './change-row.ts'
import { lastPublished } from './last-published.ts'
import { pinRow } from './pin-row.ts'
import type { TenantQueries } from './tenant-queries.ts'

/** Rows of one query. */
const pageSize = 10_000

export function createChanges(tenant: TenantQueries): Changes {
  const { queries, tenantId } = tenant
  return {
    put: async (change, lasting) => {
      const { repositoryId, number, ...row } = rowOf(change, lasting)
      const published = await lastPublished(tenant)
      const before = await queries
        .selectFrom('changes')
        .select(reportedColumns)
        .where('tenantId', '=', tenantId)
        .where('repositoryId', '=', repositoryId)
        .where('number', '=', number)
        .executeTakeFirst()
      // What was not there when others were published is not counted among them afterwards.
      const kept = before ? pinRow(before, row, published) : { ...row, countedFrom: published }
      const written = { ...kept, readAt: row.readAt, asOf: row.asOf, document: row.document }
      await queries
        .insertInto('changes')
        .values({ tenantId, ...written, repositoryId, number })
        .onConflict((conflict) =>
          conflict.columns(['tenantId', 'repositoryId', 'number']).doUpdateSet(written),
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
    pages: () => readPages(tenant),
  }
}

/** Named by the engine itself: to rename the columns of every row takes half as long again as to read it. */
const namedAsHere = reportedColumns.map((name) => sql.ref(name).as(sql.raw(`"${name}"`)))

async function* readPages({ queries, tenantId }: TenantQueries): AsyncGenerator<ChangePage> {
  const repositories = await queries
    .selectFrom('repositories')
    .select(['repositoryId', 'name'])
    .where('tenantId', '=', tenantId)
    .execute()
  const names = new Map(repositories.map((one) => [one.repositoryId, one.name]))
  const plain = queries.withoutPlugins()
  const page = queries
    .selectFrom('changes')
    .select(namedAsHere)
    .where('tenantId', '=', tenantId)
    .orderBy('repositoryId')
    .orderBy('number')
    .limit(pageSize)
  let { rows } = await plain.executeQuery<ReportedRow>(page.compile())
  while (rows.length > 0) {
    yield pageOf(rows, names)
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return
    const next = page.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('repositoryId', 'number'), '>', tuple(last.repositoryId, last.number)),
    )
    rows = (await plain.executeQuery<ReportedRow>(next.compile())).rows
  }
}
