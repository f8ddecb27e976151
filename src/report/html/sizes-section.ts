import { sizeMix } from '../charts/size-mix.ts'
import { figure } from '../figures.ts'
import type { Report } from '../report-document.ts'
import { chartFigure } from './chart-figure.ts'
import { cohortNames } from './cohort-names.ts'
import type { Markup } from './markup.ts'
import { section } from './section.ts'

type Size = NonNullable<Report['sizes']>[number]

/** Whether the two groups hold changes of the same sizes. */
export function sizesSection({ sizes, cohorts, scope }: Report): Markup | null {
  if (sizes === null || sizes.length === 0) return null
  const names = cohortNames(cohorts)
  return section(
    {
      id: 'sizes',
      title: 'How large the changes are',
      about:
        'Larger changes take longer to review, so changes are only compared with others of their size.',
    },
    chartFigure({
      id: 'size-mix',
      synthetic: scope.synthetic,
      draw: (frame) => sizeMix(sizes, names, frame),
      reading: `The most common size with AI recorded is ${common(sizes, 'assistedPercent')}; with none it is ${common(sizes, 'otherPercent')}.`,
      tables: [
        {
          caption: 'Sizes of changes in each group',
          columns: ['Changed lines', names.assisted, names.other],
          rows: sizes.map(({ band, assistedPercent, otherPercent }) => [
            band.replace('-', '–'),
            figure(assistedPercent, 'percent'),
            figure(otherPercent, 'percent'),
          ]),
        },
      ],
    }),
  )
}

function common(sizes: readonly Size[], side: 'assistedPercent' | 'otherPercent'): string {
  const [largest] = sizes.toSorted((a, b) => b[side] - a[side])
  return largest === undefined
    ? ''
    : `${largest.band.replace('-', '–')} lines (${figure(largest[side], 'percent')})`
}
