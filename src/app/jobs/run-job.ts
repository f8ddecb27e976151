import type { ClaimedJob, NewJob } from '../../store/index.ts'
import type { JobOutcome } from '../metrics.ts'
import { backOff } from './back-off.ts'
import { endOf } from './end-of-job.ts'
import { failureText } from './failure-text.ts'
import type { JobContext, JobKind, Work } from './job-context.ts'
import { tuning } from './tuning.ts'
import { whileLeased } from './while-leased.ts'

export type JobKinds = Readonly<Record<string, JobKind>>

/**
 * Claims a job that is due and runs it to its end.
 *
 * @param stop aborted when the process stops: a job that then goes on for too long is given back
 * @returns false where there was none
 */
export async function runNextJob(work: Work, kinds: JobKinds, stop: AbortSignal): Promise<boolean> {
  const claim = { lease: tuning.lease, kinds: Object.keys(kinds) }
  const job = await work.store.jobs.claim(claim)
  const kind = job === undefined ? undefined : kinds[job.kind]
  if (job === undefined || kind === undefined) return false
  const began = work.surroundings.now()
  const outcome = await runJob(job, kind, work, stop)
  work.metrics.job(job.kind, outcome, work.surroundings.now() - began)
  return true
}

async function runJob(
  job: ClaimedJob,
  kind: JobKind,
  work: Work,
  stop: AbortSignal,
): Promise<JobOutcome> {
  const { store, log } = work
  // Its last run neither ended nor gave it back: it kills its workers.
  if (job.tries > tuning.maximumTries && kind.of === 'tenant') {
    log.error('job-dead', fieldsOf(job))
    return (await store.jobs.bury(job, 'every try ended without a word')) ? 'buried' : 'lost'
  }
  if (kind.of === 'tenant' && job.tenantState !== 'active') {
    const isOver = job.tenantState !== 'suspended'
    return endOutOfReach({ job, kind }, { reason: 'suspended', next: [], isOver }, work)
  }
  const next: NewJob[] = []
  try {
    await whileLeased(job, work, stop, (signal) => {
      const context: JobContext = { ...work, signal, next: (wanted) => next.push(wanted) }
      return kind.run(job, context)
    })
  } catch (error) {
    const others = next.filter((wanted) => !isSame(wanted, job))
    return await endWith(error, { job, kind, others }, work, stop)
  }
  return (await store.jobs.finish(job, next)) ? 'done' : 'lost'
}

/** A job that ended early, and what it had asked for until then, but for itself: that may follow from facts that are kept. */
interface Broken {
  readonly job: ClaimedJob
  readonly kind: JobKind
  readonly others: readonly NewJob[]
}

async function endWith(
  error: unknown,
  { job, kind, others }: Broken,
  work: Work,
  stop: AbortSignal,
): Promise<JobOutcome> {
  const { store, log, surroundings } = work
  if (stop.aborted && error === stop.reason) {
    await store.jobs.enqueue(others)
    return (await store.jobs.release(job)) ? 'released' : 'lost'
  }
  const now = surroundings.now()
  const ending = endOf(error, job, now)
  log.warn('job-failed', { ...fieldsOf(job), outcome: ending.end, error })
  // Of a lost one, who has it now asks for the same; of a tenant that was erased nothing is to be done.
  const isOver = ending.end === 'lost' || (ending.end === 'finish' && ending.reason === 'erased')
  if (!isOver) await store.jobs.enqueue(others)
  switch (ending.end) {
    case 'lost':
      return 'lost'
    case 'limited':
      await store.jobs.pause(
        job.tenantId,
        Math.round(ending.until + surroundings.random() * tuning.limitJitter),
      )
      return (await store.jobs.release(job)) ? 'rescheduled' : 'lost'
    case 'finish': {
      log.warn('job-without-effect', { ...fieldsOf(job), reason: ending.reason })
      if (ending.reason === 'suspended') await store.tenants.suspend(job.tenantId)
      return endOutOfReach({ job, kind }, ending, work)
    }
    default: {
      const isLast = ending.end === 'bury' || job.tries >= tuning.maximumTries
      if (isLast && kind.of === 'tenant') {
        log.error('job-dead', { ...fieldsOf(job), error })
        return (await store.jobs.bury(job, failureText(error))) ? 'buried' : 'lost'
      }
      const at = now + backOff(job.tries, surroundings.random())
      return (await store.jobs.retry(job, at, failureText(error))) ? 'retried' : 'lost'
    }
  }
}

/** Nothing can be done now; `isOver`: nor later. */
async function endOutOfReach(
  { job, kind }: Pick<Broken, 'job' | 'kind'>,
  {
    reason,
    next,
    isOver,
  }: { readonly reason: string; readonly next: readonly NewJob[]; readonly isOver: boolean },
  { store: { jobs }, log, surroundings }: Work,
): Promise<JobOutcome> {
  if (isOver || kind.outOfReach === undefined) {
    return (await jobs.finish(job, next)) ? 'done' : 'lost'
  }
  if (kind.outOfReach === 'keep') {
    log.error('job-dead', { ...fieldsOf(job), reason })
    await jobs.enqueue(next)
    return (await jobs.bury(job, reason)) ? 'buried' : 'lost'
  }
  const { tenantId, subject, priority } = job
  const due = surroundings.now() + tuning.outOfReachAgain
  const again = { tenantId, kind: job.kind, subject, due, priority }
  return (await jobs.finish(job, [...next, again])) ? 'rescheduled' : 'lost'
}

function isSame(one: NewJob, other: ClaimedJob): boolean {
  return one.tenantId === other.tenantId && one.kind === other.kind && one.subject === other.subject
}

function fieldsOf({ kind, tenantId, tries }: ClaimedJob) {
  return { kind, tenant: tenantId, tries }
}
