import type { Measure } from '../report-comparison.ts'
import { estimateCell, valueCell } from './cells.ts'
import { dataTable } from './data-table.ts'
import type { Markup } from './markup.ts'

/** Numbers of both groups without a verdict; the column of differences is there where one of them has any. */
export function measuresTable(caption: string, measures: readonly Measure[]): Markup {
  const compared = measures.some(({ difference }) => difference !== null)
  return dataTable({
    caption,
    columns: ['Measure', 'AI recorded', 'No AI recorded', ...(compared ? ['Difference'] : [])],
    rows: measures.map(({ label, unit, assisted, other, difference }) => [
      label,
      valueCell(assisted, unit),
      valueCell(other, unit),
      ...(compared ? [estimateCell(difference, 'not compared')] : []),
    ]),
  })
}
