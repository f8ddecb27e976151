import { describe, expect, it } from 'vitest'
import type { Fault, Installation, PullRequestHistory } from '../../support/fake-github/index.ts'
import {
  aRepositoryOf,
  graphqlRateLimit,
  minute,
  moved,
  primaryRateLimit,
  secondaryRateLimit,
} from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { type AppCase, anAppCase, becomes, install, owner } from './app-case.ts'

const history: PullRequestHistory = {
  number: 7,
  author: people.author,
  openedAt: minute(10),
  commits: [{ message: 'Fix it' }],
  events: [],
}
const mint = { method: 'POST', path: /\/access_tokens$/ }

async function aCase(permissions?: Installation['permissions']) {
  const repository = aRepositoryOf([history], [], { owner })
  const app = await anAppCase({
    repositories: [repository],
    ...(permissions === undefined ? {} : { permissions }),
  })
  await install(app)
  const before = app.outcomes.length
  return {
    app,
    repository,
    tenant: app.work.store.tenant(owner.id),
    /** A delivery's job, and what became of it. */
    readChange: async (payload?: string): Promise<readonly string[]> => {
      await app.want(owner.id, 'read-change', `${repository.id}/7`, payload)
      await app.settle()
      return app.outcomes.slice(before).filter((outcome) => !outcome.startsWith('publish-check'))
    },
    record: () =>
      app.work.store.tenant(owner.id).read(({ records }) => records.get(repository.id, 7)),
  }
}

async function readings(app: AppCase): Promise<number> {
  return app.outcomes.filter((outcome) => outcome === 'read-change done').length
}

describe('a limit of GitHub’s', () => {
  const reset = Math.floor(Date.parse('2026-03-04T11:00:00Z') / 1_000)
  const limits: readonly [name: string, respond: Fault['respond'], minutes: number][] = [
    ['G1 the primary one, 403', primaryRateLimit(reset), 60],
    ['G1 the primary one, 429', primaryRateLimit(reset, 429), 60],
    ['G2 a secondary one with a time', secondaryRateLimit(300), 5],
    ['G2 a secondary one without', secondaryRateLimit(), 1],
    ['G3 GraphQL’s', graphqlRateLimit(reset), 60],
  ]
  it.each(limits)('%s puts the job off, and holds nobody', async (_, respond, minutes) => {
    const { app, readChange } = await aCase()
    if (respond !== undefined) app.github.faults.push({ match: { path: '/graphql' }, respond })
    expect(await readChange()).toEqual(['read-change rescheduled'])
    const until = app.clock.now + minutes * 60_000
    app.clock.moveTo(until - 1_000)
    await app.settle()
    expect(await readings(app)).toBe(0)
    app.clock.moveTo(until + 30_000)
    await app.settle()
    expect(await readings(app)).toBe(1)
  })

  it('G1 holds back all jobs of that installation, and no try is counted', async () => {
    const { app, readChange, repository } = await aCase()
    app.github.faults.push({ match: { path: '/graphql' }, respond: primaryRateLimit(reset) })
    await readChange()
    await app.want(owner.id, 'read-change', `${repository.id}/8`)
    const asked = app.github.requests.length
    await app.settle()
    expect(app.github.requests).toHaveLength(asked)
    app.clock.moveTo(reset * 1_000 + 30_000)
    const job = await app.work.store.jobs.claim({ lease: 1, kinds: ['read-change'] })
    expect(job?.tries).toBe(1)
  })
})

describe('a reading that fails', () => {
  const failures: readonly [name: string, respond: NonNullable<Fault['respond']>][] = [
    ['G5 500', { kind: 'status', status: 500 }],
    ['G5 503', { kind: 'status', status: 503 }],
    ['G5 a connection that breaks', { kind: 'reset' }],
    ['G6 a web page', { kind: 'status', status: 200, body: '<html>Unicorn!</html>' }],
    [
      'G3 a part of the data',
      {
        kind: 'graphql-errors',
        data: 'kept',
        errors: [{ message: 'oops', path: ['repository', 'pullRequest'] }],
      },
    ],
  ]
  it.each(failures)('%s is tried again later', async (_, respond) => {
    const { app, readChange, record } = await aCase()
    app.github.faults.push({ match: { path: '/graphql' }, times: 4, respond })
    expect(await readChange()).toEqual(['read-change retried'])
    await app.pass(60_000)
    expect(await readings(app)).toBe(1)
    expect(await record()).toBeDefined()
  })

  it('G8 with 404 right after the delivery comes back after 1, 5 and 30 seconds and 5 minutes, and is then gone', async () => {
    const { app, readChange, repository, record, tenant } = await aCase()
    repository.pullRequests = []
    await readChange('{"updatedAt":"2026-03-04T09:00:00Z"}')
    const times = [app.clock.now]
    for (const after of [1_000, 5_000, 30_000, 300_000]) {
      app.clock.move(after - 1)
      await app.settle()
      expect(await readings(app)).toBe(times.length)
      app.clock.move(1)
      await app.settle()
      times.push(app.clock.now)
      expect(await readings(app)).toBe(times.length)
    }
    expect(await record()).toBeUndefined()
    const removed = await tenant.read(({ records }) => records.removedAt(repository.id, 7))
    expect(removed).toBe(app.clock.now)
  })

  it('G8 with an older state than the delivery told is kept and read again', async () => {
    const { app, readChange, record } = await aCase()
    await readChange('{"updatedAt":"2026-03-04T09:00:00Z"}')
    expect(await record()).toBeDefined()
    await app.pass(10 * 60_000)
    expect(await readings(app)).toBe(5)
  })

  it('G18 because of a push in the middle of it is done again', async () => {
    const { app, readChange, repository, record } = await aCase()
    const forced = {
      ...history,
      events: [{ type: 'push', at: minute(20), forced: true, commits: [{ message: 'Again' }] }],
    } as const
    app.github.faults.push({
      match: { path: /\/pulls\/7\/commits$/ },
      before: () => becomes(repository, [forced]),
    })
    app.clock.move(1_000)
    await readChange()
    await app.pass(2_000)
    const [pullRequest] = repository.pullRequests
    expect(await record()).toMatchObject({
      head: { sha: pullRequest?.head.sha },
      commits: [{ sha: pullRequest?.head.sha }],
    })
    expect(await readings(app)).toBe(2)
  })

  it('G13 of a pull request that is gone leaves a tombstone, and nothing of it', async () => {
    const { readChange, repository, record, tenant } = await aCase()
    repository.pullRequests = []
    expect(await readChange()).toEqual(['read-change done'])
    expect(await record()).toBeUndefined()
    const change = await tenant.read(({ changes }) => changes.get(repository.id, 7))
    expect(change).toBeUndefined()
  })

  it('G9 because the repository has another name by now finds it by its id', async () => {
    const { app, readChange, repository, record } = await aCase()
    repository.formerNames.push('acme/widgets')
    repository.name = 'gadgets'
    app.clock.move(1_000)
    expect(await readChange()).toEqual(['read-change done'])
    expect((await record())?.repository.name).toBe('acme/gadgets')
  })

  it('G22 because GitHub sends elsewhere does not go there', async () => {
    const { app, readChange } = await aCase()
    app.github.faults.push({
      match: { method: 'GET', path: /\/pulls\/7\/commits$/ },
      respond: moved('http://127.0.0.1:1/elsewhere'),
    })
    expect(await readChange()).toEqual(['read-change buried'])
  })
})

describe('a token', () => {
  it('G10 that stops working is made anew once, and the job goes on', async () => {
    const { app, readChange } = await aCase()
    app.github.faults.push({
      match: { path: '/graphql' },
      respond: { kind: 'status', status: 401, body: { message: 'Bad credentials' } },
    })
    const minted = () => app.github.requests.filter(({ path }) => mint.path.test(path)).length
    const before = minted()
    expect(await readChange()).toEqual(['read-change done'])
    expect(minted() - before).toBeLessThanOrEqual(2)
  })

  it('G10 that never works ends in a retry, and no storm', async () => {
    const { app, readChange } = await aCase()
    app.github.faults.push({
      match: { path: '/graphql' },
      times: 100,
      respond: { kind: 'status', status: 401, body: { message: 'Bad credentials' } },
    })
    const before = app.github.requests.length
    expect(await readChange()).toEqual(['read-change retried'])
    expect(app.github.requests.length - before).toBeLessThan(8)
  })

  it('is made for the one repository that the job is about', async () => {
    const { app, readChange, repository } = await aCase()
    await readChange()
    const last = app.github.requests.findLast(({ path }) => mint.path.test(path))
    expect(last?.body).toEqual({ repository_ids: [repository.id] })
  })

  it('G7 that is not to be had is no reason to wait: the job is tried again later', async () => {
    const { app, readChange } = await aCase()
    app.github.faults.push({ match: mint, times: 4, respond: { kind: 'reset' } })
    app.clock.move(60 * 60_000)
    expect(await readChange()).toEqual(['read-change retried'])
  })
})

describe('an installation', () => {
  it('G11 that is suspended stops all its jobs, until it is resumed', async () => {
    const { app, readChange } = await aCase()
    const [installation] = app.github.state.installations
    if (installation === undefined) throw new Error('there is no installation')
    installation.suspendedAt = minute(5)
    app.github.state.tokens.length = 0
    app.clock.move(60 * 60_000)
    expect(await readChange()).toEqual(['read-change rescheduled'])
    expect(await app.work.store.tenants.get(owner.id)).toMatchObject({ state: 'suspended' })
    await app.pass(60_000)
    expect(app.outcomes.at(-1)).toBe('sync-installation done')
    expect(await app.work.store.tenants.get(owner.id)).toMatchObject({ state: 'suspended' })
    const asked = app.github.requests.length
    await readChange()
    expect(app.github.requests).toHaveLength(asked)
    installation.suspendedAt = null
    await app.accept({
      event: 'installation',
      payload: { action: 'unsuspend', installation: { id: installation.id } },
    })
    await app.settle()
    expect(await app.work.store.tenants.get(owner.id)).toMatchObject({ state: 'active' })
    expect(app.outcomes.at(-1)).toBe('reconcile-repository done')
  })

  it('G12 without a permission puts the job off for a day, and says which', async () => {
    const { app, readChange } = await aCase()
    const [installation] = app.github.state.installations
    if (installation === undefined) throw new Error('there is no installation')
    installation.permissions = { metadata: 'read' }
    app.github.state.tokens.length = 0
    app.clock.move(60 * 60_000)
    expect(await readChange()).toEqual(['read-change rescheduled'])
    expect(app.lines).toContainEqual(
      expect.objectContaining({ event: 'job-without-effect', reason: 'missing-permission' }),
    )
  })

  it('G24 behind a list of allowed addresses puts the job off for a day', async () => {
    const { app, readChange } = await aCase()
    const [installation] = app.github.state.installations
    if (installation === undefined) throw new Error('there is no installation')
    installation.addressRefused = true
    app.clock.move(60 * 60_000)
    expect(await readChange()).toEqual(['read-change rescheduled'])
    expect(app.lines).toContainEqual(
      expect.objectContaining({ event: 'job-without-effect', reason: 'blocked' }),
    )
  })
})

describe('what GitHub lists and does not give', () => {
  it('is looked up again now and then, and not without a pause', async () => {
    const repository = aRepositoryOf([history], [], { owner })
    const app = await anAppCase({ repositories: [repository] })
    app.github.faults.push({
      match: { path: '/graphql' },
      times: Number.POSITIVE_INFINITY,
      respond: {
        kind: 'graphql-errors',
        data: 'none',
        errors: [
          { type: 'NOT_FOUND', message: 'Could not resolve to a Repository', path: ['repository'] },
        ],
      },
    })
    await install(app)
    await app.pass(60 * 60_000)
    const asked = app.github.requests.filter(({ path }) => path === '/graphql').length
    expect(asked).toBeGreaterThan(3)
    expect(asked).toBeLessThan(10)
  })

  it('keeps no other installation waiting where tokens are refused again and again', async () => {
    const repository = aRepositoryOf([history], [], { owner })
    const app = await anAppCase({ repositories: [repository] })
    app.github.faults.push({
      match: mint,
      times: Number.POSITIVE_INFINITY,
      respond: { kind: 'status', status: 404, body: { message: 'Not Found' } },
    })
    await install(app)
    const before = app.github.requests.length
    await app.pass(10 * 60_000)
    expect(app.github.requests.length - before).toBeLessThan(60)
  })
})

describe('a GitHub Enterprise Server', () => {
  it('G25 is read like github.com, at its own addresses', async () => {
    const repository = aRepositoryOf([history], [], { owner })
    const app = await anAppCase({ repositories: [repository], form: 'ghes' })
    await install(app)
    await app.want(owner.id, 'read-change', `${repository.id}/7`)
    await app.settle()
    expect(app.outcomes.at(-1)).toBe('read-change done')
    expect(app.github.requests.every(({ status }) => status === 200 || status === 201)).toBe(true)
  })
})
