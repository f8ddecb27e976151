import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createApiToken } from '../../../src/app/access/api-token.ts'
import { formTokenField } from '../../../src/app/access/form-token-field.ts'
import { anAccessWorld, publish } from '../../support/access-world.ts'
import { canaryReport } from '../../support/canary-report.ts'
import {
  anAccount,
  aRepository,
  removeMember,
  suspendInstallation,
  uninstallApp,
} from '../../support/fake-github/index.ts'
import {
  aBrowser,
  ofThisServer,
  signIn,
  type TestBrowser,
  type Visit,
} from '../../support/sign-in.ts'
import { tablesOf } from '../end-to-end/tables-of.ts'
import { expectedStatus, type Role, roles, routeTable, type State, states } from './route-table.ts'

const nowhere = 999_999_999
const minute = 60_000
const headline = 'Canary of a report.'
const logins: Partial<Record<Role, string>> = {
  owner: 'ona',
  member: 'mel',
  outsider: 'out',
  stranger: 'nil',
  'ex-member': 'was',
}

/** One organisation in each state, all with the same people, and another one, to which none of them belongs. */
async function aWorld() {
  const accounts = states.map((state) => anAccount(state, { type: 'Organization' }))
  const theirs = anAccount('theirs', { type: 'Organization' })
  const repositories = [...accounts, theirs].map((owner) =>
    aRepository({ owner, name: 'code', private: true }),
  )
  const member = (organization: string, login: string, role: 'admin' | 'member') =>
    ({ organization, login, role, state: 'active' }) as const
  const world = await anAccessWorld({
    repositories,
    users: Object.values(logins).map((login) => anAccount(login)),
    memberships: states.flatMap((state) => [
      member(state, 'ona', 'admin'),
      member(state, 'mel', 'member'),
      member(state, 'was', 'member'),
    ]),
  })
  const { github, store, app } = world
  const userOf = (login: string) => {
    const found = github.state.users.find((one) => one.login === login)
    if (found === undefined) throw new Error(`nobody is called ${login}`)
    return found
  }
  for (const [index, owner] of [...accounts, theirs].entries()) {
    const { id: repositoryId, collaborators } = repositories[index] ?? aRepository()
    if (owner !== theirs) Object.assign(collaborators, { mel: 'read', out: 'read' })
    const name = `${owner.login}/code`
    const [whole, one] = [
      canaryReport(headline, { kind: 'organisation', name: owner.login }),
      canaryReport(headline, { kind: 'repository', name }),
    ]
    await publish(world, owner, { report: whole })
    await publish(world, owner, { scope: 'repository', repositoryId, report: one })
  }
  const tokens = new Map<number, string>()
  for (const { id } of [...accounts, theirs]) {
    const token = createApiToken(id, randomBytes)
    const at = app.clock.now
    const about = { name: 'panel', createdBy: userOf('ona').id, createdAt: at }
    await store
      .tenant(id)
      .write(null, (facts) => facts.tokens.create(token, { ...about, expiresAt: at + 9 * minute }))
    tokens.set(id, token)
  }
  const idOf = (state: State) => accounts[states.indexOf(state)]?.id ?? 0
  for (const account of accounts) await removeMember(github, account, userOf('was'))
  await store.tenant(idOf('closed')).write(null, (facts) => facts.settings.put('{"open":false}'))
  for (const installation of [...github.state.installations]) {
    if (installation.account.id === idOf('suspended')) {
      await suspendInstallation(github, installation)
    }
    if (installation.account.id === idOf('removed')) await uninstallApp(github, installation)
  }
  await world.settle()
  // As an owner erases it, while the App is still installed on GitHub.
  await store.tenants.erase(idOf('erased'), userOf('ona').id)

  const [week] = await store
    .tenant(idOf('open'))
    .read((facts) => facts.snapshots.list('organisation', 0))
  const day = new Date(week?.asOf ?? 0).toISOString().slice(0, 10)

  /** Somebody who comes anew. */
  async function enter(role: Role, state: State): Promise<TestBrowser> {
    const login = logins[role]
    if (login !== undefined) return signIn(world, login)
    const browser = aBrowser(world)
    const token = tokens.get(role === 'token' ? idOf(state) : theirs.id)
    if (role === 'nobody' || token === undefined) return browser
    const authorization = `Bearer ${token}`
    return {
      ...browser,
      visit: (path, init) =>
        browser.visit(path, { ...init, headers: { authorization, ...init?.headers } }),
    }
  }

  const known = new Map<string, Promise<TestBrowser>>()
  /** Somebody who was there before; of people there is one for all accounts. */
  function asKnown(role: Role, state: State): Promise<TestBrowser> {
    const key = role === 'token' ? `${role} ${state}` : role
    const there = known.get(key) ?? enter(role, state)
    known.set(key, there)
    return there
  }

  function pathOf(route: string, account: number, repository: number): string {
    const path = route
      .replace(':account', String(account))
      .replace(':repository', String(repository))
      .replace(':day', day)
      .replace('*', 'of/no/kind')
    if (path.includes(':')) throw new Error(`what is ${path}?`)
    return path
  }

  return {
    world,
    enter,
    as: asKnown,
    repositoryOf: (state: State) => repositories[states.indexOf(state)]?.id ?? 0,
    idOf,
    pathOf,
  }
}

type Cast = Awaited<ReturnType<typeof aWorld>>

/** Asks for a route as its method says: what changes something is sent as a form of these pages, with nothing in it. */
async function ask(browser: TestBrowser, role: Role, method: string, path: string): Promise<Visit> {
  if (method === 'GET') return browser.visit(path)
  if (method === 'ALL') {
    return browser.visit(path, { method: path.endsWith('kind') ? 'GET' : 'PUT' })
  }
  if (logins[role] !== undefined) return browser.send(path)
  const headers = ofThisServer('https://shipped.example.com')
  return browser.visit(path, { method, headers, body: '' })
}

/** The ways to numbers, and whether those are of the whole account. */
const toNumbers =
  /^GET (?:\/api\/v1)?\/accounts\/:account(?<one>\/repositories\/:repository)?(?:\/report(?:\.\w+)?|\/snapshots\/:day)?$/

function mayReadNumbers(route: string, role: Role, state: State): boolean {
  // All that is kept of the account, for whoever may also erase it.
  if (route === 'GET /accounts/:account/facts.ndjson') {
    return role === 'owner' && (state === 'open' || state === 'closed')
  }
  const found = toNumbers.exec(route)
  if (found === null || state !== 'open') return false
  if (role === 'outsider') return found.groups?.one !== undefined
  return role === 'owner' || role === 'member' || role === 'token'
}

async function sweep(cast: Cast, role: Role): Promise<void> {
  const { enter, as, idOf, repositoryOf, pathOf } = cast
  for (const [route, answer] of Object.entries(routeTable)) {
    const [method = '', pattern = ''] = route.split(' ')
    for (const state of states) {
      cast.world.app.clock.move(1_000)
      const browser = await (pattern === '/sign-out' ? enter : as)(role, state)
      const path = pathOf(pattern, idOf(state), repositoryOf(state))
      const { status, body } = await ask(browser, role, method, path)
      const what = `${role}: ${route}, ${state}`
      expect.soft(status, what).toBe(expectedStatus(answer, role, state))
      const isTold = body.includes(headline)
      expect.soft(isTold, `${what}: numbers`).toBe(mayReadNumbers(route, role, state))
      // Where the viewer may know of it, the API says why there is no report.
      if (status !== 404 || body.includes('"standing"')) continue
      const absent = await ask(browser, role, method, pathOf(pattern, nowhere, nowhere))
      expect.soft(body, `${what}: not there`).toBe(absent.body)
    }
  }
}

test('every route has a row, and every row a route', async () => {
  const { world } = await aWorld()
  const served = world.routes
    .filter(({ path }) => path !== '/*')
    .map(({ method, path }) => `${method} ${path}`)
  const rows = Object.keys(routeTable)
  expect([...new Set(served)].filter((route) => !rows.includes(route))).toEqual([])
  expect(rows.filter((route) => !served.includes(route))).toEqual([])
})

test.each(roles)(
  '%s gets of every route what the table says, of an account in every state',
  async (role) => {
    await sweep(await aWorld(), role)
  },
  60_000,
)

test('no form is carried out that comes from elsewhere, or without the secret of the session', async () => {
  const { as, world, idOf, repositoryOf, pathOf } = await aWorld()
  const forms = Object.keys(routeTable).filter((route) => route.startsWith('POST '))
  expect(forms.length).toBeGreaterThan(5)
  const browser = await as('owner', 'open')
  const formToken = await browser.formToken()
  const here = ofThisServer(world.publicUrl)
  const forged = [
    [{ ...here, 'sec-fetch-site': 'cross-site' }, `${formTokenField}=${formToken}`],
    [{ ...here, 'sec-fetch-site': 'same-site' }, `${formTokenField}=${formToken}`],
    [here, ''],
    [here, `${formTokenField}=${'A'.repeat(formToken.length)}`],
    [{ ...here, 'content-type': 'text/plain' }, `${formTokenField}=${formToken}`],
  ] as const
  for (const route of forms) {
    const path = pathOf(route.slice('POST '.length), idOf('open'), repositoryOf('open'))
    for (const [headers, body] of forged) {
      const { status } = await browser.visit(path, { method: 'POST', headers, body })
      expect.soft(status, `${route} ${JSON.stringify(headers)} ${body}`).toBe(403)
    }
  }
  expect((await browser.visit('/mine')).status).toBe(200)
})

test('nothing is there for a method that no route has', async () => {
  const { as, world, idOf, repositoryOf, pathOf } = await aWorld()
  const browser = await as('owner', 'open')
  const formToken = await browser.formToken()
  const patterns = new Set(Object.keys(routeTable).map((route) => route.split(' ')[1] ?? ''))
  for (const pattern of patterns) {
    const path = pathOf(pattern, idOf('open'), repositoryOf('open'))
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
      if (`${method} ${pattern}` in routeTable) continue
      const headers = ofThisServer(world.publicUrl)
      const body = new URLSearchParams({ [formTokenField]: formToken }).toString()
      const { status } = await browser.visit(path, { method, headers, body })
      const isApi = path.startsWith('/api/') && pattern !== '/api/v1/*'
      expect.soft(status, `${method} ${pattern}`).toBe(isApi ? 405 : 404)
    }
  }
})

test('no GET changes anything but the access log, and when a session was used', async () => {
  const { as, world, idOf, repositoryOf, pathOf } = await aWorld()
  const browser = await as('owner', 'open')
  const { location } = world.app.work
  const kept = async () => {
    const tables = new Map(await tablesOf(location))
    for (const name of ['audit', 'sessions']) expect(tables.delete(name), name).toBe(true)
    return tables
  }
  const before = await kept()
  const routes = Object.keys(routeTable).filter((route) => route.startsWith('GET '))
  expect(routes.length).toBeGreaterThan(30)
  for (const route of routes) {
    await browser.visit(pathOf(route.slice('GET '.length), idOf('open'), repositoryOf('open')))
  }
  expect(await kept()).toEqual(before)
})
