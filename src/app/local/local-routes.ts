import { type Context, Hono } from 'hono'
import { problem } from '../api/problems.ts'
import type { PageEnvironment } from '../server/page-environment.ts'
import type { LocalSource } from './contents.ts'
import { exampleLandingPage } from './example-landing-page.ts'
import { failedSourcePage, nothingKeptPage, readingPage, readingScript } from './local-pages.ts'

export interface LocalRoutesOptions {
  readonly source: LocalSource
  /** Whether the set-up page led to an App just now: then that is what the first page tells. */
  readonly isSetUp: () => boolean
}

/** Paths whose pages are about an account, and wait until there is one. */
const ofAccounts = ['/', '/accounts/*', '/mine/*', '/api/v1/*'] as const
const secondsToWait = 2

/**
 * What pages on this machine alone need before all others: the library that everybody here looks at, something to show while it
 * is being read, and a first page. Nothing is kept, so that no form does anything.
 */
export function localRoutes({ source, isSetUp }: LocalRoutesOptions): Hono<PageEnvironment> {
  const routes = new Hono<PageEnvironment>()
  routes.get('/reading.js', (context) =>
    context.body(readingScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  )
  routes.get('/reading.json', (context) => {
    const contents = source.contents()
    return context.json({
      reading: contents.kind === 'reading',
      line: contents.kind === 'reading' ? contents.line : null,
    })
  })
  routes.post('/accounts/*', (context) => context.html(nothingKeptPage(source.name === null), 403))
  routes.post('/mine/*', (context) => context.html(nothingKeptPage(source.name === null), 403))
  for (const path of ofAccounts) {
    routes.use(path, async (context, next) => {
      const contents = source.contents()
      if (contents.kind !== 'ready') return isSetUp() ? next() : notYet(context, source)
      context.set('library', contents.library)
      return next()
    })
  }
  routes.get('/', async (context, next) => {
    const library = context.get('library')
    if (library === undefined || isSetUp()) return next()
    const accounts = await library.accounts()
    if (source.name === null) return context.html(exampleLandingPage(accounts))
    const [account] = accounts
    const [repository, ...others] = (await account?.repositories()) ?? []
    const isOne = repository !== undefined && others.length === 0
    return context.redirect(isOne ? '/accounts/1/repositories/1' : '/accounts/1', 303)
  })
  return routes
}

function notYet(context: Context<PageEnvironment>, source: LocalSource) {
  const contents = source.contents()
  const failed = contents.kind === 'failed' ? contents.reason : undefined
  if (context.req.path.startsWith('/api/')) {
    const detail = failed ?? 'The source is being read.'
    context.header('retry-after', String(secondsToWait))
    return problem(context, 'unavailable', { detail })
  }
  if (failed !== undefined) return context.html(failedSourcePage(source.name, failed), 500)
  const line = contents.kind === 'reading' ? contents.line : null
  return context.html(readingPage(source.name, line))
}
