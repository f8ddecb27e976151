import { funnel as funnelChart } from '../charts/funnel.ts'
import type { Report } from '../document/report-document.ts'
import { windowText } from '../text/dates.ts'
import { countText, NOT_SHOWN } from '../text/figures.ts'
import { valueCell } from './cells.ts'
import { chartFigure } from './chart-figure.ts'
import { cohortNames } from './cohort-names.ts'
import type { Markup } from './markup.ts'
import { section } from './section.ts'

/** Ready → merged → surviving. */
export function funnelSection({ funnel, cohorts, scope, readings }: Report): Markup | null {
  if (funnel === null || (funnel.assisted === null && funnel.other === null)) return null
  const names = cohortNames(cohorts)
  const { assisted, other, window } = funnel
  return section(
    {
      id: 'funnel',
      title: 'What shipped',
      about: `Changes that became ready ${windowText(window)}: merged within 30 days, and surviving if not reverted within 30 more.`,
    },
    chartFigure({
      id: 'funnel-stages',
      synthetic: scope.synthetic,
      draw: (frame) => funnelChart(funnel, names, frame),
      reading: readings.funnel,
      tables: [
        {
          caption: 'From ready to merged to surviving',
          columns: ['Stage', names.assisted, names.other],
          rows: [
            [
              'Ready for review, changes',
              assisted === null ? NOT_SHOWN : countText(assisted.ready),
              other === null ? NOT_SHOWN : countText(other.ready),
            ],
            [
              'Merged within 30 days',
              valueCell(assisted?.merged, 'percent'),
              valueCell(other?.merged, 'percent'),
            ],
            [
              'Not reverted within 30 more',
              valueCell(assisted?.surviving, 'percent'),
              valueCell(other?.surviving, 'percent'),
            ],
          ],
        },
      ],
    }),
  )
}
