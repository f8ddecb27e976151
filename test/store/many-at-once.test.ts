import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import type { NewJob } from '../../src/store/index.ts'
import { aTenant } from '../support/a-tenant.ts'
import {
  describePostgres,
  describeSqlite,
  describeStores,
  someTime,
  TestClock,
} from '../support/stores.ts'

const build: NewJob = { tenantId: 1, kind: 'build', subject: '', due: someTime, priority: 1 }

/** More than one transaction takes. */
function checks(count: number): NewJob[] {
  return Array.from({ length: count }, (_, number) => ({
    ...build,
    kind: 'check',
    subject: String(number),
  }))
}

const delivery = { event: 'push', body: Buffer.from('{}'), tenantId: 1, receivedAt: someTime }

describeStores('a job that is followed by very many', (engine) => {
  test('ends once, and all of them are there, itself among them', async () => {
    const { jobs, ...store } = await engine.open()
    await jobs.enqueue([build])
    const job = await jobs.claim({ lease: 1_000 })
    if (job === undefined) throw new Error('nothing was claimed')
    const again = { ...build, due: someTime + 7 }
    expect(await jobs.finish(job, [again, ...checks(1_200)])).toBe(true)
    const measured = (await store.measure()).jobs
    expect(measured).toMatchObject([
      { kind: 'build', waiting: 1, running: 0, oldestDue: someTime + 7 },
      { kind: 'check', waiting: 1_200 },
    ])
    expect(await jobs.finish(job, checks(1))).toBe(false)
  })

  test('enqueues none of them where its lease was lost', async () => {
    const clock = new TestClock()
    const { jobs, ...store } = await engine.open({ clock })
    await jobs.enqueue([build])
    const late = await jobs.claim({ lease: 1_000 })
    clock.pass(1_000)
    if (late === undefined || (await jobs.claim({ lease: 1_000 })) === undefined) {
      throw new Error('nothing was claimed')
    }
    expect(await jobs.finish(late, checks(1_200))).toBe(false)
    expect((await store.measure()).jobs.map(({ kind }) => kind)).toEqual(['build'])
  })
})

describeSqlite('deliveries, while very many jobs are written,', (engine) => {
  test('are acknowledged in between', async () => {
    const { inbox, jobs } = await engine.open()
    const order: string[] = []
    await Promise.all([
      jobs.enqueue(checks(5_000)).then(() => order.push('jobs')),
      inbox.accept({ id: 'one', ...delivery }).then((outcome) => order.push(outcome)),
    ])
    expect(order).toEqual(['stored', 'jobs'])
  })
})

describePostgres('deliveries, while everything else hangs,', (engine) => {
  test('are acknowledged all the same', async () => {
    const location = await engine.location()
    if (location.engine !== 'postgres') throw new Error('not on PostgreSQL')
    const store = await engine.open({ location: { ...location, connections: 2 } })
    await store.tenants.upsert(aTenant({ id: 7 }))
    const blocker = new pg.Client({ connectionString: location.url })
    await blocker.connect()
    onTestFinished(() => blocker.end())
    await blocker.query('begin; lock table settings in access exclusive mode')
    const hanging = Array.from({ length: 5 }, () =>
      store.tenant(7).write(null, ({ settings }) => settings.put('{}')),
    )
    expect(await store.inbox.accept({ id: 'one', ...delivery })).toBe('stored')
    await expect(store.ping()).resolves.toBeUndefined()
    await blocker.query('rollback')
    await Promise.all(hanging)
  })

  test('two processes that store the same ones in another order do not wait for each other', async () => {
    const location = await engine.location()
    const stores = await Promise.all([engine.open({ location }), engine.open({ location })])
    const ids = Array.from({ length: 100 }, (_, number) => `delivery ${number}`)
    for (let round = 0; round < 5; round += 1) {
      const [one = [], other = []] = await Promise.all(
        stores.map(({ inbox }, place) => {
          const ordered = place === 0 ? ids : ids.toReversed()
          return Promise.all(
            ordered.map((id) => inbox.accept({ ...delivery, id: `${round} ${id}` })),
          )
        }),
      )
      expect([...one, ...other].filter((outcome) => outcome === 'stored')).toHaveLength(100)
    }
    const admin = new pg.Client({
      connectionString: location.engine === 'postgres' ? location.url : '',
    })
    await admin.connect()
    onTestFinished(() => admin.end())
    const { rows } = await admin.query(
      'select deadlocks::int from pg_stat_database where datname = current_database()',
    )
    expect(rows).toEqual([{ deadlocks: 0 }])
  })
})
