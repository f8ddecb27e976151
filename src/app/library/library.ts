import type { Report } from '../../report/index.ts'
import type { AuditEntry, Snapshot } from '../../store/index.ts'
import type { Viewer } from './viewer.ts'

/** What one viewer may see, and nothing else: all pages, downloads and the API are made of it. */
export interface Library {
  readonly viewer: Viewer
  /** Accounts of which the viewer may see anything, by name. */
  accounts(): Promise<readonly Account[]>
  /** Undefined: there is none of that number, or the viewer may not know of it; nobody can tell which. */
  account(id: number): Promise<Account | undefined>
}

/** An account on GitHub, as far as the viewer may see it. */
export interface Account {
  /** GitHub's number of it. */
  readonly id: number
  /** For display only. */
  readonly name: string
  readonly kind: 'Organization' | 'User'
  /** What the viewer is to it. Outsiders see single repositories and nothing of the whole. */
  readonly role: 'owner' | 'member' | 'outsider'
  /** Made up, to show what the pages look like. */
  readonly synthetic: boolean
  readonly state: AccountState
  /** Repositories that this viewer can read, by name. */
  repositories(): Promise<readonly RepositoryEntry[]>
  /** Undefined: there is none, or this viewer cannot read it. */
  repository(id: number): Promise<RepositoryEntry | undefined>
  /** What is shown of the whole or of one repository that the viewer can read. */
  standing(scope: Scope): Promise<Standing>
  /** Published weeks, the newest first; empty where `standing` shows nothing. */
  weeks(scope: Scope): Promise<readonly PublishedWeek[]>
  /** The report of one of these weeks, written down as read, or as downloaded. */
  report(
    scope: Scope,
    asOf: number,
    as?: 'read-report' | 'download-report',
  ): Promise<Report | undefined>
  /** Changes of the settings in the last 30 days, the newest first, for everybody who sees the account. */
  announcements(): Promise<readonly Announcement[]>
  /** Who did or read what, the newest first: for owners and members. */
  accessLog(options: { readonly limit: number }): Promise<readonly AuditEntry[]>
}

export type AccountState =
  /** Numbers are shown, as far as there are any. */
  | 'open'
  /** Its owners closed the numbers, for everybody. */
  | 'closed'
  /** The App is suspended or removed: nothing new comes in. */
  | 'suspended'

/** The whole account, or one of its repositories. */
export type Scope =
  | { readonly kind: 'organisation' }
  | { readonly kind: 'repository'; readonly id: number }

export interface RepositoryEntry {
  readonly id: number
  /** `owner/name`, for display only. */
  readonly name: string
  readonly visibility: 'public' | 'internal' | 'private'
  readonly standing: Standing['kind']
}

/** What there is to show. */
export type Standing =
  | { readonly kind: 'shown'; readonly report: Report; readonly builtAt: number }
  /** Its past is being read. */
  | {
      readonly kind: 'reading'
      readonly repositories: { readonly read: number; readonly all: number }
      readonly pullRequests: number
    }
  /** Read, and the first report is not made yet. */
  | { readonly kind: 'awaited'; readonly due: number }
  /** Read, and there are no pull requests in it. */
  | { readonly kind: 'empty' }
  /** Too few people or changes for a report of its own. */
  | { readonly kind: 'hidden' }
  /** The owners closed the numbers, for everybody. */
  | { readonly kind: 'closed' }
  /** What is kept could not be read: a newer version wrote it, for one. */
  | { readonly kind: 'unreadable' }

export type PublishedWeek = Pick<Snapshot, 'asOf' | 'builtAt' | 'methodVersion'>

/** A change of the account's settings, in words. */
export interface Announcement {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly text: string
}
