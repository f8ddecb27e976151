import { html } from 'hono/html'
import { visibleText } from '../../report/index.ts'
import { type Html, page } from '../pages/page.ts'
import { accountPath } from '../pages/paths.ts'
import { announcedPart } from './announced-part.ts'
import { selfAuditPart } from './self-audit-part.ts'
import { settingsFields } from './settings-fields.ts'
import type { SettingsPage } from './settings-page-contents.ts'
import { settingsValues } from './settings-values.ts'

/** The settings: a form for owners, the same in words for members. */
export function settingsPage(options: SettingsPage): Html {
  const { account, viewer, announcements, wasSaved } = options
  const path = accountPath(account.id)
  const isOwner = account.role === 'owner'
  const name = visibleText(account.name)
  return page(
    `Settings of ${name}`,
    html`${wasSaved ? html`<p class="notice" role="status">Saved. Every member sees below what was changed.</p>\n` : ''}<p>${intro(isOwner)}</p>
<ul class="links">
<li><a href="#self-audit">Self-audit</a></li>
<li><a href="#changed">Changes of the last 30 days</a></li>
<li><a href="${path}/access-log">Access log</a></li>
${
  isOwner
    ? html`<li><a href="${path}/tokens">Tokens of the API</a></li>
<li><a href="${path}/erase">Download or erase all data</a></li>`
    : ''
}
</ul>
${isOwner ? settingsFields(options) : settingsValues(options)}
<h2 id="tools">Tools</h2>
<p>Which tools are recognised is the same for every account: it comes with the version of What Shipped, and each report names it. Marks that
could be taken out or put in at will would be a way to find out, from one report to the next, whose changes carry them.</p>
${selfAuditPart(options)}
${announcedPart(announcements)}`,
    { viewer, account, at: `${path}/settings` },
  )
}

function intro(isOwner: boolean): string {
  return isOwner
    ? 'Each change is announced to every member for 30 days, and stays in the access log for a year.'
    : 'Owners change these, and every member can read them. Each change is announced for 30 days, and stays in the access log for a year.'
}
