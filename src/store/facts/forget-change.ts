import { stripRows } from './strip-rows.ts'
import type { TenantQueries } from './tenant-queries.ts'

/** Tables of what is made of a pull request, and made again when it is read again. */
const derivedTables = ['revertLinks', 'checks'] as const

type Tenant = Pick<TenantQueries, 'queries' | 'tenantId' | 'random'>

/**
 * Deletes what was made of a pull request, but for what is published of it.
 *
 * @param at when, milliseconds since the epoch
 */
export async function forgetDerived(
  tenant: Tenant,
  repositoryId: number,
  number: number,
  at: number,
): Promise<void> {
  for (const table of derivedTables) await forgetIn(table, tenant, repositoryId, number)
  // A commit on the branch is none.
  if (number === 0) return
  const rows = await tenant.queries
    .selectFrom('changes')
    .select(['repositoryId', 'number', 'readyAt', 'mergedAt'])
    .where('tenantId', '=', tenant.tenantId)
    .where('repositoryId', '=', repositoryId)
    .where('number', '=', number)
    .execute()
  await stripRows(tenant, rows, { at })
}

/** Deletes what was said of a pull request, which no reading brings back. */
export async function forgetSaid(
  tenant: Tenant,
  repositoryId: number,
  number: number,
): Promise<void> {
  await forgetIn('corrections', tenant, repositoryId, number)
}

async function forgetIn(
  table: (typeof derivedTables)[number] | 'corrections',
  { queries, tenantId }: Tenant,
  repositoryId: number,
  number: number,
): Promise<void> {
  await queries
    .deleteFrom(table)
    .where('tenantId', '=', tenantId)
    .where('repositoryId', '=', repositoryId)
    .where('number', '=', number)
    .execute()
}
