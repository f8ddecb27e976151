import { html } from 'hono/html'
import { dayText } from '../../report/index.ts'
import type { PublishedWeek } from '../library/library.ts'
import type { Html } from './page.ts'

/** More weeks wait behind a click. */
const openAtMost = 13

/**
 * All published weeks, and the shown one as files.
 *
 * @param path of the page
 * @param shown the Monday of the report on it, ISO 8601
 */
export function filesPart(path: string, weeks: readonly PublishedWeek[], shown: string): Html {
  const day = shown.slice(0, 10)
  const items = weeks.map(({ asOf }, index) => {
    const iso = new Date(asOf).toISOString()
    const monday = iso.slice(0, 10)
    const href = index === 0 ? path : `${path}?as-of=${monday}`
    return html`<li><a href="${href}"${monday === day ? html` aria-current="page"` : ''}>${dayText(iso)}</a></li>\n`
  })
  const query = weeks[0] === undefined || dayOf(weeks[0]) === day ? '' : `?as-of=${day}`
  const older = items.slice(openAtMost)
  return html`<section class="part" aria-labelledby="files">
<header><h2 id="files">Weeks and files</h2>
<p class="about">Reports are made for Mondays and never changed afterwards. A Monday is left out where too few people stood behind what was new.</p></header>
<div class="content">
<ul class="links" aria-label="Published weeks">
${items.slice(0, openAtMost)}</ul>
${
  older.length === 0
    ? ''
    : html`<details><summary>${older.length} earlier</summary>
<ul class="links" aria-label="Earlier weeks">
${older}</ul></details>`
}
<ul class="links" aria-label="This report as a file">
<li>This report as a file:</li>
${(['html', 'json', 'csv'] as const).map((format) => html`<li><a href="${path}/report.${format}${query}">${format.toUpperCase()}</a></li>\n`)}</ul>
</div>
</section>`
}

function dayOf({ asOf }: PublishedWeek): string {
  return new Date(asOf).toISOString().slice(0, 10)
}
