import { sizeMix } from '../charts/size-mix.ts'
import { cohortClocks } from '../document/cohort-clocks.ts'
import type { Report } from '../document/report-document.ts'
import { windowText } from '../text/dates.ts'
import { figure } from '../text/figures.ts'
import { sizeBandText } from '../text/size-band-text.ts'
import { changesRow } from './changes-row.ts'
import { chartFigure } from './chart-figure.ts'
import { cohortNames } from './cohort-names.ts'
import type { Markup } from './markup.ts'
import { section } from './section.ts'

/** Whether the two groups hold changes of the same sizes. */
export function sizesSection({ sizes, cohorts, scope, readings }: Report): Markup | null {
  if (sizes === null) return null
  const names = cohortNames(cohorts)
  return section(
    {
      id: 'sizes',
      title: 'How large the changes are',
      about: `Changes that ${cohortClocks[cohorts.clock]} ${windowText(sizes.window)}. Larger changes take longer to review, so changes are only compared with others of their size.`,
    },
    chartFigure({
      id: 'size-mix',
      synthetic: scope.synthetic,
      draw: (frame) => sizeMix(sizes.bands, names, frame),
      reading: readings.sizes,
      tables: [
        {
          caption: 'Sizes of changes in each group',
          columns: ['Size', names.assisted, names.other],
          rows: [
            changesRow(sizes.changes),
            ...sizes.bands.map(
              ({ band, assistedPercent, otherPercent }) =>
                [
                  sizeBandText(band),
                  figure(assistedPercent, 'percent'),
                  figure(otherPercent, 'percent'),
                ] as const,
            ),
          ],
        },
      ],
    }),
  )
}
