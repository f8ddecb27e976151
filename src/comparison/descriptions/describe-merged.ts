import type { GateThresholds } from '../disclosure/disclosure-gate.ts'
import { areNoneOrShown, shownRows, wholeOf } from '../disclosure/shown-rows.ts'
import { byteAt, floatAt, intAt } from '../numbers/number-at.ts'
import { numberPeople } from '../numbers/number-people.ts'
import { rules } from '../rules.ts'
import type { Ended } from '../statistics/incidence-curve.ts'
import { mergedShares } from '../statistics/merged-shares.ts'
import { latestReadings } from '../strata/latest-readings.ts'
import { windowEnds } from '../strata/window-ends.ts'
import {
  type BothCohorts,
  type Described,
  inBoth,
  partOf,
  peopleOf,
  type Rows,
  readyRows,
} from '../table/cohort-rows.ts'
import { millisecondsPerHour, readinessWindow } from '../table/windows.ts'
import type { DescribedValue } from './describe-quantiles.ts'

/** Share merged by each of some hours since ready, with its 95 % interval. */
export interface DescribedMerged extends BothCohorts<readonly DescribedValue[] | null> {
  readonly hours: readonly number[]
  /** null where a cohort may not be shown. */
  readonly changes: BothCohorts<number | null>
}

const { mergedStepChanges } = rules
const mergedHours: readonly number[] = rules.mergedHours

/**
 * Cumulative share merged by so many hours, of changes that became ready in the window: Aalen–Johansen, with closing
 * unmerged as a competing end, and with what the repository's last reading found still open followed until then. The comparison
 * is of what was followed for all the 14 days. Where the others of a cohort are too few to be shown, they are left out here too:
 * else the difference of the two would tell what became of them.
 *
 * A step of the curve tells when some changes merged: each must be of none in either cohort, or of at least 5 changes by as
 * many people as the gate asks for. The hours between are left out.
 */
export function describeMerged(described: Described, thresholds: GateThresholds): DescribedMerged {
  const shown = inBoth(rowsOf(described, thresholds), (rows) =>
    shownRows(described, rows, thresholds),
  )
  const ended = inBoth(shown, (rows) => rows && endsOf(described, rows))
  const steps = [
    ended.assisted && stepsOf(ended.assisted),
    ended.other && stepsOf(ended.other),
  ].filter((cohort) => cohort !== null)
  const hours = readableHours(steps, thresholds.people)
  return {
    hours,
    changes: inBoth(shown, (rows) => (rows === null ? null : rows.length)),
    ...inBoth(ended, (side) =>
      side === null || hours.length === 0 ? null : mergedShares(side, hours),
    ),
  }
}

/** All that became ready, or what of it was followed for 14 days; of all repositories of the table. */
function rowsOf(described: Described, thresholds: GateThresholds): BothCohorts<Rows> {
  const { table, asOf } = described
  const all = readyRows(wholeOf(described), readinessWindow(asOf))
  const ends = windowEnds(table, asOf, readinessWindow)
  const isFollowed = (row: number) =>
    floatAt(table.readyAt, row) < floatAt(ends, intAt(table.repository, row))
  const isRestSafe = (rows: Rows) =>
    areNoneOrShown(
      described,
      partOf(rows, 'not followed', (row) => !isFollowed(row)),
      thresholds,
    )
  const isWhole = isRestSafe(all.assisted) && isRestSafe(all.other)
  return isWhole ? all : inBoth(all, (rows) => partOf(rows, 'followed', isFollowed))
}

/** The person of each change that merged by one of `mergedHours` and not by the one before. */
function stepsOf({ time, cause, person }: Ended): number[][] {
  const steps: number[][] = mergedHours.map(() => [])
  for (let i = 0; i < time.length; i += 1) {
    if (byteAt(cause, i) !== 1) continue
    const step = mergedHours.findIndex((hours) => floatAt(time, i) <= hours)
    steps[step]?.push(intAt(person, i))
  }
  return steps
}

/** The hours that may be read: every one after which enough have merged in each cohort since the one before, or nobody. */
function readableHours(cohorts: readonly number[][][], people: number): number[] {
  const isSafe = (first: number, after: number) =>
    cohorts.every((steps) => {
      const merged = steps.slice(first, after).flat()
      return (
        merged.length === 0 ||
        (merged.length >= mergedStepChanges && new Set(merged).size >= people)
      )
    })
  const ends = [0]
  for (const [index] of mergedHours.entries()) {
    if (isSafe(ends.at(-1) ?? 0, index + 1)) ends.push(index + 1)
  }
  // The share by the last hour is told elsewhere too, so that the last step must be safe: hours before give way to it.
  const last = mergedHours.length
  while (ends.length > 0 && !isSafe(ends.at(-1) ?? 0, last)) ends.pop()
  const read = ends.length === 0 ? [] : [...ends.filter((end) => end > 0 && end < last), last]
  return mergedHours.filter((_, index) => read.includes(index + 1))
}

/** How each change of one cohort ended. */
function endsOf({ table, asOf }: Described, rows: Rows): Ended {
  const time = new Float64Array(rows.length)
  const cause = new Uint8Array(rows.length)
  const readings = latestReadings(table)
  for (let i = 0; i < rows.length; i += 1) {
    const row = intAt(rows, i)
    const seen = Math.min(asOf, floatAt(readings, intAt(table.repository, row)))
    const merged = floatAt(table.mergedAt, row)
    const closed = floatAt(table.closedAt, row)
    const end = merged < asOf ? merged : closed < asOf ? closed : seen
    time[i] = Math.max(0, (end - floatAt(table.readyAt, row)) / millisecondsPerHour)
    cause[i] = merged < asOf ? 1 : closed < asOf ? 2 : 0
  }
  return { time, cause, ...numberPeople(peopleOf(table, rows)) }
}
