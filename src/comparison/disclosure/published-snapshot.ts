import { at } from '../strata/layout.ts'
import { isMergedInTime } from '../strata/sample.ts'
import { snapToMonday } from '../table/as-of.ts'
import { type ChangeTable, cohort } from '../table/change-table.ts'
import {
  funnelWindow,
  maturedWindow,
  mergeWindow,
  millisecondsPerDay,
  readinessWindow,
  type Span,
} from '../table/windows.ts'
import { type GateThresholds, gateThresholds } from './disclosure-gate.ts'
import {
  areNoneOrMany,
  type DatedPeople,
  type Days,
  dateChanges,
  SlidingPeople,
} from './sliding-people.ts'
import { anchorBefore, areApart } from './snapshot-anchor.ts'

/** Of what, and from how many people on, a snapshot is published. */
export interface SnapshotOptions {
  readonly thresholds?: GateThresholds | undefined
  /** Number of a repository in the table; absent: all of them. */
  readonly repository?: number | undefined
  /** The Monday of the snapshot that was published last; null or absent: not known, or none was. */
  readonly lastPublished?: number | null | undefined
}

/**
 * The snapshot that may be shown when one is asked for: that week's, or an older one that stays.
 *
 * Two snapshots can be subtracted. So a week is only published if in every group that it shows, the changes that came in
 * since the snapshot that last showed this group are none or of at least 5 people, and those that went out likewise; both
 * for themselves, since the chart of weeks can tell one of the two. Otherwise the snapshot before stays until enough people
 * have moved. A group is a cohort, what merged of it in time, or both together, in one of the report's windows; while too small to be shown it
 * keeps nothing back, as nothing can be subtracted from what was never told (METHOD section 9).
 *
 * With `lastPublished` that is one step from there, which never goes back. The table must hold what was read since
 * `recordsSince(asOf, lastPublished)`. After 26 weeks nothing is shared any more, and the week asked for is published.
 *
 * Without it every Monday since an anchor is decided, and the anchor itself counts as published. The answer then depends on
 * the records and the week asked for alone, and is the same for every source that reaches back far enough
 * (`recordsSince(asOf)`). It never goes back, and inside the 8 weeks of an anchor every step is safe; but the step to the next
 * anchor is taken whatever moved (docs/report.md tells how often that shows few people).
 *
 * @param asOf asked for, milliseconds since the epoch
 * @returns a Monday 00:00 UTC; not after the one asked for, unless `lastPublished` is
 */
export function publishedAsOf(
  table: ChangeTable,
  asOf: number,
  { thresholds = gateThresholds, repository, lastPublished }: SnapshotOptions = {},
): number {
  const asked = snapToMonday(asOf)
  const rows = allRows(table)
  const own =
    repository === undefined ? rows : rows.filter((row) => at(table.repository, row) === repository)
  if (lastPublished == null) return walk(asked, groupsOf(table, own), thresholds)
  if (lastPublished >= asked) return lastPublished
  const isSafe =
    areApart(lastPublished, asked) ||
    mayFollow(lastPublished, asked, groupsOf(table, own), thresholds)
  return isSafe ? asked : lastPublished
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
    ([, own]) => walk(asked, groupsOf(table, Int32Array.from(own)), thresholds) === asked,
  )
  return new Set(refreshed.map(([repository]) => repository))
}

function allRows({ size }: ChangeTable): Int32Array {
  return new Int32Array(size).map((_, row) => row)
}

const week = 7 * millisecondsPerDay

/** Changes that reports show together: by which clock and in which window. */
interface Group {
  readonly dated: DatedPeople
  readonly window: (asOf: number) => Span
  readonly people: SlidingPeople
  /** The published snapshot that last showed it. */
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
  // The times of changes are told of those that merged: many may have come in, and few of them merged.
  const inTime = both.map((one) =>
    dated(
      table.readyAt,
      (row) => at(table.cohortAtReady, row) === one && isMergedInTime(table, row),
    ),
  )
  const merged = both.map((one) =>
    dated(table.mergedAt, (row) => at(table.cohortAtMerge, row) === one),
  )
  const all = dated(table.mergedAt, (row) => at(table.cohortAtMerge, row) !== cohort.setAside)
  const groups = (changes: readonly DatedPeople[], window: (asOf: number) => Span) =>
    changes.map((one) => ({
      dated: one,
      window,
      people: new SlidingPeople(one),
      shownOn: null,
    }))
  return [
    ...groups(ready, readinessWindow),
    ...groups(inTime, readinessWindow),
    ...groups(ready, funnelWindow),
    ...groups(merged, maturedWindow),
    ...groups([...merged, all], mergeWindow),
  ]
}

function daysOf({ start, end }: Span): Days {
  return { start: start / millisecondsPerDay, end: end / millisecondsPerDay }
}

/** Decides every Monday from the anchor on: there nothing counts as shown before. */
function walk(asked: number, groups: readonly Group[], thresholds: GateThresholds): number {
  let published = anchorBefore(asked)
  for (let monday = published; monday <= asked; monday += week) {
    const shown = shownOn(monday, groups, thresholds)
    if (!shown.every((group) => hasMovedSafely(group, monday, thresholds.people))) continue
    published = monday
    publish(monday, shown)
  }
  return published
}

/** Whether one snapshot may follow another with none between them. */
function mayFollow(
  before: number,
  asked: number,
  groups: readonly Group[],
  thresholds: GateThresholds,
): boolean {
  publish(before, shownOn(before, groups, thresholds))
  return shownOn(asked, groups, thresholds).every((group) =>
    hasMovedSafely(group, asked, thresholds.people),
  )
}

/** The groups that a snapshot shows; of Mondays in their order. */
function shownOn(
  monday: number,
  groups: readonly Group[],
  thresholds: GateThresholds,
): readonly Group[] {
  for (const { people, window } of groups) people.moveTo(daysOf(window(monday)))
  return groups.filter(({ people }) => people.isPublishable(thresholds))
}

function publish(monday: number, shown: readonly Group[]): void {
  for (const group of shown) group.shownOn = monday
}

function hasMovedSafely(
  { dated, window, shownOn }: Group,
  monday: number,
  people: number,
): boolean {
  if (shownOn === null) return true
  const before = daysOf(window(shownOn))
  const now = daysOf(window(monday))
  const wentOut = { start: before.start, end: Math.min(before.end, now.start) }
  const cameIn = { start: Math.max(before.end, now.start), end: now.end }
  return areNoneOrMany(dated, wentOut, people) && areNoneOrMany(dated, cameIn, people)
}
