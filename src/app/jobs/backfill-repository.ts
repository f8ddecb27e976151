import type { ClaimedJob } from '../../store/index.ts'
import { readTenantSettings } from '../check/tenant-settings.ts'
import { fateJobs, reconcileJob, updateJobs } from './follow-up-jobs.ts'
import type { JobContext } from './job-context.ts'
import { readRepository } from './read-repository.ts'
import { parsePosition, type ReadingPosition } from './reading-position.ts'

const week = 7 * 24 * 60 * 60 * 1_000

/**
 * Reads what happened in a repository before the App came, what changed last first, some pages at a time. Its open pull
 * requests get their check, the merged ones another look later on. Once it is through, the repository's first snapshot is made;
 * after the last of the tenant's repositories that of all together.
 */
export async function backfillRepository(job: ClaimedJob, context: JobContext): Promise<void> {
  const { store, log, surroundings, settings, next } = context
  const { tenantId, kind, subject } = job
  const id = Number(subject)
  const tenant = store.tenant(tenantId)
  const { repository, labels } = await tenant.read(async (facts) => ({
    repository: await facts.repositories.get(id),
    labels: (await readTenantSettings(facts)).labels,
  }))
  if (repository?.state !== 'active' || repository.backfilledAt !== null) return
  if (job.installationId === null) return
  const now = surroundings.now()
  const position: ReadingPosition = parsePosition(repository.checkpoint) ?? {
    startedAt: now,
    since: new Date(now - settings.backfillWeeks * week).toISOString(),
    branchCommits: true,
  }
  const step = await readRepository(job, repository, position, context, (changed) => {
    const followUp = { tenantId, repositoryId: id, now: surroundings.now(), labels }
    for (const record of changed) {
      if (record.state === 'open') {
        for (const update of updateJobs(record, followUp, 2)) next(update)
      }
      for (const look of fateJobs(record, followUp)) next(look)
    }
  })
  const progress = { tenant: tenantId, repository: id, count: step.read }
  log.info('backfill', step.total === null ? progress : { ...progress, total: step.total })
  if (!step.done) {
    next({ tenantId, kind, subject, due: surroundings.now(), priority: 2 })
    return
  }
  const isLast = await tenant.write(job, async ({ repositories }) => {
    await repositories.setReading(id, {
      checkpoint: null,
      backfilledAt: surroundings.now(),
      watermark: position.startedAt,
    })
    const all = await repositories.list()
    return all.every(({ state, backfilledAt }) => state !== 'active' || backfilledAt !== null)
  })
  log.info('backfill-through', progress)
  next(reconcileJob(tenantId, id, surroundings))
  const build = { tenantId, kind: 'build-snapshots', due: surroundings.now(), priority: 1 } as const
  next({ ...build, subject })
  if (isLast) next({ ...build, subject: '' })
}
