import type { Transaction } from 'kysely'
import type { Database } from '../schema/database.ts'

/** Where queries run: always inside a transaction. */
export type Queries = Transaction<Database>

/**
 * Whose rows a transaction may touch. On PostgreSQL row-level security holds it; on both engines every query names its tenant
 * as well.
 */
export interface Scope {
  readonly tenant?: number
  /** The tables that serve all tenants. */
  readonly queue?: true
  /** Somebody waits for it who gives up after two seconds. */
  readonly short?: true
}

/** A database with transactions, one inside another being refused. */
export interface Engine {
  readonly name: 'sqlite' | 'postgres'
  /** All of it is written, or nothing. `work` may run again where the database broke it off to end a deadlock. */
  write<T>(scope: Scope, work: (queries: Queries) => Promise<T>): Promise<T>
  /** Sees one moment, and changes nothing. */
  read<T>(scope: Scope, work: (queries: Queries) => Promise<T>): Promise<T>
  /**
   * Sees to it that what was deleted is not to be found in the files either, where they are the engine's own: at once, or with the
   * first write after those have ended who still read it.
   */
  forget(): Promise<void>
  close(): Promise<void>
}
