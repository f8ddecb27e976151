import { sql } from 'kysely'
import type { NewJob } from '../contract/inbox.ts'
import type { DeadJob, JobClaim, JobName, Jobs } from '../contract/jobs.ts'
import type { Engine, Queries } from '../engine/engine.ts'
import { inBatches } from '../in-batches.ts'
import { checkTime } from './check-time.ts'
import { claimJob } from './claim-job.ts'
import { enqueueAll, ensureTurn } from './enqueue.ts'
import { buryOrRunAgain, endOrRunAgain, revive, unclaim, waitUntil } from './job-states.ts'
import { nextDue } from './next-due.ts'
import { shortened } from './shortened.ts'
import { endTurn, holdsTurn } from './turns.ts'

/** How often a claim looks again after somebody else was quicker. */
const mostAttempts = 5

const queue = { queue: true } as const

/** @param now milliseconds since the epoch */
export function createJobs(engine: Engine, now: () => number): Jobs {
  return {
    enqueue: async (jobs) => {
      for (const batch of inBatches(jobs)) {
        await engine.write(queue, (queries) => enqueueAll(queries, batch, now()))
      }
    },
    claim: async ({ lease, kinds }) => {
      if (kinds?.length === 0) return undefined
      for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
        const options = { now: now(), lease, kinds }
        const job = await engine.write(queue, (queries) => claimJob(engine, queries, options))
        if (job === 'none') return undefined
        if (job !== 'taken') return job
      }
      return undefined
    },
    extend: (job, lease) =>
      engine.write(queue, async (queries) => {
        if (!(await holdsTurn(engine, queries, job))) return false
        await queries
          .updateTable('turns')
          .set({ leaseUntil: now() + lease })
          .where('tenantId', '=', job.tenantId)
          .execute()
        return true
      }),
    finish: async (job, next = []) => {
      // The job itself at last: before its end it would run again for another reason.
      const ordered = next.toSorted(
        (one, other) => Number(isSame(one, job)) - Number(isSame(other, job)),
      )
      const batches = inBatches(ordered)
      const last = batches.at(-1) ?? []
      for (const batch of batches.slice(0, -1)) {
        if (!(await enqueueUnder(job, batch))) return false
      }
      return await end(job, async (queries) => {
        await endOrRunAgain(queries, job)
        await enqueueAll(queries, last, now())
      })
    },
    retry: (job, due, error) =>
      end(job, (queries) => {
        checkTime(due)
        return waitUntil(queries, job, { due, error: shortened(error) })
      }),
    bury: (job, error) =>
      end(job, (queries) => buryOrRunAgain(queries, job, { error: shortened(error), now: now() })),
    release: (job) => end(job, (queries) => unclaim(queries, job)),
    pause: (tenantId, until) =>
      engine.write(queue, async (queries) => {
        checkTime(until)
        await ensureTurn(queries, tenantId)
        await queries
          .updateTable('turns')
          .set({ pausedUntil: until })
          .where('tenantId', '=', tenantId)
          .where('pausedUntil', '<', until)
          .execute()
      }),
    dead: (limit, tenantId) => engine.read(queue, (queries) => dead(queries, limit, tenantId)),
    replay: (name) => engine.write(queue, (queries) => revive(queries, name, now())),
    tenantsOf: (kind) => engine.read(queue, (queries) => tenantsOf(queries, kind)),
    nextDue: () => engine.read(queue, nextDue),
  }

  function enqueueUnder(job: JobClaim, jobs: readonly NewJob[]): Promise<boolean> {
    return engine.write(queue, async (queries) => {
      const isHeld = await holdsTurn(engine, queries, job)
      if (isHeld) await enqueueAll(queries, jobs, now())
      return isHeld
    })
  }

  function end(job: JobClaim, write: (queries: Queries) => Promise<void>): Promise<boolean> {
    return engine.write(queue, async (queries) => {
      if (!(await holdsTurn(engine, queries, job))) return false
      await write(queries)
      await endTurn(queries, job.tenantId)
      return true
    })
  }
}

function isSame(one: JobName, other: JobName): boolean {
  return one.tenantId === other.tenantId && one.kind === other.kind && one.subject === other.subject
}

async function tenantsOf(queries: Queries, kind: string): Promise<number[]> {
  const rows = await queries
    .selectFrom('jobs')
    .select('tenantId')
    .distinct()
    .where('kind', '=', kind)
    .orderBy('tenantId')
    .execute()
  return rows.map(({ tenantId }) => tenantId)
}

async function dead(
  queries: Queries,
  limit: number,
  tenantId: number | undefined,
): Promise<DeadJob[]> {
  const rows = await queries
    .selectFrom('jobs')
    .select(['tenantId', 'kind', 'subject', 'payload', 'tries', 'error', 'enqueuedAt', 'diedAt'])
    .where('state', '=', sql.lit('dead'))
    .$if(tenantId !== undefined, (query) => query.where('tenantId', '=', tenantId ?? 0))
    .orderBy('diedAt', 'desc')
    .orderBy('tenantId')
    .orderBy('kind')
    .orderBy('subject')
    .limit(limit)
    .execute()
  return rows.map(({ error, diedAt, ...row }) => ({
    ...row,
    error: error ?? '',
    diedAt: diedAt ?? row.enqueuedAt,
  }))
}
