import { outcomes } from '../delivery/index.ts'
import { unknown } from './change-table.ts'
import { type BothCohorts, type Described, inBoth, peopleOf, readyRows } from './cohort-rows.ts'
import { type GateThresholds, isPublishable } from './disclosure-gate.ts'
import { at } from './layout.ts'
import { funnelWindow } from './windows.ts'

/** What became of the changes of one cohort that became ready. */
export interface CohortFunnel {
  readonly ready: number
  /** Share merged within 30 days. */
  readonly merged: number
  /** Share merged so and not reverted within 30 days of that. */
  readonly surviving: number
}

/**
 * The funnel ready → merged → surviving, of changes old enough for both and read since; null where a cohort may not be
 * shown.
 */
export function describeFunnel(
  described: Described,
  thresholds: GateThresholds,
): BothCohorts<CohortFunnel | null> {
  const { table, asOf } = described
  const merged = outcomes.indexOf('merged')
  return inBoth(readyRows(described, funnelWindow(asOf)), (all) => {
    const rows = all.filter(
      (row) => at(table.outcome, row) !== unknown && at(table.surviving, row) !== unknown,
    )
    if (!isPublishable(peopleOf(table, rows), thresholds)) return null
    const share = (passes: (row: number) => boolean) => rows.filter(passes).length / rows.length
    return {
      ready: rows.length,
      merged: share((row) => at(table.outcome, row) === merged),
      surviving: share((row) => at(table.surviving, row) === 1),
    }
  })
}
