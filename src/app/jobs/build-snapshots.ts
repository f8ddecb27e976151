import { snapToMonday } from '../../comparison/index.ts'
import type { ClaimedJob, StoredRepository } from '../../store/index.ts'
import { buildInThread } from '../snapshots/build-in-thread.ts'
import type { JobContext } from './job-context.ts'
import { nextSnapshotDue } from './next-snapshot-due.ts'
import { tuning } from './tuning.ts'

/**
 * Makes the week's snapshots of a tenant, of each repository that was read whole and of all of them together. They never
 * change, so that nothing is made before every repository was read beyond the week's Monday; one that cannot be read keeps the
 * others back for a day.
 */
export async function buildSnapshots(job: ClaimedJob, context: JobContext): Promise<void> {
  const { store, log, surroundings, next } = context
  const { tenantId, kind, subject } = job
  const now = surroundings.now()
  const asOf = snapToMonday(now)
  const tenant = store.tenant(tenantId)
  const repositories = await tenant.read((facts) => facts.repositories.list())
  const behind = repositories.filter((repository) => isBehind(repository, asOf))
  if (behind.length > 0 && now < asOf + tuning.snapshotPatience) {
    for (const { id } of behind) {
      next({ tenantId, kind: 'reconcile-repository', subject: String(id), due: now, priority: 1 })
    }
    next({ tenantId, kind, subject, due: now + tuning.snapshotRetry, priority: 1 })
    return
  }
  const login = (await store.tenants.get(tenantId))?.login ?? ''
  const built = await buildInThread(
    { location: context.location, tenantId, login, asOf, now },
    context.signal,
  )
  const kept = await tenant.write(job, async ({ snapshots }) => {
    let count = 0
    for (const snapshot of built) if (await snapshots.put(snapshot)) count += 1
    return count
  })
  log.info('snapshots-built', { tenant: tenantId, count: kept, at: asOf })
  next({ tenantId, kind, subject, due: nextSnapshotDue(now), priority: 1 })
}

/** Read whole, and not yet beyond that Monday. */
function isBehind({ state, backfilledAt, watermark }: StoredRepository, asOf: number): boolean {
  return state === 'active' && backfilledAt !== null && (watermark ?? 0) < asOf
}
