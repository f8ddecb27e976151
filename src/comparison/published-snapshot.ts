import { snapToMonday } from './as-of.ts'
import { type ChangeTable, cohort } from './change-table.ts'
import { type GateThresholds, gateThresholds } from './disclosure-gate.ts'
import { at } from './layout.ts'
import {
  areNoneOrMany,
  type DatedPeople,
  type Days,
  dateChanges,
  SlidingPeople,
} from './sliding-people.ts'
import {
  funnelWindow,
  maturedWindow,
  mergeWindow,
  millisecondsPerDay,
  readinessWindow,
  type Span,
} from './windows.ts'

/** Of what, and from how many people on, a snapshot is published. */
export interface SnapshotOptions {
  readonly thresholds?: GateThresholds | undefined
  /** Number of a repository in the table; absent: all of them. */
  readonly repository?: number | undefined
}

/**
 * The snapshot that may be shown when one is asked for: that week's, or an older one that stays.
 *
 * Two snapshots can be subtracted. So a week is only published if in every group that it shows, the changes that came in
 * since the snapshot that last showed this group are none or of at least 5 people, and those that went out likewise; both
 * for themselves, since the chart of weeks can tell one of the two. Otherwise the snapshot before stays until enough people
 * have moved. A group is a cohort, or both together, in one of the report's windows; while too small to be shown it
 * keeps nothing back, as nothing can be subtracted from what was never told (METHOD section 9).
 *
 * Nothing is remembered: every Monday from the first recorded change on is decided again, so the answer depends on the
 * records and on the week asked for alone. It never lies after the asked time, never goes back when that goes on, and
 * asked for itself gives itself. Records that begin later, of a source that reads only the last months, know less of what
 * was published and may decide otherwise.
 *
 * @param asOf asked for, milliseconds since the epoch
 * @returns a Monday 00:00 UTC at or before it
 */
export function publishedAsOf(
  table: ChangeTable,
  asOf: number,
  { thresholds = gateThresholds, repository }: SnapshotOptions = {},
): number {
  const rows = allRows(table)
  const own =
    repository === undefined ? rows : rows.filter((row) => at(table.repository, row) === repository)
  return walkTo(snapToMonday(asOf), groupsOf(table, own), thresholds)
}

/**
 * The repositories, by number, whose own snapshot of that week is published: the others' numbers stay away from a report of
 * the whole organisation until enough people have moved in them.
 */
export function refreshedRepositories(
  table: ChangeTable,
  asOf: number,
  thresholds: GateThresholds = gateThresholds,
): ReadonlySet<number> {
  const rows = Map.groupBy(allRows(table), (row) => at(table.repository, row))
  const asked = snapToMonday(asOf)
  const refreshed = [...rows].filter(
    ([, own]) => walkTo(asked, groupsOf(table, Int32Array.from(own)), thresholds) === asked,
  )
  return new Set(refreshed.map(([repository]) => repository))
}

function allRows({ size }: ChangeTable): Int32Array {
  return new Int32Array(size).map((_, row) => row)
}

const daysPerWeek = 7

/** Changes that reports show together: by which clock and in which window. */
interface Group {
  readonly dated: DatedPeople
  readonly window: (day: number) => Days
  readonly people: SlidingPeople
  /** Day of the published snapshot that last showed it. */
  shownOn: number | null
}

function groupsOf(table: ChangeTable, rows: Int32Array): Group[] {
  const dated = (time: Float64Array, isIn: (row: number) => boolean) =>
    dateChanges(
      time,
      table.person,
      rows.filter((row) => !Number.isNaN(at(time, row)) && isIn(row)),
    )
  const both = [cohort.aiRecorded, cohort.noneRecorded]
  const ready = both.map((one) =>
    dated(table.readyAt, (row) => at(table.cohortAtReady, row) === one),
  )
  const merged = both.map((one) =>
    dated(table.mergedAt, (row) => at(table.cohortAtMerge, row) === one),
  )
  const all = dated(table.mergedAt, (row) => at(table.cohortAtMerge, row) !== cohort.setAside)
  const groups = (changes: readonly DatedPeople[], window: (asOf: number) => Span) =>
    changes.map((one) => ({
      dated: one,
      window: (day: number) => daysOf(window(day * millisecondsPerDay)),
      people: new SlidingPeople(one),
      shownOn: null,
    }))
  return [
    ...groups(ready, readinessWindow),
    ...groups(ready, funnelWindow),
    ...groups(merged, maturedWindow),
    ...groups([...merged, all], mergeWindow),
  ]
}

function daysOf({ start, end }: Span): Days {
  return { start: start / millisecondsPerDay, end: end / millisecondsPerDay }
}

/** Decides every Monday from before the first change on. */
function walkTo(asked: number, groups: readonly Group[], thresholds: GateThresholds): number {
  const last = asked / millisecondsPerDay
  const firsts = groups.flatMap(({ dated }) => [...dated.day.subarray(0, 1)])
  const first = snapToMonday(Math.min(...firsts) * millisecondsPerDay) / millisecondsPerDay
  let published = Math.min(first, last)
  for (let day = first; day <= last; day += daysPerWeek) {
    for (const { people, window } of groups) people.moveTo(window(day))
    const shown = groups.filter(({ people }) => people.isPublishable(thresholds))
    if (!shown.every((group) => hasMovedSafely(group, day, thresholds.people))) continue
    published = day
    for (const group of shown) group.shownOn = day
  }
  return published * millisecondsPerDay
}

function hasMovedSafely({ dated, window, shownOn }: Group, day: number, people: number): boolean {
  if (shownOn === null) return true
  const before = window(shownOn)
  const now = window(day)
  const wentOut = { start: before.start, end: Math.min(before.end, now.start) }
  const cameIn = { start: Math.max(before.end, now.start), end: now.end }
  return areNoneOrMany(dated, wentOut, people) && areNoneOrMany(dated, cameIn, people)
}
