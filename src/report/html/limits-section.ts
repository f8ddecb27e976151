import type { Report } from '../document/report-document.ts'
import { countText } from '../text/figures.ts'
import { partTitles } from '../text/part-titles.ts'
import { dataTable } from './data-table.ts'
import { type Markup, markup } from './markup.ts'
import { section } from './section.ts'

/** What was left out, what is not shown, and what limits the whole report. */
export function limitsSection({ excluded, warnings }: Report): Markup | null {
  if (excluded.length === 0 && warnings.length === 0) return null
  const list =
    warnings.length === 0
      ? null
      : markup`<ul class="warnings">
${warnings.map(({ text }) => markup`<li>${text}</li>\n`)}</ul>
`
  const table =
    excluded.length === 0
      ? null
      : dataTable({
          caption: 'Left out of both groups',
          columns: ['Why', 'Changes'],
          rows: excluded.map(({ label, changes }) => [label, countText(changes)]),
        })
  return section(
    {
      id: 'limits',
      title: partTitles.limits,
      about: 'What limits this report, and which changes are in neither group.',
    },
    list,
    table,
  )
}
