/** A delivery as the ingress took it: verified, not yet read. */
export interface NewDelivery {
  /** GitHub's own id of the delivery (`X-GitHub-Delivery`), up to 100 characters: accepted once, however often it comes. */
  readonly id: string
  readonly event: string
  /** As it came. It may be no JSON at all. */
  readonly body: Uint8Array
  /** GitHub's number of the account, where the body told it. */
  readonly tenantId: number | null
  /** Milliseconds since the epoch. */
  readonly receivedAt: number
}

/** Proof of a lease: who has it may finish the delivery, until somebody else claims it. */
export interface Claim {
  readonly id: string
  readonly token: number
}

export interface ClaimedDelivery extends NewDelivery, Claim {
  /** How often it was claimed, this time included: from 1. */
  readonly tries: number
}

/** A dead letter: nobody works at it any more until it is replayed. */
export interface DeadDelivery {
  readonly id: string
  readonly event: string
  readonly tenantId: number | null
  readonly receivedAt: number
  readonly tries: number
  readonly error: string
}

/** What is to be done, once for all who ask for it: tenant, kind and subject name it. */
export interface NewJob {
  readonly tenantId: number
  readonly kind: string
  /** What of the tenant it is about, `12/7` for instance; empty: the tenant as a whole. */
  readonly subject: string
  /** Not before this time, milliseconds since the epoch. */
  readonly due: number
  readonly priority: JobPriority
  /** What the job needs to know beside its name. Of several that wait as one, the latest counts. */
  readonly payload?: string
  /** As of when the payload is, milliseconds since the epoch; of two of the same time, the one that was asked for last is the later. */
  readonly payloadAt?: number
}

/** 0: somebody waits for it. 1: soon. 2: whenever there is nothing else. */
export type JobPriority = (typeof jobPriorities)[number]
export const jobPriorities = [0, 1, 2] as const

/** Deliveries, from the acknowledgement until their jobs are enqueued. */
export interface Inbox {
  /**
   * Resolves when the delivery is on disk: then, and not before, it may be acknowledged. Those that come at once share a
   * commit.
   *
   * @throws StoreFullError, StoreUnavailableError, the latter after 2 seconds at the latest
   */
  accept(delivery: NewDelivery): Promise<'stored' | 'known'>
  /**
   * Takes deliveries, the tenants in turn and the oldest of each first: some of those that wait, and no more than 32 MB of
   * bodies, but one at least.
   *
   * @param options limit: at most; lease in milliseconds: after it, others may claim them
   */
  claim(options: { readonly limit: number; readonly lease: number }): Promise<ClaimedDelivery[]>
  /** Enqueues the jobs and marks the delivery as done, in one transaction. False: the lease was lost, and nothing is written. */
  finish(claim: Claim, jobs: readonly NewJob[]): Promise<boolean>
  /** To be claimed again from a time on. False: the lease was lost. */
  retry(claim: Claim, at: number, error: string): Promise<boolean>
  /** To be claimed no more. False: the lease was lost. */
  bury(claim: Claim, error: string): Promise<boolean>
  /** Dead letters, the newest first. */
  dead(limit: number): Promise<DeadDelivery[]>
  /** To be claimed again, its tries forgotten. False: there is no such dead letter. */
  replay(id: string): Promise<boolean>
  /** Which of these were accepted, and not purged since. */
  known(ids: readonly string[]): Promise<Set<string>>
}
