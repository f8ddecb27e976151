import { sql } from 'kysely'
import type { Queries } from '../engine/engine.ts'

/** When the next job can be claimed: due, its tenant not paused, and no other job of the tenant under a lease. */
export async function nextDue(queries: Queries): Promise<number | undefined> {
  const rows = await queries
    .selectFrom('jobs')
    .innerJoin('turns', 'turns.tenantId', 'jobs.tenantId')
    .select(({ fn }) => ['turns.pausedUntil', 'turns.leaseUntil', fn.min('jobs.due').as('due')])
    .where('jobs.state', '!=', sql.lit('dead'))
    .groupBy(['turns.tenantId', 'turns.pausedUntil', 'turns.leaseUntil'])
    .execute()
  const times = rows.map(({ due, pausedUntil, leaseUntil }) =>
    Math.max(due, pausedUntil, leaseUntil),
  )
  return times.length === 0 ? undefined : times.reduce((one, other) => Math.min(one, other))
}
