/** Jobs and state of the App itself belong to this tenant, which no installation has. */
export const SYSTEM_TENANT = 0

/** What the App does for long and for nobody who waits, one thing at a time as any tenant: apart, so that it holds up nothing else. */
export const HOUSEKEEPING_TENANT = -1

export type TenantState = 'active' | 'suspended' | 'removed'

/** A GitHub account, organisation or person, that installed the App. */
export interface NewTenant {
  /** GitHub's number of the account: it survives renames and re-installations. */
  readonly id: number
  /** For display only. */
  readonly login: string
  readonly kind: 'Organization' | 'User'
  readonly installationId: number
  /** What the owner has granted, as GitHub tells it. */
  readonly permissions: Readonly<Record<string, string>>
  readonly state: TenantState
}

export interface Tenant extends NewTenant {
  /** When the App was removed; null: it was not. */
  readonly removedAt: number | null
  readonly createdAt: number
  /** Rises whenever somebody may have lost access to it: what was asked of GitHub before counts no more. */
  readonly accessVersion: number
}

export interface Tenants {
  /** A new tenant gets its key here. One that was removed and is active again keeps what was kept of it. */
  upsert(tenant: NewTenant): Promise<void>
  get(id: number): Promise<Tenant | undefined>
  byInstallation(installationId: number): Promise<Tenant | undefined>
  /** In the order of their ids. */
  list(): Promise<Tenant[]>
  suspend(id: number): Promise<void>
  resume(id: number): Promise<void>
  remove(id: number, at: number): Promise<void>
  /** Somebody may have lost access to it. */
  accessChanged(id: number): Promise<void>
  /**
   * Everything of the tenant, its key first of all. What stays is a line of the audit log of SYSTEM_TENANT that says so.
   *
   * @param by GitHub's number of the person who asked for it; null: the grace period was over
   */
  erase(id: number, by: number | null): Promise<void>
  /** The tenant's facts, a JSON document a line, without any key of a person. */
  export(id: number): AsyncIterable<string>
}
