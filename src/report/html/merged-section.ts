import { mergedShare } from '../charts/merged-share.ts'
import type { Report } from '../document/report-document.ts'
import { cohortHeadings } from '../text/cohorts.ts'
import { hoursText, windowText } from '../text/dates.ts'
import { partTitles } from '../text/part-titles.ts'
import { valueCell } from './cells.ts'
import { changesRow } from './changes-row.ts'
import { chartFigure } from './chart-figure.ts'
import type { Markup } from './markup.ts'
import { section } from './section.ts'

/** How the share of merged changes grows with the time since they became ready. */
export function mergedSection({ merged, scope, readings }: Report): Markup | null {
  if (merged === null) return null
  return section(
    {
      id: 'merged',
      title: partTitles.merged,
      about: `All changes that became ready ${windowText(merged.window)}, as they are, not adjusted; bands are 95\u00a0% intervals. One closed without a merge counts as never merged.`,
    },
    chartFigure({
      id: 'merged-share',
      synthetic: scope.synthetic,
      draw: (frame) => mergedShare(merged, frame),
      reading: readings.merged,
      tables: [
        {
          caption: 'Share of changes merged, with 95 % intervals',
          columns: ['Within', ...cohortHeadings],
          rows: [
            changesRow(merged.changes),
            ...merged.hours.map(
              (one, index) =>
                [
                  hoursText(one),
                  valueCell(merged.aiRecorded?.[index], 'percent'),
                  valueCell(merged.noneRecorded?.[index], 'percent'),
                ] as const,
            ),
          ],
        },
      ],
    }),
  )
}
