import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { StoreLocation } from '../../../src/store/index.ts'
import type { AppProcess } from '../../support/app-process.ts'
import { type AppWorld, anAppWorld, soon } from '../../support/app-process-world.ts'
import { everyRow } from '../../support/every-row.ts'
import { writeTime } from '../../support/fake-github/builders.ts'
import { anAccount, aRepository } from '../../support/fake-github/index.ts'
import { LivePullRequest } from '../../support/history/live-pull-request.ts'
import { postgresPrograms } from '../../support/postgres.ts'
import { aBrowser, type SignInPlace, signIn, type TestBrowser } from '../../support/sign-in.ts'
import { rowsOfTenant } from './rows-of-tenant.ts'
import { tablesOf } from './tables-of.ts'

const day = 24 * 60 * 60_000
const publicUrl = 'https://shipped.example.com'
const acme = anAccount('acme', { type: 'Organization' })
const author = anAccount('canary-author')
const reviewer = anAccount('canary-reviewer')
const owner = anAccount('canary-owner')

/** What people write on GitHub, and who they are: the App reads it, and keeps none of it but for a week what GitHub sent. */
const written = [
  author.login,
  reviewer.login,
  owner.login,
  'Canary Name',
  'canary-mail@example.com',
  'Canary title',
  'Canary message',
  'canary-branch',
  'Canary description',
] as const

async function aWorld(engine: StoreLocation['engine']) {
  const repository = aRepository({ owner: acme, name: 'widgets', pullRequests: [] })
  repository.collaborators[author.login] = 'write'
  const world = await anAppWorld({ engine, repositories: [repository] })
  const { github, app, clock } = world
  github.state.users.push(owner, author)
  for (const [login, role] of [
    [owner.login, 'admin'],
    [author.login, 'member'],
  ] as const) {
    github.state.memberships.push({ organization: 'acme', login, role, state: 'active' })
  }
  const debug = { LOG_LEVEL: 'debug' }
  const signingIn = {
    CLIENT_ID: app.clientId,
    CLIENT_SECRET: app.clientSecret,
    PUBLIC_URL: publicUrl,
  }

  /** Runs the App for a while; with PostgreSQL as two processes, as where strangers reach one of them. */
  async function running<T>(work: (place: SignInPlace, process: AppProcess) => Promise<T>) {
    const apart = engine === 'postgres'
    const ingress = apart ? [world.start('ingress', debug)] : []
    for (const one of ingress) await one.listening
    const process = world.start(apart ? 'worker' : 'both', { ...debug, ...signingIn })
    const place = { address: await process.listening, publicUrl, github }
    await world.settled(process)
    const given = await work(place, process)
    for (const one of [...ingress, process]) expect(await one.stop()).toBe(0)
    return given
  }

  async function happens(number: number, process: AppProcess) {
    const at = () => {
      clock.pass(60_000)
      return writeTime(clock.now())
    }
    const who = { name: 'Canary Name', email: 'canary-mail@example.com' }
    const message = 'Canary message\n\nCo-Authored-By: Claude <noreply@anthropic.com>'
    const live = await LivePullRequest.open(github, repository, {
      number,
      author,
      title: `Canary title ${number}`,
      branch: 'canary-branch',
      body: 'Canary description',
      openedAt: at(),
      commits: [{ message, author: who, committer: who }],
    })
    await live.happens({ type: 'review', at: at(), by: reviewer, state: 'APPROVED' })
    await live.happens({ type: 'merge', at: at(), by: author, method: 'squash' })
    await world.pass(process, ...soon)
  }
  return { world, running, happens }
}

/** All that an owner can look at and do, and some that nobody can. Gives what was secret in it. */
async function use(place: SignInPlace): Promise<readonly string[]> {
  const browser = await signIn(place, owner.login)
  const account = `/accounts/${acme.id}`
  const secrets = [...browser.cookies.values(), await browser.formToken()]
  const made = await browser.send(`${account}/tokens`, { name: 'panel', days: '90' })
  const [token = ''] = /ws_\d+_[\w-]{43}/.exec(made.body) ?? []
  expect(token).not.toBe('')
  secrets.push(token)
  await lookAround(browser, account)
  for (const path of ['/settings', '/self-audit', '/erase']) await browser.send(account + path)
  const audit = { tied: 'no', tiedHow: '', passedOn: '' }
  expect((await browser.send(`${account}/self-audit`, audit)).status).toBe(303)
  const anybody = aBrowser(place)
  for (const given of [token, `${token}x`, `ghp_${'Q'.repeat(36)}`]) {
    const headers = { authorization: `Bearer ${given}` }
    await anybody.visit(`/api/v1${account}/report`, { headers })
    secrets.push(given)
  }
  await anybody.visit(`/sign-in/callback?code=${'c0de'.repeat(8)}&state=${'5tate'.repeat(8)}`)
  secrets.push('c0de'.repeat(8), '5tate'.repeat(8))
  const other = await signIn(place, author.login)
  secrets.push(...other.cookies.values())
  await lookAround(other, account)
  expect((await other.visit('/mine')).body).toContain('#1')
  expect((await other.send('/sign-out')).status).toBe(303)
  for (const { token: ofGitHub } of place.github.state.userTokens) secrets.push(ofGitHub)
  return secrets
}

async function lookAround(browser: TestBrowser, account: string): Promise<void> {
  const below = [
    '',
    '/settings',
    '/tokens',
    '/access-log',
    '/facts.ndjson',
    '/report.csv',
    '/erase',
  ]
  const paths = [
    '/',
    ...below.map((path) => account + path),
    '/accounts/1',
    '/mine',
    '/mine/export',
  ]
  for (const path of [...paths, '/stored', `/api/v1${account}/report`, '/api/v1/mine']) {
    expect((await browser.visit(path)).status, path).toBeLessThan(500)
  }
}

/** Also as the hexadecimal in which a dump writes bytes. */
function holds(text: string, canary: string): boolean {
  return text.includes(canary) || text.includes(Buffer.from(canary).toString('hex'))
}

function expectNone(where: string, text: string, canaries: readonly string[]): void {
  for (const canary of canaries) {
    expect(canary, 'a canary').not.toBe('')
    expect(holds(text, canary), `${where} has ${canary}`).toBe(false)
  }
}

function secretsOf({ app }: AppWorld): string[] {
  const [, ofKey = ''] = app.privateKey.split('\n')
  return [app.webhookSecret ?? '', app.clientSecret, ofKey, 'PRIVATE KEY', 'ghs_']
}

async function expectGone({ location }: AppWorld, canaries: readonly string[]): Promise<void> {
  expectNone('the dump', await everyRow(location), canaries)
  if (location.engine === 'postgres') return
  // Also past the tables: what was deleted is overwritten.
  const bytes = await readFile(location.file)
  for (const canary of canaries) expect(bytes.includes(canary), canary).toBe(false)
}

async function live(engine: StoreLocation['engine']): Promise<void> {
  const { world, running, happens } = await aWorld(engine)
  const secrets = await running(async (place, process) => {
    await happens(1, process)
    return [...secretsOf(world), ...(await use(place))]
  })
  const canaries = [...written, ...secrets]

  const kept = await tablesOf(world.location)
  const bodies = kept.get('bodies') ?? ''
  for (const text of ['Canary title', author.login]) expect(holds(bodies, text)).toBe(true)
  expectNone('what GitHub sent', bodies, secrets)
  for (const [table, text] of kept) {
    if (table !== 'bodies') expectNone(`the table ${table}`, text, canaries)
  }

  await running((_, process) => world.pass(process, 8 * day, ...soon))
  expect((await tablesOf(world.location)).get('records')).not.toBe('')
  await expectGone(world, canaries)

  const last = await running(async (place) => {
    const browser = await signIn(place, owner.login)
    const path = `/accounts/${acme.id}/erase`
    expect((await browser.send(path, { name: acme.login })).status).toBe(200)
    return [...browser.cookies.values()]
  })
  expect(await rowsOfTenant(world.location, acme.id)).toEqual({})
  await expectGone(world, [...canaries, ...last])
  const logs = world.processes.map((one) => one.output()).join('')
  expect(logs.length).toBeGreaterThan(1_000)
  expectNone('the log', logs, [...canaries, ...last])
}

const title = 'nothing that people wrote, and no secret, is left'

test(`${title} in database and logs (sqlite)`, () => live('sqlite'), 300_000)

test.skipIf(postgresPrograms === undefined)(
  `${title} in database and logs (postgres)`,
  () => live('postgres'),
  300_000,
)
