import {
  type ClaimedJob,
  ClockError,
  type PurgeLimits,
  type Store,
  SYSTEM_TENANT,
} from '../../store/index.ts'
import type { Log } from '../log.ts'
import type { JobContext } from './job-context.ts'
import { tuning } from './tuning.ts'

const day = 24 * 60 * 60 * 1_000

/** Deletes what has been kept for long enough, once a day. */
export async function purge(
  { kind, subject }: ClaimedJob,
  { store, log, surroundings, settings, next }: JobContext,
): Promise<void> {
  const now = surroundings.now()
  await purgeStore(store, log, {
    bodiesBefore: now - tuning.bodiesKept,
    factsBefore: now - settings.retentionDays * day,
    auditBefore: now - tuning.auditKept,
    sessionsBefore: now - tuning.sessionsIdle,
    removedBefore: now - tuning.grace,
  })
  next({
    tenantId: SYSTEM_TENANT,
    kind,
    subject,
    due: now + tuning.purgeEvery,
    priority: 2,
  })
}

/** With a clock that cannot be right, nothing is deleted until it is looked at again. */
async function purgeStore(store: Store, log: Log, limits: PurgeLimits): Promise<void> {
  try {
    const { deliveries, records, tenants } = await store.purge(limits)
    log.info('purged', { count: deliveries + records + tenants })
  } catch (error) {
    if (!(error instanceof ClockError)) throw error
    log.error('purge-refused', { error })
  }
}
