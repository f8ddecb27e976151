import { html } from 'hono/html'
import type { BackfillProgress } from '../../measure-app.ts'
import { type Html, page } from './page.ts'

/** Where the App stands, as far as a stranger may know it. */
export type ConnectionState =
  /** No credentials. */
  | 'unconnected'
  /** The App was made just now, and its credentials were shown. */
  | 'shown'
  /** Nobody has installed it yet. */
  | 'not-installed'
  | 'installed'
  /** The database does not answer. */
  | 'unknown'

/**
 * What this is, where it stands and what comes next. It names no account, and counts nothing but for whoever runs it.
 *
 * @param backfill how far it has read; absent: that is not for whoever asks
 */
export function landingPage(state: ConnectionState, backfill?: BackfillProgress): Html {
  return page(
    'What happened to the work that was shipped with AI assistance',
    html`<p>How long it took to merge, how much review it needed and how often it was reverted, beside the work where no AI was
recorded; and how sure one can be. On every pull request there is a check with what was recorded in it. No check ever fails a
pull request.</p>
<h2>This server</h2>
${states[state]}
${backfill === undefined ? '' : progress(backfill)}`,
  )
}

function progress({ repositories, pullRequestsRead }: BackfillProgress): Html | '' {
  const { waiting, reading, read } = repositories
  if (waiting + reading === 0) return ''
  const all = count(waiting + reading + read)
  return html`<p>Its past is being read: ${count(read)} of ${all} repositories so far, and ${count(pullRequestsRead)} pull requests. Each
repository has its first report once it is read. Only who may read the metrics of this server sees these numbers.</p>`
}

function count(number: number): string {
  return number.toLocaleString('en')
}

const states: Readonly<Record<ConnectionState, Html>> = {
  unconnected: html`<p class="notice">It is not connected to GitHub yet, and only this machine can see it.</p>
<p>Next: open the address with the key that it showed in the terminal where it was started. From there it takes three steps to a
GitHub App of your own.</p>`,
  shown: html`<p class="notice">Its App was made on GitHub, and the credentials were shown once.</p>
<p>Next: stop it, and start it with these credentials in its environment.</p>`,
  'not-installed': html`<p class="notice">It is connected to its GitHub App, which no account has installed yet.</p>
<p>Next: an owner opens the App’s page on GitHub, presses Install and chooses repositories. The first report is there some
minutes later.</p>`,
  installed: html`<p class="notice">It is connected to its GitHub App, and the App is installed.</p>
<p>Next: open a pull request in one of its repositories, and look at its checks.</p>`,
  unknown: html`<p class="notice wrong">Its database does not answer at the moment. Deliveries are refused until it does, and GitHub is
asked for them again afterwards.</p>
<p>Next: whoever runs it finds the reason in its log.</p>`,
}
