import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIngress, type IngressLimits } from '../../../src/app/ingress/index.ts'
import type { Log, LogFields } from '../../../src/app/log.ts'
import { measureApp } from '../../../src/app/measure-app.ts'
import { createMetrics } from '../../../src/app/metrics.ts'
import { type ServerTimes, startServer } from '../../../src/app/server/start-server.ts'
import {
  type ClaimedDelivery,
  type Inbox,
  openStore,
  type StoreLocation,
} from '../../../src/store/index.ts'
import { oldSecret, secret } from '../../support/webhook.ts'

export interface LogLine extends LogFields {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly message: string
}

export interface WebhookServer {
  readonly address: string
  readonly lines: readonly LogLine[]
  /** What is in the inbox, as a worker gets it. */
  claimed(): Promise<ClaimedDelivery[]>
  known(ids: readonly string[]): Promise<Set<string>>
  /** How often a delivery came to that end. */
  counted(outcome: string): Promise<number>
  metricsText(): Promise<string>
  stop(): Promise<void>
}

/** Our ingress on a real socket, over a real database. */
export async function startWebhookServer(
  options: {
    readonly limits?: Partial<IngressLimits>
    readonly times?: Partial<ServerTimes>
    readonly old?: string | null
    /** Most pages that the database may have. */
    readonly maximumPages?: number
    /** In place of an embedded one of its own. */
    readonly location?: StoreLocation
    /** In place of the database's own. */
    readonly inbox?: Pick<Inbox, 'accept'>
  } = {},
): Promise<WebhookServer> {
  const folder = await mkdtemp(join(tmpdir(), 'what-shipped-ingress-'))
  const { maximumPages } = options
  const store = await openStore(
    options.location ?? {
      engine: 'sqlite',
      file: join(folder, 'store.sqlite'),
      ...(maximumPages === undefined ? {} : { maximumPages }),
    },
    { now: Date.now, random: randomBytes },
  )
  const lines: LogLine[] = []
  const line =
    (level: LogLine['level']) =>
    (message: string, fields: LogFields = {}) => {
      lines.push({ ...fields, level, message })
    }
  const log: Log = {
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
  }
  const metrics = createMetrics(() => measureApp(store), Date.now)
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    ingress: createIngress({
      inbox: options.inbox ?? store.inbox,
      secrets: { current: secret, old: options.old === undefined ? oldSecret : options.old },
      log,
      metrics,
      now: Date.now,
      limits: { lingering: 50, ...options.limits },
    }),
    pages: (_, response) => {
      response.writeHead(404).end()
    },
    log,
    ...(options.times === undefined ? {} : { times: options.times }),
  })
  return {
    address: `http://127.0.0.1:${server.port}`,
    lines,
    claimed: () => store.inbox.claim({ limit: 10_000, lease: 60_000 }),
    known: (ids) => store.inbox.known(ids),
    counted: async (outcome) => {
      const found = new RegExp(`deliveries_total\\{outcome="${outcome}"\\} (\\d+)`).exec(
        await metrics.text(),
      )
      return Number(found?.[1])
    },
    metricsText: () => metrics.text(),
    stop: async () => {
      await server.stop()
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}
