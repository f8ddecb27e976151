export interface Snapshot {
  readonly scope: 'organisation' | 'repository'
  /** 0 for the organisation. */
  readonly repositoryId: number
  /** A Monday, milliseconds since the epoch. */
  readonly asOf: number
  readonly methodVersion: string
  /** Of the organisation, the ids of the repositories that were counted in it, in order; of one of them, none. */
  readonly repositories: readonly number[]
  /** The report document as JSON. */
  readonly report: string
  readonly builtAt: number
}

/** Snapshots never change. */
export interface Snapshots {
  /** False: there is one of that scope and week, which stays as it is. */
  put(snapshot: Snapshot): Promise<boolean>
  latest(scope: Snapshot['scope'], repositoryId: number): Promise<Snapshot | undefined>
  /** Their weeks, the newest first. */
  list(scope: Snapshot['scope'], repositoryId: number): Promise<Omit<Snapshot, 'report'>[]>
  at(scope: Snapshot['scope'], repositoryId: number, asOf: number): Promise<Snapshot | undefined>
  /** Of which Mondays there are some, in no order. */
  mondays(scope: Snapshot['scope']): Promise<readonly Pick<Snapshot, 'repositoryId' | 'asOf'>[]>
  /** The newest week of each repository, or of the organisation. */
  newest(scope: Snapshot['scope']): Promise<Omit<Snapshot, 'report'>[]>
}
