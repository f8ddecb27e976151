import { Worker } from 'node:worker_threads'
import { snapToMonday } from '../../comparison/index.ts'
import { createDocumentLibrary } from '../library/document-library.ts'
import type { Library } from '../library/library.ts'
import { exampleAccounts } from './example-accounts.ts'
import type { ExampleReports } from './make-example.ts'

/**
 * The library of the example, as of the last Monday.
 *
 * @param signal aborted where nobody waits for it any more
 * @throws what the thread throws that makes it, and the signal's reason where it is aborted
 */
export async function loadExample(now: number, signal: AbortSignal): Promise<Library> {
  const reports = await makeInThread(snapToMonday(now), signal)
  return createDocumentLibrary(exampleAccounts(reports, now))
}

function makeInThread(asOf: number, signal: AbortSignal): Promise<ExampleReports> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const thread = new Worker(new URL('./example-thread.ts', import.meta.url), {
      workerData: asOf,
    })
    const stop = () => {
      void thread.terminate()
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
    thread.once('message', resolve)
    thread.once('error', reject)
    thread.once('exit', (code) => {
      signal.removeEventListener('abort', stop)
      reject(new Error(`the thread that makes the example ended with ${code} and made none`))
    })
  })
}
