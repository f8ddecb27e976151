import { indexRegistry, shippedRegistry } from '../../provenance/index.ts'
import { whatShipped } from '../index.ts'
import { dispatchDeliveries } from './dispatch-deliveries.ts'
import { firstJobs } from './first-jobs.ts'
import type { Work } from './job-context.ts'
import { jobKinds } from './job-kinds.ts'
import { runNextJob } from './run-job.ts'
import { tuning } from './tuning.ts'

export interface WorkersOptions extends Omit<Work, 'marks'> {
  /** Aborted when the process stops. */
  readonly signal: AbortSignal
}

/**
 * Turns deliveries into jobs and works jobs off, until the signal is aborted; resolves once everything that was running has
 * ended or was given back. Any number of processes may do so on one database.
 */
export async function runWorkers({ signal, ...options }: WorkersOptions): Promise<void> {
  const work: Work = { ...options, marks: indexRegistry(shippedRegistry()) }
  await work.github.probot.load(whatShipped)
  await work.store.jobs.enqueue(firstJobs(work.surroundings.now()))
  const ring = new Bell()
  const steps = [
    async () => (await dispatchDeliveries(work)) > 0,
    ...Array.from({ length: tuning.jobsAtOnce }, () => () => runNextJob(work, jobKinds, signal)),
  ]
  await Promise.all(steps.map((step) => repeat(step, ring, work, signal)))
}

/** Takes one step after the other; after one that found nothing to do, waits until somebody did something, or for a second. */
async function repeat(
  step: () => Promise<boolean>,
  bell: Bell,
  { log, surroundings }: Work,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    let busy = false
    try {
      busy = await step()
    } catch (error) {
      // The store does not answer. It will.
      log.error('worker-failed', { error })
    }
    if (busy) bell.ring()
    else await bell.heard(surroundings.sleep(tuning.lookEvery, signal))
  }
}

/** What one worker did may be work for another. */
class Bell {
  #rung = Promise.withResolvers<void>()

  ring(): void {
    this.#rung.resolve()
    this.#rung = Promise.withResolvers()
  }

  /** Settles when it rings, or when the time is over, or when that was cut short. */
  async heard(sleep: Promise<void>): Promise<void> {
    await Promise.race([this.#rung.promise, sleep.catch(() => {})])
  }
}
