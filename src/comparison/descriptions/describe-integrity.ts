import type { GateThresholds } from '../disclosure/disclosure-gate.ts'
import { areNoneOrShown, shownRows, wholeOf } from '../disclosure/shown-rows.ts'
import { gather } from '../numbers/gather.ts'
import { byteAt } from '../numbers/number-at.ts'
import { type CohortMean, cohortMean } from '../statistics/cohort-mean.ts'
import { unknown } from '../table/change-table.ts'
import {
  type BothCohorts,
  type Described,
  inBoth,
  partOf,
  peopleOf,
  type Rows,
  reportedWindow,
} from '../table/cohort-rows.ts'
import { millisecondsPerDay } from '../table/windows.ts'
import { mergedInTime, reportedRows, toldUntil } from './followed-rows.ts'

/** What tells whether the numbers could be bent; null where it may not be shown or is not known. */
export interface Integrity {
  /** Share of changes merged in time that received AI commits after they were ready; of the other cohort alone. */
  readonly aiAfterStart: BothCohorts<CohortMean | null>
  /** Share of changes merged in time that were made a draft again after they were ready. */
  readonly redrafted: BothCohorts<CohortMean | null>
  /**
   * Changes a week, over the whole window: splitting changes into many shows here. null also where a repository was read too
   * early for the whole of it: its weeks are fewer.
   */
  readonly changesPerWeek: BothCohorts<CohortMean | null>
}

/**
 * Companions of the comparisons that move when changes are bent to look well (docs/method.md, When numbers are bent). Only
 * changes merged within 14 days count in the shares, since nothing of those changes any more.
 */
export function describeIntegrity(described: Described, thresholds: GateThresholds): Integrity {
  const { table } = described
  const all = reportedRows(wholeOf(described))
  const inTime = inBoth(all, (rows) => mergedInTime(table, rows))
  const share = (rows: Rows, column: 'aiAfterStart' | 'redrafted') => {
    const answers = table[column]
    const known = partOf(rows, `${column} known`, (row) => byteAt(answers, row) !== unknown)
    const own = shownRows(described, known, thresholds)
    if (own === null) return null
    const members = { person: peopleOf(table, own), assisted: new Uint8Array(own.length) }
    const yes = Float64Array.from(gather(answers, own, new Uint8Array(own.length)))
    return cohortMean(members, yes, 0, 'share')
  }
  const isSafeOfEach = (rows: Rows) =>
    [0, 1].every((one) =>
      areNoneOrShown(
        described,
        partOf(rows, `aiAfterStart ${one}`, (row) => byteAt(table.aiAfterStart, row) === one),
        thresholds,
      ),
    )
  const { start, end } = reportedWindow(described)
  const weeks = toldUntil(described) < end ? null : (end - start) / (7 * millisecondsPerDay)
  return {
    aiAfterStart: {
      assisted: null,
      // Who received some is a group by what is recorded of AI, as the cohorts are: it passes the gate like them.
      other: isSafeOfEach(inTime.other) ? share(inTime.other, 'aiAfterStart') : null,
    },
    redrafted: inBoth(inTime, (rows) => share(rows, 'redrafted')),
    changesPerWeek: inBoth(all, (rows) => {
      const changes = shownRows(described, rows, thresholds)?.length
      return changes === undefined || weeks === null
        ? null
        : { changes, value: changes / weeks, lower: null, upper: null }
    }),
  }
}
