import { expect, test } from 'vitest'
import { anAccessWorld, publish } from '../../support/access-world.ts'
import { canaryReport } from '../../support/canary-report.ts'
import { countingStore } from '../../support/counting-store.ts'
import {
  anAccount,
  aRepository,
  suspendInstallation,
  uninstallApp,
} from '../../support/fake-github/index.ts'
import { signIn, type TestBrowser } from '../../support/sign-in.ts'

const accounts = ['acme', 'globex', 'closed', 'suspended', 'removed', 'empty'].map((login) =>
  anAccount(login, { type: 'Organization' }),
)
const [acme, globex, closed, suspended, removed] = accounts

/** Everything of a GET that a stranger could compare, and all that was asked for it. */
interface Observed {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: string
  /** Of the store, in order. */
  readonly asked: readonly string[]
  /** Of GitHub, in order. */
  readonly called: readonly string[]
}

async function aWorld() {
  const asked: string[] = []
  const repositories = accounts.map((owner) =>
    aRepository({ owner, name: `of-${owner.login}`, private: true }),
  )
  const hidden = aRepository({ owner: acme ?? anAccount('acme'), name: 'hidden', private: true })
  const readable = repositories[0]
  if (readable === undefined || acme === undefined) throw new Error('no repository')
  readable.collaborators.mel = 'read'
  const world = await anAccessWorld({
    repositories: [...repositories, hidden],
    users: [anAccount('mel'), anAccount('nil')],
    memberships: [{ organization: 'acme', login: 'mel', role: 'member', state: 'active' }],
    wrapStore: (store) => countingStore(store, asked),
  })
  for (const account of accounts) {
    const report = canaryReport('Canary.', { kind: 'organisation', name: 'x' })
    await publish(world, account, { report })
  }
  await world.store
    .tenant(closed?.id ?? 0)
    .write(null, ({ settings }) => settings.put('{"open":false}'))
  for (const installation of [...world.github.state.installations]) {
    const { id } = installation.account
    if (id === suspended?.id) await suspendInstallation(world.github, installation)
    if (id === removed?.id) await uninstallApp(world.github, installation)
  }
  await world.settle()

  async function observe(browser: TestBrowser, path: string): Promise<Observed> {
    asked.length = 0
    const before = world.github.requests.length
    const { status, headers, body } = await browser.visit(path)
    const { date: _, ...told } = Object.fromEntries(headers)
    const called = world.github.requests
      .slice(before)
      .map(({ method, path }) => `${method} ${path}`)
    return { status, headers: told, body, asked: [...asked], called }
  }
  return { world, observe, readable, hidden, repositories }
}

/** Below an account; what another helper's page adds is here too. */
const below = [
  '',
  '?as-of=2026-03-02',
  '/settings',
  '/access-log',
  '/tokens',
  '/facts.ndjson',
  '/report.html',
  '/report.json',
  '/report.csv',
]

const nowhere = 999_999_999

test.each(['mel', 'nil'])(
  'another account’s number and one that does not exist: the same answer to %s, for the same questions (ASVS 5.0, 8.4.1)',
  async (login) => {
    const { world, observe, repositories } = await aWorld()
    const browser = await signIn(world, login)
    await browser.visit('/')
    const strange = accounts.filter((account) => account !== acme)
    for (const path of [...below, ...below.map((one) => `/repositories/ID${one}`)]) {
      const at = (account: number, repository: number) =>
        observe(browser, `/accounts/${account}${path.replace('ID', String(repository))}`)
      const expected = await at(nowhere, nowhere)
      expect(expected.status, path).toBe(404)
      expect(expected.asked, path).toContain('.sessions.find')
      if (path === '') expect(expected.asked).toEqual(['.sessions.find', '.tenants.get'])
      expect(expected.called, path).toEqual([])
      for (const [index, { id, login: of }] of strange.entries()) {
        const repository = repositories[index + 1]?.id ?? 0
        expect(await at(id, repository), `${of} ${path}`).toEqual(expected)
        expect(await at(id, nowhere), `${of} ${path}`).toEqual(expected)
      }
    }
  },
)

test('the same once GitHub has to be asked anew', async () => {
  const { world, observe } = await aWorld()
  const browser = await signIn(world, 'nil')
  const at = (account: number) => {
    world.app.clock.move(60_000)
    return observe(browser, `/accounts/${account}`)
  }
  await at(nowhere)
  const expected = await at(nowhere)
  expect(expected.called).toEqual(['GET /user/installations'])
  for (const account of accounts) expect(await at(account.id), account.login).toEqual(expected)
})

test('a repository that a member cannot read and one that does not exist: the same', async () => {
  const { world, observe, hidden, readable } = await aWorld()
  const browser = await signIn(world, 'mel')
  const id = acme?.id ?? 0
  await browser.visit(`/accounts/${id}/repositories/${readable.id}`)
  for (const path of below) {
    const at = (repository: number) =>
      observe(browser, `/accounts/${id}/repositories/${repository}${path}`)
    const expected = await at(nowhere)
    expect(expected.status, path).toBe(404)
    expect(await at(hidden.id), path).toEqual(expected)
  }
  expect((await browser.visit(`/accounts/${id}/repositories/${readable.id}`)).status).toBe(200)
})

test('a token of another account is told as little', async () => {
  const { world, observe } = await aWorld()
  const browser = await signIn(world, 'nil')
  const token = `ws_${globex?.id}_${'a'.repeat(43)}`
  const createdAt = world.app.clock.now
  await world.store
    .tenant(globex?.id ?? 0)
    .write(null, ({ tokens }) =>
      tokens.create(token, { name: 'x', createdBy: 1, createdAt, expiresAt: createdAt + 60_000 }),
    )
  const withToken: TestBrowser = {
    ...browser,
    visit: (path) => browser.visit(path, { headers: { authorization: `Bearer ${token}` } }),
  }
  const expected = await observe(withToken, `/accounts/${nowhere}`)
  expect(expected.status).toBe(404)
  for (const account of accounts.filter((one) => one !== globex)) {
    expect(await observe(withToken, `/accounts/${account.id}`)).toEqual(expected)
  }
})

test('numbers that are written another way are no numbers', async () => {
  const { world } = await aWorld()
  const browser = await signIn(world, 'mel')
  const id = String(acme?.id)
  for (const way of [
    `0${id}`,
    `+${id}`,
    `${id}.0`,
    `${id}e0`,
    `0x1`,
    `${id}%20`,
    `-${id}`,
    `${id}%00`,
  ]) {
    expect((await browser.visit(`/accounts/${way}`)).status, way).toBe(404)
  }
})
