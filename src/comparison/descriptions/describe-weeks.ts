import { discloseParts, type GateThresholds } from '../disclosure/disclosure-gate.ts'
import { at } from '../numbers/number-at.ts'
import { rowsWhere } from '../numbers/rows-where.ts'
import { isMergedInTime } from '../strata/sample.ts'
import {
  type BothCohorts,
  type Described,
  inBoth,
  isClone,
  peopleOf,
  type Rows,
} from '../table/cohort-rows.ts'
import { mergeWindow, millisecondsPerDay, readinessWindow } from '../table/windows.ts'
import { cycleHours, type DescribedValue, spanQuantiles } from './describe-quantiles.ts'
import { reportedRows } from './followed-rows.ts'

/** One cohort in one week. */
export interface CohortWeek {
  readonly changes: number
  /** Hours to merge; null where too few of them merged. */
  readonly median: DescribedValue | null
}

export interface DescribedWeek extends BothCohorts<CohortWeek | null> {
  /** Monday 00:00 UTC. */
  readonly from: number
  /** Share of both cohorts in which AI is recorded; null where one of them is hidden. */
  readonly assistedShare: number | null
}

const week = 7 * millisecondsPerDay

/**
 * Volume and median hours to merge by the week in which changes became ready; of a clone, authored to merged by the week of
 * the merge. The weeks of a cohort are parts of its total: hidden ones together are none or enough. One repository beside
 * others has none, as that would cross two breakdowns.
 */
export function describeWeeks(described: Described, thresholds: GateThresholds): DescribedWeek[] {
  const { table, asOf, repository } = described
  if (repository !== undefined) return []
  const clone = isClone(table)
  const clock = clone ? table.mergedAt : table.readyAt
  const window = clone ? mergeWindow(asOf) : readinessWindow(asOf)
  const weekOf = (row: number) => Math.floor((at(clock, row) - window.start) / week)
  const hours = clone
    ? (row: number) => at(table.authoredToMergedSeconds, row) / 3_600
    : (row: number) => (isMergedInTime(table, row) ? cycleHours(table, row) : Number.NaN)
  const known = (rows: Rows) => rowsWhere(rows, (row) => Number.isFinite(hours(row)))
  const count = Math.round((window.end - window.start) / week)
  const byWeek = inBoth(reportedRows(described), (rows) => splitByWeek(rows, weekOf, count))
  const shown = inBoth(byWeek, (weeks) => shownWeeks(described, weeks, thresholds))
  return Array.from({ length: count }, (_, index) => {
    const side = (rows: Rows | undefined, isShown: boolean): CohortWeek | null =>
      rows === undefined || !isShown
        ? null
        : {
            changes: rows.length,
            median: spanQuantiles(described, known(rows), hours, thresholds)?.median ?? null,
          }
    const assisted = side(byWeek.assisted[index], shown.assisted.has(index))
    const other = side(byWeek.other[index], shown.other.has(index))
    return {
      from: window.start + index * week,
      assisted,
      other,
      assistedShare:
        assisted === null || other === null
          ? null
          : assisted.changes / (assisted.changes + other.changes),
    }
  })
}

function splitByWeek(rows: Rows, weekOf: (row: number) => number, count: number): Rows[] {
  const weeks = Array.from({ length: count }, (): number[] => [])
  for (const row of rows) weeks[weekOf(row)]?.push(row)
  return weeks.map((some) => Int32Array.from(some))
}

function shownWeeks(
  { table }: Described,
  weeks: readonly Rows[],
  thresholds: GateThresholds,
): ReadonlySet<number> {
  const parts = weeks.map((rows, index) => ({
    // Padded, so that ties go by week.
    id: String(index).padStart(2, '0'),
    people: peopleOf(table, rows),
  }))
  return new Set(discloseParts(parts, thresholds).shown.map(Number))
}
