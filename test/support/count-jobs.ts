import { randomBytes } from 'node:crypto'
import { openStore, type StoreLocation } from '../../src/store/index.ts'

/**
 * A worker in a process of its own, for `leases.test.ts`: claims jobs until there are none, and writes a line of the audit log
 * for each. It looks whether another worker is at the same tenant, which would be double work.
 */
const location = JSON.parse(process.argv[2] ?? '') as StoreLocation
const store = await openStore(location, {
  now: () => Date.now(),
  random: (size) => randomBytes(size),
})
for (;;) {
  const due = await store.jobs.nextDue()
  if (due === undefined) break
  const job = await store.jobs.claim({ lease: 10_000 })
  if (job === undefined) continue
  await store.tenant(job.tenantId).write(job, (facts) =>
    facts.audit.add({
      at: Date.now(),
      actor: process.pid,
      action: 'count',
      subject: job.subject,
      outcome: 'done',
    }),
  )
  if (!(await store.jobs.finish(job))) throw new Error('the lease was lost')
}
await store.close()
