import { unknown } from './change-table.ts'
import { cohortMean } from './cohort-mean.ts'
import {
  type BothCohorts,
  type Described,
  inBoth,
  isClone,
  peopleOf,
  type Rows,
  reportedRows,
} from './cohort-rows.ts'
import type { DescribedValue } from './describe-quantiles.ts'
import { type GateThresholds, isPublishable } from './disclosure-gate.ts'
import { at } from './layout.ts'
import { isMergedInTime } from './sample.ts'
import { mergeWindow, millisecondsPerDay, readinessWindow } from './windows.ts'

/** What tells whether the numbers could be bent; null where it may not be shown or is not known. */
export interface Integrity {
  /** Share of changes merged in time that received AI commits after they were ready; of the other cohort alone. */
  readonly aiAfterStart: BothCohorts<DescribedValue | null>
  /** Share of changes merged in time that were made a draft again after they were ready. */
  readonly redrafted: BothCohorts<DescribedValue | null>
  /** Changes a week, over the whole window: splitting changes into many shows here. */
  readonly changesPerWeek: BothCohorts<DescribedValue | null>
}

/**
 * Companions of the comparisons that move when changes are bent to look well (METHOD section 10). Only changes merged within
 * 14 days count in the shares, since nothing of those changes any more.
 */
export function describeIntegrity(described: Described, thresholds: GateThresholds): Integrity {
  const { table, asOf } = described
  const all = reportedRows(described)
  const inTime = inBoth(all, (rows) => rows.filter((row) => isMergedInTime(table, row)))
  const share = (rows: Rows, answers: Uint8Array) => {
    const known = rows.filter((row) => at(answers, row) !== unknown)
    const person = peopleOf(table, known)
    if (!isPublishable(person, thresholds)) return null
    const yes = Float64Array.from(known, (row) => at(answers, row))
    return cohortMean({ person, assisted: new Uint8Array(known.length) }, yes, 0, 'share')
  }
  const { start, end } = isClone(table) ? mergeWindow(asOf) : readinessWindow(asOf)
  const weeks = (end - start) / (7 * millisecondsPerDay)
  return {
    aiAfterStart: { assisted: null, other: share(inTime.other, table.aiAfterStart) },
    redrafted: inBoth(inTime, (rows) => share(rows, table.redrafted)),
    changesPerWeek: inBoth(all, (rows) =>
      isPublishable(peopleOf(table, rows), thresholds)
        ? { value: rows.length / weeks, lower: null, upper: null }
        : null,
    ),
  }
}
