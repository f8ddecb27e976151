import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { getRequestListener } from '@hono/node-server'
import { afterEach, describe, expect, test } from 'vitest'
import type { Log } from '../../../src/app/log.ts'
import type { AppMeasures } from '../../../src/app/measure-app.ts'
import { styleSheet } from '../../../src/app/pages/style-sheet.ts'
import { createPages, type PagesOptions } from '../../../src/app/server/create-pages.ts'
import { type RunningServer, startServer } from '../../../src/app/server/start-server.ts'

const servers: RunningServer[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

const logged: string[] = []
const say = (event: string) => {
  logged.push(event)
}
const log: Log = { debug: say, info: say, warn: say, error: say }

function measures(active: number): AppMeasures {
  return {
    inbox: { waiting: 0, oldestReceivedAt: null, dead: 0 },
    jobs: [],
    tenants: { active, suspended: 0, removed: 0 },
    oldestSnapshotAt: null,
    missed: { refused: 0, unanswered: 0 },
    backfill: {
      repositories: { waiting: 1, reading: 1, read: 1_230 },
      pullRequestsRead: 41_000,
    },
  }
}

const down = () => Promise.reject(new Error('canary: connection to 10.0.0.5 refused'))

/** The pages on a socket, over a database that is whatever a test says. */
async function serve(options: Partial<PagesOptions> = {}): Promise<string> {
  const pages = createPages({
    store: { ping: async () => {} },
    measure: async () => measures(1),
    metrics: { text: async () => 'what_shipped_store_up 1\n' },
    metricsToken: null,
    log,
    now: Date.now,
    isServing: () => true,
    signIn: false,
    setup: undefined,
    ...options,
  })
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    ingress: undefined,
    pages: getRequestListener(pages.fetch, { overrideGlobalObjects: false }),
    log,
  })
  servers.push(server)
  return `http://127.0.0.1:${server.port}`
}

/** As fetch does it, but with any header. */
function answerTo(
  address: string,
  headers: Record<string, string>,
): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    request(address, { headers, agent: false }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode, body }), reject)
    })
      .on('error', reject)
      .end()
  })
}

describe('every answer', () => {
  test.each(['/', '/nowhere', '/setup', '/readyz', '/metrics', styleSheet.path])(
    '%s has the headers that keep pages to themselves',
    async (path) => {
      const { headers } = await fetch((await serve()) + path)
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'strict-transport-security': 'max-age=63072000; includeSubDomains',
        'x-frame-options': 'DENY',
        'cache-control':
          path === styleSheet.path ? 'public, max-age=31536000, immutable' : 'no-store',
      })
      expect(headers.get('x-powered-by')).toBeNull()
    },
  )
})

describe('the first page', () => {
  test.each([
    ['nobody has installed the App', async () => measures(0), 'which no account has installed yet'],
    ['somebody has', async () => measures(3), 'and the App is installed'],
    ['the database is down', down, 'Its database does not answer'],
  ])('where %s', async (_, measure, text) => {
    const response = await fetch(await serve({ measure }))
    expect(response.status).toBe(200)
    const page = await response.text()
    expect(page).toContain(text)
    expect(page).not.toMatch(/canary|10\.0\.0\.5/)
  })

  test('asks the database once in five seconds, however many ask for it', async () => {
    let asked = 0
    let time = 0
    const measure = async () => {
      asked += 1
      return measures(1)
    }
    const address = await serve({ measure, now: () => time })
    for (let times = 0; times < 5; times += 1) await fetch(address)
    expect(asked).toBe(1)
    time = 5_000
    await fetch(address)
    expect(asked).toBe(2)
  })
})

test('nothing is said of what was read once all of it is', async () => {
  const backfill = {
    repositories: { waiting: 0, reading: 0, read: 12 },
    pullRequestsRead: 900,
  }
  const address = await serve({ measure: async () => ({ ...measures(1), backfill }) })
  expect(await (await fetch(address)).text()).not.toContain('being read')
})

describe('health', () => {
  test.each([
    ['alive and ready', {}, 200, 200],
    ['without its database', { store: { ping: down }, measure: down }, 200, 503],
    ['on the way down', { isServing: () => false }, 200, 503],
  ])('of a process %s', async (_, options, alive, ready) => {
    const address = await serve(options)
    expect((await fetch(`${address}/healthz`)).status).toBe(alive)
    const response = await fetch(`${address}/readyz`)
    expect(response.status).toBe(ready)
    expect(await response.json()).toEqual({ status: ready === 200 ? 'ready' : 'not ready' })
  })
})

describe('/metrics', () => {
  const token = 'a token of twenty letters'

  test.each([
    ['this machine', null, {}, 200],
    ['a proxy on this machine', null, { 'x-forwarded-for': '203.0.113.7' }, 404],
    ['another proxy', null, { forwarded: 'for=203.0.113.7' }, 404],
    ['whoever has the token', token, { authorization: `Bearer ${token}` }, 200],
    [
      'whoever has the token, by a proxy',
      token,
      { authorization: `Bearer ${token}`, 'x-forwarded-for': '203.0.113.7' },
      200,
    ],
    ['this machine without the token', token, {}, 404],
    ['a wrong token', token, { authorization: 'Bearer another token' }, 404],
    ['the token by another scheme', token, { authorization: `Basic ${token}` }, 404],
    ['an empty token', token, { authorization: 'Bearer ' }, 404],
  ])('for %s', async (_, metricsToken, headers, status) => {
    const address = await serve({ metricsToken })
    const metrics = await answerTo(`${address}/metrics`, headers)
    expect(metrics.status).toBe(status)
    // Who may not read them is not told either how much there is to read.
    const { body } = await answerTo(address, headers)
    expect(body.includes('1,230 of 1,232 repositories')).toBe(status === 200)
    expect(body.includes('41,000 pull requests.')).toBe(status === 200)
  })
})

test('what fails tells whoever asked nothing', async () => {
  const address = await serve({ metrics: { text: down } })
  const response = await fetch(`${address}/metrics`)
  expect(response.status).toBe(500)
  expect(await response.text()).not.toMatch(/canary| at |Error/)
  expect(logged).toContain('page-failed')
})

test.each([
  ['POST', '/'],
  ['DELETE', '/healthz'],
  ['GET', '/api/github/webhooks'],
  ['GET', '/%2e%2e/package.json'],
  ['GET', '/..%2f..%2fetc/passwd'],
  ['GET', '//evil.example/'],
  ['GET', `/${'a'.repeat(2_000)}`],
])('%s %s is not there', async (method, path) => {
  const address = await serve()
  const response = await fetch(address + path, { method })
  expect(response.status).toBe(404)
  expect(await response.text()).toContain('There is no such page')
})
