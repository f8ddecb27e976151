import type { LastingChange, LastingPart } from '../../comparison/index.ts'
import type {
  Change,
  DeliveryRecord,
  PullRequestRecord,
  RevertLink,
  RevertRole,
} from '../../delivery/index.ts'

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

/** Some changes as columns that hold for good, and what they are derived anew from. */
export interface ChangePage {
  readonly part: LastingPart
  /** One for each row of the part. */
  readonly places: readonly ChangePlace[]
}

export interface ChangePlace {
  readonly repositoryId: number
  /** Null: its record is gone. */
  readonly number: number | null
  /** Its repository has ceased to be counted since: it stays as it was then. */
  readonly hasLeft: boolean
  readonly revertRole: RevertRole | null
}

export interface Changes {
  /**
   * Keeps a change as it is now, and its row for good. What was told of it by a clock that is published already stays so; one that is
   * new counts from the last snapshot on.
   */
  put(change: Change, lasting: LastingChange): Promise<void>
  get(repositoryId: number, number: number): Promise<Change | undefined>
  /** All of them as columns, for `partAsOf`, in the order of their repositories. */
  pages(): AsyncIterable<ChangePage>
}

/** A change of a person, for that person alone. */
export interface OwnChange {
  readonly repositoryId: number
  /** Null: its pull request is gone. */
  readonly number: number | null
  readonly openedAt: number | null
  readonly readyAt: number | null
  readonly mergedAt: number | null
  readonly closedAt: number | null
  readonly revertedAt: number | null
}

/** What is kept of one person, by their key; for nobody but that person. */
export interface People {
  /** How many changes are theirs, in each repository where there are any, in the order of these. */
  counts(key: string): Promise<{ readonly repositoryId: number; readonly changes: number }[]>
  /**
   * Their changes, the newest first.
   *
   * @param which of some repositories alone; `skip` so many of the newest
   */
  changes(
    key: string,
    which: {
      readonly repositories: readonly number[]
      readonly limit: number
      readonly skip: number
    },
  ): Promise<OwnChange[]>
  /** In how many records they stand, of their changes and of others': all records are read for it. */
  records(key: string): Promise<number>
  /** What they said of changes, theirs or others', in the order in which they said it. */
  said(key: string): Promise<Correction[]>
  /**
   * Takes them out of everything, for good. What was counted stays counted, as somebody's whom nothing names; what is read later of
   * them is nobody's.
   *
   * @returns how many changes of theirs there were
   */
  forget(key: string): Promise<number>
  /** Under which key they are kept: nobody's, where they were forgotten. */
  keptKey(key: string): Promise<string>
  /** A record that was read just now, without those who were forgotten. */
  withoutForgotten<Kind extends DeliveryRecord>(record: Kind): Promise<Kind>
}

/** Since when, and until when, the changes of a repository are counted. */
export interface Stays {
  /**
   * Of its clocks those count that start from then on; those of a stay that is over stay as they are.
   *
   * @param from a Monday that is published, milliseconds since the epoch; 0: all count
   */
  begin(repositoryId: number, from: number): Promise<void>
  /** @param until what happened later is not known of it, milliseconds since the epoch */
  end(repositoryId: number, until: number): Promise<void>
}

export interface Reverts {
  /** The links to one change, in place of those that were known. */
  replace(repositoryId: number, number: number, links: readonly RevertLink[]): Promise<void>
  of(repositoryId: number, number: number): Promise<RevertLink[]>
}

/** What a person said of a change by a button. */
export interface NewCorrection {
  /** By which it is heard once. */
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

/** What was said is never overwritten. Until when it stood follows from all that the same person said, in whatever order it was heard. */
export interface Corrections {
  /** False: it was heard before. */
  add(correction: NewCorrection): Promise<boolean>
  /** Until when it stood; null: it stands. False: there is none, or it is so already. */
  undo(id: string, at: number | null): Promise<boolean>
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
  /**
   * The newest first.
   *
   * @param of some actions or one person alone, and none that was before a time, milliseconds since the epoch
   */
  list(
    limit: number,
    of?: {
      readonly actions?: readonly string[]
      readonly actor?: number
      readonly since?: number
    },
  ): Promise<AuditEntry[]>
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
  readonly people: People
  readonly stays: Stays
  readonly reverts: Reverts
  readonly corrections: Corrections
  readonly snapshots: Snapshots
  readonly checks: Checks
  readonly settings: Settings
  readonly audit: Audit
  readonly tokens: Tokens
}
