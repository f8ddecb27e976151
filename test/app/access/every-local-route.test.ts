import { randomBytes } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { createAccess } from '../../../src/app/access/create-access.ts'
import { readManifestTemplate } from '../../../src/app/setup/app-manifest.ts'
import { createSetupKey } from '../../../src/app/setup/setup-key.ts'
import { createSetup } from '../../../src/app/setup/setup-routes.ts'
import { ReportSchema } from '../../../src/report/document/report-document.ts'
import { canaryReport } from '../../support/canary-report.ts'
import { aMemoryAccount, aMemoryLibrary } from '../../support/memory-library.ts'
import { serveLibrary } from '../../support/serve-library.ts'
import { anAppCase } from '../jobs/app-case.ts'
import { localRoutes, routeTable, setupRoutes, sharedRoutes } from './route-table.ts'

const own = { ...localRoutes, ...setupRoutes, ...sharedRoutes }
/** Of an account on GitHub, or of somebody who signed in: nobody here is one. */
const elsewhere = Object.keys(routeTable).filter((route) => !(route in own))

/** The pages as `npm start` opens them on a machine without credentials: the example, and the way to an App. */
async function aMachine() {
  const key = createSetupKey(randomBytes)
  const setup = createSetup({
    template: await readManifestTemplate(),
    key,
    githubUrl: 'https://github.example.com',
    publicUrl: null,
    convert: async () => {
      throw new Error('nobody comes back from GitHub')
    },
    keep: null,
    onConnected: () => {},
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    now: Date.now,
    randomBytes,
  })
  const scope = { kind: 'organisation', name: 'harbour-lights' } as const
  const report = ReportSchema.parse(JSON.parse(canaryReport('Of the example.', scope)))
  const shown = { kind: 'shown', report, builtAt: Date.parse(report.asOf) } as const
  const code = {
    id: 31,
    name: 'harbour-lights/code',
    visibility: 'private',
    standing: shown,
  } as const
  const library = aMemoryLibrary([aMemoryAccount({ standing: shown, repositories: [code] })], {
    kind: 'local',
  })
  const contents = { kind: 'ready', library } as const
  const source = { name: null, contents: () => contents, read: async () => contents }
  const { store, surroundings, log } = (await anAppCase({ repositories: [] })).work
  const { now } = surroundings
  const configuration = {
    signIn: null,
    github: { apiUrl: 'https://api.github.example.com', webUrl: 'https://github.example.com' },
    retentionDays: 400,
  }
  // As `serveApp` puts them together where there are no credentials.
  const served = await serveLibrary({
    store,
    setup,
    local: source,
    signIn: false,
    access: createAccess({ store, configuration, surroundings, log }),
    settings: { store, now, randomBytes, backfillWeeks: 26, retentionDays: 400 },
    data: { store, now, webUrl: configuration.github.webUrl },
  })
  onTestFinished(() => served.stop())

  async function ask(route: string, headers: Record<string, string> = {}) {
    const [method = '', pattern = ''] = route.split(' ')
    const path = pattern
      .replace(':account', '21')
      .replace(':repository', '31')
      .replace(':day', report.asOf.slice(0, 10))
      .replace('*', 'of/no/kind')
    const isAll = method === 'ALL'
    const answer = await fetch(served.address + path, {
      method: isAll ? (path.endsWith('kind') ? 'GET' : 'PUT') : method,
      redirect: 'manual',
      headers,
    })
    return { status: answer.status, body: await answer.text() }
  }
  return { served, ask, key: { cookie: `what_shipped_setup_key=${key}` } }
}

test('every route has a row, and every row a route', async () => {
  const { served } = await aMachine()
  const routes = served.routes.map(({ method, path }) => `${method} ${path}`)
  const middlewares = ['/*', '/setup/*', '/', '/accounts/*', '/mine/*', '/api/v1/*']
  const isMiddleware = (route: string) => middlewares.some((path) => route === `ALL ${path}`)
  const rows = { ...own, ...routeTable }
  const unknown = routes.filter((route) => !(route in rows) && !isMiddleware(route))
  expect([...new Set(unknown)]).toEqual([])
  expect(Object.keys(own).filter((route) => !routes.includes(route))).toEqual([])
})

test('whoever sits at the machine sees the example, and what belongs to an App is not there', async () => {
  const { ask } = await aMachine()
  for (const [route, status] of Object.entries({ ...localRoutes, ...sharedRoutes })) {
    expect.soft((await ask(route)).status, route).toBe(status)
  }
  for (const route of elsewhere) {
    const isForm = /^POST \/(?:accounts|mine)\//.test(route)
    const expected = isForm ? 403 : route.startsWith('GET /sign-in') ? 503 : 404
    expect.soft((await ask(route)).status, route).toBe(expected)
  }
})

test('the set-up page is there for its key alone', async () => {
  const { ask, key } = await aMachine()
  for (const [route, status] of Object.entries(setupRoutes)) {
    expect.soft((await ask(route, key)).status, route).toBe(status)
    expect.soft((await ask(route)).status, `${route}, without the key`).toBe(404)
  }
})

test('whoever comes through a proxy gets nothing, with the key too', async () => {
  const { ask, key } = await aMachine()
  for (const route of Object.keys({ ...own, ...routeTable })) {
    const { status, body } = await ask(route, { ...key, 'x-forwarded-for': '192.0.2.7' })
    expect.soft([status, body.includes('Of the example.')], route).toEqual([404, false])
  }
})
