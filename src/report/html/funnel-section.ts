import { funnel as funnelChart } from '../charts/funnel.ts'
import { windowText } from '../dates.ts'
import { countText, figure, NOT_SHOWN } from '../figures.ts'
import type { Report } from '../report-document.ts'
import { chartFigure } from './chart-figure.ts'
import { cohortNames } from './cohort-names.ts'
import type { Markup } from './markup.ts'
import { section } from './section.ts'

/** Ready → merged → surviving. */
export function funnelSection({ funnel, cohorts, scope }: Report): Markup | null {
  if (funnel === null || (funnel.assisted === null && funnel.other === null)) return null
  const names = cohortNames(cohorts)
  const { assisted, other, window } = funnel
  const percent = (value: number | undefined) =>
    value === undefined ? NOT_SHOWN : figure(value, 'percent')
  const sentence = (side: typeof assisted, words: string) =>
    side === null
      ? `Changes with ${words} are ${NOT_SHOWN}.`
      : `Of ${countText(side.ready)} changes with ${words}, ${percent(side.mergedPercent)} were merged and ${percent(side.survivingPercent)} were merged and survived.`
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
      reading: `${sentence(assisted, 'AI recorded')} ${sentence(other, 'no AI recorded')}`,
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
            ['Merged', percent(assisted?.mergedPercent), percent(other?.mergedPercent)],
            ['Surviving', percent(assisted?.survivingPercent), percent(other?.survivingPercent)],
          ],
        },
      ],
    }),
  )
}
