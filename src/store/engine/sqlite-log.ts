import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema/database.ts'

/** How long a statement waits for the lock of another process, as one that makes a copy, milliseconds. */
export const busyTimeout = 1_000
/** Between two tries, while somebody reads what is to be forgotten: seconds, since workers look for jobs by writing. */
const writesBetween = 20

/** The log beside the embedded database, in which the former contents of its pages are until it is emptied. */
export interface LogToForget {
  /** Empties it, at once or after one of the next writes. */
  forget(): Promise<void>
  afterWrite(): Promise<void>
}

/** @param writer the only connection that writes */
export function logToForget(writer: Kysely<Database>): LogToForget {
  // A process that was killed may have left what it was to forget.
  let isWanted = true
  let writes = 0
  const empty = async () => {
    writes = 0
    isWanted = !(await writer.connection().execute(emptyLog))
  }
  return {
    forget: async () => {
      isWanted = true
      await empty()
    },
    afterWrite: async () => {
      writes += 1
      if (!isWanted || writes < writesBetween) return
      // What was written is kept whatever comes of this, and one of the next writes tries again.
      await empty().catch(() => {})
    },
  }
}

/**
 * Copies the log into the database and empties it, unless somebody reads from it; waits for nobody, since all else of this thread
 * would wait as well.
 *
 * @returns whether it is empty
 */
async function emptyLog(writer: Kysely<Database>): Promise<boolean> {
  await sql`pragma busy_timeout = 0`.execute(writer)
  try {
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(writer)
    return rows[0]?.busy === 0
  } finally {
    await sql.raw(`pragma busy_timeout = ${busyTimeout}`).execute(writer)
  }
}
