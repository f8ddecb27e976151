import { listInstallationRepositories, type RepositoryFacts } from '../../github/index.ts'
import type { ClaimedJob, Facts, NewJob } from '../../store/index.ts'
import { type ChangeSubject, formatChangeSubject } from './change-subject.ts'
import type { JobContext } from './job-context.ts'
import { nextSnapshotDue } from './next-snapshot-due.ts'
import { tuning } from './tuning.ts'

/**
 * Makes the tenant's repositories those that its installation reaches. A new one is read from the beginning; one that is
 * known, from where it was read to; one that is no longer there is not read any more.
 */
export async function syncRepositories(
  job: ClaimedJob,
  { store, github, log, surroundings, signal, next }: JobContext,
): Promise<void> {
  if (job.installationId === null) return
  const api = await github.installationApi(job.installationId)
  const found: RepositoryFacts[] = []
  for await (const repository of listInstallationRepositories(api)) {
    signal.throwIfAborted()
    // One that is being transferred may be listed for both sides.
    if (repository.ownerId === job.tenantId) found.push(repository)
  }
  const now = surroundings.now()
  const readings = await store.tenant(job.tenantId).write(job, async (facts) => {
    await removeOthers(facts, new Set(found.map(({ id }) => id)), now)
    const jobs: NewJob[] = []
    for (const repository of found) {
      jobs.push(...(await keepRepository(facts, repository, { tenantId: job.tenantId, now })))
    }
    return jobs
  })
  log.info('repositories-synced', { tenant: job.tenantId, count: found.length })
  for (const reading of readings) next(reading)
  next({
    tenantId: job.tenantId,
    kind: 'build-snapshots',
    subject: '',
    due: nextSnapshotDue(now),
    priority: 1,
  })
}

/**
 * Keeps a repository as GitHub tells it, and says how it is to be read on. Where others may see it now than before, all its checks
 * are written anew, also those of changes that are over: what they may show has changed.
 */
export async function keepRepository(
  { repositories, checks }: Facts,
  { ownerId: _, ...repository }: RepositoryFacts,
  { tenantId, now }: { readonly tenantId: number; readonly now: number },
): Promise<NewJob[]> {
  const before = await repositories.get(repository.id)
  await repositories.upsert(repository)
  const kept = await repositories.get(repository.id)
  const isSeenByOthers = before !== undefined && before.visibility !== repository.visibility
  const shown = isSeenByOthers ? await checks.numbers(repository.id) : []
  const refresh = shown
    .toReversed()
    .map((number, place) =>
      checkJob(
        { repositoryId: repository.id, number },
        tenantId,
        now + place * tuning.refreshEvery,
      ),
    )
  const job = { tenantId, subject: String(repository.id) }
  if (kept === undefined || kept.backfilledAt === null) {
    return [{ ...job, kind: 'backfill-repository', due: now, priority: 2 }, ...refresh]
  }
  const due = Math.max(now, (kept.watermark ?? 0) + tuning.reconcileAgain)
  return [{ ...job, kind: 'reconcile-repository', due, priority: 1 }, ...refresh]
}

function checkJob(change: ChangeSubject, tenantId: number, due: number): NewJob {
  return { tenantId, kind: 'publish-check', subject: formatChangeSubject(change), due, priority: 1 }
}

async function removeOthers(
  { repositories }: Facts,
  found: ReadonlySet<number>,
  now: number,
): Promise<void> {
  for (const { id, state } of await repositories.list()) {
    if (state === 'active' && !found.has(id)) await repositories.remove(id, now)
  }
}
