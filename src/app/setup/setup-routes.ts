import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { type AppCredentials, GitHubError } from '../../github/index.ts'
import { secretWeakness } from '../configuration/secret-strength.ts'
import { webhookPath } from '../ingress/index.ts'
import type { Log } from '../log.ts'
import type { PageEnvironment } from '../server/page-environment.ts'
import { contentSecurityPolicy } from '../server/security-headers.ts'
import { appManifest, type ManifestTemplate } from './app-manifest.ts'
import { readSetupForm, type SetupChoice } from './setup-form.ts'
import { requireSetupKey } from './setup-key.ts'
import { choosePage, connectedPage, credentialsPage, reviewPage } from './setup-pages.ts'
import {
  notBegunHerePage,
  notFromGitHubPage,
  refusedPage,
  tooLongPage,
  unansweredPage,
} from './setup-problems.ts'
import { createSetupStates } from './setup-states.ts'

/** The credentials of an App that was made just now, with the address that it was made for. */
export interface NewApp extends AppCredentials {
  readonly webhookSecret: string
  readonly publicUrl: string
}

export interface SetupOptions {
  readonly template: ManifestTemplate
  /** Without it none of the pages is there. */
  readonly key: string
  /** GitHub's pages, without a slash at the end. */
  readonly githubUrl: string
  /** What the form proposes; null: nothing. */
  readonly publicUrl: string | null
  /** Exchanges GitHub's code for the App's credentials. */
  readonly convert: (code: string) => Promise<AppCredentials>
  /** Keeps them, and gives the file's path; null: there is nowhere to keep them, and the page shows them. */
  readonly keep: ((app: NewApp) => Promise<string>) | null
  /** Called once the credentials are kept and the browser has its answer. */
  readonly onConnected: () => void
  readonly log: Log
  readonly now: () => number
  readonly randomBytes: (count: number) => Uint8Array
}

const cookieName = 'what_shipped_setup'
const cookieOptions = { path: '/setup', httpOnly: true, sameSite: 'Lax' } as const
const longestForm = 16 * 1024

/**
 * The way to credentials by GitHub's manifest flow, for a process that has none. Once it has led there, none of it is there any
 * more, so that nobody can change what this server is connected to.
 */
export function createSetup(options: SetupOptions): {
  routes: Hono<PageEnvironment>
  isDone(): boolean
} {
  const { template, githubUrl, log } = options
  const states = createSetupStates(options)
  const routes = new Hono<PageEnvironment>()
  let done = false

  routes.use(async (context, next) => (done ? context.notFound() : next()))
  routes.use(requireSetupKey(options.key))
  routes.get('/', (context) => {
    const input = {
      account: 'organisation',
      name: template.name,
      publicUrl: options.publicUrl ?? '',
    }
    return context.html(choosePage({ input, problems: {}, githubUrl }))
  })
  const limit = bodyLimit({
    maxSize: longestForm,
    onError: (context) => context.html(tooLongPage(), 413),
  })
  routes.post('/', limit, async (context) => {
    const site = context.req.header('sec-fetch-site')
    if (site !== undefined && site !== 'same-origin') return context.notFound()
    const input = Object.fromEntries(new URLSearchParams(await context.req.text()))
    const { choice, problems } = readSetupForm(input)
    if (choice === undefined) return context.html(choosePage({ input, problems, githubUrl }), 422)
    return begin(context, choice)
  })
  routes.get('/registered', async (context) => {
    const { code, state } = context.req.query()
    const cookie = getCookie(context, cookieName)
    if (code === undefined || state === undefined || !/^[\w-]{1,100}$/.test(code)) {
      return context.html(notFromGitHubPage(), 400)
    }
    const publicUrl = cookie === undefined ? undefined : states.take(state, cookie)
    if (cookie === undefined || publicUrl === undefined) {
      return context.html(notBegunHerePage(), 400)
    }
    const given = await converted(code)
    if (given === 'unanswered') {
      states.giveBack({ state, cookie }, publicUrl)
      return context.html(unansweredPage(), 502)
    }
    deleteCookie(context, cookieName, { path: cookieOptions.path })
    if (given === 'refused') return context.html(refusedPage(), 400)
    return finish(context, { ...given, publicUrl })
  })
  return { routes, isDone: () => done }

  function begin(context: Context<PageEnvironment>, choice: SetupChoice) {
    const { account, organisation, name, publicUrl } = choice
    const { state, cookie } = states.begin(publicUrl)
    setCookie(context, cookieName, cookie, { ...cookieOptions, maxAge: 3_600 })
    const redirectUrl = `${new URL(context.req.url).origin}/setup/registered`
    const owners = account === 'person' ? '' : `/organizations/${organisation}`
    context.header('content-security-policy', contentSecurityPolicy(githubUrl))
    // GitHub may look at where a form comes from; there is nothing to hide in this address.
    context.header('referrer-policy', 'strict-origin')
    return context.html(
      reviewPage({
        template,
        owner: account === 'person' ? 'your own account' : organisation,
        name,
        webhookUrl: `${publicUrl}${webhookPath}`,
        action: `${githubUrl}${owners}/settings/apps/new?state=${state}`,
        manifest: JSON.stringify(appManifest(template, { name, publicUrl, redirectUrl })),
      }),
    )
  }

  async function converted(
    code: string,
  ): Promise<(AppCredentials & { webhookSecret: string }) | 'refused' | 'unanswered'> {
    try {
      const given = await options.convert(code)
      const { webhookSecret } = given
      const usable = webhookSecret !== null && secretWeakness(webhookSecret) === undefined
      return usable ? { ...given, webhookSecret } : 'refused'
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error
      log.warn('conversion-failed', { error })
      return error.failure === 'unavailable' ? 'unanswered' : 'refused'
    }
  }

  /** Undefined: there is nowhere to keep them. A disk that fails at this moment is no reason to lose the only key. */
  async function kept(app: NewApp): Promise<string | undefined> {
    try {
      return await options.keep?.(app)
    } catch (error) {
      log.error('credentials-not-kept', { error })
      return undefined
    }
  }

  async function finish(context: Context<PageEnvironment>, app: NewApp) {
    const installUrl = `${githubUrl}${appsPath(githubUrl)}/${encodeURIComponent(app.slug)}/installations/new`
    const file = await kept(app)
    done = true
    log.info('app-registered')
    if (file !== undefined) context.env.outgoing.once('close', options.onConnected)
    return context.html(
      file === undefined
        ? credentialsPage({ variables: variablesOf(app), installUrl })
        : connectedPage({ file, installUrl }),
    )
  }
}

/** A GitHub Enterprise Server has them elsewhere (docs.github.com, "Installing your own GitHub App"). */
function appsPath(githubUrl: string): string {
  const { hostname } = new URL(githubUrl)
  return hostname === 'github.com' || hostname.endsWith('.ghe.com') ? '/apps' : '/github-apps'
}

function variablesOf(app: NewApp): Record<string, string> {
  return {
    APP_ID: String(app.id),
    PRIVATE_KEY: app.pem.trim().replaceAll(/\r?\n/g, '\\n'),
    WEBHOOK_SECRET: app.webhookSecret,
    CLIENT_ID: app.clientId,
    CLIENT_SECRET: app.clientSecret,
    PUBLIC_URL: app.publicUrl,
  }
}
