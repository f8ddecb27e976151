import { fork } from 'node:child_process'
import { once } from 'node:events'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import type { NewJob, StoreLocation } from '../../src/store/index.ts'
import { migratePostgres } from '../../src/store/schema/migrate-postgres.ts'
import { migrateSqlite } from '../../src/store/schema/migrate-sqlite.ts'
import { migrations } from '../../src/store/schema/migrations.ts'
import { aTenant } from '../support/a-tenant.ts'
import { describePostgres, describeStores, someTime } from '../support/stores.ts'

/** What a process of the first version knows. */
const first = migrations.slice(0, 1)

/** What the oldest version knows that may run beside this one. */
const besides = migrations.slice(0, migrations.at(-1)?.minimum)

/** A connection as an older version has it: by its own SQL. */
async function olderVersion(location: StoreLocation, known = first) {
  if (location.engine === 'postgres') {
    await migratePostgres(location, known)
    const client = new pg.Client({ connectionString: location.url })
    await client.connect()
    const run = async (sql: string) => (await client.query(sql)).rows
    return { run, close: () => client.end() }
  }
  const database = new DatabaseSync(location.file)
  migrateSqlite(database, known)
  const run = async (sql: string) => database.prepare(sql).all()
  return { run, close: async () => database.close() }
}

/** The statement of the first version, word for word but for its values. */
function enqueued(tenantId: number, subject: string, payload: string): string {
  return `
    insert into jobs (tenant_id, kind, subject, payload, priority, due, enqueued_at, state, tries)
    values (${tenantId}, 'read', '${subject}', '${payload}', 1, ${someTime}, ${someTime}, 'waiting', 0)
    on conflict (tenant_id, kind, subject) do update set payload = coalesce(excluded.payload, jobs.payload)`
}

const turnOf = (tenantId: number) => `
  insert into turns (tenant_id, token, served, paused_until, lease_until)
  values (${tenantId}, 0, 0, 0, 0) on conflict do nothing`

describeStores('what an older version left (P7)', (engine) => {
  test('is worked on by this one, none of it lost', async () => {
    const location = await engine.location()
    const older = await olderVersion(location)
    for (const tenantId of [1, 2]) {
      await older.run(turnOf(tenantId))
      await older.run(enqueued(tenantId, '12/7', 'old'))
      await older.run(`
        insert into inbox (delivery_id, event, tenant_id, received_at, state, due, lease_until, token, tries)
        values ('delivery ${tenantId}', 'push', ${tenantId}, ${someTime - tenantId}, 'waiting', 0, 0, 0, 0)`)
      const empty = engine.name === 'postgres' ? `'\\x7b7d'` : `x'7b7d'`
      await older.run(`
        insert into bodies (delivery_id, tenant_id, body) values ('delivery ${tenantId}', ${tenantId}, ${empty})`)
    }
    await older.close()
    const { inbox, jobs } = await engine.open({ location })
    const deliveries = await inbox.claim({ limit: 10, lease: 1_000 })
    expect(deliveries.map(({ id }) => id)).toEqual(['delivery 2', 'delivery 1'])
    expect(Buffer.from(deliveries[0]?.body ?? []).toString()).toBe('{}')
    // Since when the older version's payload is true was not told: whatever is told now is later.
    const later: NewJob = {
      tenantId: 2,
      kind: 'read',
      subject: '12/7',
      due: someTime,
      priority: 1,
      payload: 'new',
      payloadAt: someTime,
    }
    await jobs.enqueue([later])
    const claimed = [await jobs.claim({ lease: 1_000 }), await jobs.claim({ lease: 1_000 })]
    expect(claimed.map((job) => job?.payload)).toEqual(['old', 'new'])
  })
})

describePostgres('two versions at once (P7)', (engine) => {
  test('an older one goes on beside this one, on a schema that this one has brought forward', async () => {
    const location = await engine.location()
    const { tenants, jobs } = await engine.open({ location })
    await tenants.upsert(aTenant({ id: 1 }))
    // It starts, finds a newer schema that it may use, and leaves it as it is.
    const older = await olderVersion(location, besides)
    onTestFinished(older.close)
    const [state] = await older.run('select version::int, minimum::int from schema_state')
    const { version, minimum } = migrations.at(-1) ?? {}
    expect(state).toEqual({ version, minimum })
    await older.run(turnOf(1))
    await older.run(enqueued(1, '12/7', 'from the older one'))
    const job = await jobs.claim({ lease: 1_000 })
    expect(job).toMatchObject({ subject: '12/7', payload: 'from the older one' })
    // While it runs here, the older one hears of it again, in its own words.
    await older.run(enqueued(1, '12/7', 'again'))
    if (job !== undefined) expect(await jobs.retry(job, someTime, 'later')).toBe(true)
    expect(await jobs.claim({ lease: 1_000 })).toMatchObject({ payload: 'again', tries: 2 })
  })

  test('a step that is held up by who works lets them go on, and is done when it can be', async () => {
    const location = await engine.location()
    const older = await olderVersion(location)
    onTestFinished(older.close)
    await older.run('begin')
    await older.run('lock table inbox in row exclusive mode')
    const opened = engine.open({ location })
    // It holds the jobs by now and wants the deliveries; whoever holds these wants the jobs.
    const waits = `select count(*)::int as count from pg_locks where not granted and mode = 'AccessExclusiveLock'`
    const countWaits = async () => (await older.run(waits))[0]
    await expect.poll(countWaits, { timeout: 20_000, interval: 10 }).toEqual({ count: 1 })
    await older.run(turnOf(1))
    await older.run(enqueued(1, '12/7', 'meanwhile'))
    await older.run('commit')
    const { jobs } = await opened
    expect(await jobs.claim({ lease: 1_000 })).toMatchObject({ payload: 'meanwhile' })
  })

  test('an older process leaves jobs of kinds that it does not know to a newer one', {
    timeout: 60_000,
  }, async () => {
    const location = await engine.location()
    const { jobs, ...store } = await engine.open({ location })
    const all = Array.from({ length: 60 }, (_, number) => ({
      tenantId: 1 + (number % 3),
      kind: ['read', 'of-a-later-version'][number % 2] ?? '',
      subject: String(number),
      due: someTime,
      priority: 1 as const,
    }))
    await jobs.enqueue(all)
    const done: string[][] = [[], []]
    const start = (kinds: readonly string[], list: string[] | undefined) => {
      const child = fork('test/support/work-some-kinds.ts', [JSON.stringify(location), ...kinds])
      child.on('message', (name) => list?.push(String(name)))
      onTestFinished(async () => {
        child.kill('SIGKILL')
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      })
      return child
    }
    start(['read'], done[0])
    const count = async () => (await store.measure()).jobs.map(({ waiting }) => waiting)
    // The older one alone does what it knows, and nothing else is touched.
    await expect.poll(count, { timeout: 30_000 }).toEqual([30])
    expect(done[0]?.every((name) => name.includes(' read '))).toBe(true)
    start(['read', 'of-a-later-version'], done[1])
    await expect.poll(count, { timeout: 30_000 }).toEqual([])
    await expect.poll(() => done.flat().length).toBe(all.length)
    const names = all.map(({ tenantId, kind, subject }) => `${tenantId} ${kind} ${subject}`)
    expect(done.flat().toSorted()).toEqual(names.toSorted())
  })
})
