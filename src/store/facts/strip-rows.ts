import { lastPublished } from './last-published.ts'
import type { TenantQueries } from './tenant-queries.ts'

type Tenant = Pick<TenantQueries, 'queries' | 'tenantId' | 'random'>

interface Row {
  readonly repositoryId: number
  readonly number: number
  readonly readyAt: number | null
  readonly mergedAt: number | null
}

/** JSON of nothing. */
const noDocument = 'null'

/**
 * Takes from changes what they can be recognised by: their number and their document. What was counted of them by a clock that is
 * published already stays counted, as it was told, until no report reaches back to it: else the next would tell, beside the last, just
 * what was in them. The others are deleted.
 *
 * @param how at: when, milliseconds since the epoch: what happened later is not known; person: a key in place of their person's
 */
export async function stripRows(
  tenant: Tenant,
  rows: readonly Row[],
  { at, person }: { readonly at: number; readonly person?: string },
): Promise<void> {
  const { queries, tenantId } = tenant
  const published = await lastPublished(tenant)
  for (const { repositoryId, number, readyAt, mergedAt } of rows) {
    const isTold = (clock: number | null) =>
      clock !== null && published !== null && clock < published
    if (!isTold(readyAt) && !isTold(mergedAt)) {
      await queries
        .deleteFrom('changes')
        .where('tenantId', '=', tenantId)
        .where('repositoryId', '=', repositoryId)
        .where('number', '=', number)
        .execute()
      continue
    }
    await queries
      .updateTable('changes')
      .set(({ fn, val }) => ({
        number: number < 0 ? number : noNumber(tenant),
        goneAt: fn.coalesce('goneAt', val(at)),
        document: noDocument,
        ...(person === undefined ? {} : { person }),
      }))
      .where('tenantId', '=', tenantId)
      .where('repositoryId', '=', repositoryId)
      .where('number', '=', number)
      .execute()
  }
}

/** At random: in the order of their numbers they could be told apart. */
function noNumber({ random }: Tenant): number {
  const bytes = Buffer.from(random(6))
  return -1 - bytes.readUIntBE(0, 6)
}
