import { type RawBuilder, sql } from 'kysely'
import type { Queries } from '../engine/engine.ts'

/** Lines that are looked at together, at most: SQLite joins up to 500. */
const mostLines = 100

interface Wanted {
  readonly now: number
  /** How many will be taken. */
  readonly limit: number
  /** How many are to choose from, at most. */
  readonly most: number
}

/**
 * Ids of deliveries that can be claimed: the oldest of every tenant, then the second of every tenant, and so on. Each line is
 * looked at from its beginning only, so that it takes no longer where more wait. Where lines differ in length it may be fewer than
 * the most, but some where there are any.
 */
export async function findWaiting(
  queries: Queries,
  { now, limit, most }: Wanted,
): Promise<string[]> {
  const tenants = await waitingTenants(queries, now, Math.min(limit, mostLines))
  if (tenants.length === 0) return []
  const length = Math.ceil(most / tenants.length)
  const lines = tenants.map(
    (tenantId) =>
      sql`select * from (${beginningOf(isOf(tenantId), now, sql`tenant_id, received_at, delivery_id`, length)}) as line`,
  )
  const { rows } = await sql<{ deliveryId: string }>`
    select delivery_id from (${sql.join(lines, sql` union all `)}) as lines
    order by row_number() over (partition by tenant_id order by received_at, delivery_id), received_at, delivery_id
    limit ${most}
  `.execute(queries)
  return rows.map(({ deliveryId }) => deliveryId)
}

/** Whose turn it is: those first whose oldest delivery has waited longest. The index is entered once or twice for each of them. */
async function waitingTenants(
  queries: Queries,
  now: number,
  most: number,
): Promise<(number | null)[]> {
  const oldestOf = (tenant: RawBuilder<unknown>) => beginningOf(tenant, now, sql`received_at`, 1)
  const { rows } = await sql<{ tenantId: number | null }>`
    with recursive tenants (tenant_id) as (
      select min(tenant_id) from inbox where state = 'waiting'
      union all
      select (select min(tenant_id) from inbox where state = 'waiting' and tenant_id > tenants.tenant_id)
      from tenants where tenant_id is not null
    ), lines (tenant_id, oldest) as (
      select tenant_id, (${oldestOf(sql`tenant_id = tenants.tenant_id`)})
      from tenants where tenant_id is not null
      union all
      select cast(null as bigint), (${oldestOf(isOf(null))})
    )
    select tenant_id from lines where oldest is not null order by oldest, tenant_id limit ${most}
  `.execute(queries)
  return rows.map(({ tenantId }) => tenantId)
}

function isOf(tenantId: number | null): RawBuilder<unknown> {
  return tenantId === null ? sql`tenant_id is null` : sql`tenant_id = ${tenantId}`
}

/** The state as it stands in the index, which only has those that wait. */
function beginningOf(
  tenant: RawBuilder<unknown>,
  now: number,
  columns: RawBuilder<unknown>,
  length: number,
): RawBuilder<unknown> {
  return sql`
    select ${columns} from inbox
    where state = 'waiting' and inbox.${tenant} and due <= ${now} and lease_until <= ${now}
    order by received_at, delivery_id limit ${length}`
}
