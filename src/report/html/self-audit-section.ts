import type { Report } from '../document/report-document.ts'
import { partTitles } from '../text/part-titles.ts'
import { answeredText, noOwnerHasAnswered } from '../text/self-audit-text.ts'
import { visibleText } from '../visible-text.ts'
import { type Markup, markup } from './markup.ts'
import { section } from './section.ts'

const maximumText = 2_000

/** What the owners of an account answered: beside every number that they might be asked about. */
export function selfAuditSection({ selfAudit }: Report): Markup | null {
  if (selfAudit === undefined) return null
  const about = {
    id: 'self-audit',
    title: partTitles.selfAudit,
    about: 'The owners are asked this in the settings. What they answer stands in every report.',
  }
  if (selfAudit === null) return section(about, markup`<p>${noOwnerHasAnswered}</p>\n`)
  const shown = (words: string) => visibleText(words, maximumText)
  return section(
    about,
    markup`<dl class="terms wide-terms">
${selfAudit.answers.map(({ question, answer }) => markup`<dt>${shown(question)}</dt><dd>${shown(answer)}</dd>\n`)}</dl>
<p class="note">${answeredText(selfAudit)}</p>
`,
  )
}
