import { weeklyMedians } from '../charts/weekly-medians.ts'
import type { Report } from '../document/report-document.ts'
import { cohortNames } from '../text/cohorts.ts'
import { dayText } from '../text/dates.ts'
import { countText, NOT_SHOWN, percentText } from '../text/figures.ts'
import { partTitles } from '../text/part-titles.ts'
import { weekWords } from '../text/week-words.ts'
import { valueCell } from './cells.ts'
import { chartFigure } from './chart-figure.ts'
import type { Markup } from './markup.ts'
import { section } from './section.ts'

type Week = Report['weeks'][number]

/** Week by week, where enough people stand behind it. */
export function weeksSection({ weeks, cohorts, scope, readings }: Report): Markup | null {
  if (weeks.length === 0) return null
  const changes = (side: Week['aiRecorded']) =>
    side === null ? NOT_SHOWN : countText(side.changes)
  return section(
    {
      id: 'weeks',
      title: partTitles.weeks,
      about: `${weekWords[cohorts.clock]} Medians as they are, not adjusted; the thin upright lines are their 95 % intervals. A gap or a dash is a week that is not shown.`,
    },
    chartFigure({
      id: 'weekly-medians',
      synthetic: scope.synthetic,
      draw: (frame) => weeklyMedians(weeks, frame),
      reading: readings.weeks,
      tables: [
        {
          caption: 'Changes and median hours to merge, by week',
          columns: [
            'Week from',
            `${cohortNames.aiRecorded}: changes`,
            'median',
            `${cohortNames.noneRecorded}: changes`,
            'median',
            'Share with AI recorded',
          ],
          rows: weeks.map(({ from, aiRecorded, noneRecorded, aiRecordedPercent }) => [
            dayText(from),
            changes(aiRecorded),
            valueCell(aiRecorded?.median, 'hours'),
            changes(noneRecorded),
            valueCell(noneRecorded?.median, 'hours'),
            percentText(aiRecordedPercent),
          ]),
        },
      ],
    }),
  )
}
