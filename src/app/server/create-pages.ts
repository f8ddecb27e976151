import { type Context, Hono } from 'hono'
import type { Store } from '../../store/index.ts'
import { accessFailure } from '../access/access-failure.ts'
import type { Access } from '../access/create-access.ts'
import { requireSameOrigin } from '../access/same-origin.ts'
import { apiRoutes } from '../api/api-routes.ts'
import { apiFailure, apiPath } from '../api/problems.ts'
import { downloadRoutes } from '../downloads/download-routes.ts'
import { storedRoutes } from '../inventory/stored-routes.ts'
import type { LocalSource } from '../local/contents.ts'
import { localRoutes } from '../local/local-routes.ts'
import type { Log } from '../log.ts'
import type { AppMeasures, BackfillProgress } from '../measure-app.ts'
import type { Metrics } from '../metrics.ts'
import { localMineRoutes, type MineRoutesOptions, mineRoutes } from '../mine/mine-routes.ts'
import { type ConnectionState, landingPage } from '../pages/landing-page.ts'
import { pageRoutes } from '../pages/page-routes.ts'
import { failedPage, notFoundPage } from '../pages/problem-page.ts'
import { accountDataRoutes } from '../rights/account-data-routes.ts'
import type { SettingsRoutesOptions } from '../settings/settings-options.ts'
import { settingsRoutes } from '../settings/settings-routes.ts'
import { isLocalRequest, mayReadMetrics } from './may-read-metrics.ts'
import type { PageEnvironment } from './page-environment.ts'
import { securityHeaders } from './security-headers.ts'

export interface PagesOptions {
  readonly store: Pick<Store, 'ping'>
  readonly measure: () => Promise<AppMeasures>
  readonly metrics: Pick<Metrics, 'text'>
  readonly metricsToken: string | null
  readonly log: Log
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** False: the process is on its way down, and gets no more traffic. */
  readonly isServing: () => boolean
  /** Whether people can sign in here. */
  readonly signIn: boolean
  /** Who looks; absent: nobody can sign in, and there is no API. */
  readonly access?: Access
  /** What settings, tokens and the access log are made of; absent: there are no such pages. */
  readonly settings?: SettingsRoutesOptions
  /** What people and owners have a right to is made of; absent: there are no such pages. */
  readonly data?: MineRoutesOptions
  /** Where people reach this server; absent: where they ask. */
  readonly publicUrl?: string | null
  /** The way to credentials, as long as there are none; undefined: there is no such page. */
  readonly setup: { readonly routes: Hono<PageEnvironment>; isDone(): boolean } | undefined
  /** What this machine alone sees without signing in; absent: people sign in. */
  readonly local?: LocalSource | undefined
}

/** Everything that is served beside the ingress. */
export function createPages(options: PagesOptions): Hono<PageEnvironment> {
  const { store, metrics, log, setup, local, access } = options
  const pages = new Hono<PageEnvironment>()
  pages.use(securityHeaders)
  if (setup !== undefined || local !== undefined) {
    // A page of the internet can give its own name this machine's address, and a proxy brings strangers.
    pages.use(async (context, next) => {
      if (isLocalRequest(context.env.incoming) && isLocalName(context.req.header('host'))) {
        return next()
      }
      return context.html(notFoundPage(), 404)
    })
  }
  pages.get('/healthz', (context) => context.json({ status: 'alive' }))
  pages.get('/readyz', async (context) =>
    options.isServing() && (await answers(store))
      ? context.json({ status: 'ready' })
      : context.json({ status: 'not ready' }, 503),
  )
  pages.get('/metrics', async (context) => {
    if (!mayReadMetrics(context.env.incoming, options.metricsToken)) return context.notFound()
    return context.body(await metrics.text(), 200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    })
  })
  // Before everything that looks at who looks: its forms have a key of their own.
  if (setup !== undefined) pages.route('/setup', setup.routes)
  if (local !== undefined) {
    pages.route('/', localRoutes({ source: local, isSetUp: () => setup?.isDone() ?? false }))
  } else if (access !== undefined) {
    pages.use(access.viewer)
  }
  // It has no forms, and is told by itself what it does not do.
  pages.route('/', apiRoutes(options))
  pages.use(requireSameOrigin(options.publicUrl ?? null))
  pages.route('/', downloadRoutes())
  if (access !== undefined) pages.route('/', access.routes)
  if (options.settings !== undefined) pages.route('/', settingsRoutes(options.settings))
  if (local !== undefined) {
    pages.route('/', localMineRoutes(local.name === null, options.now))
  } else if (options.data !== undefined) {
    for (const made of [mineRoutes, accountDataRoutes]) pages.route('/', made(options.data))
  }
  pages.route('/', storedRoutes())
  const standing = remembered(() => standingOf(options), options.now)
  const landing = async (context: Context<PageEnvironment>) => {
    const signIn = options.signIn
    if (setup !== undefined) {
      return context.html(landingPage({ state: setup.isDone() ? 'shown' : 'unconnected', signIn }))
    }
    const { state, backfill } = await standing()
    // How much there is to read is for whoever may read the metrics.
    const isOperator = mayReadMetrics(context.env.incoming, options.metricsToken)
    return context.html(landingPage({ state, signIn, backfill: isOperator ? backfill : undefined }))
  }
  pages.route('/', pageRoutes({ now: options.now, landing }))
  pages.notFound((context) => context.html(notFoundPage(), 404))
  pages.onError((error, context) => {
    if (context.req.path.startsWith(`${apiPath}/`)) return apiFailure(error, context, log)
    const failure = accessFailure(error, context)
    if (failure !== undefined) return failure
    log.error('page-failed', { error })
    return context.html(failedPage(), 500)
  })
  return pages
}

function isLocalName(host: string | undefined): boolean {
  return host !== undefined && /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i.test(host)
}

/** Where the App stands; undefined: how far it has read is not known. */
interface Standing {
  readonly state: ConnectionState
  readonly backfill: BackfillProgress | undefined
}

async function standingOf({ measure, log }: PagesOptions): Promise<Standing> {
  try {
    const { tenants, backfill } = await measure()
    return { state: tenants.active > 0 ? 'installed' : 'not-installed', backfill }
  } catch (error) {
    log.error('store-unavailable', { error })
    return { state: 'unknown', backfill: undefined }
  }
}

/** Milliseconds for which an answer holds that anybody may ask for and the database has to count for. */
const rememberedFor = 5_000

function remembered<T>(ask: () => Promise<T>, now: () => number): () => Promise<T> {
  let last: { at: number; answer: Promise<T> } | undefined
  return () => {
    if (last === undefined || now() - last.at >= rememberedFor) last = { at: now(), answer: ask() }
    return last.answer
  }
}

async function answers(store: Pick<Store, 'ping'>): Promise<boolean> {
  try {
    await store.ping()
    return true
  } catch {
    // Whoever asks learns only that; why is for whoever runs the database.
    return false
  }
}
