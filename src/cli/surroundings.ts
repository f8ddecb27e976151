import type { Readable, Writable } from 'node:stream'

/** What a command gets from the process that runs it. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly stdin: Readable
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number }
  readonly stderr: Writable
}
