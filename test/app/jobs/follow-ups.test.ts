import { expect, it } from 'vitest'
import { jobKinds } from '../../../src/app/jobs/job-kinds.ts'
import { runNextJob } from '../../../src/app/jobs/run-job.ts'
import { tuning } from '../../../src/app/jobs/tuning.ts'
import {
  aRepositoryOf,
  minute,
  type PullRequestHistory,
  primaryRateLimit,
} from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { describeStores, type TestEngine } from '../../support/stores.ts'
import { type AppCase, anAppCase, install, owner } from './app-case.ts'
import { victimOf } from './kill-at.ts'

const minuteAfter = 60_000
const hour = 60 * minuteAfter
const running = new AbortController().signal

/** Every third one stays open. */
const many = (count: number) =>
  Array.from({ length: count }, (_, index): PullRequestHistory => {
    const number = index + 1
    return {
      number,
      author: people.author,
      openedAt: minute(number * 10),
      title: `Change ${number}`,
      commits: [{ message: `Change ${number}` }],
      events:
        number % 3 === 0
          ? []
          : [
              {
                type: 'merge',
                at: minute(number * 10 + 5),
                by: people.maintainer,
                method: 'squash',
              },
            ],
    }
  })

async function aCase(engine: TestEngine, count: number) {
  const repository = aRepositoryOf(many(count), [], { owner })
  const app = await anAppCase({ repositories: [repository], engine })
  return { app, repository }
}

/** The pull requests with a check. */
function checked({ github }: AppCase): number {
  return github.state.repositories.flatMap(({ checkRuns }) => checkRuns).length
}

describeStores('what follows from a reading that breaks off', (engine) => {
  it('is done where a limit of GitHub’s cuts it short', async () => {
    const { app } = await aCase(engine, 24)
    app.github.faults.push({
      match: { path: '/graphql', nth: 2 },
      respond: primaryRateLimit(Math.floor(app.clock.now / 1_000) + 600),
    })
    await install(app)
    await app.pass(hour)
    expect(app.outcomes).toContain('backfill-repository rescheduled')
    expect(checked(app)).toBe(8)
  })

  it('is done where its worker is killed at any call', { timeout: 120_000 }, async () => {
    for (let call = 1, isThrough = false; !isThrough; call += 1) {
      const { app } = await aCase(engine, 6)
      const { 'backfill-repository': backfill, 'build-snapshots': _, ...others } = jobKinds
      const asked: string[] = []
      const build = { run: async () => void asked.push('build'), of: 'tenant' } as const
      await app.want(0, 'find-installations')
      while (await runNextJob(app.work, others, running));
      const victim = victimOf(app.work, call, 'after')
      const reading = async () => {
        while (
          await runNextJob(victim.work, { 'backfill-repository': backfill ?? build }, running)
        );
      }
      isThrough = await Promise.race([victim.died.then(() => false), reading().then(() => true)])
      for (let passed = 0; passed < 20; passed += 1) {
        app.clock.move(tuning.lease / 4)
        while (await runNextJob(app.work, { ...jobKinds, 'build-snapshots': build }, running));
      }
      expect([call, checked(app), asked.length > 0]).toEqual([call, 2, true])
    }
  })
})

describeStores('the repositories of an installation', (engine) => {
  it('are read one after the other, so that the first are through early', async () => {
    const repositories = [1, 2, 3].map((id) =>
      aRepositoryOf(many(60), [], { owner, name: `widgets-${id}`, id }),
    )
    const app = await anAppCase({ repositories, engine })
    await install(app)
    const order = app.lines
      .filter(({ event }) => event === 'backfill')
      .map((line) => line.repository)
    expect(order.length).toBeGreaterThan(3)
    expect(order).toEqual(order.toSorted())
  })
})

describeStores('a repository that others may see from now on', (engine) => {
  it('has all its checks written anew, also those of changes that are over', async () => {
    const { app, repository } = await aCase(engine, 3)
    repository.private = true
    await install(app)
    await app.pass(minuteAfter)
    const { id } = repository
    const tenant = app.work.store.tenant(owner.id)
    for (const number of [1, 2, 3]) await app.want(owner.id, 'publish-check', `${id}/${number}`)
    await app.settle()
    expect(await tenant.read(({ checks }) => checks.numbers(id))).toEqual([1, 2, 3])
    const written = () => app.outcomes.filter((outcome) => outcome === 'publish-check done').length
    const before = written()
    await app.want(owner.id, 'sync-repository', String(id))
    await app.pass(minuteAfter)
    expect(written() - before).toBe(0)
    repository.private = false
    await app.want(owner.id, 'sync-repository', String(id))
    await app.pass(minuteAfter)
    expect(written() - before).toBe(3)
  })
})

describeStores('a delivery that kills its worker', (engine) => {
  it('is buried in the end, and those beside it are worked off', async () => {
    const { app, repository } = await aCase(engine, 1)
    await install(app)
    const payload = (event: string) => ({
      event,
      payload: {
        action: 'renamed',
        installation: { id: app.installations[0]?.id },
        repository: { id: repository.id, owner: { id: owner.id } },
      },
    })
    const deadly = await app.accept(payload('repository'))
    app.clock.move(1)
    await app.accept(payload('repository'))
    for (let count = 0; count < tuning.maximumTries; count += 1) {
      const claimed = await app.work.store.inbox.claim({ limit: 20, lease: tuning.lease })
      expect(claimed).toHaveLength(2)
      app.clock.move(tuning.lease + 1)
    }
    const before = app.outcomes.length
    await app.settle()
    expect(app.outcomes.slice(before, before + 2)).toEqual(['buried', 'done'])
    const dead = await app.work.store.inbox.dead(10)
    expect(dead.map(({ id }) => id)).toEqual([deadly])
  })
})
