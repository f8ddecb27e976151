import type { Facts, NewJob, StoredRepository } from '../../store/index.ts'
import { formatChangeSubject } from './change-subject.ts'
import { tuning } from './tuning.ts'

/**
 * Jobs that bring all open pull requests of these repositories up to date, the newest first. They are spread, so that what
 * GitHub lets an App write in an hour is left for live changes; where nothing changed, nothing is written.
 *
 * @param of kind: whether it is about their checks or their labels
 */
export async function refreshJobs(
  { records }: Facts,
  repositories: readonly StoredRepository[],
  of: {
    readonly tenantId: number
    readonly now: number
    readonly kind: 'publish-check' | 'keep-labels'
  },
): Promise<NewJob[]> {
  const { tenantId, now, kind } = of
  const jobs: NewJob[] = []
  for (const { id, state, archived } of repositories) {
    if (state !== 'active' || archived) continue
    for (const number of (await records.open(id)).toReversed()) {
      const subject = formatChangeSubject({ repositoryId: id, number })
      const due = now + tuning.publishAfter + jobs.length * tuning.refreshEvery
      jobs.push({ tenantId, kind, subject, due, priority: 1 })
    }
  }
  return jobs
}
