import type { KnownMarks } from '../../provenance/index.ts'
import type { ClaimedJob, NewJob, Store, StoreLocation } from '../../store/index.ts'
import type { AppSurroundings } from '../app-surroundings.ts'
import type { GitHubClients } from '../github-clients.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'

export interface WorkerSettings {
  /** How far back a new repository is read. */
  readonly backfillWeeks: number
  readonly retentionDays: number
  /** Where the pages are; absent: nowhere that others can reach. */
  readonly publicUrl?: string | undefined
}

/** What all jobs of a process share. */
export interface Work {
  readonly store: Store
  /** For threads that read for themselves. */
  readonly location: StoreLocation
  readonly github: GitHubClients
  readonly log: Log
  readonly metrics: Pick<Metrics, 'job' | 'dispatched'>
  readonly surroundings: AppSurroundings
  readonly settings: WorkerSettings
  readonly marks: KnownMarks
}

/** What one run of a job has. */
export interface JobContext extends Work {
  /** Aborted where the process stops or the lease is lost: look at it before each step that takes long. */
  readonly signal: AbortSignal
  /**
   * Enqueues a job together with the end of this one, in one transaction; where this one breaks off, too, unless it is killed or
   * asks for itself.
   */
  next(job: NewJob): void
}

/**
 * Does a job. It may be killed at any await and run again, so everything that it does can be done twice; facts are written
 * under its lease. What it cannot do it throws: `endOf` says what follows from that.
 */
export type RunJob = (job: ClaimedJob, context: JobContext) => Promise<void>

export interface JobKind {
  readonly run: RunJob
  /**
   * A tenant's own job does nothing where the App was removed or suspended. One of the App itself always runs, and is tried
   * again for ever: everything heals by these.
   */
  readonly of: 'tenant' | 'app'
  /**
   * What becomes of it where what it is about is out of reach: the App suspended, a repository blocked, a permission not granted.
   * Default: it is done, and whatever it was to do is found again later. `wait`: it looks again a day later, as long as the App is
   * installed. `keep`: it becomes a dead letter, since nobody tells it a second time.
   */
  readonly outOfReach?: 'wait' | 'keep'
}
