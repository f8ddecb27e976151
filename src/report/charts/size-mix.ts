import type { Markup } from '../html/markup.ts'
import type { Report } from '../report-document.ts'
import { barKey } from './bar-key.ts'
import type { Cohort } from './cohort.ts'
import { drawing, type Frame } from './drawing.ts'
import { type BarRow, barsLeft, horizontalBars } from './horizontal-bars.ts'

const TOP = 34

/** How each group's changes spread over sizes: percent of the group in each band of changed lines. */
export function sizeMix(
  sizes: NonNullable<Report['sizes']>,
  names: Record<Cohort, string>,
  frame: Frame,
): Markup {
  const largest = Math.max(1, ...sizes.flatMap((size) => [size.assistedPercent, size.otherPercent]))
  const rows: BarRow[] = sizes.map(({ band, assistedPercent, otherPercent }) => ({
    label: `${band.replace('-', '–')} lines`,
    bars: [
      { kind: 'assisted', percent: assistedPercent },
      { kind: 'other', percent: otherPercent },
    ],
  }))
  const { drawn, height } = horizontalBars(rows, TOP, largest, barsLeft(rows, frame), frame)
  return drawing(
    frame,
    {
      title: 'Sizes of changes in each group',
      description:
        'For each band of changed lines two bars: the percentage of each group that it holds. All numbers are in the table below.',
      height: TOP + height + 6,
    },
    [barKey(names), drawn],
  )
}
