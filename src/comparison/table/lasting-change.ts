import {
  type CountedChange,
  countChange,
  latestTime,
  type PullRequestRecord,
  type RevertRole,
} from '../../delivery/index.ts'
import type { KnownMarks } from '../../provenance/index.ts'
import type { Reverts } from './table-from-records.ts'

/** What is to be said of a change for good, if nothing more happens in it. */
export interface LastingChange {
  /** As of a time after all others. */
  readonly counted: CountedChange
  /** The last time that its record tells of: as of an earlier one it has to be derived anew, milliseconds since the epoch. */
  readonly toldUntil: number
  readonly revertRole: RevertRole | null
}

/** No record tells a later time, and days can still be added to it. */
const never = '9999-01-01T00:00:00Z'

/**
 * Derives a change once, so that what is to be said of it as of any time after its last event can be worked out of times alone
 * (`partAsOf`). What it takes for granted, that nothing more happens, holds until the record is read again.
 */
export function deriveLasting(
  record: PullRequestRecord,
  { marks, reverts, revertRole }: Reverts & { readonly marks: KnownMarks },
): LastingChange {
  const counted = countChange(asRead(record, never), { marks, reverts, revertRole, asOf: never })
  return { counted, toldUntil: latestTime(record), revertRole }
}

/**
 * The same as of a time before its last event, when its repository had been read up to then at least.
 *
 * @param asOf milliseconds since the epoch
 */
export function deriveAsOf(
  record: PullRequestRecord,
  { marks, reverts, revertRole, asOf }: Reverts & { readonly marks: KnownMarks; asOf: number },
): CountedChange {
  const time = new Date(asOf).toISOString()
  const known = Date.parse(record.readAt) < asOf ? asRead(record, time) : record
  return countChange(known, { marks, reverts, revertRole, asOf: time })
}

/** What was not read again has not changed. */
function asRead(record: PullRequestRecord, readAt: string): PullRequestRecord {
  return { ...record, readAt }
}
