import { listInstallationRepositories, type RepositoryFacts } from '../../github/index.ts'
import type { ClaimedJob, Facts } from '../../store/index.ts'
import type { JobContext } from './job-context.ts'
import { keepRepository } from './keep-repository.ts'
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
  const tenant = store.tenant(job.tenantId)
  await tenant.write(job, (facts) => removeOthers(facts, new Set(found.map(({ id }) => id)), now))
  for (let start = 0; start < found.length; start += tuning.repositoriesAtOnce) {
    const some = found.slice(start, start + tuning.repositoriesAtOnce)
    await tenant.write(job, async (facts, enqueue) => {
      for (const repository of some) {
        enqueue(await keepRepository(facts, repository, { tenantId: job.tenantId, now }))
      }
    })
  }
  log.info('repositories-synced', { tenant: job.tenantId, count: found.length })
  next({
    tenantId: job.tenantId,
    kind: 'build-snapshots',
    subject: '',
    due: now,
    priority: 1,
  })
}

async function removeOthers(
  { repositories }: Facts,
  found: ReadonlySet<number>,
  now: number,
): Promise<void> {
  for (const { id, state, removedAt } of await repositories.list()) {
    if (state !== 'removed' && !found.has(id)) await repositories.remove(id, removedAt ?? now)
  }
}
