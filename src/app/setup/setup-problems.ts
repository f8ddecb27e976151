import { html } from 'hono/html'
import type { Html } from '../pages/page.ts'
import { problemPage } from '../pages/problem-page.ts'

const startAgain = html`<a href="/setup">Start again</a>.`

export function tooLongPage(): Html {
  return problemPage(
    'That is too long',
    'The form was longer than anything it asks for.',
    startAgain,
  )
}

export function notFromGitHubPage(): Html {
  return problemPage(
    'GitHub sent no code',
    'This address is for GitHub to send your browser to, with a code and with the state that was begun here.',
    startAgain,
  )
}

export function notBegunHerePage(): Html {
  return problemPage(
    'This was not begun here',
    'It was begun in another browser or more than an hour ago, or has led to its end already. Nothing was changed.',
    html`If GitHub has made an App just now, delete it there: its key cannot be had again. Then <a href="/setup">start again</a>.`,
  )
}

export function refusedPage(): Html {
  return problemPage(
    'GitHub does not know this code',
    'A code is good once, and for an hour. Nothing was changed here.',
    html`If GitHub has made the App, delete it there, since its key cannot be had again. Then <a href="/setup">start again</a>.`,
  )
}

export function unansweredPage(): Html {
  return problemPage(
    'GitHub did not answer',
    'The App was made, but this server could not fetch its credentials. It needs a way to GitHub’s API.',
    html`Load this page again within the hour. If that does not help, delete the App on GitHub, and <a href="/setup">start again</a>.`,
  )
}
