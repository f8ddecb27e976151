import type { GateThresholds } from '../disclosure/disclosure-gate.ts'
import { shownRows, wholeOf } from '../disclosure/shown-rows.ts'
import { floatAt, intAt } from '../numbers/number-at.ts'
import { numberPeople } from '../numbers/number-people.ts'
import { rules } from '../rules.ts'
import { type CohortQuantile, cohortQuantiles } from '../statistics/cohort-quantile.ts'
import type { ChangeTable } from '../table/change-table.ts'
import {
  type BothCohorts,
  type Described,
  inBoth,
  mergedRows,
  partOf,
  peopleOf,
  type Rows,
} from '../table/cohort-rows.ts'
import { mergeWindow, millisecondsPerHour, readinessWindow } from '../table/windows.ts'
import { followedRows, mergedInTime } from './followed-rows.ts'

/** A value with the limits of its 95 % interval; null where a limit is not known or would be a single change. */
export interface DescribedValue {
  readonly value: number
  readonly lower: number | null
  readonly upper: number | null
}

/** How long one span took in one cohort, hours. */
export interface SpanQuantiles {
  readonly changes: number
  readonly median: DescribedValue
  /** From 50 changes on. */
  readonly p75: DescribedValue | null
  /** From 100 changes of 10 people on. */
  readonly p90: DescribedValue | null
}

export const spans = ['cycle-time', 'pickup', 'review', 'merge-wait', 'authored-to-merged'] as const

export type SpanName = (typeof spans)[number]

/**
 * Quantiles of each span and cohort, as they are, adjusted for nothing (docs/method.md, Numbers of one group). All but the last
 * are of changes that became ready in the window and merged within 14 days; authored to merged is of all that merged in 26
 * weeks, by what was known when they did. A side is null where it may not be shown or nothing is known of it.
 */
export function describeQuantiles(
  described: Described,
  thresholds: GateThresholds,
): Record<SpanName, BothCohorts<SpanQuantiles | null>> {
  const { table, asOf } = described
  const ready = inBoth(followedRows(wholeOf(described), readinessWindow), (rows) =>
    mergedInTime(table, rows),
  )
  const merged = mergedRows(wholeOf(described), mergeWindow(asOf))
  const seconds = (values: Float64Array) => (row: number) => floatAt(values, row) / 3_600
  const quantiles = (span: SpanName, rows: BothCohorts<Rows>, hours: (row: number) => number) =>
    inBoth(rows, (side) => {
      const known = partOf(side, `${span} known`, (row) => Number.isFinite(hours(row)))
      return spanQuantiles(described, known, hours, thresholds)
    })
  return {
    'cycle-time': quantiles('cycle-time', ready, (row) => cycleHours(table, row)),
    pickup: quantiles('pickup', ready, seconds(table.pickupSeconds)),
    review: quantiles('review', ready, seconds(table.reviewSeconds)),
    'merge-wait': quantiles('merge-wait', ready, seconds(table.mergeWaitSeconds)),
    'authored-to-merged': quantiles(
      'authored-to-merged',
      merged,
      seconds(table.authoredToMergedSeconds),
    ),
  }
}

/** Hours from ready to merged; NaN where it is not merged. */
export function cycleHours({ mergedAt, readyAt }: ChangeTable, row: number): number {
  return (floatAt(mergedAt, row) - floatAt(readyAt, row)) / millisecondsPerHour
}

/**
 * Quantiles of some changes of one cohort; null where they may not be shown.
 *
 * @param rows of all repositories of the table; the hours of each are known
 */
export function spanQuantiles(
  described: Described,
  rows: Rows,
  hours: (row: number) => number,
  thresholds: GateThresholds,
): SpanQuantiles | null {
  const known = shownRows(described, rows, thresholds)
  if (known === null) return null
  const person = peopleOf(described.table, known)
  const value = valuesOf(known, hours)
  const [p50, p75, p90] = cohortQuantiles(
    { value, person, weight: null },
    [0.5, 0.75, 0.9],
    rules.confidence,
  )
  const { people } = numberPeople(person)
  const extremes = extremesOf(value)
  const shown = (one: CohortQuantile | undefined, from: { changes: number; people: number }) =>
    one === undefined || known.length < from.changes || people < from.people
      ? null
      : describe(one, extremes)
  const median = shown(p50, { changes: 0, people: 0 })
  if (median === null) return null
  return {
    changes: known.length,
    median,
    p75: shown(p75, { changes: rules.upperQuartileChanges, people: 0 }),
    p90: shown(p90, { changes: rules.ninthDecileChanges, people: rules.ninthDecilePeople }),
  }
}

/** A limit that is as small as the smallest value, or as large as the largest, would tell a single change. */
function describe(
  { quantile, lower, upper }: CohortQuantile,
  { least, most }: { readonly least: number; readonly most: number },
): DescribedValue {
  return {
    value: quantile,
    lower: lower === null || lower <= least ? null : lower,
    upper: upper === null || upper >= most ? null : upper,
  }
}

function valuesOf(rows: Rows, read: (row: number) => number): Float64Array {
  const values = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i += 1) values[i] = read(intAt(rows, i))
  return values
}

function extremesOf(values: Float64Array): { least: number; most: number } {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < values.length; i += 1) {
    least = Math.min(least, floatAt(values, i))
    most = Math.max(most, floatAt(values, i))
  }
  return { least, most }
}
