import { html } from 'hono/html'
import type { Place } from '../pages/bar.ts'
import { type Html, page } from '../pages/page.ts'
import { cookies, logFields, sentToGitHub } from './beside-database.ts'
import { storedTables } from './inventory.ts'
import { bearings, type StoredField } from './stored-table.ts'

/** Everything that is stored, field by field, out of the tables that the program itself uses. */
export function storedPage(place: Place): Html {
  return page(
    'What is stored',
    html`<p>Every field that this server stores, what it is for, how long it is kept, and whether it tells of a person. The list is the one that the
program is built with: a field that is not here does not exist.</p>
<p>Not stored: names and addresses of people, titles and descriptions, comments, lines of code, pictures. They pass through in what GitHub
sends, which is deleted after 7 days; reports never have them.</p>
<p>Whether a field tells of a person is said in these words:</p>
<dl class="terms wide-terms">
${Object.entries(bearings).map(([name, meaning]) => (name === meaning ? '' : html`<dt>${name}</dt><dd>${meaning}</dd>\n`))}</dl>
${storedTables().map(({ name, title, purpose, kept, fields }) => tablePart(name, { title, purpose, kept }, fields))}
<h2 id="cookies">Cookies</h2>
<ul>
${cookies.map(({ name, purpose, kept }) => html`<li><code>${name}</code>: ${purpose}. ${kept}.</li>\n`)}</ul>
<h2 id="log">The server’s log</h2>
<p>Whoever runs this server has a log of what it does. A line has a fixed name and some of these fields, and nothing else can be written. How
long it is kept is for whoever runs the server.</p>
<dl class="terms wide-terms">
${Object.entries(logFields).map(([name, meaning]) => html`<dt>${name}</dt><dd>${meaning}</dd>\n`)}</dl>
<h2 id="sent">What is sent to GitHub</h2>
<ul>
${sentToGitHub.map((one) => html`<li>${one}</li>\n`)}</ul>
<p>Nothing is sent to anybody else: no analytics, no error service, no AI. No page loads anything from elsewhere.</p>
<h2 id="rights">What you can do</h2>
<p>See, take along and erase what is kept of you: <a href="/mine">mine</a>. Owners can do so for the whole account, in its settings.</p>`,
    place,
  )
}

function tablePart(
  name: string,
  { title, purpose, kept }: { title: string; purpose: string; kept: string },
  fields: Readonly<Record<string, StoredField>>,
): Html {
  const rows = Object.entries(fields).map(
    ([field, [what, of]]) =>
      html`<tr><th scope="row"><code>${field}</code></th><td class="free">${what}</td><td>${of}</td></tr>\n`,
  )
  return html`<h2 id="${name}">${title}</h2>
<p>${purpose}. Kept: ${lowerFirst(kept)}.</p>
<div class="scroll" role="region" aria-label="${title}" tabindex="0">
<table class="log">
<thead><tr><th scope="col">Field</th><th scope="col">What for</th><th scope="col">Of a person?</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
</div>\n`
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
