import type { Readable, Writable } from 'node:stream'

/** What a command gets from the process that runs it. */
export interface Surroundings {
  /** Absolute path of the user's directory: relative paths start there. */
  readonly directory: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly stdin: Readable
  readonly stdout: Writable & { readonly isTTY?: boolean }
  readonly stderr: Writable
}
