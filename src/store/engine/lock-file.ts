import { DatabaseSync } from 'node:sqlite'
import { StoreError } from '../store-error.ts'

/** SQLite's result code where somebody else holds a lock. */
const busy = 5

/**
 * Keeps every other process, and every other store of this one, away from a database: by a lock on a file beside it, which
 * the operating system gives up when the process ends, however it ends.
 *
 * @returns gives the lock up
 * @throws StoreError where somebody else has it
 */
export function lockFile(file: string): () => void {
  const lock = new DatabaseSync(`${file}.lock`)
  try {
    lock.exec('pragma busy_timeout = 0')
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if ((error as { errcode?: unknown }).errcode !== busy) throw error
    throw new StoreError(
      `${file} is in use by another process: stop that one first, or use PostgreSQL (DATABASE_URL) for several`,
      { cause: error },
    )
  }
  return () => lock.close()
}
