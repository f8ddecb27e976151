import { funnel as funnelChart } from '../charts/funnel.ts'
import type { Report } from '../document/report-document.ts'
import { cohortHeadings } from '../text/cohorts.ts'
import { windowText } from '../text/dates.ts'
import { countText, NOT_SHOWN } from '../text/figures.ts'
import { partTitles } from '../text/part-titles.ts'
import { valueCell } from './cells.ts'
import { chartFigure } from './chart-figure.ts'
import type { Markup } from './markup.ts'
import { section } from './section.ts'

/** Ready → merged → surviving. */
export function funnelSection({ funnel, scope, readings }: Report): Markup | null {
  if (funnel === null) return null
  const { aiRecorded, noneRecorded, window } = funnel
  return section(
    {
      id: 'funnel',
      title: partTitles.funnel,
      about: `Changes that became ready ${windowText(window)}: merged within 30 days, and surviving if not reverted within 30 more.`,
    },
    chartFigure({
      id: 'funnel-stages',
      synthetic: scope.synthetic,
      draw: (frame) => funnelChart(funnel, frame),
      reading: readings.funnel,
      tables: [
        {
          caption: 'From ready to merged to surviving',
          columns: ['Stage', ...cohortHeadings],
          rows: [
            [
              'Ready for review, changes',
              aiRecorded === null ? NOT_SHOWN : countText(aiRecorded.ready),
              noneRecorded === null ? NOT_SHOWN : countText(noneRecorded.ready),
            ],
            [
              'Merged within 30 days',
              valueCell(aiRecorded?.merged, 'percent'),
              valueCell(noneRecorded?.merged, 'percent'),
            ],
            [
              'Not reverted within 30 more',
              valueCell(aiRecorded?.surviving, 'percent'),
              valueCell(noneRecorded?.surviving, 'percent'),
            ],
          ],
        },
      ],
    }),
  )
}
