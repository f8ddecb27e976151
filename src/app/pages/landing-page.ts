import { html } from 'hono/html'
import type { BackfillProgress } from '../measure-app.ts'
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

export interface LandingOptions {
  readonly state: ConnectionState
  /** How far it has read; undefined: that is not for whoever asks. */
  readonly backfill?: BackfillProgress | undefined
  /** Whether people can sign in here. */
  readonly signIn: boolean
}

/** What this is, where it stands and what comes next. It names no account, and counts nothing but for whoever runs it. */
export function landingPage({ state, backfill, signIn }: LandingOptions): Html {
  return page(
    'What happened to the work that was shipped with AI assistance',
    html`<p>How long it took to merge, how much review it needed and how often it was reverted, beside the work where no AI was
recorded; and how sure one can be. On every pull request there is a check with what was recorded in it. No check ever fails a
pull request.</p>
<p><strong>Not for judging people, for pay or reviews, nor for targets.</strong> <a href="/not-for">What this must not be used for</a>.</p>
${signIn ? signInPart : ''}
<h2>This server</h2>
${states[state]}
${signIn || !connected.has(state) ? '' : noSignIn}
${backfill === undefined ? '' : progress(backfill)}`,
  )
}

/** There is an App, whose reports people would come for. */
const connected: ReadonlySet<ConnectionState> = new Set(['not-installed', 'installed'])

const noSignIn = html`<p class="notice">Signing in is not set up, so that nobody can see its reports. Whoever runs it sets
<code>CLIENT_ID</code>, <code>CLIENT_SECRET</code> and <code>PUBLIC_URL</code>, and starts it again.</p>`

const signInPart = html`<p><a class="button" href="/sign-in">Sign in with GitHub</a></p>
<p class="hint">You see what GitHub lets you see: the reports of organisations that you are a member of, and of repositories that you
can read. You also see <a href="/mine">what is recorded in your own changes</a>, which nobody else does.</p>`

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
