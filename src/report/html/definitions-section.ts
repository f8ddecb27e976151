import type { Report } from '../document/report-document.ts'
import { partTitles } from '../text/part-titles.ts'
import { type Markup, markup } from './markup.ts'
import { section } from './section.ts'

/** Every number, explained; as a list that is long it waits behind a click. */
export function definitionsSection({ definitions }: Report): Markup | null {
  if (definitions.length === 0) return null
  return section(
    {
      id: 'definitions',
      title: partTitles.definitions,
      about: 'Each is written out in full in the file named beside it.',
    },
    markup`<details><summary>All ${definitions.length} definitions</summary>
<dl class="terms wide-terms">
${definitions.map(({ term, text, more }) => markup`<dt>${term}</dt><dd>${text} <span class="more">${more}</span></dd>\n`)}</dl></details>
`,
  )
}
