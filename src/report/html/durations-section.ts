import { cohorts as bothCohorts } from '../charts/cohort.ts'
import { durationSpread } from '../charts/duration-spread.ts'
import { countText, figure, NOT_SHOWN } from '../figures.ts'
import type { Report } from '../report-document.ts'
import { valueCell } from './cells.ts'
import { chartFigure } from './chart-figure.ts'
import { cohortNames } from './cohort-names.ts'
import { type Markup, markup } from './markup.ts'
import { section } from './section.ts'

type Quantile = Report['quantiles'][number]

/** Medians and upper quantiles of the time to merge and its phases. */
export function durationsSection({ quantiles, cohorts, scope }: Report): Markup | null {
  const [first] = quantiles
  if (first === undefined) return null
  const names = cohortNames(cohorts)
  const rows = quantiles.flatMap((quantile) =>
    bothCohorts.map((cohort) => ({ label: quantile.label, cohort, side: quantile[cohort] })),
  )
  return section(
    {
      id: 'durations',
      title: 'Where the time goes',
      about:
        'Hours as they are: not adjusted, and without a verdict. The mark is the median; the stops on its line are where three quarters and nine in ten changes were through, if enough are known.',
    },
    chartFigure({
      id: 'duration-spread',
      synthetic: scope.synthetic,
      draw: (frame) => durationSpread(quantiles, names, frame),
      reading: reading(first),
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

function reading({ label, assisted, other }: Quantile): string {
  const median = (side: Quantile['assisted']) =>
    side === null ? `a time that is ${NOT_SHOWN}` : figure(side.median.value, 'hours')
  return `${label}: half of the changes with AI recorded took at most ${median(assisted)}, half of those with none at most ${median(other)}.`
}
