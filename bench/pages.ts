import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { createApiToken } from '../src/app/access/api-token.ts'
import { createAccess } from '../src/app/access/create-access.ts'
import { createLog } from '../src/app/log.ts'
import { measureApp } from '../src/app/measure-app.ts'
import { createMetrics } from '../src/app/metrics.ts'
import { createPages } from '../src/app/server/create-pages.ts'
import { startServer } from '../src/app/server/start-server.ts'
import { makeSnapshots } from '../src/app/snapshots/make-snapshots.ts'
import { indexRegistry, shippedRegistry } from '../src/provenance/index.ts'
import { openStore, type Store } from '../src/store/index.ts'
import { addAccount, asOf, fillSqlite, tenantId } from './app/filled-store.ts'
import { atMost, type Figure, median } from './figure.ts'

const changes = 100_000
const visits = 200
const day = 24 * 60 * 60 * 1_000
const now = () => asOf + day

/**
 * What a visit costs where the week's snapshots are made: of 100,000 changes in 50 repositories, over HTTP on this machine with one
 * connection, beside an empty page of Hono's behind the same server.
 */
export async function benchPages(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'what-shipped-bench-'))
  const file = join(folder, 'store.sqlite')
  const store = await openStore({ engine: 'sqlite', file }, { now, random: randomBytes })
  try {
    await addAccount(store)
    await fillSqlite(file, changes)
    const token = await publish(store)
    const empty = new Hono().get('/', (context) => context.html('<!doctype html><title>.</title>'))
    const bare = await visit(empty.fetch, '/', token)
    const account = `/accounts/${tenantId}`
    const whole = await visit(pagesOf(store).fetch, account, token)
    const single = await visit(pagesOf(store).fetch, `${account}/repositories/7`, token)
    return [
      ...figuresOf('page of an organisation', whole, bare),
      ...figuresOf('page of a repository', single, bare),
    ]
  } finally {
    await store.close()
    await rm(folder, { recursive: true })
  }
}

function figuresOf(what: string, page: Cost, bare: Cost): Figure[] {
  return [
    atMost(`${what}, at the median`, page.milliseconds, 'ms', 'a fixed limit', 50),
    atMost(`${what}, transferred`, page.bytes / 1_000, 'kB', 'a fixed limit', 150),
    atMost(
      `${what}, time`,
      page.milliseconds / bare.milliseconds,
      'times',
      'an empty page of Hono',
      Number.POSITIVE_INFINITY,
    ),
  ]
}

/** The week's snapshots, and a token that may read them. */
async function publish(store: Store): Promise<string> {
  const marks = indexRegistry(shippedRegistry())
  const tenant = store.tenant(tenantId)
  const made = await tenant.read((facts) =>
    makeSnapshots(facts, { marks, login: 'acme', asOf, now: now() }),
  )
  const token = createApiToken(tenantId, randomBytes)
  await tenant.write(null, async (facts) => {
    for (const snapshot of made?.snapshots ?? []) await facts.snapshots.put(snapshot)
    await facts.tokens.create(token, {
      name: 'bench',
      createdBy: 1,
      createdAt: now(),
      expiresAt: now() + day,
    })
  })
  return token
}

function pagesOf(store: Store) {
  const log = createLog({ level: 'silent', now })
  const measure = () => measureApp(store)
  const surroundings = { now, sleep: async () => {}, random: Math.random, randomBytes, fetch }
  const github = { apiUrl: 'http://127.0.0.1:9', webUrl: 'http://127.0.0.1:9' }
  return createPages({
    store,
    measure,
    metrics: createMetrics(measure, now),
    metricsToken: null,
    log,
    now,
    isServing: () => true,
    signIn: false,
    access: createAccess({
      store,
      configuration: { signIn: null, github, retentionDays: 400 },
      surroundings,
      log,
    }),
    setup: undefined,
  })
}

interface Cost {
  /** Of one visit, the median. */
  readonly milliseconds: number
  /** Of the body, as it was sent. */
  readonly bytes: number
}

async function visit(
  fetchPage: Parameters<typeof getRequestListener>[0],
  path: string,
  token: string,
): Promise<Cost> {
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    ingress: undefined,
    pages: getRequestListener(fetchPage, { overrideGlobalObjects: false }),
    log: createLog({ level: 'silent', now }),
  })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  try {
    const times: number[] = []
    let bytes = 0
    for (let count = 0; count < visits; count += 1) {
      const start = performance.now()
      bytes = await bodySize(`http://127.0.0.1:${server.port}${path}`, agent, token)
      times.push(performance.now() - start)
    }
    return { milliseconds: median(times), bytes }
  } finally {
    agent.destroy()
    await server.stop()
  }
}

/** @throws Error where the page is not there */
function bodySize(address: string, agent: Agent, token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' }
    get(address, { agent, headers }, (response) => {
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
      })
      response.on('end', () => {
        if (response.statusCode === 200) resolve(size)
        else reject(new Error(`${address} answered ${response.statusCode}`))
      })
      response.on('error', reject)
    }).on('error', reject)
  })
}
