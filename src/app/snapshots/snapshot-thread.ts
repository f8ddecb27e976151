import { randomBytes } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { indexRegistry, shippedRegistry } from '../../provenance/index.ts'
import { openReader } from '../../store/index.ts'
import type { SnapshotTask } from './build-in-thread.ts'
import { makeSnapshots } from './make-snapshots.ts'

// A thread of its own for the snapshots of one tenant: it reads the store, and gives what it made.
const { location, tenantId, ...week }: SnapshotTask = workerData
const reader = await openReader(location, { now: () => week.now, random: randomBytes })
try {
  const marks = indexRegistry(shippedRegistry())
  const made = await reader
    .tenant(tenantId)
    .read((facts) => makeSnapshots(facts, { marks, ...week }))
  parentPort?.postMessage(made)
} finally {
  await reader.close()
}
