import { listInstallations } from '../../github/index.ts'
import { type ClaimedJob, SYSTEM_TENANT } from '../../store/index.ts'
import type { JobContext } from './job-context.ts'
import { tuning } from './tuning.ts'

/** Looks at every installation that there is, and at every one that we know: what no delivery told is found here. */
export async function findInstallations(
  { kind }: ClaimedJob,
  { store, github, surroundings, signal, next }: JobContext,
): Promise<void> {
  const ids = new Set<number>()
  for await (const { id } of listInstallations(await github.appApi())) {
    signal.throwIfAborted()
    ids.add(id)
  }
  for (const { installationId, state } of await store.tenants.list()) {
    if (state !== 'removed') ids.add(installationId)
  }
  const now = surroundings.now()
  for (const id of ids) {
    next({
      tenantId: SYSTEM_TENANT,
      kind: 'sync-installation',
      subject: String(id),
      due: now,
      priority: 1,
    })
  }
  next({
    tenantId: SYSTEM_TENANT,
    kind,
    subject: '',
    due: now + tuning.findInstallationsEvery,
    priority: 1,
  })
}
