import { html } from 'hono/html'
import { dayText, visibleText } from '../../report/index.ts'
import type { Announcement } from '../library/library.ts'
import type { Html } from '../pages/page.ts'

/** What was changed lately, the newest first. */
export function announcedPart(announcements: readonly Announcement[]): Html {
  const list = html`<ul class="points">
${announcements.map(
  ({ at, text }) =>
    html`<li>${dayText(new Date(at).toISOString())}: ${visibleText(text, 400)}</li>\n`,
)}</ul>`
  return html`<h2 id="changed">Changes of the last 30 days</h2>
${announcements.length === 0 ? html`<p>None.</p>` : list}`
}
