import {
  type ClaimedJob,
  ClockError,
  HOUSEKEEPING_TENANT,
  type PurgeLimits,
  type Store,
} from '../../store/index.ts'
import type { Log } from '../log.ts'
import { readAccountSettings } from '../settings/account-settings.ts'
import { keptDays } from '../settings/retention.ts'
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
    factsBeforeOf: await factsBeforeOf(store, log, now, settings.retentionDays),
    auditBefore: now - tuning.auditKept,
    sessionsBefore: now - tuning.sessionsIdle,
    removedBefore: now - tuning.grace,
  })
  next({
    tenantId: HOUSEKEEPING_TENANT,
    kind,
    subject,
    due: now + tuning.purgeEvery,
    priority: 2,
  })
}

/**
 * Owners may have chosen to keep facts for less time than this server does. Settings that cannot be read, a newer version's for
 * one, keep nobody else's facts from being purged.
 */
async function factsBeforeOf(
  store: Store,
  log: Log,
  now: number,
  server: number,
): Promise<ReadonlyMap<number, number>> {
  const limits = new Map<number, number>()
  for (const { id } of await store.tenants.list()) {
    try {
      const settings = await store.tenant(id).read(readAccountSettings)
      limits.set(id, now - keptDays(settings, server) * day)
    } catch (error) {
      log.error('settings-unreadable', { tenant: id, error })
    }
  }
  return limits
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
