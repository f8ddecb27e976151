import type { GateThresholds } from '../disclosure/disclosure-gate.ts'
import { latestReadings } from '../disclosure/latest-readings.ts'
import { shownRows, wholeOf } from '../disclosure/shown-rows.ts'
import { cumulativeShares, type Ended } from '../statistics/aalen-johansen.ts'
import { at } from '../strata/layout.ts'
import {
  type BothCohorts,
  type Described,
  inBoth,
  type Rows,
  readyRows,
} from '../table/cohort-rows.ts'
import { millisecondsPerHour, readinessWindow } from '../table/windows.ts'

/** Share merged by each of some hours since ready. */
export interface DescribedMerged extends BothCohorts<readonly number[] | null> {
  readonly hours: readonly number[]
}

/** Hours since ready at which the shares are read, where enough changes merge between one and the next. */
export const mergedHours: readonly number[] = [
  1, 2, 4, 8, 12, 24, 36, 48, 72, 96, 120, 144, 168, 192, 216, 240, 264, 288, 312, 336,
]

const fewestChanges = 5

/**
 * Cumulative share merged by so many hours, of changes that became ready in the window: Aalen–Johansen, with closing
 * unmerged as a competing end, and with what the repository's last reading found still open followed until then.
 *
 * A step of the curve tells when some changes merged: each must be of none in either cohort, or of at least 5 changes by as
 * many people as the gate asks for. The hours between are left out.
 */
export function describeMerged(described: Described, thresholds: GateThresholds): DescribedMerged {
  const { table, asOf } = described
  const shown = inBoth(readyRows(wholeOf(described), readinessWindow(asOf)), (rows) =>
    shownRows(described, rows, thresholds),
  )
  const ended = inBoth(shown, (rows) => rows && endsOf(described, rows))
  const steps = [
    stepsOf(table.person, shown.assisted, ended.assisted),
    stepsOf(table.person, shown.other, ended.other),
  ]
  const hours = readableHours(steps, thresholds.people)
  return {
    hours,
    ...inBoth(ended, (side) =>
      side === null || hours.length === 0
        ? null
        : cumulativeShares(side, hours).map(({ merged }) => merged),
    ),
  }
}

/** The person of each change that merged by one of `mergedHours` and not by the one before. */
function stepsOf(person: Int32Array, rows: Rows | null, ended: Ended | null): number[][] {
  const steps: number[][] = mergedHours.map(() => [])
  for (const [i, row] of (rows ?? []).entries()) {
    if (ended === null || at(ended.cause, i) !== 1) continue
    const step = mergedHours.findIndex((hours) => at(ended.time, i) <= hours)
    steps[step]?.push(at(person, row))
  }
  return steps
}

/** The hours that may be read: every one after which enough have merged in each cohort since the one before, or nobody. */
function readableHours(cohorts: readonly number[][][], people: number): number[] {
  const isSafe = (first: number, after: number) =>
    cohorts.every((steps) => {
      const merged = steps.slice(first, after).flat()
      return (
        merged.length === 0 || (merged.length >= fewestChanges && new Set(merged).size >= people)
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

function endsOf({ table, asOf }: Described, rows: Rows): Ended {
  const time = new Float64Array(rows.length)
  const cause = new Uint8Array(rows.length)
  const readings = latestReadings(table)
  for (const [i, row] of rows.entries()) {
    const seen = Math.min(asOf, at(readings, at(table.repository, row)))
    const merged = at(table.mergedAt, row)
    const closed = at(table.closedAt, row)
    const [end, how] = merged < asOf ? [merged, 1] : closed < asOf ? [closed, 2] : [seen, 0]
    time[i] = Math.max(0, (end - at(table.readyAt, row)) / millisecondsPerHour)
    cause[i] = how
  }
  return { time, cause }
}
