import { mergedShare } from '../charts/merged-share.ts'
import { figure, percentText } from '../figures.ts'
import type { Report } from '../report-document.ts'
import { chartFigure } from './chart-figure.ts'
import { cohortNames } from './cohort-names.ts'
import type { Markup } from './markup.ts'
import { section } from './section.ts'

/** How the share of merged changes grows with the time since they became ready. */
export function mergedSection({ merged, cohorts, scope }: Report): Markup | null {
  if (merged === null || (merged.assisted === null && merged.other === null)) return null
  const names = cohortNames(cohorts)
  const share = (side: readonly number[] | null, index: number) =>
    percentText(side?.at(index) ?? null)
  const at = (index: number) =>
    `${share(merged.assisted, index)} with AI recorded and ${share(merged.other, index)} with none`
  const day = merged.hours.indexOf(24)
  return section(
    {
      id: 'merged',
      title: 'How soon changes merge',
      about:
        'All changes that became ready, as they are, not adjusted. One closed without a merge counts as never merged.',
    },
    chartFigure({
      id: 'merged-share',
      synthetic: scope.synthetic,
      draw: (frame) => mergedShare(merged, names, frame),
      reading: `Merged within ${day < 0 ? '' : `a day: ${at(day)}; within `}${hours(merged.hours.at(-1) ?? 0)}: ${at(-1)}.`,
      tables: [
        {
          caption: 'Share of changes merged',
          columns: ['Within', names.assisted, names.other],
          rows: merged.hours.map((one, index) => [
            hours(one),
            share(merged.assisted, index),
            share(merged.other, index),
          ]),
        },
      ],
    }),
  )
}

function hours(count: number): string {
  if (count >= 48 && count % 24 === 0) return `${figure(count / 24)} days`
  return figure(count, 'hours')
}
