import { type BothCohorts, type Described, inBoth, peopleOf, reportedRows } from './cohort-rows.ts'
import { type GateThresholds, isPublishable } from './disclosure-gate.ts'

/** How large a cohort is. */
export interface CohortSize {
  readonly changes: number
  readonly people: number
}

/** The changes that the report is about; null where a cohort may not be shown. */
export function describeCohorts(
  described: Described,
  thresholds: GateThresholds,
): BothCohorts<CohortSize | null> {
  return inBoth(reportedRows(described), (rows) => {
    const people = peopleOf(described.table, rows)
    return isPublishable(people, thresholds)
      ? { changes: rows.length, people: new Set(people).size }
      : null
  })
}
