import { revertHorizons } from '../delivery/index.ts'
import type { ChangeTable } from './change-table.ts'
import {
  type BothCohorts,
  type Described,
  inBoth,
  mergedRows,
  peopleOf,
  type Rows,
} from './cohort-rows.ts'
import type { DescribedValue } from './describe-quantiles.ts'
import { type GateThresholds, isPublishable } from './disclosure-gate.ts'
import { type Followed, kaplanMeier, riskInterval } from './kaplan-meier.ts'
import { at } from './layout.ts'
import { mergeWindow, millisecondsPerDay } from './windows.ts'

/** Share reverted by one day after the merge. */
export interface DescribedReverts extends BothCohorts<DescribedValue | null> {
  readonly days: number
}

const confidence = 0.95

/**
 * Share reverted by 7, 14, 30 and 90 days after the merge, of everything merged in 26 weeks (METHOD section 5): Kaplan–Meier,
 * so that young changes count for as long as they were followed, with Rothman's interval. A side is null where too few are
 * still followed, or those may not be shown.
 */
export function describeReverts(
  described: Described,
  thresholds: GateThresholds,
): DescribedReverts[] {
  const { table, asOf } = described
  const curves = inBoth(mergedRows(described, mergeWindow(asOf)), (rows) =>
    curveOf(table, rows, asOf, thresholds),
  )
  return revertHorizons.map((days, index) => ({
    days,
    assisted: curves.assisted[index] ?? null,
    other: curves.other[index] ?? null,
  }))
}

function curveOf(
  table: ChangeTable,
  rows: Rows,
  asOf: number,
  thresholds: GateThresholds,
): (DescribedValue | null)[] {
  if (!isPublishable(peopleOf(table, rows), thresholds)) return []
  const followed = followedUntil(table, rows, Math.min(asOf, table.latestReadAt))
  return kaplanMeier(followed, revertHorizons).map((point) => {
    const still = rows.filter((_, i) => at(followed.time, i) >= point.time)
    // At least 20 changes, as the gate asks of any group, are also what the curve needs.
    if (!isPublishable(peopleOf(table, still), thresholds)) return null
    const { lower, upper } = riskInterval(point, confidence)
    return { value: point.risk, lower, upper }
  })
}

/** Days from each merge to the first revert, or to the end of sight. */
function followedUntil(table: ChangeTable, rows: Rows, end: number): Followed {
  const time = new Float64Array(rows.length)
  const happened = new Uint8Array(rows.length)
  for (const [i, row] of rows.entries()) {
    const reverted = at(table.revertedAt, row)
    happened[i] = reverted <= end ? 1 : 0
    const last = happened[i] === 1 ? reverted : end
    time[i] = Math.max(0, (last - at(table.mergedAt, row)) / millisecondsPerDay)
  }
  return { time, happened }
}
