import { html } from 'hono/html'
import { visibleText } from '../../report/index.ts'
import type { Account } from '../library/library.ts'
import { type Html, page } from '../pages/page.ts'
import { accountPath } from '../pages/paths.ts'

/** What can be seen in each account of the example. */
const seen: Readonly<Record<string, string>> = {
  example: 'a report of the whole, and a repository for each answer that a comparison can give',
  'example-small': 'too few to tell, and repositories that are hidden',
  'example-closed': 'its owners closed the numbers',
  'example-empty': 'read, and there are no pull requests',
  'example-new': 'its past is being read',
  'example-paused': 'the App was suspended',
}

/** The first page before any credentials: what this is, the example, and the two ways to something real. */
export function exampleLandingPage(accounts: readonly Account[]): Html {
  const [first] = accounts
  return page(
    'What happened to the work that was shipped with AI assistance',
    html`<p>How long it took to merge, how much review it needed and how often it was reverted, beside the work where no AI was
recorded; and how sure one can be. It compares changes, never people.</p>
<h2>Look at an example</h2>
<p>The organisations here are made up by this program, and every page says so.</p>
<ul>
${accounts.map(
  ({ id, name }) =>
    html`<li><a href="${accountPath(id)}">${visibleText(name)}</a>: ${seen[name] ?? 'an account'}</li>\n`,
)}<li><a href="/mine">your own changes</a>, here those of a made-up person: nobody else sees that page</li>
<li><a href="${accountPath(accounts.length + 1)}">what is not there, or not yours to see</a>: one page for both</li>
</ul>
<h2>Look at your own</h2>
<p>Stop this process in its terminal, and start it again with a clone’s directory, a records file, or <code>owner/name</code> on GitHub and
a token in <code>GITHUB_TOKEN</code>:</p>
<pre tabindex="0" aria-label="Command">npm start -- path/to/clone</pre>
<p>It is read on this machine. Nothing is kept, and nobody else can see it.</p>
<h2>Connect it to GitHub</h2>
<p>The terminal in which this was started shows an address with a key in it. Open that: from there it takes three steps to a GitHub App of
your own, and these pages then show your organisation to those who may see it.</p>`,
    { account: first },
  )
}
