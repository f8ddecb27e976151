import { sql } from 'kysely'
import type { NewJob } from '../contract/inbox.ts'
import type { Queries } from '../engine/engine.ts'
import { checkTime } from './check-time.ts'

/**
 * Adds jobs, inside somebody's transaction. They are locked in the order of their names, so that two who enqueue the same ones
 * do not wait for each other.
 */
export async function enqueueAll(
  queries: Queries,
  jobs: readonly NewJob[],
  now: number,
): Promise<void> {
  for (const { due, payloadAt = 0 } of jobs) {
    checkTime(due)
    checkTime(payloadAt)
  }
  const sorted = jobs.toSorted(byName)
  for (const job of sorted) await enqueue(queries, job, now)
  for (const tenantId of new Set(sorted.map((job) => job.tenantId))) {
    await ensureTurn(queries, tenantId)
  }
}

/** The row by which the tenants take turns. */
export async function ensureTurn(queries: Queries, tenantId: number): Promise<void> {
  await queries
    .insertInto('turns')
    .values({ tenantId, token: 0, served: 0, pausedUntil: 0, leaseUntil: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What it does to a job of that name depends on whether that waits, runs or is dead, and is one statement to be safe. */
async function enqueue(queries: Queries, job: NewJob, now: number): Promise<void> {
  const { tenantId, kind, subject, due, priority, payload = null } = job
  const payloadAt = payload === null ? 0 : (job.payloadAt ?? 0)
  const isLater = sql`excluded.payload is not null and excluded.payload_at >= coalesce(jobs.payload_at, 0)`
  await sql`
    insert into jobs (tenant_id, kind, subject, payload, payload_at, priority, due, enqueued_at, state, tries)
    values (${tenantId}, ${kind}, ${subject}, ${payload}, ${payloadAt}, ${priority}, ${due}, ${now}, 'waiting', 0)
    on conflict (tenant_id, kind, subject) do update set
      payload = case when ${isLater} then excluded.payload else jobs.payload end,
      payload_at = case when ${isLater} then excluded.payload_at else jobs.payload_at end,
      priority = case
        when jobs.state = 'dead' or (jobs.state = 'waiting' and excluded.priority < jobs.priority) then excluded.priority
        else jobs.priority end,
      due = case
        when jobs.state = 'dead' or (jobs.state = 'waiting' and excluded.due < jobs.due) then excluded.due
        else jobs.due end,
      enqueued_at = case jobs.state when 'dead' then excluded.enqueued_at else jobs.enqueued_at end,
      tries = case jobs.state when 'dead' then 0 else jobs.tries end,
      again_priority = case
        when jobs.state <> 'running' then null
        when jobs.again_priority < excluded.priority then jobs.again_priority
        else excluded.priority end,
      again_due = case
        when jobs.state <> 'running' then null
        when jobs.again_due < excluded.due then jobs.again_due
        else excluded.due end,
      again_at = case jobs.state when 'running' then coalesce(jobs.again_at, excluded.enqueued_at) end,
      error = case jobs.state when 'dead' then null else jobs.error end,
      died_at = null,
      state = case jobs.state when 'running' then 'running' else 'waiting' end
  `.execute(queries)
}

function byName(one: NewJob, other: NewJob): number {
  if (one.tenantId !== other.tenantId) return one.tenantId - other.tenantId
  if (one.kind !== other.kind) return one.kind < other.kind ? -1 : 1
  if (one.subject !== other.subject) return one.subject < other.subject ? -1 : 1
  return 0
}
