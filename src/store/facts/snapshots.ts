import type { Snapshot, Snapshots } from '../contract/snapshots.ts'
import type { TenantQueries } from './tenant-queries.ts'

const columns = [
  'scope',
  'repositoryId',
  'asOf',
  'methodVersion',
  'repositories',
  'builtAt',
] as const

export function createSnapshots({ queries, tenantId }: TenantQueries): Snapshots {
  const newest = (scope: Snapshot['scope'], repositoryId: number) =>
    queries
      .selectFrom('snapshots')
      .select(columns)
      .where('tenantId', '=', tenantId)
      .where('scope', '=', scope)
      .where('repositoryId', '=', repositoryId)
      .orderBy('asOf', 'desc')
  return {
    put: async ({ scope, repositoryId, asOf, methodVersion, repositories, report, builtAt }) => {
      const { numInsertedOrUpdatedRows } = await queries
        .insertInto('snapshots')
        .values({
          tenantId,
          scope,
          repositoryId,
          asOf,
          methodVersion,
          repositories: repositories.join(),
          report,
          builtAt,
        })
        .onConflict((conflict) =>
          conflict.columns(['tenantId', 'scope', 'repositoryId', 'asOf']).doNothing(),
        )
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows !== 1n) return false
      await queries
        .updateTable('tenants')
        .set({ snapshotAt: builtAt })
        .where('tenantId', '=', tenantId)
        .execute()
      return true
    },
    latest: async (scope, repositoryId) =>
      opened(await newest(scope, repositoryId).select('report').limit(1).executeTakeFirst()),
    list: async (scope, repositoryId) =>
      (await newest(scope, repositoryId).execute()).map(withRepositories),
    at: async (scope, repositoryId, asOf) =>
      opened(
        await newest(scope, repositoryId)
          .select('report')
          .where('asOf', '=', asOf)
          .executeTakeFirst(),
      ),
    mondays: (scope) =>
      queries
        .selectFrom('snapshots')
        .select(['repositoryId', 'asOf'])
        .where('tenantId', '=', tenantId)
        .where('scope', '=', scope)
        .execute(),
    newest: async (scope) => {
      const rows = await queries
        .selectFrom('snapshots as one')
        .select(columns)
        .where('tenantId', '=', tenantId)
        .where('scope', '=', scope)
        .where('asOf', '=', ({ selectFrom }) =>
          selectFrom('snapshots as each')
            .select((each) => each.fn.max('each.asOf').as('newest'))
            .where('each.tenantId', '=', tenantId)
            .where('each.scope', '=', scope)
            .whereRef('each.repositoryId', '=', 'one.repositoryId'),
        )
        .execute()
      return rows.map(withRepositories)
    },
  }
}

type Stored<Kept> = Omit<Kept, 'repositories'> & { readonly repositories: string }

function opened(row: Stored<Snapshot> | undefined): Snapshot | undefined {
  return row && withRepositories(row)
}

function withRepositories<Row extends { readonly repositories: string }>(
  row: Row,
): Omit<Row, 'repositories'> & Pick<Snapshot, 'repositories'> {
  const repositories = row.repositories === '' ? [] : row.repositories.split(',').map(Number)
  return { ...row, repositories }
}
