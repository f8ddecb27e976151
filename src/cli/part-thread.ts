import { parentPort, workerData } from 'node:worker_threads'
import { derivePart } from './derive-part.ts'
import type { PartAnswer, PartOrigin, PartTask } from './part-of-file.ts'
import { readPart } from './read-part.ts'

// A thread of its own for a part of a large records file: it is asked to read the part, and then to derive its changes.
const { file, range }: PartOrigin = workerData
/** Bytes: told more often, reading would be slower. */
const progressStep = 4 * 1024 * 1024

parentPort?.on('message', (asked: PartTask) => {
  if (asked.task === 'derive') answer({ result: derivePart(file, range, asked.derivation) })
  else answer({ result: readPart(file, range, tellProgress()) })
})

function answer(given: PartAnswer): void {
  parentPort?.postMessage(given)
}

function tellProgress(): (done: number) => void {
  let told = 0
  return (done) => {
    if (done - told < progressStep) return
    told = done
    answer({ done })
  }
}
