import type { Report } from '../document/report-document.ts'
import type { Markup } from '../html/markup.ts'
import { type Cohort, cohorts } from './cohort.ts'
import { cohortBars } from './cohort-bars.ts'
import type { Frame } from './drawing.ts'

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
  return cohortBars(
    {
      title: 'From ready to merged to surviving',
      description:
        'Bars for each stage and group: the percentage of the changes that became ready. All numbers are in the table below.',
      rows: [
        row('Ready for review', () => 100),
        row('Merged', ({ merged }) => merged.value),
        row('Surviving', ({ surviving }) => surviving.value),
      ],
      full: 100,
    },
    names,
    frame,
  )
}

type Side = NonNullable<NonNullable<Report['funnel']>['assisted']>
