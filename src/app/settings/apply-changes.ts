import type { Facts, NewJob } from '../../store/index.ts'
import { refreshJobs } from '../jobs/refresh-jobs.ts'
import { type AccountSettings, isLooser } from './account-settings.ts'
import type { SettingsChange } from './change-settings.ts'
import { areSameBranches, isTrackedRepository } from './tracked.ts'

/** Whose settings changed, and when. */
export interface Applied {
  readonly tenantId: number
  /** Milliseconds since the epoch. */
  readonly at: number
  /** How far back a repository is read. */
  readonly backfillWeeks: number
}

const week = 7 * 24 * 60 * 60 * 1_000

/**
 * Makes true what was decided, in the transaction that keeps it: which repositories are tracked, and from where they are read again
 * where other branches count.
 *
 * @returns jobs that bring the rest up to date, to be enqueued in the same transaction: a second run would not find again what changed
 */
export async function applyChanges(
  facts: Facts,
  { before, after, changed }: SettingsChange,
  about: Applied,
): Promise<NewJob[]> {
  if (changed.length === 0) return []
  const jobs: NewJob[] = []
  if (changed.includes('tracking')) jobs.push(...(await track(facts, before, after, about)))
  const repositories = await facts.repositories.list()
  const { tenantId, at } = about
  if (changed.includes('labels')) {
    jobs.push(
      ...(await refreshJobs(facts, repositories, { tenantId, now: at, kind: 'keep-labels' })),
    )
  }
  const isLess = showsLess(before, after)
  if (isLess || isShownElse(changed)) {
    const which = isLess ? 'every' : 'open'
    const refresh = { tenantId, now: at, kind: 'publish-check', which } as const
    jobs.push(...(await refreshJobs(facts, repositories, refresh)))
  }
  return jobs
}

async function track(
  { repositories }: Facts,
  before: AccountSettings,
  after: AccountSettings,
  { tenantId, at, backfillWeeks }: Applied,
): Promise<NewJob[]> {
  const isOther = !areSameBranches(before.tracking.branches, after.tracking.branches)
  const jobs: NewJob[] = []
  for (const repository of await repositories.list()) {
    const { id, state, backfilledAt, watermark } = repository
    if (state === 'removed') continue
    const isTracked = isTrackedRepository(after, id)
    if (!isTracked && state === 'active') await repositories.untrack(id, at)
    if (!isTracked) continue
    if (state === 'untracked') await repositories.upsert(repository)
    if (isOther && backfilledAt !== null) {
      const from = Math.min(watermark ?? 0, at - backfillWeeks * week)
      await repositories.setReading(id, { checkpoint: null, watermark: from })
    }
    const kind = backfilledAt === null ? 'backfill-repository' : 'reconcile-repository'
    if (isOther || state === 'untracked') {
      jobs.push({ tenantId, kind, subject: String(id), due: at, priority: 1 })
    }
  }
  return jobs
}

/** Whether something is no longer to be seen that was: then it goes from the checks of closed pull requests too. */
function showsLess(before: AccountSettings, after: AccountSettings): boolean {
  return (
    (before.open && !after.open) ||
    (before.organisationInPublicChecks && !after.organisationInPublicChecks) ||
    isLooser(before.thresholds, after.thresholds)
  )
}

function isShownElse(changed: SettingsChange['changed']): boolean {
  return (['open', 'organisationInPublicChecks', 'thresholds'] as const).some((name) =>
    changed.includes(name),
  )
}
