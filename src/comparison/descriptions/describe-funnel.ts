import { outcomes } from '../../delivery/index.ts'
import type { GateThresholds } from '../disclosure/disclosure-gate.ts'
import { shownRows, wholeOf } from '../disclosure/shown-rows.ts'
import { byteAt } from '../numbers/number-at.ts'
import { cohortMean } from '../statistics/cohort-mean.ts'
import { unknown } from '../table/change-table.ts'
import { type BothCohorts, type Described, inBoth, partOf, peopleOf } from '../table/cohort-rows.ts'
import { funnelWindow } from '../table/windows.ts'
import type { DescribedValue } from './describe-quantiles.ts'
import { followedRows } from './followed-rows.ts'

/** What became of the changes of one cohort that became ready. */
export interface CohortFunnel {
  readonly ready: number
  /** Share merged within 30 days. */
  readonly merged: DescribedValue
  /** Share merged so and not reverted within 30 days of that. */
  readonly surviving: DescribedValue
}

/**
 * The funnel ready → merged → surviving, of changes that were followed long enough for both; null where a cohort may not be
 * shown.
 */
export function describeFunnel(
  described: Described,
  thresholds: GateThresholds,
): BothCohorts<CohortFunnel | null> {
  const { table } = described
  const merged = outcomes.indexOf('merged')
  return inBoth(followedRows(wholeOf(described), funnelWindow), (all) => {
    const known = partOf(
      all,
      'told what became of it',
      (row) => byteAt(table.outcome, row) !== unknown && byteAt(table.surviving, row) !== unknown,
    )
    const rows = shownRows(described, known, thresholds)
    if (rows === null) return null
    const members = { person: peopleOf(table, rows), assisted: new Uint8Array(rows.length) }
    const share = (passes: (row: number) => boolean) =>
      cohortMean(
        members,
        Float64Array.from(rows, (row) => Number(passes(row))),
        0,
        'share',
      )
    const mergedShare = share((row) => byteAt(table.outcome, row) === merged)
    const survivingShare = share((row) => byteAt(table.surviving, row) === 1)
    if (mergedShare === null || survivingShare === null) return null
    return { ready: rows.length, merged: mergedShare, surviving: survivingShare }
  })
}
