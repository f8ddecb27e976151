export type * from './contract/corrections.ts'
export type * from './contract/facts.ts'
export type * from './contract/inbox.ts'
export type * from './contract/jobs.ts'
export type * from './contract/people.ts'
export type * from './contract/repositories.ts'
export type * from './contract/sessions.ts'
export type * from './contract/snapshots.ts'
export type * from './contract/store.ts'
export type { TenantStore } from './contract/tenant-store.ts'
export {
  HOUSEKEEPING_TENANT,
  type NewTenant,
  SYSTEM_TENANT,
  type Tenant,
  type TenantState,
  type Tenants,
} from './contract/tenants.ts'
export { nobodysKey } from './facts/forgotten-people.ts'
export { openReader, openStore } from './open-store.ts'
/** Every table with its columns, for whoever has to say what is stored. */
export type { Database as StoredTables } from './schema/database.ts'
export {
  ClockError,
  LeaseLostError,
  StoreError,
  StoreFullError,
  StoreUnavailableError,
  UnknownTenantError,
} from './store-error.ts'
