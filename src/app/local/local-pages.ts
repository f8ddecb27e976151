import { html } from 'hono/html'
import { visibleText } from '../../report/index.ts'
import { type Html, page } from '../pages/page.ts'
import { problemPage } from '../pages/problem-page.ts'

/**
 * While a source is being read, or the example made. It looks again by itself where scripts run.
 *
 * @param name of the source; null: the example
 * @param line how far it is
 */
export function readingPage(name: string | null, line: string | null): Html {
  const what =
    name === null ? html`The made-up example` : html`<code>${visibleText(name, 200)}</code>`
  return page(
    name === null ? 'The example is being made' : 'Being read',
    html`<p class="notice">${what} is being ${name === null ? 'made' : 'read'}, on this machine and for this machine alone.</p>
<p id="line" role="status">${line ?? 'It has just begun.'}</p>
<p>Next: its pages are here as soon as that is done. <a href="">Look again</a>.</p>
<script src="/reading.js" defer></script>`,
  )
}

/** Without it the page is the same, and whoever reads it looks again. */
export const readingScript = `'use strict'
const line = document.querySelector('#line')
async function look() {
  const answer = await fetch('/reading.json', { cache: 'no-store' })
  const state = await answer.json()
  if (!state.reading) return location.reload()
  if (state.line !== null && state.line !== line.textContent) line.textContent = state.line
  setTimeout(look, 1000)
}
setTimeout(look, 500)
`

/** @param reason the command's own line: what happened and what to do */
export function failedSourcePage(name: string | null, reason: string): Html {
  return problemPage(
    name === null ? 'The example could not be made' : 'This could not be read',
    visibleText(reason, 1_000),
    html`Stop this process in its terminal, and start it again with another source: <code>npm start -- SOURCE</code>, where SOURCE is a
clone’s directory, a records file or <code>owner/name</code> on GitHub.`,
  )
}

/** What every form leads to where there is no store. */
export function nothingKeptPage(isExample: boolean): Html {
  return problemPage(
    'Nothing is kept here',
    isExample
      ? 'These pages show a made-up organisation, and nothing of it can be changed.'
      : 'These pages show what was read when they were started, and nothing of it can be changed.',
    html`What you can see is as it would be in an App of your own. Go to the <a href="/">first page</a>.`,
  )
}
