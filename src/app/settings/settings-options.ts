import type { Store } from '../../store/index.ts'

/** What settings, tokens and the access log are made of. */
export interface SettingsRoutesOptions {
  readonly store: Store
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly randomBytes: (count: number) => Uint8Array
  /** How far back a repository is read. */
  readonly backfillWeeks: number
  /** For how many days this server keeps facts. */
  readonly retentionDays: number
}
