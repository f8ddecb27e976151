import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DeliveryRecord } from '../../delivery/index.ts'
import { recordOf } from './record-row.ts'
import type { TenantQueries } from './tenant-queries.ts'

/** Records that are held at a time. */
const pageSize = 200

interface StreamOptions {
  readonly repositoryId?: number
  readonly since?: number
}

/** Page by page in the order of their key; other work of this thread has its turn between two pages. */
export async function* streamRecords(
  { queries, tenantId }: Pick<TenantQueries, 'queries' | 'tenantId'>,
  { repositoryId, since }: StreamOptions = {},
): AsyncGenerator<DeliveryRecord> {
  const page = queries
    .selectFrom('records')
    .select(['repositoryId', 'number', 'sha', 'document'])
    .where('tenantId', '=', tenantId)
    .where('document', 'is not', null)
    .$if(repositoryId !== undefined, (query) => query.where('repositoryId', '=', repositoryId ?? 0))
    .$if(since !== undefined, (query) => query.where('activeAt', '>=', since ?? 0))
    .orderBy('repositoryId')
    .orderBy('number')
    .orderBy('sha')
    .limit(pageSize)
  let rows = await page.execute()
  while (rows.length > 0) {
    for (const { document } of rows) if (document !== null) yield recordOf(document)
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return
    await nextTurn()
    rows = await page
      .where(({ eb, refTuple, tuple }) =>
        eb(
          refTuple('repositoryId', 'number', 'sha'),
          '>',
          tuple(last.repositoryId, last.number, last.sha),
        ),
      )
      .execute()
  }
}
