import { cohorts as bothCohorts } from '../charts/cohort.ts'
import { durationSpread } from '../charts/duration-spread.ts'
import type { Report } from '../document/report-document.ts'
import { countText, NOT_SHOWN } from '../text/figures.ts'
import { spansText } from '../text/spans-text.ts'
import { valueCell } from './cells.ts'
import { chartFigure } from './chart-figure.ts'
import { cohortNames } from './cohort-names.ts'
import { type Markup, markup } from './markup.ts'
import { section } from './section.ts'

/** Medians and upper quantiles of the time to merge and its phases. */
export function durationsSection({ quantiles, cohorts, scope, readings }: Report): Markup | null {
  if (quantiles.length === 0) return null
  const names = cohortNames(cohorts)
  const rows = quantiles.flatMap((quantile) =>
    bothCohorts.map((cohort) => ({ label: quantile.label, cohort, side: quantile[cohort] })),
  )
  return section(
    {
      id: 'durations',
      title: 'Where the time goes',
      about: `Hours as they are: not adjusted, and without a verdict. The mark is the median; the stops on its line are where three quarters and nine in ten changes were through, if enough are known. ${spansText(quantiles)}`,
    },
    chartFigure({
      id: 'duration-spread',
      synthetic: scope.synthetic,
      draw: (frame) => durationSpread(quantiles, names, frame),
      reading: readings.durations,
      tables: [
        {
          caption: 'Hours that each step takes, with 95 % intervals',
          columns: ['Step', 'Changes', 'Median', 'Three quarters within', 'Nine in ten within'],
          rows: rows.map(({ label, cohort, side }) => [
            `${label}: ${names[cohort]}`,
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
