import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Library } from '../../src/app/library/library.ts'
import { createPages, type PagesOptions } from '../../src/app/server/create-pages.ts'
import { startServer } from '../../src/app/server/start-server.ts'

/** Monday 22 June 2026, ten in the morning. */
export const servedAt = Date.parse('2026-06-22T10:00:00Z')

/** The pages on a socket. */
export interface ServedLibrary {
  readonly address: string
  /** Every route that is served, as Hono knows them: middlewares are among them. */
  readonly routes: readonly { readonly method: string; readonly path: string }[]
  /** Names of what was logged. */
  readonly logged: readonly string[]
  /** Whose library the next requests see; undefined: nobody is signed in. */
  show(library: Library | undefined): void
  stop(): Promise<void>
}

/** Serves the real pages over whatever library a test says, without signing in. */
export async function serveLibrary(differing: Partial<PagesOptions> = {}): Promise<ServedLibrary> {
  let shown: Library | undefined
  const logged: string[] = []
  const say = (event: string) => {
    logged.push(event)
  }
  const log = { debug: say, info: say, warn: say, error: say }
  const pages = createPages({
    store: { ping: async () => {} },
    measure: async () => ({
      inbox: { waiting: 0, oldestReceivedAt: null, dead: 0 },
      jobs: [],
      tenants: { active: 1, suspended: 0, removed: 0 },
      oldestSnapshotAt: null,
      missed: { refused: 0, unanswered: 0 },
      backfill: { repositories: { waiting: 0, reading: 0, read: 1 }, pullRequestsRead: 900 },
    }),
    metrics: { text: async () => '' },
    metricsToken: null,
    log,
    now: () => servedAt,
    isServing: () => true,
    signIn: true,
    access: {
      viewer: (context, next) => {
        context.set('library', shown)
        return next()
      },
      routes: new Hono(),
    },
    setup: undefined,
    ...differing,
  })
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    ingress: undefined,
    pages: getRequestListener(pages.fetch, { overrideGlobalObjects: false }),
    log,
  })
  return {
    address: `http://127.0.0.1:${server.port}`,
    routes: pages.routes,
    logged,
    show: (library) => {
      shown = library
    },
    stop: () => server.stop(),
  }
}
