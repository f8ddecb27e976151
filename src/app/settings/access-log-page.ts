import { html } from 'hono/html'
import { dayText, visibleText } from '../../report/index.ts'
import type { AuditEntry } from '../../store/index.ts'
import { actionText } from '../audit-actions.ts'
import type { Account } from '../library/library.ts'
import type { Viewer } from '../library/viewer.ts'
import { type Html, page } from '../pages/page.ts'
import { accountPath } from '../pages/paths.ts'
import { settingLabel } from './describe-change.ts'

export const mostLines = 500

/** Who read or did what, for every member: the newest lines, as they were written. */
export function accessLogPage({
  account,
  viewer,
  entries,
}: {
  readonly account: Pick<Account, 'id' | 'name' | 'role' | 'synthetic'>
  readonly viewer: Extract<Viewer, { kind: 'person' }>
  readonly entries: readonly AuditEntry[]
}): Html {
  const rows = entries.map((entry) => row(entry, viewer.userId))
  const table = html`<div class="scroll" role="region" aria-label="Access log" tabindex="0">
<table class="log">
<thead><tr><th scope="col">When, UTC</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">Of what</th><th scope="col">Outcome</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
</div>`
  return page(
    `Access log of ${visibleText(account.name)}`,
    html`<p>Who read or changed what of this account, the newest first: the last ${mostLines} lines. Lines are kept for a year and can be changed by
nobody. The same report read again within an hour is one line.</p>
<p>People stand here under GitHub’s number of them, which no rename changes. The log keeps no name; GitHub’s API tells whose a number is,
at <code>/user/NUMBER</code>. Your own lines say “you”.</p>
${entries.length === 0 ? html`<p>Nothing was read or changed yet.</p>` : table}`,
    { viewer, account, at: `${accountPath(account.id)}/access-log` },
  )
}

function row(
  { at, actor, action, subject, filter, rows, outcome }: AuditEntry,
  self: number,
): Html {
  const time = new Date(at).toISOString()
  const of =
    action === 'change-settings' || action === 'answer-self-audit' ? settingLabel(subject) : subject
  return html`<tr><th scope="row"><time datetime="${time}">${dayText(time)}, ${time.slice(11, 16)}</time></th><td class="who">${who({ actor, action }, self)}</td><td>${actionText(action)}</td><td class="free">${visibleText(of)}${filter === undefined ? '' : ` (${visibleText(filter)})`}</td><td class="free">${visibleText(outcome, 200)}${rows === undefined ? '' : `, ${rows.toLocaleString('en')} rows`}</td></tr>\n`
}

function who({ actor, action }: Pick<AuditEntry, 'actor' | 'action'>, self: number): string {
  // Who used a right of their own is not told to others.
  if (actor === null) return action === 'erase-mine' ? 'somebody' : 'whoever runs this server'
  return actor === self ? 'you' : `person ${actor}`
}
