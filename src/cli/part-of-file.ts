import { Worker } from 'node:worker_threads'
import type { TablePart } from '../comparison/index.ts'
import { type Derivation, derivePart } from './derive-part.ts'
import type { FileRange } from './read-file-lines.ts'
import { type PartReading, readPart } from './read-part.ts'

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

export interface PartOrigin {
  /** Descriptor of the file, which all threads share. */
  readonly file: number
  readonly range: FileRange
}

export function partHere({ file, range }: PartOrigin): PartOfFile {
  return {
    read: async (onProgress) => readPart(file, range, onProgress),
    derive: async (derivation) => derivePart(file, range, derivation),
    close: async () => {},
  }
}

/** Reading makes much that is soon forgotten: with room for it, little is copied before it is. */
const youngMegabytes = 64

export function partInThread(origin: PartOrigin): PartOfFile {
  const worker = new Worker(new URL('./part-thread.ts', import.meta.url), {
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
