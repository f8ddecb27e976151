import { type Context, Hono } from 'hono'
import { exchangeCode, GitHubError, type ViewerFacts } from '../../github/index.ts'
import type { SignInSettings } from '../configuration.ts'
import type { Log } from '../log.ts'
import { signInNotSetUpPage } from '../pages/problem-page.ts'
import type { PageEnvironment } from '../server/page-environment.ts'
import { returnPath } from './return-path.ts'
import type { SealedBox } from './sealed-box.ts'
import { giveCookie, readCookie, takeCookie } from './session-cookie.ts'
import type { SessionKeeper } from './sessions.ts'
import {
  beginAttempt,
  challengeOf,
  openAttempt,
  type SignInAttempt,
  sealAttempt,
} from './sign-in-attempt.ts'
import {
  deniedPage,
  notBegunHerePage,
  refusedPage,
  tooLatePage,
  unansweredPage,
  usedCodePage,
} from './sign-in-pages.ts'

export interface SignInOptions {
  /** GitHub's pages, without a slash at the end. */
  readonly webUrl: string
  readonly settings: SignInSettings
  readonly sessions: SessionKeeper
  readonly box: SealedBox
  /** Whose token it is. */
  readonly readViewer: (token: string) => Promise<ViewerFacts>
  readonly log: Log
  readonly now: () => number
  readonly randomBytes: (count: number) => Uint8Array
  readonly fetch: typeof fetch
}

const callbackPath = '/sign-in/callback'

/** Where it is not set up: says so. */
export function noSignInRoutes(): Hono<PageEnvironment> {
  const routes = new Hono<PageEnvironment>()
  for (const path of ['/sign-in', callbackPath]) {
    routes.get(path, (context) => context.html(signInNotSetUpPage(), 503))
  }
  return routes
}

/** Signing in with GitHub's web flow for Apps, and signing out. */
export function signInRoutes(options: SignInOptions): Hono<PageEnvironment> {
  const routes = new Hono<PageEnvironment>()
  const { webUrl, settings, sessions, box, log, now } = options
  const redirectUri = settings.publicUrl + callbackPath

  routes.get('/sign-in', (context) => {
    const attempt = beginAttempt(returnPath(context.req.query('return_to')), options)
    giveCookie(context, 'sign-in', sealAttempt(attempt, box))
    const query = new URLSearchParams({
      client_id: settings.clientId,
      redirect_uri: redirectUri,
      state: attempt.state,
      code_challenge: challengeOf(attempt),
      code_challenge_method: 'S256',
    })
    return context.redirect(`${webUrl}/login/oauth/authorize?${query}`, 303)
  })

  routes.get(callbackPath, async (context) => {
    const { state = '', code, error } = context.req.query()
    const cookie = readCookie(context, 'sign-in')
    const attempt = openAttempt({ cookie, state, now: now() }, box)
    if (attempt === 'not-begun-here') {
      return context.html(notBegunHerePage(settings.publicUrl), 400)
    }
    takeCookie(context, 'sign-in')
    if (attempt === 'too-late') return context.html(tooLatePage('/'), 400)
    if (error === 'access_denied') return context.html(deniedPage(attempt.returnTo), 403)
    if (code === undefined || !/^[\w-]{1,200}$/.test(code)) {
      log.warn('sign-in-refused')
      return context.html(refusedPage(), 502)
    }
    return enter(context, attempt, code)
  })

  routes.post('/sign-out', async (context) => {
    const id = readCookie(context, 'session')
    if (id !== undefined) await sessions.end(id)
    takeCookie(context, 'session')
    return context.redirect('/', 303)
  })
  return routes

  async function enter(context: Context<PageEnvironment>, attempt: SignInAttempt, code: string) {
    const { returnTo, verifier } = attempt
    const { clientId, clientSecret } = settings
    try {
      const exchange = { webUrl, clientId, clientSecret, code, redirectUri, verifier }
      const { token, expiresIn } = await exchangeCode(exchange, options.fetch)
      const { id: userId, login } = await options.readViewer(token)
      // Whatever session this browser had is over: who signs in gets a new id (ASVS 5.0, 7.2.4).
      const before = readCookie(context, 'session')
      if (before !== undefined) await sessions.end(before)
      const tokenLife = expiresIn === null ? null : expiresIn * 1_000
      giveCookie(context, 'session', await sessions.begin({ userId, login, token, tokenLife }))
      log.info('signed-in')
      return context.redirect(returnTo, 303)
    } catch (failure) {
      if (!(failure instanceof GitHubError)) throw failure
      log.warn('sign-in-failed', { error: failure })
      if (failure.failure === 'not-found') return context.html(usedCodePage(returnTo), 400)
      if (failure.failure === 'unavailable') return context.html(unansweredPage(returnTo), 502)
      return context.html(refusedPage(), 502)
    }
  }
}
