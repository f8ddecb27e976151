import { intAt } from '../strata/number-at.ts'
import { rowsWhere } from '../strata/rows-where.ts'
import { splitBy } from '../strata/split-by.ts'
import { snapToMonday } from '../table/as-of.ts'
import type { ChangeTable } from '../table/change-table.ts'
import { millisecondsPerDay, type Span } from '../table/windows.ts'
import { type GateThresholds, gateThresholds } from './disclosure-gate.ts'
import { areNoneOrMany } from './sliding-people.ts'
import { anchorBefore, anchorsBefore, areApart } from './snapshot-anchor.ts'
import { daysOf, type Group, groupChanges, groupCohorts } from './snapshot-groups.ts'

/** Of what, and from how many people on, a snapshot is published. */
export interface SnapshotOptions {
  readonly thresholds?: GateThresholds | undefined
  /** Number of a repository in the table, or of some that are taken together; absent: all of them. */
  readonly repository?: number | ReadonlySet<number> | undefined
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
 * keeps nothing back, as nothing can be subtracted from what was never told (METHOD section 9). Where changes attested to be
 * without AI are compared alone, they and the undeclared ones are groups as well.
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
  const own = repository === undefined ? rows : rowsWhere(rows, isOf(table, repository))
  if (lastPublished == null) {
    const mondays = { start: anchorBefore(asked), end: asked }
    return walk(mondays, groupChanges(table, mondays)(own), thresholds)
  }
  if (lastPublished >= asked) return lastPublished
  if (areApart(lastPublished, asked)) return asked
  const groupsOf = groupChanges(table, { start: lastPublished, end: asked })
  return mayFollow(lastPublished, asked, groupsOf(own), thresholds) ? asked : lastPublished
}

/**
 * The repositories, by number, whose own snapshot of that week is published: the others' numbers stay away from a report of
 * the whole organisation until enough people have moved in them. Attested changes are not told apart there.
 *
 * Where it is known what was published last, the walk from every anchor must end there whose rows could still be subtracted:
 * the rows of an anchor are not taken for granted then. It is not told which of them the last report showed; one that was shown
 * at some Monday is among what the walk from the anchor before that took for published, and so is held against it. The table
 * must hold what a reading of all records does.
 */
export function refreshedRepositories(
  table: ChangeTable,
  asOf: number,
  { thresholds = gateThresholds, lastPublished }: Omit<SnapshotOptions, 'repository'> = {},
): ReadonlySet<number> {
  const asked = snapToMonday(asOf)
  const anchors = lastPublished == null ? [anchorBefore(asked)] : anchorsBefore(asked)
  const groupsOf = groupCohorts(table, { start: Math.min(...anchors), end: asked })
  const refreshed = splitBy(table.repository, allRows(table)).filter(({ values }) =>
    anchors.every(
      (anchor) => walk({ start: anchor, end: asked }, groupsOf(values), thresholds) === asked,
    ),
  )
  return new Set(refreshed.map(({ key }) => key))
}

/**
 * Whether of every group that a report of this Monday shows, these changes are none or enough to be shown: what a source can
 * begin or cease to count between two reports, since subtracting these tells just that group.
 */
export function areNoneOrPublishable(
  table: ChangeTable,
  asOf: number,
  { thresholds = gateThresholds, repository }: Omit<SnapshotOptions, 'lastPublished'> = {},
): boolean {
  const rows = allRows(table)
  const own = repository === undefined ? rows : rowsWhere(rows, isOf(table, repository))
  const groups = groupChanges(table, { start: asOf, end: asOf })(own)
  const shown = shownOn(asOf, groups, thresholds)
  return groups.every(
    (group) =>
      shown.includes(group) ||
      areNoneOrMany(group.dated, daysOf(group.window(asOf)), Number.POSITIVE_INFINITY),
  )
}

function isOf(
  table: ChangeTable,
  repository: number | ReadonlySet<number>,
): (row: number) => boolean {
  const wanted = typeof repository === 'number' ? new Set([repository]) : repository
  return (row) => wanted.has(intAt(table.repository, row))
}

function allRows({ size }: ChangeTable): Int32Array {
  return new Int32Array(size).map((_, row) => row)
}

const week = 7 * millisecondsPerDay

/** Decides every Monday from an anchor on: there nothing counts as shown before. */
function walk(mondays: Span, groups: readonly Group[], thresholds: GateThresholds): number {
  let published = mondays.start
  for (let monday = published; monday <= mondays.end; monday += week) {
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
  return groups.filter(
    ({ people, beside }) =>
      people.isPublishable(thresholds) &&
      (beside === null || beside.isEmpty || beside.isPublishable(thresholds)),
  )
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
