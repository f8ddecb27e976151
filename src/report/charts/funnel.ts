import type { Markup } from '../html/markup.ts'
import type { Report } from '../report-document.ts'
import { barKey } from './bar-key.ts'
import { type Cohort, cohorts } from './cohort.ts'
import { drawing, type Frame } from './drawing.ts'
import { barsLeft, horizontalBars } from './horizontal-bars.ts'

const TOP = 34

/** Of the changes that became ready in each group: how many percent were merged, and how many survived. */
export function funnel(
  stages: NonNullable<Report['funnel']>,
  names: Record<Cohort, string>,
  frame: Frame,
): Markup {
  const row = (label: string, percentOf: (side: Side) => number) => ({
    label,
    bars: cohorts.flatMap((kind) => {
      const side = stages[kind]
      return side === null ? [] : [{ kind, percent: percentOf(side) }]
    }),
  })
  const rows = [
    row('Ready for review', () => 100),
    row('Merged', ({ mergedPercent }) => mergedPercent),
    row('Surviving', ({ survivingPercent }) => survivingPercent),
  ]
  const { drawn, height } = horizontalBars(rows, TOP, 100, barsLeft(rows, frame), frame)
  return drawing(
    frame,
    {
      title: 'From ready to merged to surviving',
      description:
        'Bars for each stage and group: the percentage of the changes that became ready. All numbers are in the table below.',
      height: TOP + height + 6,
    },
    [barKey(names), drawn],
  )
}

type Side = NonNullable<NonNullable<Report['funnel']>['assisted']>
