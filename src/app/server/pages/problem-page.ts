import { html } from 'hono/html'
import { type Html, page } from './page.ts'

/** A page that says what went wrong, and what to do. */
export function problemPage(title: string, what: string, next: Html): Html {
  return page(title, html`<p class="notice wrong">${what}</p>\n<p>${next}</p>`)
}

/** The same for whatever is not there, whatever the reason. */
export function notFoundPage(): Html {
  return problemPage(
    'There is no such page',
    'Nothing is to be found at this address.',
    html`Go to the <a href="/">first page</a>.`,
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
