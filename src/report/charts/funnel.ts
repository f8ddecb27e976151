import type { Report } from '../document/report-document.ts'
import type { CohortValue } from '../document/report-parts.ts'
import type { Markup } from '../html/markup.ts'
import { cohorts } from '../text/cohorts.ts'
import { countText, valueText } from '../text/figures.ts'
import { cohortBars } from './cohort-bars.ts'
import type { Frame } from './drawing.ts'

/** Of the changes that became ready in each group: how many percent were merged, and how many survived. */
export function funnel(stages: NonNullable<Report['funnel']>, frame: Frame): Markup {
  const row = (label: string, barOf: (side: Side) => { percent: number; words: string }) => ({
    label,
    bars: cohorts.flatMap((kind) => {
      const side = stages[kind]
      return side === null ? [] : [{ kind, ...barOf(side) }]
    }),
  })
  const share = (value: CohortValue) => ({
    percent: value.value,
    words: valueText(value, 'percent'),
  })
  return cohortBars(
    {
      title: 'From ready to merged to surviving',
      description:
        'Bars for each stage and group: the percentage of the changes that became ready, with its 95 % interval. All numbers are in the table below.',
      rows: [
        row('Ready for review', ({ ready }) => ({ percent: 100, words: countText(ready) })),
        row('Merged', ({ merged }) => share(merged)),
        row('Surviving', ({ surviving }) => share(surviving)),
      ],
      full: 100,
    },
    frame,
  )
}

type Side = NonNullable<NonNullable<Report['funnel']>['aiRecorded']>
