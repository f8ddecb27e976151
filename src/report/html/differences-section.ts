import { forestPlot } from '../charts/forest-plot.ts'
import { forestPanels } from '../charts/forest-rows.ts'
import type { Report } from '../document/report-document.ts'
import { signed, unbroken } from '../text/figures.ts'
import { partTitles } from '../text/part-titles.ts'
import { surerFacts, surerTitle } from '../text/surer-facts.ts'
import { chartFigure } from './chart-figure.ts'
import { type Markup, markup } from './markup.ts'
import { section } from './section.ts'

/** The differences of all three comparisons in one picture, and what would make them surer. */
export function differencesSection(report: Report): Markup | null {
  const [picture, surer] = [forest(report), whatWouldMakeSurer(report)]
  if (picture === null && surer === null) return null
  return section(
    {
      id: 'comparisons',
      title: partTitles.differences,
      about:
        picture === null
          ? 'No difference can be drawn yet.'
          : 'Each square is the difference between comparable changes with and without AI recorded; the line through it is the 95 % interval. Where the line crosses “no difference”, either way is possible.',
    },
    picture,
    surer,
  )
}

function forest({ comparisons, scope, readings }: Report): Markup | null {
  const rows = forestPanels(comparisons).flatMap(({ outcomes }) =>
    outcomes.flatMap(({ title, rows }) => rows.map((row) => ({ title, ...row }))),
  )
  if (rows.every(({ estimate }) => estimate === null)) return null
  return chartFigure({
    id: 'forest',
    synthetic: scope.synthetic,
    draw: (frame) => forestPlot(comparisons, frame),
    reading: readings.differences,
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
  })
}

function whatWouldMakeSurer({ comparisons }: Report): Markup | null {
  const all = surerFacts(comparisons)
  if (all.length === 0) return null
  return markup`<h3>${surerTitle}</h3>
<dl class="terms wide-terms">
${all.map(({ label, text }) => markup`<dt>${label}</dt><dd>${unbroken(text)}</dd>\n`)}</dl>
`
}
