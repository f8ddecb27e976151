import type { TenantQueries } from './tenant-queries.ts'

/** The Monday of the organisation's newest snapshot, milliseconds since the epoch; null: there is none. */
export async function lastPublished({
  queries,
  tenantId,
}: Pick<TenantQueries, 'queries' | 'tenantId'>): Promise<number | null> {
  const { asOf } = await queries
    .selectFrom('snapshots')
    .select(({ fn }) => fn.max<number | null>('asOf').as('asOf'))
    .where('tenantId', '=', tenantId)
    .where('scope', '=', 'organisation')
    .executeTakeFirstOrThrow()
  return asOf
}
