import { html } from 'hono/html'
import { visibleText } from '../../report/index.ts'
import { formTokenField } from '../access/form-token-field.ts'
import type { Viewer } from '../library/viewer.ts'
import { type Html, page } from '../pages/page.ts'
import { accountPath } from '../pages/paths.ts'
import type { Asked } from '../settings/asked-account.ts'

/** What an owner can take along, and how to erase all of it. */
export function accountDataPage({
  account,
  viewer,
  problem,
}: Asked & { readonly problem?: string }): Html {
  const path = accountPath(account.id)
  const name = visibleText(account.name)
  return page(
    `Data of ${name}`,
    html`${problem === undefined ? '' : html`<p class="notice wrong" role="alert">${problem}</p>\n`}<h2>Take it with you</h2>
<p><a href="${path}/facts.ndjson">Download the facts</a>: a JSON document a line, with all that is kept of repositories, records, changes, links
between reverts, corrections, settings and published reports.</p>
<p>This is raw data. It has each single change, by its number, and no gate has looked at it: who reads it beside GitHub can tell whose
change is whose, though no person and no key of one is in it. Do not pass it on, and do not make tables of people of it. Every download is in
the <a href="${path}/access-log">access log</a>, which all members read.</p>
<h2>Erase everything</h2>
<p>All that is kept of ${name} goes at once and for good: records, changes, what people declared, settings, tokens, published reports, the access
log, and the key by which people are known. Members see nothing any more.</p>
<p>As long as the App is installed, it finds the account again within six hours and reads it anew, under another key. To end it, remove the App
on GitHub after this, or before: what is kept is erased 30 days after it was removed.</p>
<form method="post" action="${path}/erase">
<input type="hidden" name="${formTokenField}" value="${viewer.formToken}">
<p><label for="name">To confirm it, type the account’s name: ${name}</label></p>
<p><input id="name" name="name" type="text" autocomplete="off" autocapitalize="off" spellcheck="false" required></p>
<p><button>Erase everything</button></p>
</form>
<p>It takes a sign-in that is no older than ten minutes: <a href="/sign-in?return_to=${encodeURIComponent(`${path}/erase`)}">sign in again</a> if yours is.</p>`,
    { viewer, account, at: `${path}/erase` },
  )
}

/** What was wrong with the form. */
export const problems = {
  name: 'Nothing was erased: that is not the account’s name.',
  stale:
    'Nothing was erased: you signed in more than ten minutes ago. Sign in again, then send the form once more.',
} as const

/** What is gone and what stays. */
export function erasedAccountPage({
  viewer,
  name,
  installation,
}: {
  readonly viewer: Viewer
  readonly name: string
  /** Where an owner removes the App. */
  readonly installation: string
}): Html {
  return page(
    'It is erased',
    html`<p class="notice" role="status">All that was kept of ${visibleText(name)} is erased.</p>
<h2>Gone</h2>
<ul>
<li>The key by which people were known: what is left in a backup cannot be told to be anybody’s by it.</li>
<li>Records, changes, declarations, published reports, settings, tokens, and the access log.</li>
<li>What waited to be done for it.</li>
</ul>
<h2>Stays</h2>
<ul>
<li>One line of this server’s own log: that GitHub’s account of that number was erased, when, and by whose number.</li>
<li>What stands on GitHub: checks that were published, labels. Deleting them is GitHub’s.</li>
<li>Backups of whoever runs this server, until they are overwritten; files that somebody downloaded.</li>
</ul>
<p>Next: <a href="${installation}">remove the App on GitHub</a>. Otherwise it finds the account again within six hours, and reads it anew.</p>`,
    { viewer },
  )
}
