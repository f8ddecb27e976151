import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { createIngress, webhookPath } from '../../../src/app/ingress/index.ts'
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

async function look(app: AppCase): Promise<number> {
  const before = app.github.requests.filter(({ path }) => attempts.test(path)).length
  await app.want(SYSTEM_TENANT, 'redeliver-missed')
  await app.settle()
  await app.github.hooks.settled()
  await app.settle()
  return app.github.requests.filter(({ path }) => attempts.test(path)).length - before
}

describeStores('deliveries that were lost (P9)', (engine) => {
  it('are asked for again, each once, and those that came in are not', async () => {
    const one = await aCase(engine)
    const { app, repository } = one
    await happen(one, 3)
    app.github.hooks.fate = () => 'lose'
    const lost = await happen(one, 4)
    expect(await look(app)).toBe(4)
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
    app.github.faults.push({ match: { path: attempts, nth: 3 }, respond })
    await look(app)
    await app.pass(2 * 60 * 60_000)
    await app.github.hooks.settled()
    expect(await app.work.store.inbox.known(lost)).toEqual(new Set(lost))
    const asked = app.github.requests.filter(({ path }) => attempts.test(path))
    // Those that had come in by then were not asked for a second time.
    expect(asked.length).toBeLessThanOrEqual(lost.length + 1)
  })

  it('that GitHub will not send again are left', async () => {
    const one = await aCase(engine)
    const { app } = one
    app.github.hooks.fate = () => 'lose'
    const lost = await happen(one, 3)
    app.github.faults.push({
      match: { path: attempts },
      respond: { kind: 'status', status: 422, body: { message: 'Too old' } },
    })
    expect(await look(app)).toBe(3)
    expect((await app.work.store.inbox.known(lost)).size).toBe(2)
    expect(app.outcomes.filter((outcome) => outcome === 'redeliver-missed retried')).toEqual([])
  })

  it('are asked for three times at most, in this look and the next ones', async () => {
    const one = await aCase(engine)
    const { app } = one
    // The check is written, and told of, before.
    await app.pass(60_000)
    // Nobody listens there.
    app.app.hookUrl = 'http://127.0.0.1:1/'
    const lost = await happen(one, 5)
    const looks: number[] = []
    for (let count = 0; count < 5; count += 1) {
      app.clock.move(60_000)
      looks.push(await look(app))
    }
    expect(looks).toEqual([5, 5, 5, 0, 0])
    expect(await app.work.store.inbox.known(lost)).toEqual(new Set())
  })

  it('that we refused as we are set up are asked for once, and make no storm', async () => {
    const one = await aCase(engine)
    const { app } = one
    // The check is written, and told of, before.
    await app.pass(60_000)
    app.app.webhookSecret = 'another-secret-0123456789abcdefghij'
    await happen(one, 5)
    expect(await look(app)).toBe(5)
    app.clock.move(10 * 60_000)
    expect(await look(app)).toBe(0)
    await app.pass(6 * 60 * 60_000)
    const asked = app.github.requests.filter(({ path }) => attempts.test(path))
    expect(asked).toHaveLength(5)
    expect(app.app.deliveries.filter(({ statusCode }) => statusCode === 401)).toHaveLength(10)
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
