import type { ClaimedJob } from '../../store/index.ts'
import type { JobContext } from './job-context.ts'
import { tuning } from './tuning.ts'

/** Erases a tenant that removed the App 30 days ago and has not come back. */
export async function eraseTenant(
  { subject }: ClaimedJob,
  { store, log, surroundings }: JobContext,
): Promise<void> {
  const tenant = await store.tenants.get(Number(subject))
  if (tenant?.state !== 'removed') return
  // It may have come and gone again since: then another job is due later.
  if ((tenant.removedAt ?? 0) + tuning.grace > surroundings.now()) return
  await store.tenants.erase(tenant.id, null)
  log.info('tenant-erased', { tenant: tenant.id })
}
