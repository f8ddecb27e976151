import type { TenantQueries } from './tenant-queries.ts'

/** Tables that say something of a pull request beside its record. */
const derivedTables = ['changes', 'revertLinks', 'corrections', 'checks'] as const

/** Deletes what was made of a pull request, and what was said of it. */
export async function forgetDerived(
  { queries, tenantId }: Pick<TenantQueries, 'queries' | 'tenantId'>,
  repositoryId: number,
  number: number,
): Promise<void> {
  for (const table of derivedTables) {
    await queries
      .deleteFrom(table)
      .where('tenantId', '=', tenantId)
      .where('repositoryId', '=', repositoryId)
      .where('number', '=', number)
      .execute()
  }
}
