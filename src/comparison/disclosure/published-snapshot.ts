import { intAt } from '../numbers/number-at.ts'
import { allRows, rowsWhere } from '../numbers/rows-where.ts'
import { splitBy } from '../numbers/split-by.ts'
import { snapToMonday } from '../table/as-of.ts'
import type { ChangeTable } from '../table/change-table.ts'
import { millisecondsPerDay } from '../table/windows.ts'
import { type GateThresholds, gateThresholds } from './disclosure-gate.ts'
import { areNoneOrMany } from './sliding-people.ts'
import { anchorBefore, anchorsBefore, areApart } from './snapshot-anchor.ts'
import { type Group, groupChanges } from './snapshot-groups.ts'

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
 * have moved. A group is a cohort, what merged of it in time, or both together, in one of the report's windows; while too
 * small to be shown it keeps nothing back, as nothing can be subtracted from what was never told (docs/method.md, What is
 * hidden). Where changes attested to be without AI are compared alone, they and the undeclared ones are groups as well.
 *
 * With `lastPublished` that is one step from there, which never goes back. The table must hold what was read since
 * `recordsSince(asOf, lastPublished)`. After 26 weeks nothing is shared any more, and the week asked for is published.
 *
 * Without it every Monday since an anchor is decided, and the anchor itself counts as published. The answer then depends on
 * the records and the week asked for alone, and is the same for every source that reaches back far enough
 * (`recordsSince(asOf)`). It never goes back, and inside the 8 weeks of an anchor every step is safe; but the step to the next
 * anchor is taken whatever moved (docs/report.md tells how often that shows few people).
 *
 * The windows are each time those of the table as it is now: what a repository that was read early then lacked of its last days
 * counts as shown, and so not as come in. That is safe whenever others moved, and not where nobody else did (docs/report.md).
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
  const rows = allRows(table.size)
  const own = repository === undefined ? rows : rowsWhere(rows, isOf(table, repository))
  if (lastPublished == null) {
    const start = anchorBefore(asked)
    const groups = groupChanges(table, { start, end: asked })(own)
    const [walk] = walkFrom([start], asked, groups, thresholds)
    return walk?.published ?? asked
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
  const mondays = { start: Math.min(...anchors), end: asked }
  const groupsOf = groupChanges(table, mondays, { isAttestedTold: false })
  const refreshed = splitBy(table.repository, allRows(table.size)).filter(({ values }) =>
    walkFrom(anchors, asked, groupsOf(values), thresholds).every(
      ({ published }) => published === asked,
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
  const rows = allRows(table.size)
  const own = repository === undefined ? rows : rowsWhere(rows, isOf(table, repository))
  const groups = groupChanges(table, { start: asOf, end: asOf })(own)
  const shown = shownAt(asOf, groups, thresholds)
  return groups.every(
    (group) =>
      shown.includes(group) ||
      areNoneOrMany(group.dated, group.daysAt(asOf), Number.POSITIVE_INFINITY),
  )
}

function isOf(
  table: ChangeTable,
  repository: number | ReadonlySet<number>,
): (row: number) => boolean {
  const wanted = typeof repository === 'number' ? new Set([repository]) : repository
  return (row) => wanted.has(intAt(table.repository, row))
}

const week = 7 * millisecondsPerDay

/** What was decided from an anchor on. */
interface Walk {
  readonly anchor: number
  published: number
  /** The published snapshot that last showed each group. */
  readonly shownOn: Map<Group, number>
}

/** Decides every Monday from each of some anchors on: there nothing counts as shown before. */
function walkFrom(
  anchors: readonly number[],
  asked: number,
  groups: readonly Group[],
  thresholds: GateThresholds,
): readonly Walk[] {
  const walks = anchors.map((anchor): Walk => ({ anchor, published: anchor, shownOn: new Map() }))
  for (let monday = Math.min(...anchors); monday <= asked; monday += week) {
    const shown = shownAt(monday, groups, thresholds)
    for (const walk of walks) {
      if (monday < walk.anchor) continue
      const { shownOn } = walk
      if (!shown.every((group) => hasMovedSafely(group, shownOn.get(group), monday, thresholds))) {
        continue
      }
      walk.published = monday
      for (const group of shown) shownOn.set(group, monday)
    }
  }
  return walks
}

/** Whether one snapshot may follow another with none between them. */
export function mayFollow(
  before: number,
  asked: number,
  groups: readonly Group[],
  thresholds: GateThresholds,
): boolean {
  const shownBefore = new Set(shownAt(before, groups, thresholds))
  return shownAt(asked, groups, thresholds).every((group) =>
    hasMovedSafely(group, shownBefore.has(group) ? before : undefined, asked, thresholds),
  )
}

/** The groups that a snapshot shows; of Mondays in their order. */
function shownAt(
  monday: number,
  groups: readonly Group[],
  thresholds: GateThresholds,
): readonly Group[] {
  for (const { people, daysAt } of groups) people.moveTo(daysAt(monday))
  return groups.filter(
    ({ people, beside }) =>
      people.isPublishable(thresholds) &&
      (beside === null || beside.isEmpty || beside.isPublishable(thresholds)),
  )
}

/** @param shownOn the snapshot that last showed the group; undefined: none did */
function hasMovedSafely(
  { dated, daysAt }: Group,
  shownOn: number | undefined,
  monday: number,
  { people }: GateThresholds,
): boolean {
  if (shownOn === undefined) return true
  const before = daysAt(shownOn)
  const now = daysAt(monday)
  const wentOut = { start: before.start, end: Math.min(before.end, now.start) }
  const cameIn = { start: Math.max(before.end, now.start), end: now.end }
  return areNoneOrMany(dated, wentOut, people) && areNoneOrMany(dated, cameIn, people)
}
