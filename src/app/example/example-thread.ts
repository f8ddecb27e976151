import { parentPort, workerData } from 'node:worker_threads'
import { makeExample } from './make-example.ts'

// A thread of its own for the example: pages answer meanwhile.
const asOf: number = workerData
parentPort?.postMessage(await makeExample(asOf))
