import type { ClaimedJob } from '../../store/index.ts'
import { formatChangeSubject } from './change-subject.ts'
import type { JobContext } from './job-context.ts'

/** Finds the pull requests of a head commit for which a check was asked: of forks GitHub names none (TECHNOLOGY.md, 3.2). */
export async function findChanges(
  { tenantId, subject, payload }: ClaimedJob,
  { store, surroundings, next }: JobContext,
): Promise<void> {
  const [repositoryId = '', sha = ''] = subject.split('/')
  const records = await store
    .tenant(tenantId)
    .read((facts) => facts.records.byHead(Number(repositoryId), sha))
  for (const { number } of records) {
    next({
      tenantId,
      kind: 'publish-check',
      subject: formatChangeSubject({ repositoryId: Number(repositoryId), number }),
      due: surroundings.now(),
      priority: 0,
      ...(payload === null ? {} : { payload }),
    })
  }
}
