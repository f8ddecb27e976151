import type { RepositoryFacts } from '../../github/index.ts'
import type { Facts, NewJob, NewRepository } from '../../store/index.ts'
import { readAccountSettings } from '../settings/account-settings.ts'
import { isTrackedRepository } from '../settings/tracked.ts'
import { refreshJobs } from './refresh-jobs.ts'
import { tuning } from './tuning.ts'

/** Who may see a repository, from the fewest on. */
const visibilities: readonly NewRepository['visibility'][] = ['private', 'internal', 'public']

/**
 * Keeps a repository as GitHub tells it, of one that is not tracked its name alone. Where more people may see it than before, all its
 * checks are written anew, also those of changes that are over: what they may show has changed.
 *
 * @returns how it is to be read on, and these
 */
export async function keepRepository(
  facts: Facts,
  { ownerId: _, ...repository }: RepositoryFacts,
  { tenantId, now }: { readonly tenantId: number; readonly now: number },
): Promise<NewJob[]> {
  const { repositories } = facts
  const { id, visibility } = repository
  const before = await repositories.get(id)
  await repositories.upsert(repository)
  if (!isTrackedRepository(await readAccountSettings(facts), id)) {
    await repositories.untrack(id, before?.removedAt ?? now)
    return []
  }
  const kept = await repositories.get(id)
  const isSeenByMore =
    before !== undefined &&
    visibilities.indexOf(visibility) > visibilities.indexOf(before.visibility)
  const refresh = { tenantId, now, kind: 'publish-check', which: 'every' } as const
  const shown = isSeenByMore && kept !== undefined ? await refreshJobs(facts, [kept], refresh) : []
  const job = { tenantId, subject: String(id) }
  if (kept === undefined || kept.backfilledAt === null) {
    return [{ ...job, kind: 'backfill-repository', due: now, priority: 2 }, ...shown]
  }
  const due = Math.max(now, (kept.watermark ?? 0) + tuning.reconcileAgain)
  return [{ ...job, kind: 'reconcile-repository', due, priority: 1 }, ...shown]
}
