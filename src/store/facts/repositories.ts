import type { Selectable } from 'kysely'
import type { Repositories, StoredRepository } from '../contract/repositories.ts'
import type { Database } from '../schema/database.ts'
import type { TenantQueries } from './tenant-queries.ts'

const columns = [
  'repositoryId',
  'name',
  'visibility',
  'defaultBranch',
  'archived',
  'state',
  'removedAt',
  'watermark',
  'checkpoint',
  'pageSize',
  'backfilledAt',
  'total',
  'read',
  'labelledElsewhereAt',
  'countedFrom',
] as const satisfies readonly (keyof Database['repositories'])[]

export function createRepositories({ queries, tenantId }: TenantQueries): Repositories {
  const setState = (state: 'untracked' | 'removed') => async (id: number, removedAt: number) => {
    await queries
      .updateTable('repositories')
      .set({ state, removedAt })
      .where('tenantId', '=', tenantId)
      .where('repositoryId', '=', id)
      .execute()
  }
  return {
    upsert: async ({ id, archived, name, visibility, defaultBranch }) => {
      const told = {
        name,
        visibility,
        defaultBranch,
        archived: Number(archived),
        state: 'active' as const,
        removedAt: null,
      }
      await queries
        .insertInto('repositories')
        .values({ tenantId, repositoryId: id, ...told })
        .onConflict((conflict) => conflict.columns(['tenantId', 'repositoryId']).doUpdateSet(told))
        .execute()
    },
    get: async (id) => {
      const row = await queries
        .selectFrom('repositories')
        .select(columns)
        .where('tenantId', '=', tenantId)
        .where('repositoryId', '=', id)
        .executeTakeFirst()
      return row && repositoryOf(row)
    },
    list: async () => {
      const rows = await queries
        .selectFrom('repositories')
        .select(columns)
        .where('tenantId', '=', tenantId)
        .orderBy('repositoryId')
        .execute()
      return rows.map(repositoryOf)
    },
    remove: setState('removed'),
    untrack: setState('untracked'),
    setReading: async (id, reading) => {
      if (Object.keys(reading).length === 0) return
      await queries
        .updateTable('repositories')
        .set(reading)
        .where('tenantId', '=', tenantId)
        .where('repositoryId', '=', id)
        .execute()
    },
  }
}

function repositoryOf({
  repositoryId,
  archived,
  ...row
}: Pick<Selectable<Database['repositories']>, (typeof columns)[number]>): StoredRepository {
  return { id: repositoryId, archived: archived === 1, ...row }
}
