import type { ReportComparison } from '../document/report-comparison.ts'
import {
  comparisonFacts,
  samePeopleText,
  undeclaredHeadings,
  undeclaredRows,
} from '../text/comparison-facts.ts'
import { unbroken } from '../text/figures.ts'
import { dataTable } from './data-table.ts'
import { type Markup, markup } from './markup.ts'
import { measuresTable } from './measures-table.ts'

/** How a statement was made and what it would take to change it, for whoever asks. */
export function statementDetails(comparison: ReportComparison): Markup {
  const { title, definition, notes, measures } = comparison
  const samePeople = samePeopleText(comparison)
  const facts = [
    { label: 'What is compared', text: definition },
    ...comparisonFacts(comparison),
    ...(samePeople === null ? [] : [{ label: 'Same people', text: samePeople }]),
  ]
  const list = facts.map(({ label, text }) => markup`<dt>${label}</dt><dd>${unbroken(text)}</dd>\n`)
  return markup`<details><summary>How this was measured<span class="unseen">: ${title}</span></summary>
<dl class="terms">
${list}</dl>
${undeclared(comparison)}${measures.length === 0 ? null : measuresTable(`Beside ${title.toLowerCase()}`, measures)}${notes.map((note) => markup`<p class="note">${unbroken(note)}</p>\n`)}</details>
`
}

function undeclared(comparison: ReportComparison): Markup | null {
  const rows = undeclaredRows(comparison)
  if (rows.length === 0) return null
  const [share, ...columns] = undeclaredHeadings
  return dataTable({
    caption: `${comparison.title}: undeclared use`,
    columns: [share, ...columns],
    rows: rows.map(([name, ...cells]) => [name, ...cells.map(unbroken)] as const),
  })
}
