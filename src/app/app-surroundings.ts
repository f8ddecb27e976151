/** What the App gets from the process that runs it: clock, chance and network. */
export interface AppSurroundings {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Waits so many milliseconds; rejects with the signal's reason where it is aborted before. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** A number from 0 to 1, which spreads retries of many processes. */
  readonly random: () => number
  /** So many random bytes, fit for a secret. */
  readonly randomBytes: (count: number) => Uint8Array
  readonly fetch: typeof fetch
}
