import { rules } from '../rules.ts'
import { snapToMonday } from '../table/as-of.ts'
import { mergeWindow, millisecondsPerDay } from '../table/windows.ts'

const week = 7 * millisecondsPerDay

/**
 * The Monday from which snapshots are decided where it is not known which one was published last: the newest anchor at or
 * before a time. It depends on the calendar alone and not on where the records begin, so that a file of everything and a
 * reading of the last months decide alike.
 *
 * @param asOf milliseconds since the epoch, as is what comes back
 */
export function anchorBefore(asOf: number): number {
  const monday = snapToMonday(asOf)
  const number = Math.floor(monday / week)
  return monday - (number - Math.floor(number / rules.anchorWeeks) * rules.anchorWeeks) * week
}

/** Whether no window of the later snapshot shares a change with that of the earlier: subtracting them tells nothing. */
export function areApart(earlier: number, later: number): boolean {
  return later - earlier >= rules.mergedWeeks * week
}

/**
 * The anchors at or before a time, the newest first, from each of which a walk passes Mondays whose snapshots share a change
 * with that of the time.
 *
 * @param asOf a Monday in milliseconds since the epoch, as are those that come back
 */
export function anchorsBefore(asOf: number): number[] {
  let oldest = anchorBefore(asOf)
  const anchors = [oldest]
  while (!areApart(oldest, asOf)) {
    oldest = anchorBefore(oldest - week)
    anchors.push(oldest)
  }
  return anchors
}

/**
 * From when on records are read for a report, where a source need not be read as a whole: of all that was opened, made
 * ready, closed or merged since. That is as far back as the windows reach of any snapshot that the new one is held against.
 *
 * @param asOf milliseconds since the epoch, as is what comes back
 * @param lastPublished the Monday of the snapshot published last, where it is known
 */
export function recordsSince(asOf: number, lastPublished?: number | null): number {
  const oldestAnchor = snapToMonday(asOf) - rules.anchorWeeks * week
  const kept = lastPublished == null || areApart(lastPublished, asOf) ? asOf : lastPublished
  return mergeWindow(Math.min(oldestAnchor, kept)).start
}

/**
 * From when on a change may still be counted in a report to come, or in one that it is held against: as far back as the windows reach
 * of a snapshot that was published so long ago that the next one may just be held against it.
 *
 * @param now milliseconds since the epoch, as is what comes back
 */
export function countedSince(now: number): number {
  return mergeWindow(mergeWindow(snapToMonday(now)).start).start
}
