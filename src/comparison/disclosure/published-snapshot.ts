import { byteAt, floatAt, intAt } from '../strata/number-at.ts'
import { onceFor } from '../strata/once-for.ts'
import { rowsWhere } from '../strata/rows-where.ts'
import { isMergedInTime } from '../strata/sample.ts'
import { splitBy } from '../strata/split-by.ts'
import { windowEnds } from '../strata/window-ends.ts'
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
    repository === undefined
      ? rows
      : rowsWhere(rows, (row) => intAt(table.repository, row) === repository)
  if (lastPublished == null) {
    const groupsOf = groupChanges(table, { start: anchorBefore(asked), end: asked })
    return walk(asked, groupsOf(own), thresholds)
  }
  if (lastPublished >= asked) return lastPublished
  if (areApart(lastPublished, asked)) return asked
  const groupsOf = groupChanges(table, { start: lastPublished, end: asked })
  return mayFollow(lastPublished, asked, groupsOf(own), thresholds) ? asked : lastPublished
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
  const asked = snapToMonday(asOf)
  const groupsOf = groupChanges(table, { start: anchorBefore(asked), end: asked })
  const refreshed = splitBy(table.repository, allRows(table)).filter(
    ({ values }) => walk(asked, groupsOf(values), thresholds) === asked,
  )
  return new Set(refreshed.map(({ key }) => key))
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

/**
 * The groups that the snapshots of a stretch of Mondays show of some rows. Outcomes are shown of the changes that were followed
 * for as long as they ask (`windowEnds`), their number and the curves of all.
 */
function groupChanges(table: ChangeTable, mondays: Span): (rows: Int32Array) => Group[] {
  const { readyAt, mergedAt, cohortAtReady, cohortAtMerge, person } = table
  // No window reaches further back than that of the merges.
  const { start } = mergeWindow(mondays.start)
  const isAmong = (time: number) => time >= start && time < mondays.end
  const ready = isFollowedIn(table, readyAt, mondays.end)
  const merged = isFollowedIn(table, mergedAt, mondays.end)
  const [wasCompared, wasInFunnel] = [ready(readinessWindow), ready(funnelWindow)]
  const hasMatured = merged(maturedWindow)
  return (rows) => {
    const byReadiness = onceFor((some: Int32Array) => dateChanges(readyAt, person, some))
    const byMerge = onceFor((some: Int32Array) => dateChanges(mergedAt, person, some))
    const allReady = rowsWhere(rows, (row) => isAmong(floatAt(readyAt, row)))
    const allMerged = rowsWhere(
      rows,
      (row) => isAmong(floatAt(mergedAt, row)) && byteAt(cohortAtMerge, row) !== cohort.setAside,
    )
    const ofCohort = (one: number) => {
      const readyOnes = rowsWhere(allReady, (row) => byteAt(cohortAtReady, row) === one)
      const mergedOnes = rowsWhere(allMerged, (row) => byteAt(cohortAtMerge, row) === one)
      const compared = rowsWhere(readyOnes, wasCompared)
      // The times of changes are told of those that merged: many may have come in, and few of them merged.
      const inTime = rowsWhere(compared, (row) => isMergedInTime(table, row))
      return [
        { dated: byReadiness(readyOnes), window: readinessWindow },
        { dated: byReadiness(compared), window: readinessWindow },
        { dated: byReadiness(inTime), window: readinessWindow },
        { dated: byReadiness(rowsWhere(readyOnes, wasInFunnel)), window: funnelWindow },
        { dated: byMerge(rowsWhere(mergedOnes, hasMatured)), window: maturedWindow },
        { dated: byMerge(mergedOnes), window: mergeWindow },
      ]
    }
    const groups = [
      ...ofCohort(cohort.aiRecorded),
      ...ofCohort(cohort.noneRecorded),
      { dated: byMerge(allMerged), window: mergeWindow },
    ]
    // Where everything was read since, those that were followed are all: once is enough.
    const isFirst = ({ dated, window }: (typeof groups)[number], index: number) =>
      groups.findIndex((one) => one.dated === dated && one.window === window) === index
    return groups.filter(isFirst).map((group) => ({
      ...group,
      people: new SlidingPeople(group.dated),
      shownOn: null,
    }))
  }
}

/** Whether a change was followed for as long as a window asks. */
function isFollowedIn(
  table: ChangeTable,
  time: Float64Array,
  asOf: number,
): (window: Group['window']) => (row: number) => boolean {
  return (window) => {
    const ends = windowEnds(table, asOf, window)
    return (row) => floatAt(time, row) < floatAt(ends, intAt(table.repository, row))
  }
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
