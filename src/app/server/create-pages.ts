import { Hono } from 'hono'
import type { Store } from '../../store/index.ts'
import type { Log } from '../log.ts'
import type { AppMeasures, BackfillProgress } from '../measure-app.ts'
import type { Metrics } from '../metrics.ts'
import { isLocalRequest, mayReadMetrics } from './may-read-metrics.ts'
import type { PageEnvironment } from './page-environment.ts'
import { type ConnectionState, landingPage } from './pages/landing-page.ts'
import { failedPage, notFoundPage } from './pages/problem-page.ts'
import { styleSheet } from './pages/style-sheet.ts'
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
  /** The way to credentials, as long as there are none; undefined: there is no such page. */
  readonly setup: { readonly routes: Hono<PageEnvironment>; isDone(): boolean } | undefined
}

/** Everything that is served beside the ingress. */
export function createPages(options: PagesOptions): Hono<PageEnvironment> {
  const { store, metrics, log, setup } = options
  const pages = new Hono<PageEnvironment>()
  pages.use(securityHeaders)
  if (setup !== undefined) {
    // A page of the internet can give its own name this machine's address, and a proxy brings strangers.
    pages.use(async (context, next) => {
      if (isLocalRequest(context.env.incoming) && isLocalName(context.req.header('host'))) {
        return next()
      }
      return context.html(notFoundPage(), 404)
    })
  }
  const standing = remembered(() => standingOf(options), options.now)
  pages.get('/', async (context) => {
    if (setup !== undefined)
      return context.html(landingPage(setup.isDone() ? 'shown' : 'unconnected'))
    const { state, backfill } = await standing()
    // How much there is to read is for whoever may read the metrics.
    const isOperator = mayReadMetrics(context.env.incoming, options.metricsToken)
    return context.html(landingPage(state, isOperator ? backfill : undefined))
  })
  pages.get('/style.css', async (context) =>
    context.body(await styleSheet(), 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=300',
    }),
  )
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
  if (setup !== undefined) pages.route('/setup', setup.routes)
  pages.notFound((context) => context.html(notFoundPage(), 404))
  pages.onError((error, context) => {
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
