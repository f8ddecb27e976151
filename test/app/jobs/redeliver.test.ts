import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { createIngress, webhookPath } from '../../../src/app/ingress/index.ts'
import { measureApp } from '../../../src/app/measure-app.ts'
import { SYSTEM_TENANT } from '../../../src/store/index.ts'
import {
  aRepositoryOf,
  minute,
  type PullRequestHistory,
  primaryRateLimit,
  renameRepository,
} from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { describeStores, type TestEngine } from '../../support/stores.ts'
import { type AppCase, anAppCase, install, owner } from './app-case.ts'

const history: PullRequestHistory = {
  number: 7,
  author: people.author,
  openedAt: minute(10),
  commits: [{ message: 'Fix it' }],
  events: [],
}
const attempts = /\/app\/hook\/deliveries\/\d+\/attempts$/

/** The App behind its real ingress, on a real socket. */
async function aCase(engine: TestEngine) {
  const repository = aRepositoryOf([history], [], { owner })
  const app = await anAppCase({ repositories: [repository], engine })
  await install(app)
  const ingress = createIngress({
    inbox: app.work.store.inbox,
    secrets: { current: app.app.webhookSecret ?? '', old: null },
    log: app.work.log,
    metrics: { delivery: () => {}, acknowledged: () => {}, oldSecret: () => {} },
    now: () => app.clock.now,
  })
  const server = createServer((request, response) => void ingress(request, response))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  app.app.hookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}${webhookPath}`
  return { app, repository }
}

/** Renames a repository so many times, and gives the guids of the deliveries that tell of it. */
async function happen({ app, repository }: Awaited<ReturnType<typeof aCase>>, times: number) {
  const before = app.app.deliveries.length
  for (let count = 0; count < times; count += 1) {
    app.clock.move(1_000)
    await renameRepository(app.github, repository, `name-${before + count}`)
  }
  return app.app.deliveries.slice(before).map(({ guid }) => guid)
}

const askedBy = ({ github }: AppCase) =>
  github.requests.filter(({ path }) => attempts.test(path)).length

/** @returns how many deliveries were asked for */
async function look(app: AppCase): Promise<number> {
  const before = askedBy(app)
  await app.want(SYSTEM_TENANT, 'redeliver-missed')
  await app.settle()
  await app.github.hooks.settled()
  await app.settle()
  return askedBy(app) - before
}

/** The looks of some time, one every ten minutes: how many deliveries each asked for. */
async function looksOf(app: AppCase, milliseconds: number): Promise<number[]> {
  const looks: number[] = []
  for (let passed = 0; passed < milliseconds; passed += 10 * 60_000) {
    const before = askedBy(app)
    await app.pass(10 * 60_000)
    await app.github.hooks.settled()
    await app.settle()
    looks.push(askedBy(app) - before)
  }
  return looks
}

const hour = 60 * 60_000
const nowhere = 'http://127.0.0.1:1/'

describeStores('deliveries that were lost (P9)', (engine) => {
  it('are asked for again, one at first and then all, and those that came in are not', async () => {
    const one = await aCase(engine)
    const { app, repository } = one
    await happen(one, 3)
    app.github.hooks.fate = () => 'lose'
    const lost = await happen(one, 4)
    app.github.hooks.fate = () => 'deliver'
    app.clock.move(1_000)
    expect([await look(app), await look(app)]).toEqual([1, 3])
    expect(await app.work.store.inbox.known(lost)).toEqual(new Set(lost))
    expect(await look(app)).toBe(0)
    const kept = await app.work.store
      .tenant(owner.id)
      .read(({ repositories }) => repositories.get(repository.id))
    expect(kept?.name).toBe(`acme/${repository.name}`)
  })

  it('are found over many pages of the log, from where the last look began', async () => {
    const one = await aCase(engine)
    const { app } = one
    app.github.hooks.fate = () => 'lose'
    await happen(one, 1)
    app.github.hooks.fate = () => 'deliver'
    await happen(one, 120)
    expect(await look(app)).toBe(1)
    app.clock.move(60 * 60_000)
    await look(app)
    app.clock.move(60 * 60_000)
    await happen(one, 5)
    const before = app.github.requests.length
    await look(app)
    const pages = app.github.requests
      .slice(before)
      .filter(({ path }) => path === '/app/hook/deliveries')
    expect(pages).toHaveLength(1)
  })

  it.each([
    ['a rate limit', primaryRateLimit(Math.floor(Date.parse('2026-03-04T11:00:00Z') / 1_000))],
    ['an error', { kind: 'status', status: 500 }],
  ] as const)('are all found where the look is cut short by %s', async (_, respond) => {
    const one = await aCase(engine)
    const { app } = one
    app.github.hooks.fate = () => 'lose'
    const lost = await happen(one, 4)
    app.github.hooks.fate = () => 'deliver'
    await happen(one, 1)
    app.github.faults.push({ match: { path: attempts, nth: 3 }, respond })
    await look(app)
    await app.pass(2 * 60 * 60_000)
    await app.github.hooks.settled()
    expect(await app.work.store.inbox.known(lost)).toEqual(new Set(lost))
    const asked = app.github.requests.filter(({ path }) => attempts.test(path))
    // Those that had come in by then were not asked for a second time.
    expect(asked.length).toBeLessThanOrEqual(lost.length + 1)
  })

  it('that GitHub’s log knows no more are left', async () => {
    const one = await aCase(engine)
    const { app } = one
    app.github.hooks.fate = () => 'lose'
    const lost = await happen(one, 3)
    app.github.hooks.fate = () => 'deliver'
    await happen(one, 1)
    app.github.faults.push({
      match: { path: attempts },
      times: Number.POSITIVE_INFINITY,
      respond: { kind: 'status', status: 404, body: { message: 'Not Found' } },
    })
    app.clock.move(hour / 2)
    expect(await look(app)).toBe(3)
    expect((await app.work.store.inbox.known(lost)).size).toBe(0)
    expect((await looksOf(app, hour)).every((asked) => asked === 0)).toBe(true)
    expect(app.outcomes.filter((outcome) => outcome === 'redeliver-missed retried')).toEqual([])
  })

  it('all come in after an hour in which nobody answered, and make no storm', async () => {
    const one = await aCase(engine)
    const { app } = one
    // The check is written, and told of, before.
    await app.pass(60_000)
    const { hookUrl } = app.app
    app.app.hookUrl = nowhere
    const lost = await happen(one, 5)
    await look(app)
    expect(Math.max(...(await looksOf(app, hour)))).toBe(1)
    expect((await measureApp(app.work.store)).missed).toEqual({ refused: 0, unanswered: 5 })
    app.app.hookUrl = hookUrl
    // One that shows that somebody answers, and then the others.
    expect((await looksOf(app, hour / 2)).reduce((sum, asked) => sum + asked)).toBe(5)
    expect(await app.work.store.inbox.known(lost)).toEqual(new Set(lost))
    await looksOf(app, hour / 2)
    expect((await measureApp(app.work.store)).missed).toEqual({ refused: 0, unanswered: 0 })
  })

  it('that we refuse as we are set up are counted, tried one an hour, and come in once that is right', async () => {
    const one = await aCase(engine)
    const { app } = one
    // The check is written, and told of, before.
    await app.pass(60_000)
    const { webhookSecret } = app.app
    app.app.webhookSecret = 'another-secret-0123456789abcdefghij'
    const refused = await happen(one, 5)
    await look(app)
    const looks = await looksOf(app, 3 * hour)
    expect(looks.reduce((sum, asked) => sum + asked)).toBeLessThanOrEqual(3)
    expect((await measureApp(app.work.store)).missed).toEqual({ refused: 5, unanswered: 0 })
    app.app.webhookSecret = webhookSecret
    await looksOf(app, 2 * hour)
    expect(await app.work.store.inbox.known(refused)).toEqual(new Set(refused))
    expect((await measureApp(app.work.store)).missed).toEqual({ refused: 0, unanswered: 0 })
  })

  it('are remembered until GitHub’s log forgets them, and no longer', async () => {
    const one = await aCase(engine)
    const { app } = one
    await app.pass(60_000)
    app.app.hookUrl = nowhere
    await happen(one, 2)
    await look(app)
    app.clock.move(2 * 24 * hour)
    await look(app)
    expect((await measureApp(app.work.store)).missed.unanswered).toBe(2)
    app.clock.move(6 * 24 * hour)
    await look(app)
    expect((await measureApp(app.work.store)).missed.unanswered).toBe(0)
  })

  it('that we refused for good are not asked for', async () => {
    const one = await aCase(engine)
    const { app } = one
    await happen(one, 1)
    for (const delivery of app.app.deliveries) {
      Object.assign(delivery, { statusCode: 400, guid: '00000000-0000-0000-0000-00000000beef' })
    }
    expect(await look(app)).toBe(0)
  })
})
