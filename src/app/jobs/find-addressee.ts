import { type NewJob, type Store, SYSTEM_TENANT } from '../../store/index.ts'
import type { Address } from './delivered-payloads.ts'

/** Whom a delivery concerns, as our own tables say: what stands in a payload is no proof. */
export type Addressee =
  /** The App itself, which asks GitHub what is true of the installation named. */
  | { readonly tenantId: typeof SYSTEM_TENANT }
  | { readonly tenantId: number }
  /** Nobody yet, or nobody any more: what has to be looked up first. */
  | { readonly tenantId: null; readonly jobs: readonly Omit<NewJob, 'due'>[] }

const nobody: Addressee = { tenantId: null, jobs: [] }

/** Events about the App's relation to an account, which need not be known for them. */
const ofTheApp = new Set([
  'github_app_authorization',
  'installation',
  'installation_repositories',
  'installation_target',
])

/**
 * Checks that the installation is a tenant's and the repository that tenant's: a payload that names another's repository
 * reaches nothing (RELIABILITY.md, section 4, tenant confusion).
 */
export async function findAddressee(
  store: Store,
  event: string,
  { installationId, repository }: Address,
): Promise<Addressee> {
  if (ofTheApp.has(event)) return { tenantId: SYSTEM_TENANT }
  if (installationId === null) return nobody
  const tenant = await store.tenants.byInstallation(installationId)
  if (tenant === undefined) {
    return lookUp(SYSTEM_TENANT, 'sync-installation', String(installationId))
  }
  if (tenant.state !== 'active') return nobody
  if (repository === null) return { tenantId: tenant.id }
  const known = await store
    .tenant(tenant.id)
    .read(({ repositories }) => repositories.get(repository.id))
  const isOurs = repository.ownerId === tenant.id
  // Of one that is not tracked it is still to be heard who may see it, and under which name.
  if (known !== undefined && known.state !== 'removed') {
    // Transferred away, or so it says.
    return isOurs
      ? { tenantId: tenant.id }
      : lookUp(tenant.id, 'sync-repository', String(repository.id))
  }
  return isOurs ? lookUp(tenant.id, 'sync-repositories', '') : nobody
}

function lookUp(tenantId: number, kind: string, subject: string): Addressee {
  return { tenantId: null, jobs: [{ tenantId, kind, subject, priority: 1 }] }
}
