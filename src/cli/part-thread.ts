import { parentPort, workerData } from 'node:worker_threads'
import { FilePart } from './file-part.ts'
import type { PartAnswer, PartTask } from './part-of-file.ts'

// A thread of its own for a part of a large records file: it is asked to read the part, and then to derive its changes.
const part = new FilePart(workerData)
/** Bytes: told more often, reading would be slower. */
const progressStep = 4 * 1024 * 1024

parentPort?.on('message', (asked: PartTask) => {
  if (asked.task === 'derive') answer({ result: part.derive(asked.derivation) })
  else answer({ result: part.read(tellProgress()) })
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
