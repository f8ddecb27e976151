import { readRepository } from '../../github/index.ts'
import type { ClaimedJob } from '../../store/index.ts'
import type { JobContext } from './job-context.ts'
import { keepRepository } from './sync-repositories.ts'

/**
 * Looks at one repository that is known, by its id: it may have another name, another visibility, another owner, or be gone.
 * What the installation has come to reach is the matter of `sync-repositories`: a public repository can be read with any token.
 */
export async function syncRepository(
  job: ClaimedJob,
  { store, github, log, surroundings, next }: JobContext,
): Promise<void> {
  if (job.installationId === null) return
  const id = Number(job.subject)
  const repository = await readRepository(await github.installationApi(job.installationId), id)
  const { tenantId } = job
  const now = surroundings.now()
  const jobs = await store.tenant(tenantId).write(job, async (facts) => {
    const kept = await facts.repositories.get(id)
    if (kept?.state !== 'active') return []
    if (repository !== 'gone' && repository.ownerId === tenantId) {
      return keepRepository(facts, repository, { tenantId, now })
    }
    await facts.repositories.remove(id, now)
    return []
  })
  log.info('repository-synced', { tenant: tenantId, repository: id })
  for (const one of jobs) next(one)
}
