import type { StoredRepository } from '../../store/index.ts'

/** Which repositories are counted in a week's snapshots, and of which that changes with them. */
export interface WeekStays {
  /** Those that are counted, and those that begin to be. */
  readonly counted: ReadonlySet<number>
  /** By their ids, from when on: a Monday that is published; 0: everything. */
  readonly begins: ReadonlyMap<number, number>
  /** By their ids, until when each was read, milliseconds since the epoch. */
  readonly ends: ReadonlyMap<number, number>
}

/**
 * Two reports of different repositories could be subtracted. So one that is found after the first snapshot counts from the last
 * one on, with nothing of before, and one that is no longer read stays counted as far as it was, until no report
 * reaches back to it: what is new in a report has happened in its week, and nothing else.
 *
 * @param asOf the Monday of the snapshots: a repository is read where all that was before it is
 * @param lastPublished the Monday of the last; undefined: there is none
 */
export function planStays(
  repositories: readonly StoredRepository[],
  asOf: number,
  lastPublished: number | undefined,
): WeekStays {
  const counted = new Set<number>()
  const begins = new Map<number, number>()
  const ends = new Map<number, number>()
  for (const { id, state, backfilledAt, watermark, countedFrom } of repositories) {
    const isRead = state === 'active' && backfilledAt !== null && (watermark ?? 0) >= asOf
    if (isRead) counted.add(id)
    if (isRead && countedFrom === null) begins.set(id, lastPublished ?? 0)
    if (!isRead && countedFrom !== null) ends.set(id, Math.max(countedFrom, watermark ?? 0))
  }
  return { counted, begins, ends }
}
