import { revertRates } from '../charts/revert-rates.ts'
import type { Report } from '../document/report-document.ts'
import { cohortHeadings } from '../text/cohorts.ts'
import { windowText } from '../text/dates.ts'
import { partTitles } from '../text/part-titles.ts'
import { valueCell } from './cells.ts'
import { changesRow } from './changes-row.ts'
import { chartFigure } from './chart-figure.ts'
import type { Markup } from './markup.ts'
import { section } from './section.ts'

/** Reverts by the age of the merge. */
export function revertsSection({ reverts, scope, readings }: Report): Markup | null {
  if (reverts === null) return null
  return section(
    {
      id: 'revert-rates',
      title: partTitles.reverts,
      about: `Of all changes merged ${windowText(reverts.window)}, the young ones counted for as long as they were followed. A revert is charged to the change that was reverted, never to whoever pressed the button. Rates as they are, with their 95 % intervals, not adjusted.`,
    },
    chartFigure({
      id: 'reverts-by-days',
      synthetic: scope.synthetic,
      draw: (frame) => revertRates(reverts.rates, frame),
      reading: readings.reverts,
      tables: [
        {
          caption: 'Reverts per 1,000 changes, with 95 % intervals',
          columns: ['By', ...cohortHeadings],
          rows: [
            changesRow(reverts.changes),
            ...reverts.rates.map(
              ({ days, aiRecorded, noneRecorded }) =>
                [
                  `${days} days`,
                  valueCell(aiRecorded, 'per-1000'),
                  valueCell(noneRecorded, 'per-1000'),
                ] as const,
            ),
          ],
        },
      ],
    }),
  )
}
