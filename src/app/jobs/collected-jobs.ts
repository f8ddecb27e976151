import { AsyncLocalStorage } from 'node:async_hooks'
import type { NewJob } from '../../store/index.ts'

/** A job as a handler asks for it: the tenant and the time are the dispatcher's matter. */
export type WantedJob = Pick<NewJob, 'kind' | 'subject' | 'payload' | 'payloadAt'> & {
  /** Of the App itself, and not of the tenant. */
  readonly ofApp?: boolean
  /** Milliseconds from now; default at once. */
  readonly after?: number
}

/** What the handlers of one delivery have in common. */
interface Handling {
  readonly jobs: WantedJob[]
  readonly delivered: Delivered
}

/** What a handler may know of the delivery beside its payload. */
export interface Delivered {
  /** When it came in, milliseconds since the epoch. */
  readonly receivedAt: number
  /** SHA-256 of its body, which is all that GitHub signs, as hex digits. */
  readonly bodyHash: string
}

/**
 * Probot runs the handlers of a delivery side by side and waits for all of them, and a handler has no way to give anything
 * back. So each delivery gets a list of its own, which follows its handlers through whatever they await.
 */
const handlings = new AsyncLocalStorage<Handling>()

/** Runs the handlers of one delivery, and gives the jobs that they asked for. */
export async function collectJobs(
  delivered: Delivered,
  handle: () => Promise<void>,
): Promise<readonly WantedJob[]> {
  const jobs: WantedJob[] = []
  await handlings.run({ jobs, delivered }, handle)
  return jobs
}

export function wantJob(job: WantedJob): void {
  handling().jobs.push(job)
}

/** Of the delivery that is being handled. */
export function delivered(): Delivered {
  return handling().delivered
}

/** @throws Error where no delivery is being dispatched: an event came in past the inbox, and would be lost with this process */
function handling(): Handling {
  const current = handlings.getStore()
  if (current !== undefined) return current
  throw new Error(
    'an event reached a handler past the inbox: run the App by src/app/main.ts, and not by Probot',
  )
}
