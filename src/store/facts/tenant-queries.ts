import type { Queries } from '../engine/engine.ts'

/** A transaction of one tenant: each of its queries names that tenant first. */
export interface TenantQueries {
  readonly queries: Queries
  readonly tenantId: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** So many random bytes. */
  readonly random: (size: number) => Uint8Array
}
