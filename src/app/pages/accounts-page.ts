import { html } from 'hono/html'
import { visibleText } from '../../report/index.ts'
import type { Account, AccountState } from '../library/library.ts'
import type { Viewer } from '../library/viewer.ts'
import { type Html, page } from './page.ts'
import { accountPath } from './paths.ts'

/** The accounts of which a viewer sees anything, by name; where there are none, how to get there. */
export function accountsPage(accounts: readonly Account[], viewer: Viewer): Html {
  const place = { viewer, at: '/' }
  if (accounts.length === 0) return page('There is nothing to see for you yet', firstRun, place)
  return page(
    'Your accounts',
    html`<ul class="entries">
${accounts.map(
  (account) =>
    html`<li><a href="${accountPath(account.id)}">${visibleText(account.name)}</a> <span>${words(account)}</span></li>\n`,
)}</ul>`,
    place,
  )
}

const states: Readonly<Record<AccountState, string>> = {
  open: 'open',
  closed: 'closed by its owners',
  suspended: 'suspended or removed: nothing new comes in',
}

function words({ kind, role, state, synthetic }: Account): string {
  return [
    kind === 'Organization' ? 'organisation' : 'personal account',
    role === 'outsider' ? 'single repositories' : role,
    states[state],
    ...(synthetic ? ['made up'] : []),
  ].join(' · ')
}

const firstRun = html`<p class="notice">You are signed in, and no account that you belong to has this App installed.</p>
<h2>What to do</h2>
<ol>
<li>If you own an organisation, open the App’s page on GitHub, press Install and choose repositories. Otherwise ask an owner to do it.</li>
<li>The past of these repositories is read at once, which takes minutes, with very many pull requests hours.</li>
<li>Come back to this page: the organisation stands here, with how far it has been read, and then with its first report.</li>
</ol>
<p>If the App is installed and you miss an organisation here, GitHub may want you to sign in to it first (single sign-on): do that on
GitHub, then sign out here and in again.</p>`
