import { Worker } from 'node:worker_threads'
import type { StoreLocation } from '../../store/index.ts'
import type { MadeSnapshots } from './make-snapshots.ts'

/** Of which tenant snapshots are made, and as of when; times in milliseconds since the epoch. */
export interface SnapshotTask {
  readonly location: StoreLocation
  readonly tenantId: number
  /** What the organisation's snapshot is headed with. */
  readonly login: string
  readonly asOf: number
  readonly now: number
}

/**
 * Makes snapshots in a thread of its own, which reads the store for itself: on the main thread a report of a large organisation
 * would hold up acknowledgements for as long as it takes (TECHNOLOGY.md, section 8).
 *
 * @throws what the thread throws, and the signal's reason where it is aborted
 */
export function buildInThread(
  task: SnapshotTask,
  signal: AbortSignal,
): Promise<MadeSnapshots | undefined> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const thread = new Worker(new URL('./snapshot-thread.ts', import.meta.url), {
      workerData: task,
    })
    const stop = () => {
      void thread.terminate()
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
    thread.once('message', (made: MadeSnapshots | undefined) => resolve(made))
    thread.once('error', reject)
    thread.once('exit', (code) => {
      signal.removeEventListener('abort', stop)
      reject(new Error(`the thread that makes snapshots ended with ${code} and made none`))
    })
  })
}
