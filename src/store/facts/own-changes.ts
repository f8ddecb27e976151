import type { People } from '../contract/people.ts'
import { forgetPerson } from './forget-person.ts'
import { keptKey, withoutForgotten } from './forgotten-people.ts'
import type { TenantQueries } from './tenant-queries.ts'

export function createPeople(tenant: TenantQueries): People {
  const { queries, tenantId } = tenant
  const own = (person: string) =>
    queries.selectFrom('changes').where('tenantId', '=', tenantId).where('person', '=', person)
  return {
    counts: (key) =>
      own(key)
        .select(({ fn }) => ['repositoryId', fn.countAll<number>().as('changes')])
        .groupBy('repositoryId')
        .orderBy('repositoryId')
        .execute(),
    changes: async (key, { repositories, limit, skip }) => {
      if (repositories.length === 0) return []
      const rows = await own(key)
        .select(['repositoryId', 'number'])
        .select(['openedAt', 'readyAt', 'mergedAt', 'closedAt', 'revertedAt'])
        .where('repositoryId', 'in', repositories)
        .orderBy(({ fn, val }) => fn.coalesce('openedAt', 'readyAt', 'mergedAt', val(0)), 'desc')
        .orderBy('repositoryId')
        .orderBy('number', 'desc')
        .limit(limit)
        .offset(skip)
        .execute()
      return rows.map(({ number, ...row }) => ({ ...row, number: number < 0 ? null : number }))
    },
    records: async (key) => {
      const { count } = await queries
        .selectFrom('records')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('tenantId', '=', tenantId)
        .where('document', 'like', `%${key}%`)
        .executeTakeFirstOrThrow()
      return count
    },
    said: (key) =>
      queries
        .selectFrom('corrections')
        .select(['correctionId as id', 'repositoryId', 'number', 'claim', 'person as by', 'role'])
        .select(['saidAt', 'recordedAt', 'undoneAt'])
        .where('tenantId', '=', tenantId)
        .where('person', '=', key)
        .orderBy('saidAt')
        .orderBy('correctionId')
        .execute(),
    forget: (key) => forgetPerson(tenant, key),
    keptKey: (key) => keptKey(tenant, key),
    withoutForgotten: (record) => withoutForgotten(tenant, record),
  }
}
