import { sizeMix } from '../charts/size-mix.ts'
import { cohortClocks } from '../document/cohort-clocks.ts'
import type { Report } from '../document/report-document.ts'
import { cohortHeadings } from '../text/cohorts.ts'
import { windowText } from '../text/dates.ts'
import { figure } from '../text/figures.ts'
import { partTitles } from '../text/part-titles.ts'
import { sizeBandText } from '../text/size-band-text.ts'
import { changesRow } from './changes-row.ts'
import { chartFigure } from './chart-figure.ts'
import type { Markup } from './markup.ts'
import { section } from './section.ts'

/** Whether the two groups hold changes of the same sizes. */
export function sizesSection({ sizes, cohorts, scope, readings }: Report): Markup | null {
  if (sizes === null) return null
  return section(
    {
      id: 'sizes',
      title: partTitles.sizes,
      about: `Changes that ${cohortClocks[cohorts.clock]} ${windowText(sizes.window)}. Larger changes take longer to review, so the statements compare changes with others of a like size.`,
    },
    chartFigure({
      id: 'size-mix',
      synthetic: scope.synthetic,
      draw: (frame) => sizeMix(sizes.bands, frame),
      reading: readings.sizes,
      tables: [
        {
          caption: 'Sizes of changes in each group',
          columns: ['Size', ...cohortHeadings],
          rows: [
            changesRow(sizes.changes),
            ...sizes.bands.map(
              ({ band, aiRecordedPercent, noneRecordedPercent }) =>
                [
                  sizeBandText(band),
                  figure(aiRecordedPercent, 'percent'),
                  figure(noneRecordedPercent, 'percent'),
                ] as const,
            ),
          ],
        },
      ],
    }),
  )
}
