import type { Measure } from '../document/report-comparison.ts'
import { isOf, NO_NUMBER } from '../text/figures.ts'
import { measureHeadings } from '../text/measure-headings.ts'
import { estimateCell, valueCell } from './cells.ts'
import { dataTable } from './data-table.ts'
import type { Markup } from './markup.ts'

/** Numbers of both groups without a verdict; the column of differences is there where one of them has any. */
export function measuresTable(caption: string, measures: readonly Measure[]): Markup {
  const compared = measures.some(({ difference }) => difference !== null)
  const cell = (measure: Measure, side: 'aiRecorded' | 'noneRecorded') =>
    isOf(measure, side) ? valueCell(measure[side], measure.unit) : NO_NUMBER
  return dataTable({
    caption,
    columns: measureHeadings(compared),
    rows: measures.map((measure) => [
      measure.label,
      cell(measure, 'aiRecorded'),
      cell(measure, 'noneRecorded'),
      ...(compared ? [estimateCell(measure.difference, 'not compared')] : []),
    ]),
  })
}
