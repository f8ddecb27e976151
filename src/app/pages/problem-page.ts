import { html } from 'hono/html'
import { type Html, page } from './page.ts'

/** A page that says what went wrong, and what to do. */
export function problemPage(title: string, what: string, next: Html): Html {
  return page(title, html`<p class="notice wrong">${what}</p>\n<p>${next}</p>`)
}

/** The same bytes for whatever is not there and whatever is not the viewer's, and for everybody. */
export function notFoundPage(): Html {
  return problemPage(
    'There is no such page',
    'Nothing is to be found at this address.',
    html`If somebody gave you this address, you may have to be let in on GitHub first: ask whoever gave it to you. Otherwise go to the
<a href="/">first page</a>.`,
  )
}

/** Tells nothing of what happened: that is in the log. */
export function failedPage(): Html {
  return problemPage(
    'That did not work',
    'Something went wrong in this server. It is in its log.',
    html`Try again, or go to the <a href="/">first page</a>.`,
  )
}

/** Where the App has no client of its own on GitHub, so that nobody can sign in. */
export function signInNotSetUpPage(): Html {
  return problemPage(
    'Signing in is not set up',
    'This server shows its pages to people who sign in with GitHub, and does not have what it needs for that.',
    html`Whoever runs it sets <code>CLIENT_ID</code>, <code>CLIENT_SECRET</code> and <code>PUBLIC_URL</code>, and starts it again. Checks
on pull requests go on without.`,
  )
}
