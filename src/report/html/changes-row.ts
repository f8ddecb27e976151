import type { Report } from '../document/report-document.ts'
import type { Count } from '../document/report-parts.ts'
import { countText, NOT_SHOWN } from '../text/figures.ts'

/** How many changes of each group the numbers below are of. */
export function changesRow({
  aiRecorded,
  noneRecorded,
}: NonNullable<Report['sizes']>['changes']): [string, string, string] {
  const cell = (count: Count) => (count === null ? NOT_SHOWN : countText(count))
  return ['Changes', cell(aiRecorded), cell(noneRecorded)]
}
