import type { ClaimedJob, Facts, StoredRepository } from '../../store/index.ts'
import { readAccountSettings } from '../settings/account-settings.ts'
import { areSameBranches } from '../settings/tracked.ts'
import { fateJobs, reconcileJob, updateJobs } from './follow-up-jobs.ts'
import type { JobContext } from './job-context.ts'
import { readRepository } from './read-repository.ts'
import { parsePosition, type ReadingPosition } from './reading-position.ts'

const week = 7 * 24 * 60 * 60 * 1_000

/**
 * Reads what happened in a repository before the App came, what changed last first, some pages at a time. Its open pull
 * requests get their check, the merged ones another look later on. After the last of the tenant's repositories the first
 * snapshots are made. What comes after it is asked for again where it was killed at
 * the very end.
 */
export async function backfillRepository(job: ClaimedJob, context: JobContext): Promise<void> {
  const { store, surroundings, next } = context
  const { tenantId, kind, subject } = job
  const id = Number(subject)
  const tenant = store.tenant(tenantId)
  const repository = await tenant.read(({ repositories }) => repositories.get(id))
  if (repository?.state !== 'active' || job.installationId === null) return
  if (repository.backfilledAt === null && !(await readOn(job, repository, context))) {
    // At the same time as before: one repository after the other is read to its end.
    next({ tenantId, kind, subject, due: job.due, priority: 2 })
    return
  }
  next(reconcileJob(tenantId, id, surroundings))
  const isLast = await tenant.read(areAllRead)
  if (!isLast) return
  next({ tenantId, kind: 'build-snapshots', subject: '', due: surroundings.now(), priority: 1 })
}

/** @returns whether the repository is read to its end */
async function readOn(
  job: ClaimedJob,
  repository: StoredRepository,
  context: JobContext,
): Promise<boolean> {
  const { store, log, surroundings, settings } = context
  const { tenantId } = job
  const { id } = repository
  const tenant = store.tenant(tenantId)
  const { labels, tracking } = await tenant.read(readAccountSettings)
  const now = surroundings.now()
  const position: ReadingPosition = parsePosition(repository.checkpoint) ?? {
    startedAt: now,
    since: new Date(now - settings.backfillWeeks * week).toISOString(),
    branchCommits: true,
  }
  const step = await readRepository(job, repository, position, context, (changed) => {
    const followUp = { tenantId, repositoryId: id, now: surroundings.now(), labels }
    const updates = changed.state === 'open' ? updateJobs(changed, followUp, 1) : []
    return [...updates, ...fateJobs(changed, followUp)]
  })
  const progress = { tenant: tenantId, repository: id, count: step.read }
  log.info('backfill', step.total === null ? progress : { ...progress, total: step.total })
  if (!step.done) return false
  const isThrough = await tenant.write(job, async (facts) => {
    // What an owner chose meanwhile asks for another reading, which begins anew by itself.
    const chosen = (await readAccountSettings(facts)).tracking.branches
    if (!areSameBranches(chosen, tracking.branches)) return false
    await facts.repositories.setReading(id, {
      checkpoint: null,
      backfilledAt: surroundings.now(),
      watermark: position.startedAt,
    })
    return true
  })
  if (!isThrough) return false
  log.info('backfill-through', progress)
  return true
}

async function areAllRead({ repositories }: Facts): Promise<boolean> {
  const all = await repositories.list()
  return all.every(({ state, backfilledAt }) => state !== 'active' || backfilledAt !== null)
}
