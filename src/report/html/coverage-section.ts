import { evidenceCoverage } from '../charts/evidence-coverage.ts'
import type { Report } from '../document/report-document.ts'
import { windowText } from '../text/dates.ts'
import { percentText } from '../text/figures.ts'
import { partTitles } from '../text/part-titles.ts'
import { chartFigure } from './chart-figure.ts'
import type { Markup } from './markup.ts'
import { section } from './section.ts'

/** What changes record, and how good the evidence is. */
export function coverageSection({ coverage, scope, readings }: Report): Markup | null {
  if (coverage === null) return null
  const { window, assistance, tiers, tools } = coverage
  return section(
    {
      id: 'coverage',
      title: partTitles.coverage,
      about: `All changes merged ${windowText(window)}. Where nothing is recorded, AI may or may not have been used.`,
    },
    chartFigure({
      id: 'evidence',
      synthetic: scope.synthetic,
      draw: (frame) => evidenceCoverage({ assistance, tiers, tools }, frame),
      reading: readings.coverage,
      tables: [
        {
          caption: 'What was recorded',
          columns: ['Record', 'Share of merged changes'],
          rows: assistance.map(({ label, percent }) => [label, percentText(percent)]),
        },
        {
          caption: 'Strongest evidence',
          columns: ['Evidence', 'Share of merged changes'],
          rows: tiers.map(({ label, percent }) => [label, percentText(percent)]),
        },
        ...(tools.length === 0
          ? []
          : [
              {
                caption: 'Tools that the evidence names',
                columns: ['Tool', 'Share of changes with AI recorded'],
                rows: tools.map(({ label, percent }) => [label, percentText(percent)] as const),
              },
            ]),
      ],
    }),
  )
}
