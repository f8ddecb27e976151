import type { Report } from '../document/report-document.ts'
import { partTitles } from '../text/part-titles.ts'
import { type Markup, markup } from './markup.ts'
import { section } from './section.ts'

/** For each file that definitions are written out in: the page that holds the same. */
export type DefinitionLinks = Readonly<
  Record<string, { readonly title: string; readonly href: string }>
>

/** Every number, explained; as a list that is long it waits behind a click. */
export function definitionsSection(
  { definitions }: Report,
  links?: DefinitionLinks,
): Markup | null {
  if (definitions.length === 0) return null
  const more = (file: string) => {
    const link = links?.[file]
    return link === undefined ? file : markup`<a href="${link.href}">${link.title}</a>`
  }
  return section(
    {
      id: 'definitions',
      title: partTitles.definitions,
      about: `Each is written out in full ${links === undefined ? 'in the file' : 'on the page'} named beside it.`,
    },
    markup`<details><summary>All ${definitions.length} definitions</summary>
<dl class="terms wide-terms">
${definitions.map((one) => markup`<dt>${one.term}</dt><dd>${one.text} <span class="more">${more(one.more)}</span></dd>\n`)}</dl></details>
`,
  )
}
