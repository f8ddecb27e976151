import { type ClaimedJob, SYSTEM_TENANT } from '../../store/index.ts'
import type { JobContext } from './job-context.ts'
import { tuning } from './tuning.ts'

const day = 24 * 60 * 60 * 1_000

/** Deletes what has been kept for long enough, once a day. */
export async function purge(
  { kind, subject }: ClaimedJob,
  { store, log, surroundings, settings, next }: JobContext,
): Promise<void> {
  const now = surroundings.now()
  const { deliveries, records, tenants } = await store.purge({
    bodiesBefore: now - tuning.bodiesKept,
    factsBefore: now - settings.retentionDays * day,
    auditBefore: now - tuning.auditKept,
    sessionsBefore: now - tuning.sessionsIdle,
    removedBefore: now - tuning.grace,
  })
  log.info('purged', { count: deliveries + records + tenants })
  next({
    tenantId: SYSTEM_TENANT,
    kind,
    subject,
    due: now + tuning.purgeEvery,
    priority: 2,
  })
}
