import { plainList } from '../document/plain-list.ts'
import type { Report } from '../document/report-document.ts'
import { countText, figure } from '../text/figures.ts'
import { dataTable } from './data-table.ts'
import { type Markup, markup } from './markup.ts'
import { missingParts } from './missing-parts.ts'
import { section } from './section.ts'

/** What was left out, what is not shown, and what limits the whole report. */
export function limitsSection(report: Report): Markup | null {
  const { excluded, warnings } = report
  const limits = [...warnings.map(({ text }) => text), ...notShown(report)]
  if (excluded.length === 0 && limits.length === 0) return null
  const list =
    limits.length === 0
      ? null
      : markup`<ul class="warnings">
${limits.map((text) => markup`<li>${text}</li>\n`)}</ul>
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
      title: 'What to know',
      about: 'What limits this report, and which changes are in neither group.',
    },
    list,
    table,
  )
}

function notShown(report: Report): string[] {
  const missing = missingParts(report)
  const { people, changes, largestPersonPercent } = report.settings
  return missing.length === 0
    ? []
    : [
        `Not shown, because a group has fewer than ${people} people or ${changes} changes, or one person made more than ${figure(largestPersonPercent, 'percent')} of it, or because the source does not tell: ${plainList(missing)}.`,
      ]
}
