import { StoreError } from '../store-error.ts'

/** @throws StoreError where a time is no whole number of milliseconds: PostgreSQL keeps no other, and SQLite any */
export function checkTime(time: number): void {
  if (Number.isSafeInteger(time)) return
  throw new StoreError(
    `the queue keeps times in whole milliseconds since the epoch, and ${time} is none: round it first`,
  )
}
