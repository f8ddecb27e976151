import type { Readable, Writable } from 'node:stream'

/** What a command gets from the process that runs it. */
export interface Surroundings {
  /** Absolute path of the user's directory: relative paths start there. */
  readonly directory: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly stdin: Readable
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number }
  readonly stderr: Writable & { readonly isTTY?: boolean }
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Waits so many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>
  /** So many random bytes, fit for a secret. */
  readonly randomBytes: (count: number) => Uint8Array
}
