import { html } from 'hono/html'
import { changeFlags, exclusionReasons } from '../../delivery/index.ts'
import { loadReports } from '../../report/index.ts'
import type { Place } from './bar.ts'
import { documentPages } from './document-pages.ts'
import { type Html, page } from './page.ts'

const here = { title: 'definitions', href: '/definitions' }

/** Every number and word of a report, from where the reports and docs/definitions.md have theirs. */
export async function definitionsPage(place: Place): Promise<Html> {
  const { everyDefinition } = await loadReports()
  const definitions = everyDefinition().map(({ term, text, more }) => {
    const { title, href } = documentPages[more] ?? here
    return html`<dt>${term}</dt><dd>${text}${href === here.href ? '' : html` <a class="more" href="${href}">${title}</a>`}</dd>\n`
  })
  return page(
    'Definitions',
    html`<p>What each word and number of a report means. What did not happen, and what is not known, is never counted as zero. The clocks run on
GitHub’s own times. Nothing here is about a person: the unit is one pull request, called a change.</p>
<h2>In every report</h2>
<dl class="terms wide-terms">
${definitions}</dl>
<h2 id="left-out">Why a change is in neither group</h2>
<p>Each for one reason; a report says how many there were.</p>
${meanings(exclusionReasons)}
<h2 id="flags">What to know about a change</h2>
<p>Kept with a change where it matters for reading its numbers. A report says of how many changes the important ones are true.</p>
${meanings(changeFlags)}`,
    place,
  )
}

function meanings(of: Readonly<Record<string, string>>): Html {
  const items = Object.entries(of).map(
    ([name, meaning]) => html`<dt>${name.replaceAll('-', ' ')}</dt><dd>${meaning}</dd>\n`,
  )
  return html`<dl class="terms wide-terms">
${items}</dl>`
}
