import { durationSpread } from '../charts/duration-spread.ts'
import type { Report } from '../document/report-document.ts'
import { cohorts as bothCohorts, cohortNames } from '../text/cohorts.ts'
import { countText, NOT_SHOWN } from '../text/figures.ts'
import { notCompared } from '../text/not-compared.ts'
import { partTitles } from '../text/part-titles.ts'
import { spansText } from '../text/spans-text.ts'
import { valueCell } from './cells.ts'
import { chartFigure } from './chart-figure.ts'
import { type Markup, markup } from './markup.ts'
import { section } from './section.ts'

/** Medians and upper quantiles of the time to merge and its phases. */
export function durationsSection({ quantiles, scope, readings }: Report): Markup | null {
  if (quantiles.length === 0) return null
  const rows = quantiles.flatMap((quantile) =>
    bothCohorts.map((cohort) => ({ label: quantile.label, cohort, side: quantile[cohort] })),
  )
  return section(
    {
      id: 'durations',
      title: partTitles.durations,
      about: `${notCompared} The mark is the median; the stops on its line are where three quarters and nine in ten changes were through, if enough are known. ${spansText(quantiles)}`,
    },
    chartFigure({
      id: 'duration-spread',
      synthetic: scope.synthetic,
      draw: (frame) => durationSpread(quantiles, frame),
      reading: readings.durations,
      tables: [
        {
          caption: 'How long each step takes, with 95 % intervals',
          columns: ['Step', 'Changes', 'Median', 'Three quarters within', 'Nine in ten within'],
          rows: rows.map(({ label, cohort, side }) => [
            `${label}: ${cohortNames[cohort]}`,
            side === null ? NOT_SHOWN : countText(side.changes),
            valueCell(side?.median, 'hours'),
            valueCell(side?.p75, 'hours'),
            valueCell(side?.p90, 'hours'),
          ]),
        },
      ],
    }),
    markup`<details><summary>What each step is</summary>
<dl class="terms">
${quantiles.map(({ label, definition }) => markup`<dt>${label}</dt><dd>${definition}</dd>\n`)}</dl></details>
`,
  )
}
