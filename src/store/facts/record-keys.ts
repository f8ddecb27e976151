import { claimedKeys, type DeliveryRecord, nameKeys } from '../../delivery/index.ts'
import { placeOf, type RecordPlace } from './record-row.ts'
import type { TenantQueries } from './tenant-queries.ts'

/** Rows of one statement. */
const mostRows = 1_000
/** Keys of hashes are smaller (delivery's `nameKeys`), and say the same in every repository. */
const endOfHashes = 2 ** 28

/** By what a record may be named; what did not land is not there to be reverted. */
export function namesOf(record: DeliveryRecord): readonly number[] {
  return [...new Set(nameKeys(record))]
}

/** What a record says that it reverts or brings back; numbers of pull requests are negative. What did not land reverts nothing. */
export function claimsOf(record: DeliveryRecord): readonly number[] {
  if (record.record === 'pull-request' && record.merge === null) return []
  const numbers = record.revertClaims.flatMap((claim) => claim.numbers.map((number) => -number))
  return [...new Set([...claimedKeys(record), ...numbers])]
}

/** Whether a key means the same in every repository of the tenant. */
export function isSharedKey(key: number): boolean {
  return key >= 0 && key < endOfHashes
}

export async function writeKeys(
  { queries, tenantId }: TenantQueries,
  record: DeliveryRecord,
): Promise<void> {
  const place = placeOf(record)
  await deleteKeys({ queries, tenantId }, place)
  const rows = [
    ...namesOf(record).map((key) => ({ tenantId, key, role: 'name' as const, ...place })),
    ...claimsOf(record).map((key) => ({ tenantId, key, role: 'claim' as const, ...place })),
  ]
  for (let start = 0; start < rows.length; start += mostRows) {
    await queries
      .insertInto('recordKeys')
      .values(rows.slice(start, start + mostRows))
      .execute()
  }
}

export async function deleteKeys(
  { queries, tenantId }: Pick<TenantQueries, 'queries' | 'tenantId'>,
  { repositoryId, number, sha }: RecordPlace,
): Promise<void> {
  await queries
    .deleteFrom('recordKeys')
    .where('tenantId', '=', tenantId)
    .where('repositoryId', '=', repositoryId)
    .where('number', '=', number)
    .where('sha', '=', sha)
    .execute()
}
