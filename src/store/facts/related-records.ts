import type { DeliveryRecord } from '../../delivery/index.ts'
import { claimsOf, isSharedKey, namesOf } from './record-keys.ts'
import { placeOf, type RecordPlace, recordOf } from './record-row.ts'
import type { TenantQueries } from './tenant-queries.ts'

/** A revert and all around it are a handful; a title that a hundred changes share is none that tells anything. */
const mostRecords = 500
/** Keys that are asked for in one query. */
const mostKeys = 500

/** Records that name or are named by this one, those that do so with them, and so on. */
export async function relatedRecords(
  tenant: TenantQueries,
  record: DeliveryRecord,
): Promise<DeliveryRecord[]> {
  const seen = new Set([nameOf(placeOf(record))])
  const found: DeliveryRecord[] = []
  let newest: readonly DeliveryRecord[] = [record]
  while (newest.length > 0 && found.length < mostRecords) {
    const next: DeliveryRecord[] = []
    for (const one of newest) {
      for (const place of await placesAround(tenant, one)) {
        if (seen.has(nameOf(place)) || found.length === mostRecords) continue
        seen.add(nameOf(place))
        const other = await read(tenant, place)
        if (other === undefined) continue
        found.push(other)
        next.push(other)
      }
    }
    newest = next
  }
  return found
}

async function placesAround(
  tenant: TenantQueries,
  record: DeliveryRecord,
): Promise<readonly RecordPlace[]> {
  const { repositoryId, number } = placeOf(record)
  const claims = claimsOf(record)
  const numbers = claims
    .filter((key) => key < 0)
    .map((key) => ({ repositoryId, number: -key, sha: '' }))
  const ownNumber = number === 0 ? [] : [-number]
  return [
    ...numbers,
    ...(await withKeys(tenant, { repositoryId, role: 'name', keys: claims })),
    ...(await withKeys(tenant, {
      repositoryId,
      role: 'claim',
      keys: [...namesOf(record), ...ownNumber],
    })),
  ]
}

async function withKeys(
  { queries, tenantId }: TenantQueries,
  asked: {
    readonly repositoryId: number
    readonly role: 'name' | 'claim'
    readonly keys: readonly number[]
  },
): Promise<RecordPlace[]> {
  const places: RecordPlace[] = []
  for (let start = 0; start < asked.keys.length; start += mostKeys) {
    const rows = await queries
      .selectFrom('recordKeys')
      .select(['key', 'repositoryId', 'number', 'sha'])
      .where('tenantId', '=', tenantId)
      .where('key', 'in', asked.keys.slice(start, start + mostKeys))
      .where('role', '=', asked.role)
      .orderBy('repositoryId')
      .orderBy('number', 'desc')
      .orderBy('sha')
      .limit(mostRecords)
      .execute()
    places.push(
      ...rows.filter(
        ({ key, repositoryId }) => isSharedKey(key) || repositoryId === asked.repositoryId,
      ),
    )
  }
  return places
}

async function read(
  { queries, tenantId }: TenantQueries,
  { repositoryId, number, sha }: RecordPlace,
): Promise<DeliveryRecord | undefined> {
  const row = await queries
    .selectFrom('records')
    .select('document')
    .where('tenantId', '=', tenantId)
    .where('repositoryId', '=', repositoryId)
    .where('number', '=', number)
    .where('sha', '=', sha)
    .executeTakeFirst()
  return row?.document == null ? undefined : recordOf(row.document)
}

function nameOf({ repositoryId, number, sha }: RecordPlace): string {
  return `${repositoryId}/${number}/${sha}`
}
