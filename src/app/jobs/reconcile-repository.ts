import type { ClaimedJob, StoredRepository } from '../../store/index.ts'
import { readAccountSettings } from '../settings/account-settings.ts'
import { areSameBranches } from '../settings/tracked.ts'
import { fateJobs, reconcileJob, updateJobs } from './follow-up-jobs.ts'
import type { JobContext } from './job-context.ts'
import { readRepository } from './read-repository.ts'
import { formatPosition, parsePosition, type ReadingPosition } from './reading-position.ts'
import { tuning } from './tuning.ts'

/**
 * Reads again whatever changed in a repository since all of it was known, so that lost deliveries do no harm, however long
 * nobody listened. Webhooks make the App fast; this makes it right.
 */
export async function reconcileRepository(job: ClaimedJob, context: JobContext): Promise<void> {
  const { store, log, surroundings, next } = context
  const { tenantId, kind, subject } = job
  const repositoryId = Number(subject)
  const tenant = store.tenant(tenantId)
  const {
    repository,
    settings: { labels, tracking },
  } = await tenant.read(async (facts) => ({
    repository: await facts.repositories.get(repositoryId),
    settings: await readAccountSettings(facts),
  }))
  const { branches } = tracking
  if (repository?.state !== 'active' || job.installationId === null) return
  if (repository.backfilledAt === null) {
    next({ tenantId, kind: 'backfill-repository', subject, due: surroundings.now(), priority: 2 })
    return
  }
  const begun = parsePosition(repository.checkpoint)
  const position =
    begun !== undefined && areSameBranches(begun.branches ?? [], branches)
      ? begun
      : { ...firstPosition(repository, surroundings.now()), branches: [...branches] }
  const step = await readRepository(job, repository, position, context, (changed) => {
    const followUp = { tenantId, repositoryId, now: surroundings.now(), labels }
    return [...updateJobs(changed, followUp, 1), ...fateJobs(changed, followUp)]
  })
  if (!step.done) {
    next({ tenantId, kind, subject, due: surroundings.now(), priority: 1 })
    return
  }
  const goesOnTo = position.branchCommits
    ? undefined
    : branchPosition(repository, position, await mayReadContents(context, tenantId))
  const isThrough = await tenant.write(job, async (facts) => {
    const chosen = (await readAccountSettings(facts)).tracking.branches
    const isStill = areSameBranches(chosen, branches)
    const ended = isStill
      ? { checkpoint: null, watermark: position.startedAt }
      : { checkpoint: null }
    await facts.repositories.setReading(
      repositoryId,
      goesOnTo === undefined ? ended : { checkpoint: formatPosition(goesOnTo) },
    )
    return isStill && goesOnTo === undefined
  })
  if (!isThrough) {
    next({ tenantId, kind, subject, due: surroundings.now(), priority: 1 })
    return
  }
  log.info('reconciled', { tenant: tenantId, repository: repositoryId })
  next(reconcileJob(tenantId, repositoryId, surroundings))
}

/** Pull requests of any age, as long as they changed. */
function firstPosition({ watermark }: StoredRepository, now: number): ReadingPosition {
  return {
    startedAt: now,
    since: new Date(0).toISOString(),
    updatedSince: timeBefore(watermark ?? 0, tuning.overlap),
    branchCommits: false,
  }
}

/** After the pull requests, what was pushed straight to the branch: for which a reading goes through no pull request. */
function branchPosition(
  { watermark }: StoredRepository,
  { startedAt, branches }: ReadingPosition,
  mayRead: boolean,
): ReadingPosition | undefined {
  if (!mayRead) return undefined
  return {
    startedAt,
    ...(branches === undefined ? {} : { branches }),
    since: timeBefore(watermark ?? 0, tuning.branchOverlap),
    updatedSince: new Date(startedAt).toISOString(),
    branchCommits: true,
  }
}

async function mayReadContents({ store }: JobContext, tenantId: number): Promise<boolean> {
  return (await store.tenants.get(tenantId))?.permissions.contents !== undefined
}

function timeBefore(time: number, milliseconds: number): string {
  return new Date(Math.max(0, time - milliseconds)).toISOString()
}
