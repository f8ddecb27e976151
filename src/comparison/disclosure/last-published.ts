import { snapToMonday } from '../table/as-of.ts'
import type { ChangeTable } from '../table/change-table.ts'
import { publishedAsOf } from './published-snapshot.ts'
import { anchorBefore, areApart, recordsSince } from './snapshot-anchor.ts'

/** The snapshot that was published last, as a source that makes one after the other remembers it. */
export interface LastPublished {
  /** Monday 00:00 UTC, milliseconds since the epoch. */
  readonly asOf: number
  /** Whether it is kept where others could have changed it. */
  readonly editable: boolean
}

/**
 * Of several memories the one that counts: the latest, since a copy that was put back or could not be written is older than
 * what was shown; of two of the same Monday the one that nobody can have changed. What can be no memory is left out: what is no
 * Monday or lies after the one asked for, and of what others could have changed what lies so far back that nothing which could
 * be shown shares a change with it: it would decide nothing, and more would be read for it.
 *
 * @param asOf Monday asked for, milliseconds since the epoch
 */
export function findLastPublished(
  memories: readonly LastPublished[],
  asOf: number,
): LastPublished | undefined {
  return memories
    .filter((one) => one.asOf === snapToMonday(one.asOf) && one.asOf <= asOf)
    .filter((one) => !one.editable || !areApart(one.asOf, anchorBefore(asOf)))
    .toSorted(
      (one, other) => other.asOf - one.asOf || Number(one.editable) - Number(other.editable),
    )
    .at(0)
}

/**
 * The snapshot that may be shown after another, as `publishedAsOf` decides it.
 *
 * A memory that others can have changed only holds back. Taken at its word, a wrong one would pick any Monday to be shown. So
 * both it and the week asked for are first replaced by what would be published without a memory: whatever the memory says, what
 * comes out is a Monday that anybody gets who asks without one, and never a later one. The price of it is some delay.
 *
 * @param asOf Monday asked for, milliseconds since the epoch
 */
export function publishedAfter(
  table: ChangeTable,
  asOf: number,
  last: LastPublished | undefined,
): number {
  if (last === undefined) return publishedAsOf(table, asOf)
  if (!last.editable) return publishedAsOf(table, asOf, { lastPublished: last.asOf })
  const lastPublished = publishedAsOf(table, last.asOf)
  return publishedAsOf(table, publishedAsOf(table, asOf), { lastPublished })
}

/** From when on records are read for `publishedAfter`; milliseconds since the epoch. */
export function recordsSinceLast(asOf: number, last: LastPublished | undefined): number {
  return last?.editable === true ? recordsSince(last.asOf) : recordsSince(asOf, last?.asOf)
}
