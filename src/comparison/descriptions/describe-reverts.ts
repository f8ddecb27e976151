import { revertHorizons } from '../../delivery/index.ts'
import type { GateThresholds } from '../disclosure/disclosure-gate.ts'
import { areNoneOrShown, shownRows, wholeOf } from '../disclosure/shown-rows.ts'
import { Memory } from '../numbers/memory.ts'
import { floatAt, intAt } from '../numbers/number-at.ts'
import { rules } from '../rules.ts'
import { type Followed, kaplanMeier, riskInterval } from '../statistics/kaplan-meier.ts'
import { latestReadings } from '../strata/latest-readings.ts'
import { windowEnds } from '../strata/window-ends.ts'
import {
  type BothCohorts,
  type Described,
  inBoth,
  mergedRows,
  ownRows,
  partOf,
  type Rows,
} from '../table/cohort-rows.ts'
import { maturedWindow, mergeWindow, millisecondsPerDay, type Span } from '../table/windows.ts'
import type { DescribedValue } from './describe-quantiles.ts'

/** Share reverted by one day after the merge. */
export interface RevertRate extends BothCohorts<DescribedValue | null> {
  readonly days: number
}

/** How often changes were reverted, by how long after the merge. */
export interface DescribedReverts {
  /** When they were merged. */
  readonly window: Span
  /** null where a cohort may not be shown. */
  readonly changes: BothCohorts<number | null>
  readonly rates: readonly RevertRate[]
}

const { confidence } = rules

/**
 * Share reverted by 7, 14, 30 and 90 days after the merge, of everything merged in 26 weeks (docs/method.md, Numbers of one
 * group): Kaplan–Meier, so that young changes count for as long as they were followed, with Rothman's interval. A side is null where too few are
 * still followed, or those may not be shown.
 *
 * The comparison of reverts is of changes merged at least 30 days ago. Where the younger ones of a cohort are too few to be
 * shown, they are left out here too: else the difference of the two would tell what became of them.
 */
export function describeReverts(
  described: Described,
  thresholds: GateThresholds,
): DescribedReverts {
  const { table, asOf } = described
  const all = mergedRows(wholeOf(described), mergeWindow(asOf))
  const matured = maturedWindow(asOf)
  const ends = windowEnds(table, asOf, maturedWindow)
  const isMatured = (row: number) =>
    floatAt(table.mergedAt, row) < floatAt(ends, intAt(table.repository, row))
  const isYoungSafe = (rows: Rows) =>
    areNoneOrShown(
      described,
      partOf(rows, 'not matured', (row) => !isMatured(row)),
      thresholds,
    )
  const isWhole = isYoungSafe(all.assisted) && isYoungSafe(all.other)
  const rows = isWhole ? all : inBoth(all, (side) => partOf(side, 'matured', isMatured))
  const shown = inBoth(rows, (side) => shownRows(described, side, thresholds))
  const curves = inBoth(rows, (side) => curveOf(described, side, thresholds))
  return {
    window: isWhole ? mergeWindow(asOf) : matured,
    changes: inBoth(shown, (side) => (side === null ? null : side.length)),
    rates: revertHorizons.map((days, index) => ({
      days,
      assisted: shown.assisted && (curves.assisted[index] ?? null),
      other: shown.other && (curves.other[index] ?? null),
    })),
  }
}

const stillFollowed = new Memory<Rows>()

/** @param whole of all repositories of the table */
function curveOf(
  described: Described,
  whole: Rows,
  thresholds: GateThresholds,
): (DescribedValue | null)[] {
  const all = followed(described, whole)
  const own = followed(described, ownRows(described, whole))
  return kaplanMeier(own, revertHorizons).map((point) => {
    const still = stillFollowed.recall(whole, `${described.asOf} ${point.time}`, () =>
      followedUntil(point.time, whole, all),
    )
    // At least 20 changes, as the gate asks of any group, are also what the curve needs.
    if (shownRows(described, still, thresholds) === null) return null
    const { lower, upper } = riskInterval(point, confidence)
    return { value: point.risk, lower, upper }
  })
}

function followedUntil(days: number, rows: Rows, { time }: Followed): Rows {
  const still = new Int32Array(rows.length)
  let count = 0
  for (let i = 0; i < rows.length; i += 1) {
    if (floatAt(time, i) >= days) still[count++] = intAt(rows, i)
  }
  return still.slice(0, count)
}

const knownFollowed = new Memory<Followed>()

/** Days from each merge to the first revert, or to the last reading of its repository. */
function followed(described: Described, rows: Rows): Followed {
  return knownFollowed.recall(rows, `${described.asOf}`, () => follow(described, rows))
}

function follow({ table, asOf }: Described, rows: Rows): Followed {
  const readings = latestReadings(table)
  const time = new Float64Array(rows.length)
  const happened = new Uint8Array(rows.length)
  for (let i = 0; i < rows.length; i += 1) {
    const row = intAt(rows, i)
    const end = Math.min(asOf, floatAt(readings, intAt(table.repository, row)))
    const reverted = floatAt(table.revertedAt, row)
    happened[i] = reverted <= end ? 1 : 0
    const last = reverted <= end ? reverted : end
    time[i] = Math.max(0, (last - floatAt(table.mergedAt, row)) / millisecondsPerDay)
  }
  return { time, happened }
}
