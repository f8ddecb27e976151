import type { Inbox } from './inbox.ts'
import type { Jobs } from './jobs.ts'
import type { Sessions } from './sessions.ts'
import type { TenantStore } from './tenant-store.ts'
import type { Tenants } from './tenants.ts'

/** Where the data is. */
export type StoreLocation =
  | {
      readonly engine: 'sqlite'
      /** Made where it does not exist; its folder must. */
      readonly file: string
      /** Most that it may grow to, in pages of 4,096 bytes. */
      readonly maximumPages?: number
    }
  | {
      readonly engine: 'postgres'
      readonly url: string
      /** As whom the schema is changed. Default: `url`. */
      readonly migrationUrl?: string
      /** Most connections at once. Default 10. */
      readonly connections?: number
    }

/** What the store takes from outside. */
export interface StoreSurroundings {
  /** Milliseconds since the epoch. */
  now(): number
  /** So many random bytes, fit for keys. */
  random(size: number): Uint8Array
}

/** How much waits, for metrics: no tenant, repository or person is told. Times in milliseconds since the epoch. */
export interface StoreMeasures {
  readonly inbox: {
    readonly waiting: number
    /** Null: nothing waits. */
    readonly oldestReceivedAt: number | null
    readonly dead: number
  }
  readonly jobs: readonly {
    readonly kind: string
    readonly waiting: number
    readonly running: number
    readonly dead: number
    /** Of those that wait, the earliest; null: none does. */
    readonly oldestDue: number | null
  }[]
  readonly tenants: Readonly<Record<'active' | 'suspended' | 'removed', number>>
  /** When the newest snapshot was made of the active tenant that has waited longest for another; null: none has one. */
  readonly oldestSnapshotAt: number | null
}

/** Before which times things go, milliseconds since the epoch. */
export interface PurgeLimits {
  /** Deliveries that were received before and are done or dead, and what dead jobs were to do. */
  readonly bodiesBefore: number
  /** Pull requests that are not open and in which nothing happened since, and dead jobs. */
  readonly factsBefore: number
  /** The same of pull requests alone, for tenants that keep them shorter or longer, by their ids. */
  readonly factsBeforeOf?: ReadonlyMap<number, number>
  readonly auditBefore: number
  /** Sessions that were seen last before, or have expired by then, and tokens likewise. */
  readonly sessionsBefore: number
  /** Tenants that were removed before. */
  readonly removedBefore: number
}

export interface PurgeCounts {
  readonly deliveries: number
  readonly records: number
  readonly jobs: number
  readonly audit: number
  readonly sessions: number
  readonly tokens: number
  readonly tenants: number
}

export interface Store {
  readonly engine: StoreLocation['engine']
  readonly inbox: Inbox
  readonly jobs: Jobs
  readonly tenants: Tenants
  readonly sessions: Sessions
  tenant(id: number): TenantStore
  /** @throws StoreUnavailableError after 2 seconds at the latest */
  ping(): Promise<void>
  measure(): Promise<StoreMeasures>
  /** @throws ClockError as `checkClock` does: then nothing is deleted */
  purge(limits: PurgeLimits): Promise<PurgeCounts>
  /** @throws ClockError where the clock is more than 10 days ahead of the newest delivery that is there */
  checkClock(): Promise<void>
  close(): Promise<void>
}

/** What a thread of its own may do: read. */
export interface StoreReader {
  tenant(id: number): Pick<TenantStore, 'read'>
  close(): Promise<void>
}
