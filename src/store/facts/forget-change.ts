import type { TenantQueries } from './tenant-queries.ts'

/** Tables of what is made of a pull request, and made again when it is read again. */
const derivedTables = ['changes', 'revertLinks', 'checks'] as const

type Tenant = Pick<TenantQueries, 'queries' | 'tenantId'>

/** Deletes what was made of a pull request. */
export async function forgetDerived(
  tenant: Tenant,
  repositoryId: number,
  number: number,
): Promise<void> {
  for (const table of derivedTables) await forgetIn(table, tenant, repositoryId, number)
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
