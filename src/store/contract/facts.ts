import type { LastingChange, LastingPart } from '../../comparison/index.ts'
import type {
  Change,
  DeliveryRecord,
  PullRequestRecord,
  RevertLink,
  RevertRole,
} from '../../delivery/index.ts'
import type { Corrections } from './corrections.ts'
import type { People } from './people.ts'
import type { Repositories } from './repositories.ts'
import type { Snapshots } from './snapshots.ts'

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
