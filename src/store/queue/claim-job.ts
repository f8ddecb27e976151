import { type ExpressionBuilder, sql } from 'kysely'
import { jobPriorities } from '../contract/inbox.ts'
import type { ClaimedJob } from '../contract/jobs.ts'
import type { Engine, Queries } from '../engine/engine.ts'
import type { Database } from '../schema/database.ts'
import { putBack } from './job-states.ts'

interface ClaimOptions {
  readonly now: number
  /** Milliseconds. */
  readonly lease: number
  readonly kinds: readonly string[] | undefined
}

/** `taken`: somebody else had the job in the meantime, and there may be others. */
export type ClaimAttempt = ClaimedJob | 'none' | 'taken'

/** Takes the turn of a tenant, then its best job. Whoever else claims at the same time passes over that tenant. */
export async function claimJob(
  engine: Engine,
  queries: Queries,
  options: ClaimOptions,
): Promise<ClaimAttempt> {
  const turn = await takeTurn(engine, queries, options)
  if (turn === undefined) return 'none'
  const { tenantId } = turn
  if (turn.kind !== null) await putBack(queries, tenantId)
  const job = await bestJob(queries, tenantId, options)
  if (job === undefined) return 'taken'
  // Greater than any before, also where the tenant was erased and came back.
  const token = Math.max(turn.token + 1, options.now)
  await startTurn(queries, { tenantId, token, ...job }, options.now + options.lease)
  await queries
    .updateTable('jobs')
    .set({ state: 'running', tries: job.tries + 1 })
    .where('tenantId', '=', tenantId)
    .where('kind', '=', job.kind)
    .where('subject', '=', job.subject)
    .execute()
  const tenant = await queries
    .selectFrom('tenants')
    .select(['installationId', 'state'])
    .where('tenantId', '=', tenantId)
    .executeTakeFirst()
  return {
    ...job,
    tenantId,
    token,
    tries: job.tries + 1,
    installationId: tenant?.installationId ?? null,
    tenantState: tenant?.state ?? null,
  }
}

async function takeTurn(engine: Engine, queries: Queries, options: ClaimOptions) {
  return await queries
    .selectFrom('turns')
    .select(['tenantId', 'token', 'kind'])
    .where('pausedUntil', '<=', options.now)
    .where('leaseUntil', '<=', options.now)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('jobs')
          .select('jobs.kind')
          .whereRef('jobs.tenantId', '=', 'turns.tenantId')
          .where('jobs.priority', 'in', jobPriorities)
          .where((jobs) => isClaimable(jobs, options)),
      ),
    )
    .orderBy('served')
    .orderBy('tenantId')
    .limit(1)
    .$if(engine.name === 'postgres', (query) => query.forUpdate('turns').skipLocked())
    .executeTakeFirst()
}

/** One priority after the other: so the index gives the first at once, where over all of them it would give all that is due. */
async function bestJob(queries: Queries, tenantId: number, options: ClaimOptions) {
  for (const priority of jobPriorities) {
    const job = await queries
      .selectFrom('jobs')
      .select(['kind', 'subject', 'payload', 'tries', 'enqueuedAt', 'due'])
      .where('tenantId', '=', tenantId)
      .where('priority', '=', priority)
      .where((jobs) => isClaimable(jobs, options))
      .orderBy('due')
      .orderBy('kind')
      .orderBy('subject')
      .limit(1)
      .executeTakeFirst()
    if (job !== undefined) return { ...job, priority }
  }
  return undefined
}

/** In the words of a job: a running one of a tenant without a lease is one whose lease is over. */
function isClaimable(
  jobs: ExpressionBuilder<Database, 'jobs'>,
  { now, kinds }: Pick<ClaimOptions, 'now' | 'kinds'>,
) {
  // As it stands in the index.
  const isDue = [jobs('jobs.state', '!=', sql.lit('dead')), jobs('jobs.due', '<=', now)]
  return jobs.and(kinds === undefined ? isDue : [...isDue, jobs('jobs.kind', 'in', kinds)])
}

async function startTurn(
  queries: Queries,
  claim: { readonly tenantId: number; readonly token: number; kind: string; subject: string },
  leaseUntil: number,
): Promise<void> {
  const { tenantId, token, kind, subject } = claim
  await queries
    .updateTable('turns')
    .set(({ selectFrom }) => ({
      token,
      leaseUntil,
      kind,
      subject,
      served: selectFrom('turns').select(({ fn }) =>
        sql<number>`${fn.max('served')} + 1`.as('served'),
      ),
    }))
    .where('tenantId', '=', tenantId)
    .execute()
}
