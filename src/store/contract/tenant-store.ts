import type { Facts } from './facts.ts'
import type { NewJob } from './inbox.ts'

/** What is kept of one tenant. */
export interface TenantStore {
  /** One transaction, in which nothing changes. */
  read<T>(work: (facts: Facts) => Promise<T>): Promise<T>
  /**
   * One transaction: all of it is written, or nothing. Keep everything out of it that waits for somebody else. It may
   * run more than once, where the database breaks a transaction off.
   *
   * @param work enqueue: jobs of this tenant that follow from what is written. They are enqueued with it or not at all, so that
   *   whoever is killed loses none; the transaction takes longer by 20 microseconds for each on the embedded database
   * @param lease of the running job on whose behalf it is written; null: on nobody's
   * @throws LeaseLostError where another one runs by now
   * @throws UnknownTenantError where there is no such tenant (any more)
   */
  write<T>(
    lease: { readonly token: number } | null,
    work: (facts: Facts, enqueue: (jobs: readonly NewJob[]) => void) => Promise<T>,
  ): Promise<T>
  /** The key that turns people of this tenant into pseudonyms, 32 bytes. */
  pseudonymKey(): Promise<Uint8Array>
}
