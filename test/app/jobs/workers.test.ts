import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { JobKinds } from '../../../src/app/jobs/run-job.ts'
import { runNextJob } from '../../../src/app/jobs/run-job.ts'
import { runWorkers } from '../../../src/app/jobs/run-workers.ts'
import { tuning } from '../../../src/app/jobs/tuning.ts'
import {
  anAccount,
  aRepositoryOf,
  minute,
  type PullRequestHistory,
} from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { describeStores } from '../../support/stores.ts'
import { anAppCase, deliveriesTo, install, owner } from './app-case.ts'

const history: PullRequestHistory = {
  number: 7,
  author: people.author,
  openedAt: minute(10),
  commits: [{ message: 'Fix it' }],
  events: [],
}

describeStores('workers', (engine) => {
  it('turn deliveries into facts, until they are stopped', async () => {
    const repository = aRepositoryOf([history], [], { owner })
    const app = await anAppCase({ repositories: [repository], engine })
    const stop = new AbortController()
    const surroundings = {
      ...app.work.surroundings,
      sleep: (_: number, signal?: AbortSignal) => wait(5, undefined, { signal }),
    }
    const { marks: _, ...work } = { ...app.work, surroundings }
    const ended = runWorkers({ ...work, signal: stop.signal })
    const [delivery] = deliveriesTo(app, repository, history)
    if (delivery !== undefined) await app.accept(delivery)
    const found = () =>
      app.work.store.tenant(owner.id).read(({ records }) => records.get(repository.id, 7))
    await expect.poll(found, { timeout: 20_000 }).toBeDefined()
    stop.abort()
    await ended
  })

  it('that are stopped give back what takes too long, and no try is counted', async () => {
    const repository = aRepositoryOf([history], [], { owner })
    const app = await anAppCase({ repositories: [repository], engine })
    await install(app)
    const begun = Promise.withResolvers<void>()
    const kinds: JobKinds = {
      slow: {
        of: 'tenant',
        run: () => {
          begun.resolve()
          return new Promise(() => {})
        },
      },
    }
    await app.want(owner.id, 'slow')
    const stop = new AbortController()
    const running = runNextJob(app.work, kinds, stop.signal)
    await begun.promise
    stop.abort()
    await new Promise(setImmediate)
    app.clock.move(tuning.stopWithin)
    await running
    expect(app.outcomes.at(-1)).toBe('slow released')
    const again = await app.work.store.jobs.claim({ lease: 1_000, kinds: ['slow'] })
    expect(again?.tries).toBe(1)
  })

  it('that are stopped let a job end that is about to', async () => {
    const repository = aRepositoryOf([history], [], { owner })
    const app = await anAppCase({ repositories: [repository], engine })
    await install(app)
    const stop = new AbortController()
    const kinds: JobKinds = {
      quick: {
        of: 'tenant',
        run: async () => {
          stop.abort()
          await new Promise(setImmediate)
        },
      },
      watchful: {
        of: 'tenant',
        run: async (_, { signal }) => {
          await new Promise(setImmediate)
          signal.throwIfAborted()
        },
      },
    }
    await app.want(owner.id, 'quick')
    await runNextJob(app.work, kinds, stop.signal)
    expect(app.outcomes.at(-1)).toBe('quick done')
    await app.want(owner.id, 'watchful')
    await runNextJob(app.work, kinds, stop.signal)
    expect(app.outcomes.at(-1)).toBe('watchful released')
  })

  it('leave jobs of kinds that they do not know to others (P7)', async () => {
    const repository = aRepositoryOf([history], [], { owner })
    const app = await anAppCase({ repositories: [repository], engine })
    await install(app)
    await app.want(owner.id, 'of-a-later-version')
    await app.settle()
    const { jobs } = app.work.store
    const waiting = await jobs.claim({ lease: 1, kinds: ['of-a-later-version'] })
    expect(waiting).toMatchObject({ tries: 1 })
  })
})

describeStores('tenants take turns', (engine) => {
  it('however many jobs one of them has', async () => {
    const others = ['calm', 'quiet', 'small'].map((login) =>
      anAccount(login, { type: 'Organization' }),
    )
    const repositories = [owner, ...others].map((account, index) =>
      aRepositoryOf([history], [], { owner: account, id: 1_000 + index }),
    )
    const app = await anAppCase({ repositories, engine })
    await install(app)
    for (let number = 100; number < 160; number += 1) {
      await app.want(owner.id, 'read-change', `1000/${number}`)
    }
    for (const [index, { id }] of others.entries()) {
      await app.want(id, 'read-change', `${1_001 + index}/7`)
    }
    const served: number[] = []
    const kinds: JobKinds = {
      'read-change': {
        of: 'tenant',
        run: async ({ tenantId }) => {
          served.push(tenantId)
        },
      },
    }
    const running = new AbortController().signal
    while (await runNextJob(app.work, kinds, running));
    expect(served).toHaveLength(63)
    // Each of the others after at most one of the flood's for every turn.
    for (const { id } of others) expect(served.indexOf(id)).toBeLessThanOrEqual(others.length)
  })

  it('each with one job at a time', async () => {
    const repository = aRepositoryOf([history], [], { owner })
    const app = await anAppCase({ repositories: [repository], engine })
    await install(app)
    let running = 0
    let most = 0
    const kinds: JobKinds = {
      'read-change': {
        of: 'tenant',
        run: async () => {
          running += 1
          most = Math.max(most, running)
          await new Promise(setImmediate)
          running -= 1
        },
      },
    }
    for (let number = 1; number <= 20; number += 1) {
      await app.want(owner.id, 'read-change', `${repository.id}/${number}`)
    }
    const signal = new AbortController().signal
    const worker = async () => {
      for (let idle = 0; idle < 30; ) {
        if (await runNextJob(app.work, kinds, signal)) idle = 0
        else idle += 1
      }
    }
    await Promise.all([worker(), worker(), worker(), worker()])
    expect(most).toBe(1)
    expect(app.outcomes.filter((outcome) => outcome === 'read-change done')).toHaveLength(20)
  })
})
