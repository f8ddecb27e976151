import type { JobClaim } from '../contract/jobs.ts'
import type { Engine, Queries } from '../engine/engine.ts'

/** Locks a tenant's turn, and tells whether the claim still holds: nobody has claimed a job of the tenant since. */
export async function holdsTurn(
  engine: Engine,
  queries: Queries,
  claim: Pick<JobClaim, 'tenantId' | 'token'>,
): Promise<boolean> {
  const turn = await queries
    .selectFrom('turns')
    .select('token')
    .where('tenantId', '=', claim.tenantId)
    .where('token', '=', claim.token)
    .where('leaseUntil', '>', 0)
    .$if(engine.name === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst()
  return turn !== undefined
}

/** Ends a turn: the tenant's next job may be claimed. */
export async function endTurn(queries: Queries, tenantId: number): Promise<void> {
  await queries
    .updateTable('turns')
    .set({ leaseUntil: 0, kind: null, subject: null })
    .where('tenantId', '=', tenantId)
    .execute()
}
