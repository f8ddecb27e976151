import { html } from 'hono/html'
import type { Html } from '../pages/page.ts'
import { problemPage } from '../pages/problem-page.ts'

/** Where signing in begins, to come back to a path of this server. */
export function signInPath(returnTo: string): string {
  return returnTo === '/' ? '/sign-in' : `/sign-in?return_to=${encodeURIComponent(returnTo)}`
}

function again(returnTo: string): Html {
  return html`<a href="${signInPath(returnTo)}">Sign in again</a>`
}

export function deniedPage(returnTo: string): Html {
  return problemPage(
    'You did not sign in',
    'GitHub says that you pressed Cancel. Nothing was read in your name.',
    html`${again(returnTo)}, or go to the <a href="/">first page</a>.`,
  )
}

/** @param publicUrl where signing in comes out */
export function notBegunHerePage(publicUrl: string): Html {
  return problemPage(
    'This sign-in was not begun in this browser',
    'It may have been begun in another browser or tab, at another address of this server, or already ended. Nobody was signed in.',
    html`Begin here: <a href="${publicUrl}/sign-in">sign in</a>. Your browser has to keep cookies of this server.`,
  )
}

export function tooLatePage(returnTo: string): Html {
  return problemPage(
    'That took too long',
    'GitHub’s answer is good for ten minutes, and more have passed. Nobody was signed in.',
    html`${again(returnTo)}.`,
  )
}

export function usedCodePage(returnTo: string): Html {
  return problemPage(
    'GitHub’s answer was used before',
    'It is good once: this page may have been loaded again, or be an old one. Nobody was signed in by it.',
    html`${again(returnTo)}.`,
  )
}

export function unansweredPage(returnTo: string): Html {
  return problemPage(
    'GitHub did not answer',
    'GitHub sent you back here, and then did not say who you are.',
    html`Wait a moment. ${again(returnTo)}.`,
  )
}

export function refusedPage(): Html {
  return problemPage(
    'GitHub did not let this server sign you in',
    'What this server shows GitHub of itself does not fit the App that it belongs to.',
    html`Whoever runs it compares <code>CLIENT_ID</code>, <code>CLIENT_SECRET</code> and <code>PUBLIC_URL</code> with the App’s settings on
GitHub, where the callback URL ends in <code>/sign-in/callback</code>.`,
  )
}

/** What was sent is lost: who signs in sends it again. */
export function signedOutPage(): Html {
  return problemPage(
    'You are signed out',
    'Your sign-in is over, and what you sent was not carried out.',
    html`<a href="/sign-in">Sign in</a>, and send it again.`,
  )
}

export function foreignFormPage(): Html {
  return problemPage(
    'This was not sent from these pages',
    'It came from another site, or from a page that was opened before you signed in last. Nothing was changed.',
    html`Load the page anew, and send it again.`,
  )
}

export function tooLongFormPage(): Html {
  return problemPage(
    'That is too much for one form',
    'Nothing was changed.',
    html`Go back, and send less.`,
  )
}

/** GitHub cannot be asked what somebody may see: then nothing is shown, and nothing old. */
export function cannotAskPage(): Html {
  return problemPage(
    'GitHub cannot be asked what you may see',
    'These pages show what GitHub lets you see, and GitHub does not answer at the moment. Until it does, they show nothing.',
    html`Wait a minute, and load the page anew.`,
  )
}

export function noLongerAcceptedPage(): Html {
  return problemPage(
    'You are signed out',
    'GitHub does not accept your sign-in any more: it has ended, or you took it back.',
    html`<a href="/sign-in">Sign in</a>, or go to the <a href="/">first page</a>.`,
  )
}
