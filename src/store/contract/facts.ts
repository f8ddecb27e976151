import type { TablePart } from '../../comparison/index.ts'
import type { Change, DeliveryRecord, PullRequestRecord, RevertLink } from '../../delivery/index.ts'

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
  readonly state: 'active' | 'removed'
  readonly removedAt: number | null
}

export interface Repositories {
  /** What is known of its reading stays. One that was removed is active again. */
  upsert(repository: NewRepository): Promise<void>
  get(id: number): Promise<StoredRepository | undefined>
  /** In the order of their ids, those that were removed included. */
  list(): Promise<StoredRepository[]>
  remove(id: number, at: number): Promise<void>
  /** Only what is given changes. */
  setReading(id: number, reading: Partial<RepositoryReading>): Promise<void>
}

export interface Records {
  /** The record must tell its repository's number. One that was removed is there again. */
  put(record: DeliveryRecord, extra: { readonly headSha: string | null }): Promise<void>
  get(repositoryId: number, number: number): Promise<PullRequestRecord | undefined>
  /** It is gone on GitHub. Nothing of it is kept but the fact, so that a late reader sees that it was deleted, and what was said of it. */
  remove(repositoryId: number, number: number, at: number): Promise<void>
  /** When it was removed; null: it is there, or was never. */
  removedAt(repositoryId: number, number: number): Promise<number | null>
  /**
   * In the order of repository and number.
   *
   * @param options since: of what was opened, made ready, closed or merged since, milliseconds since the epoch
   */
  stream(options?: {
    readonly repositoryId?: number
    readonly since?: number
  }): AsyncIterable<DeliveryRecord>
  /**
   * Records that may say what reverts this one or what it reverts: who names it or is named by it, by hash, title or number,
   * and so on from those, at most 500 of them. The given one is not among them.
   */
  related(record: DeliveryRecord): Promise<DeliveryRecord[]>
  /** Pull requests whose head is that commit. */
  byHead(repositoryId: number, sha: string): Promise<PullRequestRecord[]>
  /** Numbers of open pull requests, ascending. */
  open(repositoryId: number): Promise<number[]>
  count(): Promise<number>
}

export interface Changes {
  put(change: Change): Promise<void>
  get(repositoryId: number, number: number): Promise<Change | undefined>
  /** All of them as columns, for `joinTable`. */
  part(options?: { readonly repositoryId?: number }): Promise<TablePart>
}

export interface Reverts {
  /** The links to one change, in place of those that were known. */
  replace(repositoryId: number, number: number, links: readonly RevertLink[]): Promise<void>
  of(repositoryId: number, number: number): Promise<RevertLink[]>
}

/** What a person said of a change by a button. */
export interface NewCorrection {
  /** The delivery that brought it: heard once. */
  readonly id: string
  readonly repositoryId: number
  readonly number: number
  readonly claim: 'assisted' | 'agent-authored' | 'unassisted'
  /** Key of the person. */
  readonly by: string
  readonly role: 'author' | 'writer'
  /** When it was said, milliseconds since the epoch. */
  readonly saidAt: number
}

export interface Correction extends NewCorrection {
  /** When the store learned of it. */
  readonly recordedAt: number
  readonly undoneAt: number | null
}

/** Nothing is ever overwritten: what was known at any time can be told. */
export interface Corrections {
  /** False: this delivery was heard before. */
  add(correction: NewCorrection): Promise<boolean>
  /** False: there is none, or it is undone. */
  undo(id: string, at: number): Promise<boolean>
  /** In the order in which they were said, undone ones included. */
  of(repositoryId: number, number: number): Promise<Correction[]>
}

export interface Snapshot {
  readonly scope: 'organisation' | 'repository'
  /** 0 for the organisation. */
  readonly repositoryId: number
  /** A Monday, milliseconds since the epoch. */
  readonly asOf: number
  readonly methodVersion: string
  /** Ids of the repositories that its table held, in order. */
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
}

/** The check run that was published last for a pull request. */
export interface PublishedCheck {
  readonly repositoryId: number
  readonly number: number
  readonly headSha: string
  readonly checkRunId: number
  /** Of what was published, to tell whether it would change anything. */
  readonly digest: string
}

export interface Checks {
  get(repositoryId: number, number: number): Promise<PublishedCheck | undefined>
  put(check: PublishedCheck): Promise<void>
  /** The pull requests of a repository that have one, from the first on. */
  numbers(repositoryId: number): Promise<number[]>
}

/** JSON by the reader's own schema. */
export interface Settings {
  get(): Promise<string | undefined>
  put(settings: string): Promise<void>
}

export interface AuditEntry {
  readonly at: number
  /** GitHub's number of the person; null: the App itself. */
  readonly actor: number | null
  readonly action: string
  readonly subject: string
  readonly filter?: string
  /** How many rows were read or written. */
  readonly rows?: number
  readonly outcome: string
}

export interface Audit {
  add(entry: AuditEntry): Promise<void>
  /** The newest first. */
  list(limit: number): Promise<AuditEntry[]>
}

export interface ApiToken {
  readonly name: string
  /** GitHub's number of the owner who made it. */
  readonly createdBy: number
  readonly createdAt: number
  readonly expiresAt: number
}

/** Tokens of the API. Only hashes are kept. */
export interface Tokens {
  create(token: string, about: ApiToken): Promise<void>
  /** Undefined also where it is no longer valid. */
  find(token: string): Promise<ApiToken | undefined>
  /** In the order of their names. */
  list(): Promise<ApiToken[]>
  /** False: there is none of that name. */
  delete(name: string): Promise<boolean>
}

/** Everything kept of one tenant, inside one transaction. */
export interface Facts {
  readonly repositories: Repositories
  readonly records: Records
  readonly changes: Changes
  readonly reverts: Reverts
  readonly corrections: Corrections
  readonly snapshots: Snapshots
  readonly checks: Checks
  readonly settings: Settings
  readonly audit: Audit
  readonly tokens: Tokens
}
