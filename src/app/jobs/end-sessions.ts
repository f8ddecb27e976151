import type { ClaimedJob } from '../../store/index.ts'
import type { JobContext } from './job-context.ts'

/** Signs a person out everywhere: who left an organisation, or took back what the App was allowed (ASVS 7.4.2). */
export async function endSessions({ subject }: ClaimedJob, { store }: JobContext): Promise<void> {
  await store.sessions.deleteOf(Number(subject))
}
