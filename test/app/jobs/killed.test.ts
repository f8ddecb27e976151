import { expect, it } from 'vitest'
import { dispatchDeliveries } from '../../../src/app/jobs/dispatch-deliveries.ts'
import type { Work } from '../../../src/app/jobs/job-context.ts'
import { jobKinds } from '../../../src/app/jobs/job-kinds.ts'
import { runNextJob } from '../../../src/app/jobs/run-job.ts'
import { tuning } from '../../../src/app/jobs/tuning.ts'
import { listDead, replayDead } from '../../../src/app/operate/dead-letters.ts'
import {
  aRepositoryOf,
  type FakeGitHub,
  minute,
  type PullRequestHistory,
} from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { describeStores, type TestEngine } from '../../support/stores.ts'
import { type AppCase, anAppCase, becomes, deliveriesTo, install, owner } from './app-case.ts'
import { victimOf } from './kill-at.ts'

const { 'build-snapshots': _, ...kinds } = jobKinds
const running = new AbortController().signal
const history: PullRequestHistory = {
  number: 7,
  author: people.author,
  openedAt: minute(10),
  commits: [{ message: 'Fix it\n\nCo-Authored-By: Claude <noreply@anthropic.com>' }],
  events: [{ type: 'review', at: minute(30), by: people.reviewer, state: 'APPROVED' }],
}

async function aCase(engine: TestEngine) {
  const repository = aRepositoryOf([], [], { owner })
  const app = await anAppCase({ repositories: [repository], engine })
  await install(app)
  becomes(repository, [history])
  return { app, repository }
}

/** One delivery, from the inbox to the check run. */
async function workOff(work: Work, app: AppCase): Promise<void> {
  await dispatchDeliveries(work)
  while (await runNextJob(work, kinds, running));
  app.clock.move(tuning.publishAfter)
  while (await runNextJob(work, kinds, running));
}

function checkRuns({ state }: FakeGitHub) {
  return state.repositories.flatMap(({ checkRuns: runs }) => runs)
}

async function facts(app: AppCase, repositoryId: number) {
  return app.work.store.tenant(owner.id).read(async ({ records, changes, checks }) => ({
    record: await records.get(repositoryId, 7),
    change: await changes.get(repositoryId, 7),
    check: await checks.get(repositoryId, 7),
  }))
}

describeStores('a worker that is killed (P2)', (engine) => {
  it('at any call leaves one fact and one check run, once another has taken over', async () => {
    const whole = await aCase(engine)
    const [delivery] = deliveriesTo(whole.app, whole.repository, history)
    if (delivery === undefined) throw new Error('there is no delivery')
    await whole.app.accept(delivery)
    const counting = victimOf(whole.app.work, Number.POSITIVE_INFINITY, 'before')
    await workOff(counting.work, whole.app)
    const expected = await facts(whole.app, whole.repository.id)
    expect(expected.check).toBeDefined()
    expect(counting.calls()).toBeGreaterThan(15)

    const { app, repository } = await aCase(engine)
    let killed = 0
    for (let call = 1; call <= counting.calls(); call += 1) {
      for (const when of ['before', 'after'] as const) {
        await app.accept(delivery)
        const victim = victimOf(app.work, call, when)
        const outcome = await Promise.race([
          victim.died.then(() => 'killed'),
          workOff(victim.work, app).then(() => 'through'),
        ])
        if (outcome === 'killed') killed += 1
        await app.pass(2 * tuning.lease)
        const found = await facts(app, repository.id)
        expect(found.record?.state).toBe('open')
        expect(found.change).toMatchObject({
          assistance: 'assisted',
          pickupSeconds: expected.change?.pickupSeconds,
        })
        expect(checkRuns(app.github)).toHaveLength(1)
        expect(found.check?.checkRunId).toBe(checkRuns(app.github)[0]?.id)
      }
    }
    expect(killed).toBeGreaterThan(counting.calls())
    const dead = await app.work.store.jobs.dead(10)
    expect(dead).toEqual([])
  }, 120_000)
})

describeStores('a worker that was only slow (P3)', (engine) => {
  it('writes nothing once another has the job', async () => {
    const { app, repository } = await aCase(engine)
    const held = app.github.faults.push({
      match: { path: '/graphql' },
      respond: { kind: 'hold' },
    })
    await app.want(owner.id, 'read-change', `${repository.id}/7`)
    // It does not extend its lease: the whole process stands still.
    const frozen = victimOf(app.work, Number.POSITIVE_INFINITY, 'before').work
    const late = runNextJob(frozen, kinds, running)
    await held.reached
    app.clock.move(tuning.lease + 1)
    await app.settle()
    const before = await facts(app, repository.id)
    expect(before.record?.state).toBe('open')
    becomes(repository, [{ ...history, title: 'Another title' }])
    held.release()
    await late
    expect(await facts(app, repository.id)).toEqual(before)
    expect(app.outcomes).toContain('read-change lost')
  })

  it('keeps its job as long as it is alive, however long that takes', async () => {
    const { app, repository } = await aCase(engine)
    const held = app.github.faults.push({ match: { path: '/graphql' }, respond: { kind: 'hold' } })
    await app.want(owner.id, 'read-change', `${repository.id}/7`)
    const { jobs } = app.work.store
    let extended = Promise.withResolvers<void>()
    const extend: typeof jobs.extend = async (...asked) => {
      const held = await jobs.extend(...asked)
      extended.resolve()
      return held
    }
    const store = { ...app.work.store, jobs: { ...jobs, extend } }
    const first = runNextJob({ ...app.work, store }, kinds, running)
    await held.reached
    for (let passed = 0; passed < 3 * tuning.lease; passed += tuning.extendEvery) {
      extended = Promise.withResolvers()
      app.clock.move(tuning.extendEvery)
      await extended.promise
      // Until it sleeps again.
      await new Promise(setImmediate)
      expect(await runNextJob(app.work, kinds, running)).toBe(false)
    }
    held.release()
    await first
    expect(app.outcomes.at(-1)).toBe('read-change done')
  })
})

describeStores('a job that fails (P4)', (engine) => {
  it('is buried after ten tries, told of, and lives again when it is replayed', async () => {
    const { app, repository } = await aCase(engine)
    const subject = `${repository.id}/7`
    let works = false
    app.github.faults.push({
      match: { graphql: /pullRequest\(/, variables: () => !works },
      times: Number.POSITIVE_INFINITY,
      respond: { kind: 'status', status: 500 },
    })
    await app.want(owner.id, 'read-change', subject)
    await app.pass(5 * 60 * 60_000)
    const ends = app.outcomes.filter((outcome) => outcome.startsWith('read-change'))
    expect(ends).toEqual([...Array(9).fill('read-change retried'), 'read-change buried'])
    const [dead] = await listDead(app.work.store)
    expect(dead).toMatchObject({ kind: 'read-change', tenantId: owner.id, tries: 10 })
    expect(dead?.error).toMatch(/^GitHubError unavailable 500/)
    works = true
    expect(await replayDead(app.work.store, dead?.id ?? '')).toBe(true)
    await app.settle()
    expect(app.outcomes.at(-1)).toBe('read-change done')
    expect(await listDead(app.work.store)).toEqual([])
    expect(await replayDead(app.work.store, '1:read-change:9/9')).toBe(false)
    expect(await replayDead(app.work.store, 'no-such-delivery')).toBe(false)
  })

  it('by killing its workers is buried too', async () => {
    const { app, repository } = await aCase(engine)
    await app.want(owner.id, 'read-change', `${repository.id}/7`)
    const { jobs } = app.work.store
    for (let tries = 0; tries < tuning.maximumTries; tries += 1) {
      await jobs.claim({ lease: 1, kinds: ['read-change'] })
      app.clock.move(2)
    }
    await app.settle()
    expect(app.outcomes.at(-1)).toBe('read-change buried')
  })

  it('keeps no other job of its tenant from being done (P5)', async () => {
    const { app, repository } = await aCase(engine)
    app.github.faults.push({
      match: { graphql: /pullRequest\(/, variables: ({ number }) => number === 8 },
      times: Number.POSITIVE_INFINITY,
      respond: { kind: 'status', status: 500 },
    })
    await app.want(owner.id, 'read-change', `${repository.id}/8`)
    await app.want(owner.id, 'read-change', `${repository.id}/7`)
    await app.settle()
    expect(app.outcomes.slice(-2).toSorted()).toEqual(['read-change done', 'read-change retried'])
  })
})

describeStores('a delivery that cannot be read', (engine) => {
  it.each(['', '{', '[]', 'null', '"x"', '\u0000'])(
    '%j becomes a dead letter, and the next ones go on',
    async (body) => {
      const { app, repository } = await aCase(engine)
      const { inbox } = app.work.store
      const bytes = new TextEncoder().encode(body)
      const common = { event: 'pull_request', tenantId: null, receivedAt: app.clock.now }
      await inbox.accept({ id: 'poison', body: bytes, ...common })
      await inbox.accept({ id: 'latin', body: Uint8Array.of(0x22, 0xe9, 0x22), ...common })
      const [delivery] = deliveriesTo(app, repository, history)
      if (delivery !== undefined) await app.accept(delivery)
      await app.settle()
      expect((await inbox.dead(10)).map(({ id }) => id).toSorted()).toEqual(['latin', 'poison'])
      expect(app.outcomes.at(-1)).toBe('read-change done')
    },
  )
})
