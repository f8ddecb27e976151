import { forgetDerived, forgetSaid } from './forget-change.ts'
import { markOf, nobodysKey, otherKeysOf, withoutKeys } from './forgotten-people.ts'
import { lastPublished } from './last-published.ts'
import { deleteKeys } from './record-keys.ts'
import { stripRows } from './strip-rows.ts'
import type { TenantQueries } from './tenant-queries.ts'

/** Bytes of a person's key. */
const keySize = 16

/**
 * Takes a person out of everything that is kept of a tenant, for good. Of their own changes the records go, and what was counted of
 * them stays counted as somebody's, the same's; in others' records they are nobody. What is read later of them is nobody's too.
 *
 * @returns how many changes of theirs there were
 */
export async function forgetPerson(tenant: TenantQueries, person: string): Promise<number> {
  const { queries, tenantId, now } = tenant
  const keys = await keysOf(tenant, person)
  const own = await queries
    .selectFrom('changes')
    .select(['repositoryId', 'number', 'readyAt', 'mergedAt'])
    .where('tenantId', '=', tenantId)
    .where('person', 'in', [...keys])
    .execute()
  // As of the Monday that was published last, not of this moment: at that, the access log would tell whose they were.
  const at = (await lastPublished(tenant)) ?? now()
  const somebody = Buffer.from(tenant.random(keySize)).toString('hex')
  await stripRows(tenant, own, { at, person: somebody })
  for (const { repositoryId, number } of own) {
    if (number > 0) await forgetRecord(tenant, repositoryId, number, at)
  }
  for await (const { document, ...place } of documentsWith(tenant, keys)) {
    await queries
      .updateTable('records')
      .set({ document: withoutKeys(document, keys) })
      .where('tenantId', '=', tenantId)
      .where('repositoryId', '=', place.repositoryId)
      .where('number', '=', place.number)
      .where('sha', '=', place.sha)
      .execute()
  }
  await queries
    .updateTable('corrections')
    .set({ person: nobodysKey })
    .where('tenantId', '=', tenantId)
    .where('person', 'in', [...keys])
    .execute()
  for (const key of keys) {
    await queries
      .insertInto('forgottenPeople')
      .values({ tenantId, mark: await markOf(tenant, key) })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  return own.length
}

/** Of their account, and of the addresses that GitHub linked to it. */
async function keysOf(tenant: TenantQueries, person: string): Promise<ReadonlySet<string>> {
  const keys = new Set([person])
  for await (const { document } of documentsWith(tenant, keys)) {
    for (const key of otherKeysOf(document, person)) keys.add(key)
  }
  return keys
}

/** Nothing is left that says that it was there: the numbers that go at once would say whose they were. */
async function forgetRecord(
  tenant: TenantQueries,
  repositoryId: number,
  number: number,
  at: number,
): Promise<void> {
  await deleteKeys(tenant, { repositoryId, number, sha: '' })
  await forgetDerived(tenant, repositoryId, number, at)
  await forgetSaid(tenant, repositoryId, number)
  await tenant.queries
    .deleteFrom('records')
    .where('tenantId', '=', tenant.tenantId)
    .where('repositoryId', '=', repositoryId)
    .where('number', '=', number)
    .where('sha', '=', '')
    .execute()
}

interface Found {
  readonly repositoryId: number
  readonly number: number
  readonly sha: string
  readonly document: string
}

/** Records that name somebody, one at a time. */
async function* documentsWith(
  { queries, tenantId }: TenantQueries,
  keys: ReadonlySet<string>,
): AsyncGenerator<Found> {
  const named = await queries
    .selectFrom('records')
    .select(['repositoryId', 'number', 'sha'])
    .where('tenantId', '=', tenantId)
    .where(({ eb, or }) => or([...keys].map((key) => eb('document', 'like', `%${key}%`))))
    .orderBy('repositoryId')
    .orderBy('number')
    .orderBy('sha')
    .execute()
  for (const place of named) {
    const row = await queries
      .selectFrom('records')
      .select('document')
      .where('tenantId', '=', tenantId)
      .where('repositoryId', '=', place.repositoryId)
      .where('number', '=', place.number)
      .where('sha', '=', place.sha)
      .executeTakeFirst()
    if (row?.document != null) yield { ...place, document: row.document }
  }
}
