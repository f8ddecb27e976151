import { readFileSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { StoreError, StoreFullError, StoreUnavailableError } from '../../src/store/index.ts'
import { migratePostgres } from '../../src/store/schema/migrate-postgres.ts'
import { migrateSqlite } from '../../src/store/schema/migrate-sqlite.ts'
import { type Migration, migrations } from '../../src/store/schema/migrations.ts'
import { aTenant } from '../support/a-tenant.ts'
import { OwnServer } from '../support/postgres.ts'
import {
  describePostgres,
  describeSqlite,
  describeStores,
  someTime,
  type TestEngine,
} from '../support/stores.ts'

type Location = Awaited<ReturnType<TestEngine['location']>>

const nextVersion = (migrations.at(-1)?.version ?? 0) + 1

/** A later version's step, which adds a column and a table. */
function laterStep(minimum: number): Migration {
  return {
    version: nextVersion,
    minimum,
    statements: () => [
      `alter table tenants add column later text not null default 'new'`,
      'create table later (tenant_id bigint primary key, more text)',
    ],
    tables: { later: 'tenant' },
  }
}

async function migrate(location: Location, steps: readonly Migration[]): Promise<void> {
  if (location.engine === 'postgres') return await migratePostgres(location, steps)
  const database = new DatabaseSync(location.file)
  migrateSqlite(database, steps)
  database.close()
}

test('the steps are numbered without a gap, and none lets older versions in again', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, place) => place + 1))
  const minimums = migrations.map(({ minimum }) => minimum)
  expect(minimums).toEqual(minimums.toSorted((one, other) => one - other))
  for (const { version, minimum } of migrations) expect(minimum).toBeLessThanOrEqual(version)
})

describeStores('opening', (engine) => {
  test('makes the schema once, and keeps what there is', async () => {
    const location = await engine.location()
    const first = await engine.open({ location })
    await first.tenants.upsert(aTenant({ id: 7 }))
    await first.close()
    const second = await engine.open({ location })
    expect(await second.tenants.list()).toHaveLength(1)
  })

  test('works with a newer schema that has only been added to', async () => {
    const location = await engine.location()
    await migrate(location, [...migrations, laterStep(1)])
    const store = await engine.open({ location })
    await store.tenants.upsert(aTenant({ id: 7 }))
    expect(await store.tenants.get(7)).toEqual({
      ...aTenant({ id: 7 }),
      removedAt: null,
      createdAt: someTime,
      accessVersion: 0,
    })
  })

  test('refuses a schema that needs a newer version, and leaves it alone', async () => {
    const location = await engine.location()
    await migrate(location, [...migrations, laterStep(nextVersion)])
    await expect(engine.open({ location })).rejects.toThrow(
      `the database has schema ${nextVersion}, which needs at least schema ${nextVersion}`,
    )
    await expect(engine.open({ location })).rejects.toThrow(StoreError)
  })

  test('does a step as a whole or not at all', async () => {
    const location = await engine.location()
    const broken: Migration = {
      ...laterStep(1),
      statements: (types) => [...laterStep(1).statements(types), 'create nonsense'],
    }
    await expect(migrate(location, [...migrations, broken])).rejects.toThrow()
    const store = await engine.open({ location })
    expect(await store.tenants.list()).toEqual([])
    await store.close()
    await migrate(location, [...migrations, laterStep(1)])
  })
})

describePostgres('opening by several at once', (engine) => {
  test('makes the schema once', async () => {
    const location = await engine.location()
    const stores = await Promise.all(Array.from({ length: 4 }, () => engine.open({ location })))
    for (const store of stores) expect(await store.tenants.list()).toEqual([])
  })
})

describeSqlite('the file', (engine) => {
  test('is opened by one at a time', async () => {
    const location = await engine.location()
    const first = await engine.open({ location })
    await expect(engine.open({ location })).rejects.toThrow(/in use by another process/)
    await first.close()
    await expect(engine.open({ location })).resolves.toBeDefined()
  })

  test('is not there: says so', async () => {
    const location = { engine: 'sqlite', file: '/nowhere/at/all.sqlite' } as const
    await expect(engine.open({ location })).rejects.toThrow(/unable to open/)
  })

  test('is full: refuses, keeps what it has, and goes on when there is room', async () => {
    const location = await engine.location()
    if (location.engine !== 'sqlite') throw new Error('not on SQLite')
    const { inbox, purge, ...store } = await engine.open({
      location: { ...location, maximumPages: 300 },
    })
    const accepted: string[] = []
    const fill = async () => {
      for (let number = 0; ; number += 1) {
        const id = `delivery ${accepted.length} ${number}`
        const delivery = { event: 'push', body: Buffer.alloc(20_000, 1), tenantId: 1 }
        await inbox.accept({ id, ...delivery, receivedAt: someTime - 1 })
        accepted.push(id)
      }
    }
    await expect(fill()).rejects.toThrow(StoreFullError)
    expect(accepted.length).toBeGreaterThan(10)
    await expect(fill()).rejects.toThrow(StoreFullError)
    await expect(store.ping()).resolves.toBeUndefined()
    expect(statSync(location.file).size).toBeLessThanOrEqual(300 * 4_096)
    expect(await inbox.known(accepted)).toEqual(new Set(accepted))
    for (const claim of await inbox.claim({ limit: 1_000, lease: 1 })) await inbox.bury(claim, 'x')
    const never = { factsBefore: 0, auditBefore: 0, sessionsBefore: 0, removedBefore: 0 }
    expect((await purge({ ...never, bodiesBefore: someTime })).deliveries).toBe(accepted.length)
    accepted.length = 0
    await expect(fill()).rejects.toThrow(StoreFullError)
    expect(accepted.length).toBeGreaterThan(10)
  })

  test('has nothing of an erased tenant left in it, byte by byte', async () => {
    const location = await engine.location()
    if (location.engine !== 'sqlite') throw new Error('not on SQLite')
    const store = await engine.open({ location })
    await store.tenants.upsert(aTenant({ id: 7, login: 'canary-login' }))
    await store.tenant(7).write(null, (facts) => facts.settings.put('canary-setting'))
    await store.inbox.accept({
      id: 'one',
      event: 'push',
      body: Buffer.from('canary-body'.repeat(10_000)),
      tenantId: 7,
      receivedAt: someTime,
    })
    const isIn = (file: string) => readFileSync(file).includes('canary')
    expect(isIn(location.file) || isIn(`${location.file}-wal`)).toBe(true)
    await store.tenants.erase(7, null)
    expect(isIn(location.file) || isIn(`${location.file}-wal`)).toBe(false)
  })
})

describePostgres('a server that stops', (engine) => {
  test('is told within two seconds, and does no harm when it is back', {
    timeout: 60_000,
  }, async () => {
    const server = new OwnServer()
    onTestFinished(() => server.remove())
    const location = { engine: 'postgres', url: server.url } as const
    const store = await engine.open({ location })
    const accept = (id: string) =>
      store.inbox.accept({
        id,
        event: 'push',
        body: Buffer.from('{}'),
        tenantId: 1,
        receivedAt: someTime,
      })
    expect(await accept('before')).toBe('stored')
    server.stop()
    const failures = await Promise.allSettled([accept('during'), accept('during'), store.ping()])
    for (const failure of failures) {
      expect(failure).toMatchObject({ status: 'rejected' })
      expect((failure as PromiseRejectedResult).reason).toBeInstanceOf(StoreUnavailableError)
    }
    await expect(engine.open({ location })).rejects.toThrow(StoreUnavailableError)
    server.start()
    await expect(store.ping()).resolves.toBeUndefined()
    expect(await accept('before')).toBe('known')
    expect(await accept('after')).toBe('stored')
    expect((await store.measure()).inbox.waiting).toBe(2)
  })

  test('a database that hangs is told within two seconds as well', {
    timeout: 60_000,
  }, async () => {
    const location = await engine.location()
    if (location.engine !== 'postgres') throw new Error('not on PostgreSQL')
    const store = await engine.open({ location: { ...location, connections: 2 } })
    const blocker = new pg.Client({ connectionString: location.url })
    await blocker.connect()
    onTestFinished(() => blocker.end())
    await blocker.query('begin; lock table inbox, schema_state in access exclusive mode')
    const delivery = { event: 'push', body: Buffer.from('{}'), tenantId: 1, receivedAt: someTime }
    const accepting = Array.from({ length: 20 }, (_, number) =>
      store.inbox.accept({ id: `delivery ${number}`, ...delivery }),
    )
    const outcomes = await Promise.allSettled([...accepting, store.ping()])
    for (const outcome of outcomes) {
      expect((outcome as PromiseRejectedResult).reason).toBeInstanceOf(StoreUnavailableError)
    }
    await blocker.query('rollback')
    expect(await store.inbox.accept({ id: 'delivery 0', ...delivery })).toMatch(/stored|known/)
    await expect(store.ping()).resolves.toBeUndefined()
  })
})
