import type { GateThresholds } from '../disclosure/disclosure-gate.ts'
import { shownRows, wholeOf } from '../disclosure/shown-rows.ts'
import {
  type BothCohorts,
  type Described,
  inBoth,
  peopleOf,
  type Rows,
} from '../table/cohort-rows.ts'
import { reportedRows } from './followed-rows.ts'

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
  return inBoth(reportedRows(wholeOf(described)), (rows) => sizeOf(described, rows, thresholds))
}

function sizeOf(described: Described, whole: Rows, thresholds: GateThresholds): CohortSize | null {
  const rows = shownRows(described, whole, thresholds)
  return rows && { changes: rows.length, people: new Set(peopleOf(described.table, rows)).size }
}
