import type { JobPriority, NewJob } from './inbox.ts'
import type { TenantState } from './tenants.ts'

/** Names a job. */
export interface JobName {
  readonly tenantId: number
  readonly kind: string
  readonly subject: string
}

/** Proof of a lease: a tenant has one at a time, and each has a greater token than the one before. */
export interface JobClaim extends JobName {
  readonly token: number
}

export interface ClaimedJob extends JobClaim {
  readonly priority: JobPriority
  readonly payload: string | null
  /** How often it was claimed since it last ended well, this time included: from 1. A job that kills its worker counts too. */
  readonly tries: number
  /** Null: the tenant is not known (yet, or any more), or has no installation. */
  readonly installationId: number | null
  /** Null: the tenant is not known. */
  readonly tenantState: TenantState | null
  readonly enqueuedAt: number
  readonly due: number
}

export interface DeadJob extends JobName {
  readonly payload: string | null
  readonly tries: number
  readonly error: string
  readonly enqueuedAt: number
  readonly diedAt: number
}

/**
 * What is to be done. A job is a name: enqueued twice it is one job, with the earlier time, the better priority and the later
 * payload; enqueued while it runs, it runs once more after it ended, however it ended; enqueued when it is dead, it lives
 * again. So nothing is lost and nothing piles up.
 */
export interface Jobs {
  /** Many are enqueued some at a time, so that nobody waits long; broken off and begun again, nothing is there twice. */
  enqueue(jobs: readonly NewJob[]): Promise<void>
  /**
   * The next job that is due, of the tenant that was served longest ago, among those without a running job and not paused;
   * of its jobs the one with the best priority, then the one that is due first.
   *
   * @param options lease in milliseconds; kinds: only these
   */
  claim(options: {
    readonly lease: number
    readonly kinds?: readonly string[]
  }): Promise<ClaimedJob | undefined>
  /** So many milliseconds from now. False here and below: the lease was lost, and nothing is written. */
  extend(job: JobClaim, lease: number): Promise<boolean>
  /**
   * Ends it and enqueues what follows, in one transaction. Of more than 500, the others are enqueued before: where it breaks off
   * in between, the job is claimed again, and asks for them again.
   */
  finish(job: JobClaim, next?: readonly NewJob[]): Promise<boolean>
  retry(job: JobClaim, at: number, error: string): Promise<boolean>
  bury(job: JobClaim, error: string): Promise<boolean>
  /** Stops without an end: claimable again at once, and the try does not count. */
  release(job: JobClaim): Promise<boolean>
  /** No job of the tenant is claimed before that time. An earlier time than the one that is set changes nothing. */
  pause(tenantId: number, until: number): Promise<void>
  /** Dead letters, the newest first. */
  dead(limit: number, tenantId?: number): Promise<DeadJob[]>
  /** To be claimed again, its tries forgotten. False: there is no such dead letter. */
  replay(name: JobName): Promise<boolean>
  /** Tenants that have jobs of a kind, dead ones included, in the order of their ids. */
  tenantsOf(kind: string): Promise<number[]>
  /** When the next job can be claimed, which may be long ago; undefined: none waits. */
  nextDue(): Promise<number | undefined>
}
