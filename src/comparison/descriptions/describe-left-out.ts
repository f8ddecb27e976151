import type { ExclusionReason } from '../../delivery/index.ts'
import type { GateThresholds } from '../disclosure/disclosure-gate.ts'
import { shownRows } from '../disclosure/shown-rows.ts'
import { at } from '../numbers/number-at.ts'
import { cohort, exclusions } from '../table/change-table.ts'
import { type Described, isClone, partOf, rowsWithin } from '../table/cohort-rows.ts'
import { mergeWindow, readinessWindow } from '../table/windows.ts'

/** Changes in neither cohort, for one reason. */
export interface LeftOut {
  readonly reason: ExclusionReason | 'set-aside'
  readonly changes: number
}

/**
 * What is in neither cohort, by reason, of the time that the report is about. What is excluded says nothing of AI, and is
 * mostly the work of bots; it is counted, however few. Set aside is what AI is recorded of in doubt, so that it passes the
 * same gate as any other group or is not told.
 */
export function describeLeftOut(described: Described, thresholds: GateThresholds): LeftOut[] {
  const { table, asOf, repository } = described
  const clone = isClone(table)
  const { start, end } = clone ? mergeWindow(asOf) : readinessWindow(asOf)
  const { excluded } = table
  const time = clone ? excluded.mergedAt : excluded.readyAt
  const counts = new Float64Array(exclusions.length)
  for (let i = 0; i < excluded.size; i += 1) {
    if (!(at(time, i) >= start && at(time, i) < end)) continue
    if (repository !== undefined && at(excluded.repository, i) !== repository) continue
    const reason = at(excluded.reason, i)
    counts[reason] = at(counts, reason) + 1
  }
  const clock = clone ? 'mergedAt' : 'readyAt'
  const cohorts = clone ? table.cohortAtMerge : table.cohortAtReady
  const setAside = shownRows(
    described,
    partOf(
      rowsWithin(table, clock, { start, end }),
      'set aside',
      (row) => at(cohorts, row) === cohort.setAside,
    ),
    thresholds,
  )
  return [
    ...exclusions
      .map((reason, index) => ({ reason, changes: at(counts, index) }))
      .filter(({ changes }) => changes > 0),
    ...(setAside === null ? [] : [{ reason: 'set-aside' as const, changes: setAside.length }]),
  ]
}
