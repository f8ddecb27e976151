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
 * Makes the week's snapshots of a tenant, of all repositories together and of those of them that may be shown beside it. They never
 * change, so that nothing is made before the repositories were read beyond the week's Monday; one that cannot be read keeps the
 * others back for six days, and then is counted no further. The checks of open pull requests are then brought up to date.
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
  if (plan.isMissing) {
    for (const id of plan.behind) {
      next({ tenantId, kind: 'reconcile-repository', subject: String(id), due: now, priority: 1 })
    }
  }
  if (plan.isMissing && plan.isHeldBack) {
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
  { store, location, log, signal }: JobContext,
  week: Week,
): Promise<void> {
  const { tenantId } = job
  const { asOf, now } = week
  const built = await buildInThread({ location, tenantId, ...week }, signal)
  if (built === undefined) return
  const tenant = store.tenant(tenantId)
  const checks = { tenantId, now, kind: 'publish-check' } as const
  // Before they are kept: whoever is killed in between makes them again, and asks again.
  await store.jobs.enqueue(
    await tenant.read(async (facts) =>
      refreshJobs(facts, await shownIn(facts, built.snapshots), checks),
    ),
  )
  const count = await tenant.write(job, async ({ snapshots, stays }) => {
    // All or none: what is counted from now on is told in the same snapshots.
    for (const [id, until] of built.stays.ends) await stays.end(id, until)
    for (const [id, from] of built.stays.begins) await stays.begin(id, from)
    let kept = 0
    for (const snapshot of built.snapshots) if (await snapshots.put(snapshot)) kept += 1
    return kept
  })
  log.info('snapshots-built', { tenant: tenantId, count, at: asOf })
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
