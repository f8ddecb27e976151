import { sql } from 'kysely'
import type { JobName } from '../contract/jobs.ts'
import type { Queries } from '../engine/engine.ts'

/** Ends a job that went well; one that was enqueued meanwhile waits, as if it were new. */
export async function endOrRunAgain(queries: Queries, job: JobName): Promise<void> {
  await sql`delete from jobs where ${isJob(job)} and again_due is null`.execute(queries)
  await runAgain(queries, job, null)
}

/** Makes a dead letter of a job; one that was enqueued meanwhile waits, as if it were new. */
export async function buryOrRunAgain(
  queries: Queries,
  job: JobName,
  { error, now }: { readonly error: string; readonly now: number },
): Promise<void> {
  await sql`
    update jobs set state = 'dead', error = ${error}, died_at = ${now}
    where ${isJob(job)} and again_due is null
  `.execute(queries)
  await runAgain(queries, job, error)
}

/** Lets a job wait until a time. What was asked for meanwhile is done then as well. */
export async function waitUntil(
  queries: Queries,
  job: JobName,
  { due, error }: { readonly due: number; readonly error: string },
): Promise<void> {
  await sql`
    update jobs set state = 'waiting', due = ${due}, error = ${error}, ${withAgain}
    where ${isJob(job)}
  `.execute(queries)
}

/** Lets a job wait as if it had never been claimed. */
export async function unclaim(queries: Queries, job: JobName): Promise<void> {
  await sql`
    update jobs set state = 'waiting', tries = tries - 1, ${withAgain}
    where ${isJob(job)}
  `.execute(queries)
}

/** Lets the jobs of a tenant wait that lost their lease. */
export async function putBack(queries: Queries, tenantId: number): Promise<void> {
  await sql`
    update jobs set state = 'waiting', ${withAgain}
    where tenant_id = ${tenantId} and state = 'running'
  `.execute(queries)
}

/** Revives a dead letter, if it is one. */
export async function revive(queries: Queries, job: JobName, due: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update jobs set state = 'waiting', tries = 0, due = ${due}, error = null, died_at = null
    where ${isJob(job)} and state = 'dead'
  `.execute(queries)
  return numAffectedRows === 1n
}

async function runAgain(queries: Queries, job: JobName, error: string | null): Promise<void> {
  await sql`
    update jobs set
      state = 'waiting', tries = 0, error = ${error},
      due = again_due, priority = again_priority, enqueued_at = again_at,
      again_due = null, again_priority = null, again_at = null
    where ${isJob(job)} and again_due is not null
  `.execute(queries)
}

/** It runs anyway: of what was asked for while it ran, only the priority matters. */
const withAgain = sql`
  priority = case when again_priority < priority then again_priority else priority end,
  again_due = null, again_priority = null, again_at = null`

function isJob({ tenantId, kind, subject }: JobName) {
  return sql`tenant_id = ${tenantId} and kind = ${kind} and subject = ${subject}`
}
