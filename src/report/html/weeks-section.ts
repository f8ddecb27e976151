import { weeklyMedians } from '../charts/weekly-medians.ts'
import type { Report } from '../document/report-document.ts'
import { dayText } from '../text/dates.ts'
import { countText, NOT_SHOWN, percentText } from '../text/figures.ts'
import { valueCell } from './cells.ts'
import { chartFigure } from './chart-figure.ts'
import { cohortNames } from './cohort-names.ts'
import type { Markup } from './markup.ts'
import { section } from './section.ts'

type Week = Report['weeks'][number]

/** Week by week, where enough people stand behind it. */
export function weeksSection({ weeks, cohorts, scope, readings }: Report): Markup | null {
  if (!weeks.some(({ assisted, other }) => assisted !== null || other !== null)) return null
  const names = cohortNames(cohorts)
  const changes = (side: Week['assisted']) => (side === null ? NOT_SHOWN : countText(side.changes))
  return section(
    {
      id: 'weeks',
      title: 'Week by week',
      about:
        'Medians as they are, not adjusted; the thin upright lines are their 95 % intervals. A gap is a week that is not shown.',
    },
    chartFigure({
      id: 'weekly-medians',
      synthetic: scope.synthetic,
      draw: (frame) => weeklyMedians(weeks, names, frame),
      reading: readings.weeks,
      tables: [
        {
          caption: 'Changes and median hours to merge, by week',
          columns: [
            'Week from',
            `${names.assisted}: changes`,
            'median',
            `${names.other}: changes`,
            'median',
            'Share with AI recorded',
          ],
          rows: weeks.map(({ from, assisted, other, assistedPercent }) => [
            dayText(from),
            changes(assisted),
            valueCell(assisted?.median, 'hours'),
            changes(other),
            valueCell(other?.median, 'hours'),
            percentText(assistedPercent),
          ]),
        },
      ],
    }),
  )
}
