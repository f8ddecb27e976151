import { html } from 'hono/html'
import { visibleText } from '../../report/index.ts'
import { formTokenField } from '../access/form-token-field.ts'
import type { Viewer } from '../library/viewer.ts'
import { type Html, page } from '../pages/page.ts'
import { changePart } from './change-part.ts'
import type { OwnAccount, OwnPage } from './own-page.ts'

/** What is kept of whoever is signed in, for nobody else: by date, compared with nothing. */
export function minePage(own: OwnPage, viewer: Viewer, problem?: string): Html {
  const isMadeUp = viewer.kind !== 'person'
  return page(
    'Mine',
    html`${isMadeUp ? html`<p class="synthetic"><strong>Synthetic example.</strong> A made-up person’s changes. In an App of your own you would see yours here, and only you.</p>\n` : ''}${problem === undefined ? '' : html`<p class="notice wrong" role="alert">${problem}</p>\n`}<p>Your own changes, and what is recorded of each. Only you see this page: no owner, no manager, no member. Nothing here is
compared with anybody, and nothing is counted up.</p>
<ul class="links">
<li><a href="#changes">Changes</a></li>
<li><a href="#correct">How to correct it</a></li>
<li><a href="#rights">Take your data with you, or erase it</a></li>
</ul>
<h2 id="changes">Changes</h2>
${changesPart(own)}
<h2 id="correct">How to correct it</h2>
<p>Each open pull request has a check called What Shipped, with three buttons: AI-assisted, agent-authored, no AI. Press the one that is
true; press it again to take that back. The buttons count until 7 days after the merge. What you declare is kept with its time, and shown in
the check. A mark that a tool left stays in sight beside it.</p>
<h2 id="rights">Your data</h2>
${accountsPart(own.accounts)}
<p><a href="/mine/export">Take it with you</a>: one file with all that is kept of you here, a JSON document a line. Where you cannot see an
account or a repository any more, it has your times and counts without names.</p>
${isMadeUp ? html`<p>To erase it, there would be a form here.</p>` : eraseForm(own.accounts, viewer.formToken)}`,
    { viewer, at: '/mine' },
  )
}

function changesPart({ changes, number, hasMore }: OwnPage): Html {
  if (changes.length === 0) {
    return html`<p>${number === 1 ? 'Nothing of yours is kept here that you can see.' : 'There are no more.'}</p>
<p>Next: a change of yours is here within minutes after you open it in a repository that this App reads.</p>`
  }
  return html`<p>The newest first. Times are UTC.</p>
${changes.map(changePart)}
${number > 1 || hasMore ? html`<nav aria-label="Pages"><ul class="links">${number > 1 ? html`<li><a href="/mine?page=${number - 1}">Newer</a></li>` : ''}${hasMore ? html`<li><a href="/mine?page=${number + 1}">Older</a></li>` : ''}</ul></nav>` : ''}`
}

function accountsPart(accounts: readonly OwnAccount[]): Html {
  if (accounts.length === 0)
    return html`<p>No account of this server has a change or a declaration of yours. Where you reviewed, or pushed to others’ changes, their records
have you as a key: the file below says in how many, and erasing takes you out of them.</p>`
  return html`<ul>\n${accounts.map((one) => html`<li>${accountText(one)}</li>\n`)}</ul>`
}

function accountText({ id, name, shown, hidden, declared }: OwnAccount): Html {
  const said = declared === 0 ? '' : `; ${times(declared, 'declaration')} of yours`
  if (name === null) {
    return html`An account that you cannot see any more (GitHub’s number ${id}): ${times(hidden, 'change')}${said}.`
  }
  const rest = hidden === 0 ? '' : `, and ${hidden} in repositories that you cannot read`
  return html`${visibleText(name)}: ${times(shown, 'change')}${rest}${said}.`
}

function times(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`
}

function eraseForm(accounts: readonly OwnAccount[], formToken: string): Html {
  const choices = [
    ['all', 'everything, wherever it is kept here'],
    ...accounts.map(({ id, name }) => [
      String(id),
      name === null ? `in the account with GitHub’s number ${id}` : `in ${visibleText(name)}`,
    ]),
  ]
  return html`<h3>Erase it</h3>
<p>Your changes lose their record, their number and you: what was counted in published numbers stays counted as somebody’s whom nothing names,
since numbers that change by one person would tell of that person. They keep their times: with the database and GitHub side by side one could still
find by these which change it was. In records of others you become nobody. What you declared on your own
changes goes; on others’ it stays, as nobody’s. You are signed out everywhere.</p>
<p>It holds for what is read later too: a keyed hash of you stays, for that alone. From then on nothing new is yours here, and this page stays
empty for that account. The access log keeps its lines about what you did as GitHub’s number for a year, and says that somebody erased their data,
not who. What stands on GitHub itself, the checks too, is GitHub’s and stays.</p>
<form method="post" action="/mine/erase">
<input type="hidden" name="${formTokenField}" value="${formToken}">
<fieldset><legend>What</legend>
${choices.map(([value, text], index) => html`<p><label><input type="radio" name="account" value="${value ?? ''}"${index === 0 ? html` checked` : ''}> ${text}</label></p>\n`)}</fieldset>
<p><label><input type="checkbox" name="confirmed" value="yes" required> I know that it cannot be brought back.</label></p>
<p><button>Erase mine</button></p>
</form>
<p>It takes a sign-in that is no older than ten minutes: <a href="/sign-in?return_to=%2Fmine">sign in again</a> if yours is.</p>`
}

/** What is there once it is done. */
export function erasedMinePage(changes: number): Html {
  return page(
    'Yours is erased',
    html`<p class="notice" role="status">${times(changes, 'change')} of yours ${changes === 1 ? 'has' : 'have'} lost what named you. You are signed out, in every browser.</p>
<h2>Gone</h2>
<ul>
<li>The records of your changes, with their numbers, and what you declared on them.</li>
<li>Your key, everywhere it stood: nothing that is kept names you.</li>
<li>Your sessions.</li>
</ul>
<h2>Stays</h2>
<ul>
<li>Numbers that were published, and what they are counted of, as somebody’s whom nothing names, until no report reaches back to it. Its times stay: with the
database and GitHub side by side one could still find by these which change it was.</li>
<li>A keyed hash by which you are known when something of yours is read again, so that it is not kept as yours.</li>
<li>Lines of access logs about what you read or changed there, for a year.</li>
<li>Webhook bodies that wait to be purged, 7 days at most, and backups of whoever runs this server.</li>
</ul>
<p>Next: nothing. Go to the <a href="/">first page</a>.</p>`,
  )
}

/** Where a page is over a clone or a file: nobody is signed in. */
export function nobodysMinePage(viewer: Viewer): Html {
  return page(
    'Mine',
    html`<p>Nobody is signed in here: these pages show what was read on this machine, and do not know whose changes they are.</p>
<p>Next: in an App of your own, each person who signs in sees their own changes here, and nobody else’s. Go to the
<a href="/">first page</a>.</p>`,
    { viewer, at: '/mine' },
  )
}

/** A form that was not confirmed, or came too late. */
export const problems = {
  stale:
    'Nothing was erased: you signed in more than ten minutes ago. Sign in again, then send the form once more.',
  unconfirmed: 'Nothing was erased: tick the box that says you know it cannot be brought back.',
  unknown: 'Nothing was erased: nothing of yours is kept there.',
} as const
