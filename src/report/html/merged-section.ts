import { mergedShare } from '../charts/merged-share.ts'
import type { Report } from '../document/report-document.ts'
import { hoursText, windowText } from '../text/dates.ts'
import { percentText } from '../text/figures.ts'
import { changesRow } from './changes-row.ts'
import { chartFigure } from './chart-figure.ts'
import { cohortNames } from './cohort-names.ts'
import type { Markup } from './markup.ts'
import { section } from './section.ts'

/** How the share of merged changes grows with the time since they became ready. */
export function mergedSection({ merged, cohorts, scope, readings }: Report): Markup | null {
  if (merged === null || (merged.assisted === null && merged.other === null)) return null
  const names = cohortNames(cohorts)
  const share = (side: readonly number[] | null, index: number) =>
    percentText(side?.at(index) ?? null)
  return section(
    {
      id: 'merged',
      title: 'How soon changes merge',
      about: `All changes that became ready ${windowText(merged.window)}, as they are, not adjusted. One closed without a merge counts as never merged.`,
    },
    chartFigure({
      id: 'merged-share',
      synthetic: scope.synthetic,
      draw: (frame) => mergedShare(merged, names, frame),
      reading: readings.merged,
      tables: [
        {
          caption: 'Share of changes merged',
          columns: ['Within', names.assisted, names.other],
          rows: [
            changesRow(merged.changes),
            ...merged.hours.map(
              (one, index) =>
                [
                  hoursText(one),
                  share(merged.assisted, index),
                  share(merged.other, index),
                ] as const,
            ),
          ],
        },
      ],
    }),
  )
}
