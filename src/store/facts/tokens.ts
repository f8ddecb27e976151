import type { Tokens } from '../contract/facts.ts'
import { hashed } from '../hashed.ts'
import type { TenantQueries } from './tenant-queries.ts'

const columns = ['name', 'createdBy', 'createdAt', 'expiresAt'] as const

export function createTokens({ queries, tenantId, now }: TenantQueries): Tokens {
  return {
    create: async (token, { name, createdBy, createdAt, expiresAt }) => {
      await queries
        .insertInto('tokens')
        .values({ tenantId, tokenHash: hashed(token), name, createdBy, createdAt, expiresAt })
        .execute()
    },
    find: (token) =>
      queries
        .selectFrom('tokens')
        .select(columns)
        .where('tenantId', '=', tenantId)
        .where('tokenHash', '=', hashed(token))
        .where('expiresAt', '>', now())
        .executeTakeFirst(),
    list: () =>
      queries
        .selectFrom('tokens')
        .select(columns)
        .where('tenantId', '=', tenantId)
        .orderBy('name')
        .execute(),
    delete: async (name) => {
      const { numDeletedRows } = await queries
        .deleteFrom('tokens')
        .where('tenantId', '=', tenantId)
        .where('name', '=', name)
        .executeTakeFirst()
      return numDeletedRows === 1n
    },
  }
}
