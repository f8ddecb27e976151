import { sql } from 'kysely'
import type { ClaimedDelivery } from '../contract/inbox.ts'
import type { Engine, Queries } from '../engine/engine.ts'

interface ClaimOptions {
  readonly now: number
  readonly limit: number
  /** Milliseconds. */
  readonly lease: number
}

/** So many times the limit is looked at, since others may claim the first of them at the same moment. */
const lookAhead = 4

/** The oldest of every tenant, then the second of every tenant, and so on. Whoever else claims passes over those taken. */
export async function claimDeliveries(
  engine: Engine,
  queries: Queries,
  { now, limit, lease }: ClaimOptions,
): Promise<ClaimedDelivery[]> {
  const rows = await queries
    .selectFrom(({ selectFrom }) =>
      selectFrom('inbox')
        .select(['deliveryId', 'receivedAt'])
        .select(
          sql<number>`row_number() over (partition by tenant_id order by received_at, delivery_id)`.as(
            'place',
          ),
        )
        // As it stands in the index, which only has those that wait.
        .where('state', '=', sql.lit('waiting'))
        .where('due', '<=', now)
        .where('leaseUntil', '<=', now)
        .orderBy('place')
        .orderBy('receivedAt')
        .orderBy('deliveryId')
        .limit(limit * lookAhead)
        .as('first'),
    )
    .innerJoin('inbox', 'inbox.deliveryId', 'first.deliveryId')
    .innerJoin('bodies', 'bodies.deliveryId', 'first.deliveryId')
    .select(['inbox.deliveryId as id', 'event', 'body', 'inbox.tenantId', 'inbox.receivedAt'])
    .select(['tries', 'token'])
    .where('state', '=', sql.lit('waiting'))
    .where('due', '<=', now)
    .where('leaseUntil', '<=', now)
    .orderBy('first.place')
    .orderBy('first.receivedAt')
    .orderBy('first.deliveryId')
    .limit(limit)
    .$if(engine.name === 'postgres', (query) => query.forUpdate('inbox').skipLocked())
    .execute()
  if (rows.length === 0) return []
  await queries
    .updateTable('inbox')
    .set(({ eb }) => ({
      leaseUntil: now + lease,
      tries: eb('tries', '+', 1),
      token: eb('token', '+', 1),
    }))
    .where(
      'deliveryId',
      'in',
      rows.map(({ id }) => id),
    )
    .execute()
  return rows.map((row) => ({ ...row, tries: row.tries + 1, token: row.token + 1 }))
}
