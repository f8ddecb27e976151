import { type ClaimedJob, LeaseLostError } from '../../store/index.ts'
import type { Work } from './job-context.ts'
import { tuning } from './tuning.ts'

/**
 * Runs a job while its lease is extended. The signal that it is given is aborted where the lease is lost or the process stops.
 * In the latter case it may still come to its end for some seconds; then it is left to itself, and what it writes after it was
 * given back is refused.
 *
 * @throws whatever the job throws, LeaseLostError, and the reason of `stop`
 */
export async function whileLeased(
  job: ClaimedJob,
  work: Work,
  stop: AbortSignal,
  run: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const lost = new AbortController()
  const ended = new AbortController()
  const running = run(AbortSignal.any([lost.signal, stop]))
  // Where it is left to itself, nobody hears how it ends.
  running.catch(ignore)
  try {
    await Promise.race([
      running,
      keepLease(job, work, lost, ended.signal),
      afterGrace(work, stop, ended.signal),
    ])
  } finally {
    ended.abort()
  }
}

/** Settles only by throwing. */
async function keepLease(
  job: ClaimedJob,
  { store, log, surroundings }: Work,
  lost: AbortController,
  ended: AbortSignal,
): Promise<never> {
  for (;;) {
    await untilEnded(surroundings.sleep(tuning.extendEvery, ended), ended)
    const extended = await store.jobs.extend(job, tuning.lease).catch((error: unknown) => {
      // The lease goes on for a while: perhaps the store is back by then.
      log.warn('lease-not-extended', { kind: job.kind, tenant: job.tenantId, error })
      return true
    })
    if (extended || ended.aborted) continue
    const error = new LeaseLostError(`the lease of a ${job.kind} job was lost`)
    lost.abort(error)
    throw error
  }
}

/** Settles only by throwing. */
async function afterGrace(
  { surroundings }: Work,
  stop: AbortSignal,
  ended: AbortSignal,
): Promise<never> {
  await new Promise<void>((resolve) => {
    if (stop.aborted) resolve()
    else stop.addEventListener('abort', () => resolve(), { once: true, signal: ended })
  })
  await untilEnded(surroundings.sleep(tuning.stopWithin, ended), ended)
  throw stop.reason
}

/** A sleep that is ended because the job ended never settles: nobody waits for it any more. */
function untilEnded(sleep: Promise<void>, ended: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    sleep.then(resolve, (error: unknown) => {
      if (!ended.aborted) reject(error)
    })
  })
}

function ignore(): void {}
