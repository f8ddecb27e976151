import type { Measure } from '../document/report-comparison.ts'
import type { CohortValue, Count, Estimate, Window } from '../document/report-parts.ts'
import { type Cohort, cohorts } from '../text/cohorts.ts'

export type Group = '' | Cohort | 'difference'

/** A line: a number, with its interval where it has one; or a text. Nothing stands for what is not shown. */
export interface Row {
  readonly section: string
  readonly item: string
  readonly group: Group
  readonly value: number | string | null
  readonly low?: number | null
  readonly high?: number | null
  readonly unit: string
}

/** The same of both groups. */
type Sides<Side> = Readonly<Record<Cohort, Side>>

/** How the units of differences are written. */
export const units = { percent: 'percent', points: 'points', 'per-1000': 'per 1,000' } as const

/** A measure of both groups: how many changes it is of, its numbers and how they differ. */
export function measureRows(section: string, item: string, measure: Measure): Row[] {
  return [
    ...countRows(section, measure.changes, `${item}, changes`),
    ...bothRows(section, item, measure, measure.unit),
    ...estimateRows(section, item, measure.difference),
  ]
}

/** The numbers of both groups, each with its interval. */
export function bothRows(
  section: string,
  item: string,
  values: Sides<CohortValue | null>,
  unit: string,
): Row[] {
  return cohorts.map((group) => ({
    ...{ section, item, group, unit, value: null },
    ...values[group],
  }))
}

/** A difference with its interval, where there is one. */
export function estimateRows(section: string, item: string, estimate: Estimate | null): Row[] {
  if (estimate === null) return []
  return [{ section, item, group: 'difference', ...estimate, unit: units[estimate.unit] }]
}

/** The days that the numbers of a section are of. */
export function windowRows(section: string, { from, until }: Window): Row[] {
  return [
    plainRow(section, 'from', '', from, 'text'),
    plainRow(section, 'until', '', until, 'text'),
  ]
}

/** How many changes stand behind numbers of either side; of a side that is not shown nothing is told. */
export function countRows(section: string, changes: Sides<Count>, item = 'changes'): Row[] {
  return cohorts.flatMap((side) => {
    const count = changes[side]
    return count === null ? [] : [countRow(section, item, side, count)]
  })
}

/** A number without an interval, or a text. */
export function plainRow(
  section: string,
  item: string,
  group: Group,
  value: Row['value'],
  unit: string,
): Row {
  return { section, item, group, value, unit }
}

/** Changes, rounded; of 1 to 4 it is only told that they are fewer than 5. */
export function countRow(section: string, item: string, group: Group, changes: Count): Row {
  return { section, item, group, value: changes ?? 'fewer than 5', unit: 'changes' }
}
