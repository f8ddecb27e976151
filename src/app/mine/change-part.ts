import { html } from 'hono/html'
import { dayText, type ToldChange, visibleText } from '../../report/index.ts'
import type { Html } from '../pages/page.ts'
import type { OwnChangeView } from './own-page.ts'

const longestText = 300

/** One change: what is recorded, the signs with tier and place, what was declared, its own timeline. */
export function changePart(change: OwnChangeView): Html {
  const { repository, number, openedAt, told, url, correctable } = change
  const opened = openedAt === null ? '' : `opened on ${dayText(new Date(openedAt).toISOString())}`
  const name = `${visibleText(repository)}${number === null ? '' : ` #${number}`}`
  if (told === null) {
    return html`<details class="own"><summary>${name} · ${opened}</summary>
<p>Its pull request is gone, or has not been touched for so long that its record was deleted. Its times alone are kept.</p>
</details>\n`
  }
  return html`<details class="own"><summary>${name} · ${visibleText(told.headline)} · ${opened}</summary>
<p>${visibleText(told.reason, longestText)}</p>
${signsPart(told.signs)}
${told.declarations.map((one) => html`<p>${visibleText(one, longestText)}</p>\n`)}
<ol>
${told.steps.map(({ name: step, when, since }) => html`<li>${step}: ${when}${since === null ? '' : `, ${since}`}</li>\n`)}</ol>
${told.fate.map((one) => html`<p>${one}</p>\n`)}
<p>${correctable ? 'It can be corrected in its check' : 'The time for corrections is over: 7 days after the merge'}${url === null ? '' : html`: <a href="${url}">pull request ${number} on GitHub</a>`}.</p>
</details>\n`
}

function signsPart(signs: ToldChange['signs']): Html {
  if (signs.length === 0) return html`<p>No sign was found in it.</p>`
  return html`<div class="scroll" role="region" aria-label="Signs that were found" tabindex="0">
<table class="log">
<thead><tr><th scope="col">Sign</th><th scope="col">Tool</th><th scope="col">It says</th><th scope="col">How sure</th><th scope="col">Where</th></tr></thead>
<tbody>
${signs.map(({ text, tool, says, sure, where }) => html`<tr><th scope="row" class="free"><code>${visibleText(text, longestText)}</code></th><td>${visibleText(tool)}</td><td>${says}</td><td>${sure}</td><td>${where}</td></tr>\n`)}</tbody>
</table>
</div>`
}
