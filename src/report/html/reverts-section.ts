import { revertRates } from '../charts/revert-rates.ts'
import { figure, NOT_SHOWN } from '../figures.ts'
import type { Report } from '../report-document.ts'
import type { CohortValue } from '../report-parts.ts'
import { valueCell } from './cells.ts'
import { chartFigure } from './chart-figure.ts'
import { cohortNames } from './cohort-names.ts'
import type { Markup } from './markup.ts'
import { section } from './section.ts'

/** Reverts by the age of the merge. */
export function revertsSection({ reverts, cohorts, scope }: Report): Markup | null {
  if (reverts.every(({ assisted, other }) => assisted === null && other === null)) return null
  const names = cohortNames(cohorts)
  const headline = reverts.find(({ days }) => days === 30) ?? reverts[0]
  const rate = (value: CohortValue | null | undefined) =>
    value == null
      ? `a number that is ${NOT_SHOWN}`
      : `${figure(value.value, 'per-1000')}${value.low === null || value.high === null ? '' : ` (${figure(value.low, 'per-1000')} to ${figure(value.high, 'per-1000')})`}`
  return section(
    {
      id: 'revert-rates',
      title: 'Reverts as time passes',
      about:
        'A revert is charged to the change that was reverted, never to whoever pressed the button. Rates as they are, with their 95 % intervals, not adjusted.',
    },
    chartFigure({
      id: 'reverts-by-days',
      synthetic: scope.synthetic,
      draw: (frame) => revertRates(reverts, names, frame),
      reading: `By ${headline?.days} days after the merge, of 1,000 changes with AI recorded ${rate(headline?.assisted)} were reverted; of 1,000 with none ${rate(headline?.other)}.`,
      tables: [
        {
          caption: 'Reverts per 1,000 changes, with 95 % intervals',
          columns: ['By', names.assisted, names.other],
          rows: reverts.map(({ days, assisted, other }) => [
            `${days} days`,
            valueCell(assisted, 'per-1000'),
            valueCell(other, 'per-1000'),
          ]),
        },
      ],
    }),
  )
}
