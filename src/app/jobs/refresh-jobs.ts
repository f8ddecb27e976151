import type { Facts, NewJob, StoredRepository } from '../../store/index.ts'
import { formatChangeSubject } from './change-subject.ts'
import { tuning } from './tuning.ts'

/**
 * Jobs that bring pull requests of these repositories up to date, the newest first. They are spread, so that of what GitHub lets an
 * App write in an hour something is left for live changes; where nothing changed, nothing is written. GitHub lets nobody write to an
 * archived repository.
 *
 * @param of kind: whether it is about their checks or their labels; which: the open ones, or every one that ever had a check
 */
export async function refreshJobs(
  { records, checks }: Facts,
  repositories: readonly StoredRepository[],
  of: {
    readonly tenantId: number
    readonly now: number
    readonly kind: 'publish-check' | 'keep-labels'
    readonly which?: 'open' | 'every'
  },
): Promise<NewJob[]> {
  const { tenantId, now, kind, which = 'open' } = of
  const jobs: NewJob[] = []
  for (const { id, state, archived } of repositories) {
    if (state !== 'active' || archived) continue
    const numbers = which === 'open' ? await records.open(id) : await checks.numbers(id)
    for (const number of numbers.toReversed()) {
      const subject = formatChangeSubject({ repositoryId: id, number })
      const due = now + tuning.publishAfter + jobs.length * tuning.refreshEvery
      jobs.push({ tenantId, kind, subject, due, priority: 1 })
    }
  }
  return jobs
}
