import { html } from 'hono/html'
import { visibleText } from '../../report/index.ts'
import type { RepositoryEntry } from '../library/library.ts'
import type { Html } from './page.ts'
import { scopePath } from './paths.ts'
import { entryWords } from './standing-words.ts'

/** A longer list waits behind a click. */
const openAtMost = 20

/** The repositories that the viewer can read, by name and by nothing else. */
export function readablePart(account: number, repositories: readonly RepositoryEntry[]): Html {
  const list = html`<ul class="entries">
${repositories
  .toSorted(byName)
  .map(
    (one) =>
      html`<li><a href="${scopePath(account, { kind: 'repository', id: one.id })}">${visibleText(one.name)}</a> <span>${entryWords(one)}</span></li>\n`,
  )}</ul>`
  const none = html`<p>There is none that this App reads and that you can read on GitHub.</p>`
  const many = html`<details><summary>The ${repositories.length} repositories</summary>
${list}</details>`
  return html`<section class="part" aria-labelledby="readable">
<header><h2 id="readable">Repositories that you can read</h2>
<p class="about">By name. Each has its own page for those who can read it on GitHub, and for nobody else.</p></header>
<div class="content">
${repositories.length === 0 ? none : repositories.length > openAtMost ? many : list}
</div>
</section>`
}

function byName(one: RepositoryEntry, next: RepositoryEntry): number {
  return one.name < next.name ? -1 : 1
}
