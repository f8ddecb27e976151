import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import type { TablePart } from '../comparison/index.ts'
import type { Derivation } from './derive-part.ts'
import { FilePart, type PartOrigin } from './file-part.ts'
import type { PartReading } from './read-part.ts'

/** A part of a records file, read here or in another thread. */
export interface PartOfFile {
  /** @param onProgress is told how many bytes of the part are done */
  read(onProgress: (done: number) => void): Promise<PartReading>
  derive(derivation: Derivation): Promise<TablePart>
  close(): Promise<void>
}

/** What a thread is asked for. */
export type PartTask =
  | { readonly task: 'read' }
  | { readonly task: 'derive'; readonly derivation: Derivation }

/** What it answers: how far it has come, and at last what it was asked for. */
export type PartAnswer = { readonly done: number } | { readonly result: PartReading | TablePart }

export function partHere(origin: PartOrigin): PartOfFile {
  const part = new FilePart(origin)
  return {
    read: async (onProgress) => part.read(onProgress),
    derive: async (derivation) => part.derive(derivation),
    close: async () => {},
  }
}

/**
 * Reading makes much that is soon forgotten. Threads begin with room for it: left to themselves they stop for each megabyte,
 * which takes a fifth of their time.
 */
const semiSpaceMegabytes = 16
const youngMegabytes = 3 * semiSpaceMegabytes
/** Each thread compiles for itself, and V8's best compiler takes a sixth of all time before a function has run so often. */
const callsBeforeBestCode = 100_000

export function partInThread(origin: PartOrigin): PartOfFile {
  setFlagsFromString(`--min-semi-space-size=${semiSpaceMegabytes}`)
  setFlagsFromString(`--invocation-count-for-turbofan=${callsBeforeBestCode}`)
  const worker = new Worker(new URL('./start-part-thread.js', import.meta.url), {
    workerData: origin,
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
  })
  const ask = <Result extends PartReading | TablePart>(
    task: PartTask,
    onProgress: (done: number) => void,
  ) =>
    new Promise<Result>((resolve, reject) => {
      worker.removeAllListeners()
      worker.on('error', reject)
      worker.on('message', (answer: { done: number } | { result: Result }) => {
        if ('done' in answer) onProgress(answer.done)
        else resolve(answer.result)
      })
      worker.postMessage(task)
    })
  return {
    read: (onProgress) => ask<PartReading>({ task: 'read' }, onProgress),
    derive: (derivation) => ask<TablePart>({ task: 'derive', derivation }, () => {}),
    close: async () => {
      await worker.terminate()
    },
  }
}
