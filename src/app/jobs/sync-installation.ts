import { readInstallation } from '../../github/index.ts'
import type { ClaimedJob } from '../../store/index.ts'
import { mayLabel } from '../labels/may-label.ts'
import { readAccountSettings } from '../settings/account-settings.ts'
import type { JobContext } from './job-context.ts'

/**
 * Asks GitHub how an installation stands, whatever a delivery said of it: it may be new, suspended, or removed, and a removed
 * one may have come back as another. What is kept of a tenant that removed the App is erased by `purge` after 30 days.
 */
export async function syncInstallation(
  { subject }: ClaimedJob,
  { store, github, log, surroundings, next }: JobContext,
): Promise<void> {
  const id = Number(subject)
  const installation = await readInstallation(await github.appApi(), id)
  const now = surroundings.now()
  if (installation === 'gone') {
    const tenant = await store.tenants.byInstallation(id)
    // Another one is the tenant's by now, or nobody ever used this one.
    if (tenant === undefined || tenant.state === 'removed') return
    await store.tenants.remove(tenant.id, now)
    log.info('installation-removed', { tenant: tenant.id, installation: id })
    return
  }
  const { account, permissions, suspendedAt } = installation
  const state = suspendedAt === null ? 'active' : 'suspended'
  await store.tenants.upsert({ ...account, installationId: id, permissions, state })
  log.info('installation-synced', { tenant: account.id, installation: id, outcome: state })
  if (state === 'active') {
    const { labels } = await store.tenant(account.id).read(readAccountSettings)
    if (labels && !mayLabel(permissions)) log.warn('labels-not-granted', { tenant: account.id })
    next({
      tenantId: account.id,
      kind: 'sync-repositories',
      subject: '',
      due: now,
      priority: 0,
    })
  }
}
