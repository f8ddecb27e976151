import { getRequestListener } from '@hono/node-server'
import type { AppSurroundings } from '../app-surroundings.ts'
import type { Log } from '../log.ts'
import type { AppMeasures } from '../measure-app.ts'
import { createMetrics } from '../metrics.ts'
import { createPages } from '../server/create-pages.ts'
import { startServer } from '../server/start-server.ts'
import type { LocalSource } from './contents.ts'

export interface ServeSourceOptions {
  readonly source: LocalSource
  readonly port: number
  readonly surroundings: AppSurroundings
  readonly log: Log
  /** Aborted when the process is told to stop. */
  readonly signal: AbortSignal
  /** Tells whoever started the process at a terminal. */
  readonly say: (line: string) => void
}

/** What there is to count of an App that takes nothing in. */
const nothing: AppMeasures = {
  inbox: { waiting: 0, oldestReceivedAt: null, dead: 0 },
  jobs: [],
  tenants: { active: 0, suspended: 0, removed: 0 },
  oldestSnapshotAt: null,
  missed: { refused: 0, unanswered: 0 },
  backfill: { repositories: { waiting: 0, reading: 0, read: 0 }, pullRequestsRead: 0 },
}

/**
 * Serves the pages over a source, on this machine and to it alone, until it is told to stop. Without a store: nothing is kept.
 *
 * @returns the exit code: 1 where the source could not be read
 */
export async function serveSource(options: ServeSourceOptions): Promise<0 | 1> {
  const { source, port, surroundings, log, signal, say } = options
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  const { now } = surroundings
  const measure = async () => nothing
  const pages = createPages({
    local: source,
    setup: undefined,
    signIn: false,
    store: { ping: async () => {} },
    measure,
    metrics: createMetrics(measure, now),
    metricsToken: null,
    log,
    now,
    isServing: () => !signal.aborted,
  })
  const server = await startServer({
    host: '127.0.0.1',
    port,
    ingress: undefined,
    pages: getRequestListener(pages.fetch, { overrideGlobalObjects: false }),
    log,
  })
  log.info('listening', { host: server.host, port: server.port, roles: 'source' })
  say(
    `What Shipped reads ${source.name}: open http://${server.host}:${server.port} on this machine`,
  )
  let failed = false
  const told = source.read().then((contents) => {
    if (signal.aborted) return
    failed = contents.kind === 'failed'
    say(
      contents.kind === 'failed'
        ? `what-shipped: ${contents.reason}`
        : `What Shipped has read ${source.name}`,
    )
  })
  try {
    await stopped
  } finally {
    log.info('stopping')
    await Promise.all([server.stop(), told])
    log.info('stopped')
  }
  return failed ? 1 : 0
}
