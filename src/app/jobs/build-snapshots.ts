import { snapToMonday } from '../../comparison/index.ts'
import type { ClaimedJob, Facts, Snapshot, StoredRepository } from '../../store/index.ts'
import { buildInThread, type SnapshotTask } from '../snapshots/build-in-thread.ts'
import type { JobContext } from './job-context.ts'
import { nextSnapshotDue } from './next-snapshot-due.ts'
import { planSnapshots } from './plan-snapshots.ts'
import { refreshJobs } from './refresh-jobs.ts'
import { tuning } from './tuning.ts'

/** Of whom snapshots are made, and as of when. */
type Week = Pick<SnapshotTask, 'login' | 'asOf' | 'now'>

/**
 * Makes the week's snapshots of a tenant, of all repositories together and of each of them. They never change, so
 * that nothing is made before the repositories were read beyond the week's Monday; one that cannot be read keeps the others
 * back for a day. The checks of open pull requests are then brought up to date.
 */
export async function buildSnapshots(job: ClaimedJob, context: JobContext): Promise<void> {
  const { store, surroundings, next } = context
  const { tenantId, kind, subject } = job
  const now = surroundings.now()
  const asOf = snapToMonday(now)
  const owner = await store.tenants.get(tenantId)
  if (owner === undefined) return
  const tenant = store.tenant(tenantId)
  const plan = await tenant.read((facts) =>
    planSnapshots(facts, { asOf, now, since: owner.createdAt }),
  )
  if (plan.isMissing && plan.behind.length > 0 && now < asOf + tuning.snapshotPatience) {
    for (const id of plan.behind) {
      next({ tenantId, kind: 'reconcile-repository', subject: String(id), due: now, priority: 1 })
    }
    next({ tenantId, kind, subject, due: now + tuning.snapshotRetry, priority: 1 })
    return
  }
  if (plan.isMissing) await build(job, context, { login: owner.login, asOf, now })
  const due = Math.min(nextSnapshotDue(now), plan.waitsUntil)
  next({ tenantId, kind, subject, due, priority: 1 })
}

/** Makes what is missing, and has the checks show it that may. */
async function build(
  job: ClaimedJob,
  { store, location, log, signal, next }: JobContext,
  { login, asOf, now }: Week,
): Promise<void> {
  const { tenantId } = job
  const built = await buildInThread({ location, tenantId, login, asOf, now }, signal)
  const { count, refresh } = await store.tenant(tenantId).write(job, async (facts) => {
    const kept: Snapshot[] = []
    for (const snapshot of built) if (await facts.snapshots.put(snapshot)) kept.push(snapshot)
    const checks = { tenantId, now, kind: 'publish-check' } as const
    return {
      count: kept.length,
      refresh: await refreshJobs(facts, await shownIn(facts, kept), checks),
    }
  })
  log.info('snapshots-built', { tenant: tenantId, count, at: asOf })
  for (const check of refresh) next(check)
}

/** In the checks of which repositories a new statement may be shown. */
async function shownIn(
  { repositories }: Facts,
  snapshots: readonly Snapshot[],
): Promise<StoredRepository[]> {
  const ofAll = snapshots.some(({ scope }) => scope === 'organisation')
  const own = new Set(snapshots.map(({ repositoryId }) => repositoryId))
  return (await repositories.list()).filter(({ id }) => ofAll || own.has(id))
}
