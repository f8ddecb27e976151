import { forestPlot } from '../charts/forest-plot.ts'
import { forestPanels } from '../charts/forest-rows.ts'
import { signed } from '../figures.ts'
import { plainList } from '../plain-list.ts'
import type { Report } from '../report-document.ts'
import { chartFigure } from './chart-figure.ts'
import type { Markup } from './markup.ts'
import { section } from './section.ts'

/** The three comparisons in one picture. */
export function comparisonSection({ comparisons, scope }: Report): Markup | null {
  const rows = forestPanels(comparisons).flatMap(({ outcomes }) =>
    outcomes.flatMap(({ title, rows }) => rows.map((row) => ({ title, ...row }))),
  )
  if (rows.every(({ estimate }) => estimate === null)) return null
  return section(
    {
      id: 'comparisons',
      title: 'How sure one can be',
      about:
        'Each square is the difference between comparable changes with and without AI recorded; the line through it is the 95 % interval. Where the line crosses “no difference”, either way is possible.',
    },
    chartFigure({
      id: 'forest',
      synthetic: scope.synthetic,
      draw: (frame) => forestPlot(comparisons, frame),
      reading: reading(comparisons),
      tables: [
        {
          caption: 'Differences with their 95 % intervals',
          columns: ['Comparison', 'Difference', 'From', 'To'],
          rows: rows.map(({ title, label, estimate, instead }) => {
            const name = `${title}: ${label.toLowerCase()}`
            if (estimate === null) return [name, instead, '', '']
            const { unit, value, low, high } = estimate
            const end = unit === 'per-1000' ? ' per 1,000' : ''
            return [name, `${signed(value, unit)}${end}`, signed(low, unit), signed(high, unit)]
          }),
        },
      ],
    }),
  )
}

/** Which intervals cross "no difference", and which stay on one side. */
function reading(comparisons: Report['comparisons']): string {
  const drawn = comparisons.flatMap(({ title, estimate }) =>
    estimate === null
      ? []
      : [{ title: title.toLowerCase(), crosses: estimate.low <= 0 && estimate.high >= 0 }],
  )
  const crossing = drawn.filter(({ crosses }) => crosses).map(({ title }) => title)
  const apart = drawn.filter(({ crosses }) => !crosses).map(({ title }) => title)
  const sentences = [
    apart.length === 0
      ? ''
      : `${intervals(apart, 'stays', 'stay')} on one side of “no difference”.`,
    crossing.length === 0
      ? ''
      : `${intervals(crossing, 'crosses', 'cross')} ${apart.length === 0 ? '“no difference”' : 'it'}, so either way is possible.`,
  ]
  return sentences.filter((one) => one !== '').join(' ')
}

function intervals(titles: readonly string[], one: string, many: string): string {
  return titles.length === 1
    ? `The interval of ${titles.join('')} ${one}`
    : `The intervals of ${plainList(titles)} ${many}`
}
