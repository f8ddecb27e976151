import { expect, it } from 'vitest'
import { measureApp } from '../../../src/app/measure-app.ts'
import { formatRecord } from '../../../src/delivery/index.ts'
import {
  aRepositoryOf,
  minute,
  type PullRequestHistory,
  primaryRateLimit,
  type Repository,
} from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { describeStores, type TestEngine } from '../../support/stores.ts'
import { type AppCase, anAppCase, becomes, install, owner } from './app-case.ts'

const hour = 60 * 60_000
const day = 24 * hour

function aChange(number: number, merged = number % 3 !== 0): PullRequestHistory {
  const at = number * 10
  return {
    number,
    author: people.author,
    openedAt: minute(at),
    title: `Change ${number}`,
    commits: [{ message: `Change ${number}` }],
    events: merged
      ? [{ type: 'merge', at: minute(at + 5), by: people.maintainer, method: 'squash' }]
      : [],
  }
}

const sixty = Array.from({ length: 60 }, (_, index) => aChange(index + 1))

async function records(app: AppCase): Promise<string[]> {
  const lines: string[] = []
  await app.work.store.tenant(owner.id).read(async (facts) => {
    for await (const record of facts.records.stream()) {
      if (record.record !== 'pull-request') continue
      lines.push(formatRecord({ ...record, readAt: '2026-01-01T00:00:00Z' }))
    }
  })
  return lines
}

async function numbers(app: AppCase, { id }: Repository): Promise<number[]> {
  return app.work.store.tenant(owner.id).read(async (facts) => {
    const found: number[] = []
    for await (const record of facts.records.stream({ repositoryId: id })) {
      if (record.record === 'pull-request') found.push(record.number)
    }
    return found
  })
}

async function aCase(engine: TestEngine, histories: readonly PullRequestHistory[] = sixty) {
  const repository = aRepositoryOf(histories, [], { owner })
  const app = await anAppCase({ repositories: [repository], engine })
  return { app, repository }
}

describeStores('a backfill', (engine) => {
  it('reads everything once, what changed last first, and says how far it is', async () => {
    const { app, repository } = await aCase(engine)
    await install(app)
    expect(await numbers(app, repository)).toEqual(sixty.map(({ number }) => number))
    const progress = app.lines.filter(({ event }) => event === 'backfill')
    expect(progress.length).toBeGreaterThan(2)
    expect(progress.map(({ count }) => count)).toEqual(
      progress.map(({ count }) => count).toSorted((one, other) => (one ?? 0) - (other ?? 0)),
    )
    const kept = await app.work.store
      .tenant(owner.id)
      .read(({ repositories }) => repositories.get(repository.id))
    expect(kept).toMatchObject({ backfilledAt: app.clock.now, read: 60, checkpoint: null })
  })

  it('says how much of it is read, and nothing any more once all of it is', async () => {
    const { app } = await aCase(engine)
    app.github.faults.push({
      match: { path: '/graphql', nth: 2 },
      respond: primaryRateLimit(Math.floor(app.clock.now / 1_000) + 3_600),
    })
    await install(app)
    const { backfill } = await measureApp(app.work.store)
    expect(backfill.repositories).toEqual({ waiting: 0, reading: 1, read: 0 })
    expect(backfill.pullRequestsRead).toBeGreaterThan(0)
    expect(backfill.pullRequestsRead).toBeLessThan(60)
    await app.pass(2 * hour)
    expect((await measureApp(app.work.store)).backfill.repositories).toEqual({
      waiting: 0,
      reading: 0,
      read: 0,
    })
  })

  it('has the newest changes after its first run', async () => {
    const { app, repository } = await aCase(engine)
    app.github.faults.push({
      match: { path: '/graphql', nth: 2 },
      respond: primaryRateLimit(Math.floor(app.clock.now / 1_000) + 3_600),
    })
    await install(app)
    const found = await numbers(app, repository)
    expect(found).toContain(60)
    expect(found.length).toBeLessThan(60)
  })

  it('goes on where it was after a rate limit', async () => {
    const { app, repository } = await aCase(engine)
    app.github.faults.push({
      match: { path: '/graphql', nth: 2 },
      respond: primaryRateLimit(Math.floor(app.clock.now / 1_000) + 3_600),
    })
    await install(app)
    expect(app.outcomes).toContain('backfill-repository rescheduled')
    await app.pass(2 * hour)
    expect(await numbers(app, repository)).toEqual(sixty.map(({ number }) => number))
  })

  it('that breaks off at any request goes on, and ends with the same facts', async () => {
    const whole = await aCase(engine)
    await install(whole.app)
    const expected = await records(whole.app)
    const requests = whole.app.github.requests.length
    const { app } = await aCase(engine)
    // Every sixth request ends without an answer, as if the worker had been killed there.
    for (let nth = 3; nth <= requests; nth += 6) {
      app.github.faults.push({ match: { nth }, times: 4, respond: { kind: 'reset' } })
    }
    await install(app)
    await app.pass(3 * hour)
    expect(app.outcomes.filter((outcome) => outcome.endsWith('retried')).length).toBeGreaterThan(2)
    const found = await records(app)
    expect(found).toHaveLength(60)
    expect(found.filter((line, index) => line !== expected[index])).toEqual([])
  }, 60_000)

  it('lets live changes go first', async () => {
    const { app, repository } = await aCase(engine)
    let asked = 0
    app.github.faults.push({
      match: { path: '/graphql' },
      times: Number.POSITIVE_INFINITY,
      sent: async () => {
        asked += 1
        if (asked === 1) await app.want(owner.id, 'read-change', `${repository.id}/7`)
      },
    })
    await install(app)
    const order = app.outcomes.filter((outcome) => /^(backfill|read)/.test(outcome))
    expect(order.slice(0, 3)).toEqual([
      'backfill-repository done',
      'read-change done',
      'backfill-repository done',
    ])
  })

  it('neither misses nor repeats what moves while it reads (G21)', async () => {
    const { app, repository } = await aCase(engine)
    app.github.faults.push({
      match: { path: '/graphql', nth: 2 },
      before: () => {
        const at = new Date(app.clock.now).toISOString().replace('.000Z', 'Z')
        becomes(repository, [
          ...sixty.map((one) =>
            one.number === 3
              ? { ...one, events: [{ type: 'label', at, label: 'bug' } as const] }
              : one,
          ),
          { ...aChange(61, false), openedAt: at },
        ])
      },
    })
    await install(app)
    const all = Array.from({ length: 61 }, (_, index) => index + 1)
    expect(await numbers(app, repository)).toEqual(all)
    const record = await app.work.store
      .tenant(owner.id)
      .read((facts) => facts.records.get(repository.id, 3))
    expect(record?.labels).toEqual(['bug'])
  })

  it('reads no further back than it is told to', async () => {
    const old = { ...aChange(1), openedAt: '2024-01-01T00:00:00Z', events: [] }
    const { app, repository } = await aCase(engine, [old, aChange(2)])
    await install(app)
    expect(await numbers(app, repository)).toEqual([2])
  })

  it('gives open pull requests their check, and looks at merged ones again after 14 and 30 days', async () => {
    const { app, repository } = await aCase(engine, [aChange(1, true), aChange(3, false)])
    await install(app)
    app.clock.move(10_000)
    await app.settle()
    const checks = app.github.state.repositories.flatMap(({ checkRuns }) => checkRuns)
    expect(checks.map(({ externalId }) => externalId)).toEqual([`change/${repository.id}/3`])
    for (const days of [14, 30]) {
      app.clock.moveTo(Date.parse(minute(15)) + days * day + 20_000)
      const before = app.outcomes.length
      await app.settle()
      expect(app.outcomes.slice(before)).toContain('read-change done')
    }
  })
})

describeStores('reconciling', (engine) => {
  it('finds what happened while no delivery came through', async () => {
    const { app, repository } = await aCase(engine, [aChange(1, false), aChange(2, false)])
    await install(app)
    app.clock.move(5 * hour)
    const at = new Date(app.clock.now).toISOString().replace('.000Z', 'Z')
    const later: PullRequestHistory[] = [
      {
        ...aChange(1, false),
        events: [{ type: 'merge', at, by: people.maintainer, method: 'merge' }],
      },
      aChange(2, false),
      { ...aChange(4, false), openedAt: at },
    ]
    becomes(repository, later)
    await app.pass(7 * hour)
    expect(await numbers(app, repository)).toEqual([1, 2, 4])
    const record = await app.work.store
      .tenant(owner.id)
      .read(({ records }) => records.get(repository.id, 1))
    expect(record?.state).toBe('merged')
  })

  it('heals an outage that was longer than GitHub’s log (P10)', async () => {
    const { app, repository } = await aCase(engine, [aChange(1, false)])
    await install(app)
    app.clock.move(12 * day)
    const during = new Date(app.clock.now - 6 * day).toISOString().replace('.000Z', 'Z')
    becomes(repository, [
      aChange(1, false),
      ...Array.from({ length: 40 }, (_, index) => ({
        ...aChange(index + 2, false),
        openedAt: during,
      })),
    ])
    // What a process begins with.
    await install(app)
    expect(await numbers(app, repository)).toHaveLength(41)
  })

  it('reads a page or two where nothing changed', async () => {
    const { app, repository } = await aCase(engine)
    await install(app)
    app.clock.move(hour)
    const before = app.github.requests.filter(({ path }) => path === '/graphql').length
    await app.want(owner.id, 'reconcile-repository', String(repository.id))
    await app.settle()
    const after = app.github.requests.filter(({ path }) => path === '/graphql').length
    expect(after - before).toBeLessThanOrEqual(2)
  })

  it('finds reverts that were pushed straight to the branch, where contents may be read', async () => {
    const repository = aRepositoryOf([aChange(1, true)], [], { owner })
    const app = await anAppCase({
      repositories: [repository],
      engine,
      permissions: { metadata: 'read', pull_requests: 'read', checks: 'write', contents: 'read' },
    })
    await install(app)
    app.clock.move(hour)
    const reverted = repository.pullRequests[0]?.mergeCommit?.sha
    const at = new Date(app.clock.now - 60_000).toISOString().replace('.000Z', 'Z')
    const after = aRepositoryOf(
      [aChange(1, true)],
      [{ at, commit: { message: `Revert "Change 1"\n\nThis reverts commit ${reverted}.` } }],
      { owner },
    )
    repository.commits = after.commits
    repository.refs = after.refs
    await app.want(owner.id, 'reconcile-repository', String(repository.id))
    await app.settle()
    const change = await app.work.store
      .tenant(owner.id)
      .read(({ changes }) => changes.get(repository.id, 1))
    expect(change?.revertLinks).toMatchObject([{ rung: 'R2', at }])
  })
})
