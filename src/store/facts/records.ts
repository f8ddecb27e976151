import { formatRecord, type PullRequestRecord } from '../../delivery/index.ts'
import type { Records } from '../contract/facts.ts'
import { forgetDerived } from './forget-change.ts'
import { deleteKeys, writeKeys } from './record-keys.ts'
import { activeAt, placeOf, recordOf } from './record-row.ts'
import { relatedRecords } from './related-records.ts'
import { streamRecords } from './stream-records.ts'
import type { TenantQueries } from './tenant-queries.ts'

const key = ['tenantId', 'repositoryId', 'number', 'sha'] as const

export function createRecords(tenant: TenantQueries): Records {
  const { queries, tenantId } = tenant
  const pullRequests = (repositoryId: number) =>
    queries
      .selectFrom('records')
      .where('tenantId', '=', tenantId)
      .where('repositoryId', '=', repositoryId)
      .where('sha', '=', '')
  return {
    put: async (record, { headSha }) => {
      const told = {
        headSha,
        state: record.record === 'pull-request' ? record.state : ('commit' as const),
        activeAt: activeAt(record),
        removedAt: null,
        document: formatRecord(record),
      }
      await queries
        .insertInto('records')
        .values({ tenantId, ...placeOf(record), ...told })
        .onConflict((conflict) => conflict.columns(key).doUpdateSet(told))
        .execute()
      await writeKeys(tenant, record)
    },
    get: async (repositoryId, number) => {
      const row = await pullRequests(repositoryId)
        .select('document')
        .where('number', '=', number)
        .executeTakeFirst()
      return row?.document == null ? undefined : pullRequestOf(row.document)
    },
    remove: async (repositoryId, number, at) => {
      const place = { repositoryId, number, sha: '' }
      const told = {
        headSha: null,
        state: 'removed' as const,
        activeAt: at,
        removedAt: at,
        document: null,
      }
      await queries
        .insertInto('records')
        .values({ tenantId, ...place, ...told })
        .onConflict((conflict) => conflict.columns(key).doUpdateSet(told))
        .execute()
      await deleteKeys(tenant, place)
      await forgetDerived(tenant, repositoryId, number, at)
    },
    removedAt: async (repositoryId, number) => {
      const row = await pullRequests(repositoryId)
        .select('removedAt')
        .where('number', '=', number)
        .executeTakeFirst()
      return row?.removedAt ?? null
    },
    stream: (options) => streamRecords(tenant, options),
    related: (record) => relatedRecords(tenant, record),
    byHead: async (repositoryId, sha) => {
      const rows = await pullRequests(repositoryId)
        .select('document')
        .where('headSha', '=', sha)
        .orderBy('number')
        .execute()
      return rows.flatMap(({ document }) => (document === null ? [] : [pullRequestOf(document)]))
    },
    open: async (repositoryId) => {
      const rows = await pullRequests(repositoryId)
        .select('number')
        .where('state', '=', 'open')
        .orderBy('number')
        .execute()
      return rows.map(({ number }) => number)
    },
    count: async () => {
      const { count } = await queries
        .selectFrom('records')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('tenantId', '=', tenantId)
        .where('state', '!=', 'removed')
        .executeTakeFirstOrThrow()
      return count
    },
  }
}

function pullRequestOf(document: string): PullRequestRecord {
  const record = recordOf(document)
  if (record.record === 'pull-request') return record
  throw new TypeError('a commit stands where only pull requests are')
}
