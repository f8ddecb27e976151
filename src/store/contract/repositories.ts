/** How far a repository was read. */
export interface RepositoryReading {
  /** Everything that was updated before was read; milliseconds since the epoch. */
  readonly watermark: number | null
  /** Where a backfill goes on, in the words of its source. */
  readonly checkpoint: string | null
  /** The page size that went well last. */
  readonly pageSize: number | null
  /** When the backfill was through. */
  readonly backfilledAt: number | null
  /** How many pull requests a backfill has to read, and has read. */
  readonly total: number | null
  readonly read: number | null
  /** When another app than this one last moved one of the answer's labels in it. */
  readonly labelledElsewhereAt: number | null
}

export interface NewRepository {
  readonly id: number
  /** `owner/name` */
  readonly name: string
  readonly visibility: 'public' | 'internal' | 'private'
  readonly defaultBranch: string | null
  readonly archived: boolean
}

export interface StoredRepository extends NewRepository, RepositoryReading {
  /** `untracked`: the installation reaches it, and an owner chose that nothing of it is read or kept. */
  readonly state: 'active' | 'untracked' | 'removed'
  /** Since when it is not active. */
  readonly removedAt: number | null
  /** From which Monday on its changes are counted; 0: all are; null: none. */
  readonly countedFrom: number | null
}

export interface Repositories {
  /** What is known of its reading stays. One that was removed is active again. */
  upsert(repository: NewRepository): Promise<void>
  get(id: number): Promise<StoredRepository | undefined>
  /** In the order of their ids, those that were removed included. */
  list(): Promise<StoredRepository[]>
  remove(id: number, at: number): Promise<void>
  /** The same for one that is still there; once what was kept of it is purged, its name alone stays. */
  untrack(id: number, at: number): Promise<void>
  /** Only what is given changes. */
  setReading(id: number, reading: Partial<RepositoryReading>): Promise<void>
}
