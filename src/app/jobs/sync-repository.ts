import { readRepository } from '../../github/index.ts'
import type { ClaimedJob } from '../../store/index.ts'
import type { JobContext } from './job-context.ts'
import { keepRepository } from './keep-repository.ts'

/**
 * Looks at one repository that is known, by its id: it may have another name, another visibility, another owner, or be gone.
 * What the installation has come to reach is the matter of `sync-repositories`: a public repository can be read with any token.
 */
export async function syncRepository(
  job: ClaimedJob,
  { store, github, log, surroundings }: JobContext,
): Promise<void> {
  if (job.installationId === null) return
  const id = Number(job.subject)
  const repository = await readRepository(await github.installationApi(job.installationId), id)
  const { tenantId } = job
  const now = surroundings.now()
  await store.tenant(tenantId).write(job, async (facts, enqueue) => {
    const kept = await facts.repositories.get(id)
    if (kept === undefined || kept.state === 'removed') return
    if (repository !== 'gone' && repository.ownerId === tenantId) {
      enqueue(await keepRepository(facts, repository, { tenantId, now }))
    } else {
      await facts.repositories.remove(id, kept.removedAt ?? now)
    }
  })
  log.info('repository-synced', { tenant: tenantId, repository: id })
}
