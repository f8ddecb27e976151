import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { openStore, type StoreLocation } from '../../src/store/index.ts'

/** Works off the jobs of some kinds, as a process of a version that knows no others, and tells which, until somebody kills it. */
const location = JSON.parse(process.argv[2] ?? '') as StoreLocation
const kinds = process.argv.slice(3)
const store = await openStore(location, {
  now: () => Date.now(),
  random: (size) => randomBytes(size),
})

for (;;) {
  const job = await store.jobs.claim({ lease: 60_000, kinds })
  if (job === undefined) await wait(10)
  else if (await store.jobs.finish(job))
    process.send?.(`${job.tenantId} ${job.kind} ${job.subject}`)
}
