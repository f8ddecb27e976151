import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ClockError, openReader, type Store } from '../../src/store/index.ts'
import { aRecord, aSha, personKey } from '../support/a-record.ts'
import { aTenant } from '../support/a-tenant.ts'
import { everyFact, writeEveryFact } from '../support/every-fact.ts'
import { everyRow } from '../support/every-row.ts'
import { describeSqlite, describeStores, someTime, TestClock } from '../support/stores.ts'

const never = {
  bodiesBefore: 0,
  factsBefore: 0,
  auditBefore: 0,
  sessionsBefore: 0,
  removedBefore: 0,
}
const nothing = {
  deliveries: 0,
  records: 0,
  jobs: 0,
  audit: 0,
  sessions: 0,
  tokens: 0,
  tenants: 0,
}

async function fill(store: Store, id: number): Promise<void> {
  await store.tenants.upsert(aTenant({ id, installationId: id, login: `login-of-${id}` }))
  await store.tenant(id).write(null, writeEveryFact)
  await store.inbox.accept({
    id: `delivery of ${id}`,
    event: 'push',
    body: Buffer.from(`body-of-${id}`),
    tenantId: id,
    receivedAt: someTime,
  })
  await store.jobs.enqueue([
    { tenantId: id, kind: 'read', subject: '1/7', due: someTime, priority: 0 },
  ])
}

describeStores('erasing', (engine) => {
  test('leaves nothing of a tenant but the line that says so, and nothing of others is gone', async () => {
    const location = await engine.location()
    const store = await engine.open({ location })
    await fill(store, 7777)
    await fill(store, 8888)
    const key = Buffer.from(await store.tenant(7777).pseudonymKey()).toString('hex')
    expect(await everyRow(location)).toContain(key)
    const before = await store.tenant(8888).read(everyFact)
    await store.tenants.erase(7777, 42)
    await store.tenants.erase(7777, null)
    const rows = await everyRow(location)
    expect(rows).not.toContain(key)
    expect(rows.split('\n').filter((row) => row.includes('7777')).length).toBe(2)
    const lines = await store.tenant(0).read((facts) => facts.audit.list(10))
    const line = { at: someTime, action: 'erase', subject: 'tenant 7777', outcome: 'erased' }
    expect(lines).toContainEqual({ ...line, actor: 42 })
    expect(lines).toContainEqual({ ...line, actor: null })
    expect(await store.tenant(8888).read(everyFact)).toEqual(before)
    expect(rows).toContain('login-of-8888')
    expect(await store.inbox.known(['delivery of 7777', 'delivery of 8888'])).toEqual(
      new Set(['delivery of 8888']),
    )
    // Who installs it again begins anew, with another key.
    await store.tenants.upsert(aTenant({ id: 7777 }))
    expect(Buffer.from(await store.tenant(7777).pseudonymKey()).toString('hex')).not.toBe(key)
    const again = await store.tenant(7777).read(everyFact)
    for (const [name, found] of Object.entries(again)) expect(found, name).toEqual([])
  })
})

/** The files of the embedded database in which a text is. */
function filesWith(file: string, text: string | Buffer): string[] {
  return [file, `${file}-wal`].filter((one) => existsSync(one) && readFileSync(one).includes(text))
}

describeSqlite('erasing beside a reader', (engine) => {
  test('does not wait for it, and empties the log once it has ended', async () => {
    const location = await engine.location()
    if (location.engine !== 'sqlite') throw new Error('not SQLite')
    const store = await engine.open({ location })
    await fill(store, 7777)
    const key = Buffer.from(await store.tenant(7777).pseudonymKey()).toString('hex')
    // As the thread that makes snapshots has it open.
    const reader = openReader(location, { now: Date.now, random: randomBytes })
    const reads = Promise.withResolvers<void>()
    const mayEnd = Promise.withResolvers<void>()
    const reading = reader.tenant(7777).read(async (facts) => {
      expect(await facts.records.count()).toBe(3)
      reads.resolve()
      await mayEnd.promise
    })
    await reads.promise
    await store.tenants.erase(7777, null)
    expect(filesWith(location.file, 'login-of-7777')).not.toEqual([])
    // Others' writes go on meanwhile, and try in vain.
    for (let count = 0; count < 50; count += 1) await store.ping()
    await fill(store, 8888)
    mayEnd.resolve()
    await reading
    for (let count = 0; count < 50; count += 1) await store.ping()
    for (const text of ['login-of-7777', 'body-of-7777', Buffer.from(key, 'hex')]) {
      expect(filesWith(location.file, text)).toEqual([])
    }
    expect(filesWith(location.file, 'login-of-8888')).toEqual([location.file])
    await reader.close()
  })

  test('a purge empties the log as well', async () => {
    const location = await engine.location()
    if (location.engine !== 'sqlite') throw new Error('not SQLite')
    const store = await engine.open({ location })
    await fill(store, 7777)
    await store.tenants.remove(7777, someTime)
    expect(filesWith(location.file, 'login-of-7777')).toEqual([`${location.file}-wal`])
    await store.purge({ ...never, removedBefore: someTime + 1 })
    expect(filesWith(location.file, 'login-of-7777')).toEqual([])
  })
})

describeStores('the export', (engine) => {
  test('has every fact, and no key of a person', async () => {
    const store = await engine.open()
    await fill(store, 7)
    await fill(store, 8)
    await store.tenant(7).write(null, async (facts) => {
      for (let number = 100; number < 350; number += 1) {
        await facts.records.put(aRecord({ number }), { headSha: null })
      }
    })
    const lines = await Array.fromAsync(store.tenants.export(7))
    const text = lines.join('')
    for (const name of ['author', 'reviewer']) expect(text).not.toContain(personKey(name))
    expect(text).not.toMatch(/"person":"|"keyId"|"responsible"/)
    expect(text).not.toContain('secret')
    const rows = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    const counts = Object.fromEntries(
      [...Map.groupBy(rows, ({ table }) => table)].map(([table, of]) => [table, of.length]),
    )
    expect(counts).toEqual({
      settings: 1,
      repositories: 1,
      records: 253,
      changes: 1,
      revertLinks: 1,
      corrections: 1,
      checks: 1,
      snapshots: 1,
    })
    const record = rows.find(({ table, number }) => table === 'records' && number === 7)
    expect(record?.document).toMatchObject({ number: 7, author: { kind: 'person' } })
    expect(rows.find(({ table }) => table === 'snapshots')?.report).toEqual({ report: true })
    expect(lines.every((line) => line.endsWith('\n'))).toBe(true)
  })

  test('of nobody is empty', async () => {
    const store = await engine.open()
    expect(await Array.fromAsync(store.tenants.export(7))).toEqual([])
  })
})

describeStores('purging', (engine) => {
  test('deletes nothing before its time', async () => {
    const store = await engine.open()
    await fill(store, 7)
    const before = await store.tenant(7).read(everyFact)
    expect(await store.purge(never)).toEqual(nothing)
    expect(await store.tenant(7).read(everyFact)).toEqual(before)
  })

  test('of deliveries takes those that are done or dead, and none that waits', async () => {
    const store = await engine.open()
    for (const id of ['done', 'dead', 'waiting', 'young']) {
      await store.inbox.accept({
        id,
        event: 'push',
        body: Buffer.from(id),
        tenantId: 1,
        receivedAt: id === 'young' ? someTime : someTime - 1,
      })
    }
    for (const claimed of await store.inbox.claim({ limit: 10, lease: 1 })) {
      if (claimed.id === 'dead') await store.inbox.bury(claimed, 'it failed')
      else if (claimed.id !== 'waiting') await store.inbox.finish(claimed, [])
    }
    const counts = await store.purge({ ...never, bodiesBefore: someTime })
    expect(counts).toEqual({ ...nothing, deliveries: 2 })
    expect(await store.inbox.known(['done', 'dead', 'waiting', 'young'])).toEqual(
      new Set(['waiting', 'young']),
    )
  })

  test('of facts takes those in which nothing happened since, with all that was made of them', async () => {
    const location = await engine.location()
    const store = await engine.open({ location })
    await fill(store, 7)
    const merged = Date.parse(aRecord().merge?.at ?? '')
    const count = () => store.tenant(7).read((facts) => facts.records.count())
    expect((await store.purge({ ...never, factsBefore: merged })).records).toBe(0)
    expect(await count()).toBe(3)
    // The commit on the branch came later.
    expect((await store.purge({ ...never, factsBefore: merged + 1 })).records).toBe(2)
    expect(await count()).toBe(1)
    await store.tenant(7).read(async (facts) => {
      expect(await facts.records.get(1, 7)).toBeUndefined()
      expect(await facts.changes.get(1, 7)).toBeUndefined()
      expect(await facts.reverts.of(1, 7)).toEqual([])
      expect(await facts.corrections.of(1, 7)).toEqual([])
      expect(await facts.checks.get(1, 7)).toBeUndefined()
      // Results stay: they tell of no single change.
      expect(await facts.snapshots.latest('organisation', 0)).toBeDefined()
    })
    expect(await everyRow(location)).not.toContain(aSha('first'))
  })

  test('of facts keeps them for each tenant as long as that one wishes', async () => {
    const store = await engine.open()
    await fill(store, 7)
    await fill(store, 8)
    const after = Date.parse(aRecord().merge?.at ?? '') + 1
    const limits = { ...never, factsBefore: after, factsBeforeOf: new Map([[7, after - 1]]) }
    expect((await store.purge(limits)).records).toBe(2)
    const count = (id: number) => store.tenant(id).read((facts) => facts.records.count())
    expect([await count(7), await count(8)]).toEqual([3, 1])
  })

  test('of a repository that is not tracked leaves its name, as of one that was never read', async () => {
    const store = await engine.open()
    await fill(store, 7)
    const tenant = store.tenant(7)
    await tenant.write(null, ({ repositories }) => repositories.untrack(1, someTime))
    expect((await store.purge({ ...never, removedBefore: someTime })).records).toBe(0)
    expect((await store.purge({ ...never, removedBefore: someTime + 1 })).records).toBe(3)
    expect((await store.purge({ ...never, removedBefore: someTime + 1 })).records).toBe(0)
    const untracked = {
      ...{ id: 1, name: 'octo/widgets', state: 'untracked', removedAt: someTime },
      ...{ watermark: null, checkpoint: null, backfilledAt: null },
    }
    const { list } = await tenant.read(async ({ repositories }) => ({
      list: await repositories.list(),
    }))
    expect(list).toMatchObject([untracked])
    expect(await tenant.read(({ records }) => records.count())).toBe(0)
  })

  test('of facts spares a pull request as long as it is open', async () => {
    const store = await engine.open()
    await store.tenants.upsert(aTenant({ id: 7 }))
    const open = aRecord({ number: 7, state: 'open', merge: null })
    await store.tenant(7).write(null, async (facts) => {
      await facts.records.put(open, { headSha: null })
      await facts.records.put(aRecord({ number: 8 }), { headSha: null })
    })
    expect((await store.purge({ ...never, factsBefore: someTime * 2 })).records).toBe(1)
    const closed = { ...open, state: 'closed' as const }
    await store.tenant(7).write(null, async (facts) => {
      expect(await facts.records.open(1)).toEqual([7])
      await facts.records.put(closed, { headSha: null })
    })
    expect((await store.purge({ ...never, factsBefore: someTime * 2 })).records).toBe(1)
  })

  test('of what was said of a pull request goes with what is left of it, not before', async () => {
    const location = await engine.location()
    const store = await engine.open({ location })
    await fill(store, 7)
    const said = () => store.tenant(7).read((facts) => facts.corrections.of(1, 7))
    const before = await said()
    expect(before).toHaveLength(1)
    await store.tenant(7).write(null, (facts) => facts.records.remove(1, 7, someTime))
    expect(await said()).toEqual(before)
    await store.purge({ ...never, factsBefore: someTime })
    expect(await said()).toEqual(before)
    await store.purge({ ...never, factsBefore: someTime + 1 })
    expect(await said()).toEqual([])
  })

  test('of dead jobs takes with the deliveries what they were to do', async () => {
    const clock = new TestClock()
    const location = await engine.location()
    const store = await engine.open({ clock, location })
    const payload = '{"login":"login-of-somebody"}'
    const job = { tenantId: 7, kind: 'hear', priority: 0 as const, payload, due: someTime }
    await store.jobs.enqueue([{ ...job, subject: 'dead' }])
    const claimed = await store.jobs.claim({ lease: 1_000 })
    if (claimed === undefined) throw new Error('nothing was claimed')
    await store.jobs.bury(claimed, 'it failed')
    await store.jobs.enqueue([{ ...job, subject: 'waiting', payload: '{"number":1}' }])
    await store.purge({ ...never, bodiesBefore: someTime })
    expect(await store.jobs.dead(10)).toMatchObject([{ subject: 'dead', payload }])
    await store.purge({ ...never, bodiesBefore: someTime + 1 })
    expect(await store.jobs.dead(10)).toMatchObject([{ subject: 'dead', payload: null }])
    expect(await everyRow(location)).not.toContain('login-of-somebody')
    expect(await store.jobs.claim({ lease: 1_000 })).toMatchObject({
      subject: 'waiting',
      payload: '{"number":1}',
    })
  })

  test('is refused with a clock that is further ahead than any silence lasts', async () => {
    const clock = new TestClock()
    const location = await engine.location()
    const store = await engine.open({ clock, location })
    await fill(store, 7)
    await store.tenants.remove(7, someTime)
    const all = {
      bodiesBefore: someTime * 2,
      factsBefore: someTime * 2,
      auditBefore: someTime * 2,
      sessionsBefore: someTime * 2,
      removedBefore: someTime * 2,
    }
    // A dump of PostgreSQL has a random word at both ends.
    const rows = async () => (await everyRow(location)).replaceAll(/^\\(?:un)?restrict .*$/gm, '')
    const before = await rows()
    clock.pass(10 * 24 * 60 * 60 * 1_000 + 1)
    await expect(store.purge(all)).rejects.toThrow(ClockError)
    expect(await rows()).toBe(before)
    // A delivery shows that it is the time.
    const newer = { id: 'newer', event: 'push', body: Buffer.from('{}'), tenantId: 8 }
    await store.inbox.accept({ ...newer, receivedAt: clock.now() })
    expect((await store.purge(all)).tenants).toBe(1)
  })

  test('of what is counted by other clocks takes each by its own', async () => {
    const clock = new TestClock()
    const store = await engine.open({ clock })
    await fill(store, 7)
    const session = {
      userId: 9,
      createdAt: someTime,
      seenAt: someTime,
      expiresAt: someTime + 1_000,
      data: new Uint8Array(),
    }
    await store.sessions.create('one', session)
    const job = await store.jobs.claim({ lease: 1_000 })
    if (job === undefined) throw new Error('nothing was claimed')
    await store.jobs.bury(job, 'it failed')
    const at = { ...never, auditBefore: someTime, sessionsBefore: someTime, factsBefore: 1 }
    expect(await store.purge(at)).toEqual(nothing)
    const after = { ...at, auditBefore: someTime + 1, sessionsBefore: someTime + 1_001 }
    expect(await store.purge(after)).toEqual({ ...nothing, audit: 1, sessions: 1, tokens: 1 })
    expect(await store.jobs.dead(10)).toHaveLength(1)
    expect((await store.purge({ ...never, factsBefore: someTime + 1 })).jobs).toBe(1)
    expect(await store.jobs.dead(10)).toEqual([])
  })

  test('of tenants and repositories takes those that were removed long enough ago', async () => {
    const store = await engine.open()
    for (const id of [7, 8, 9]) await fill(store, id)
    await store.tenants.remove(7, someTime - 1)
    await store.tenants.remove(8, someTime)
    await store.tenant(9).write(null, async (facts) => {
      await facts.repositories.remove(1, someTime - 1)
      await facts.snapshots.put({
        scope: 'repository',
        repositoryId: 1,
        asOf: 1,
        repositories: [1, 2],
        methodVersion: '1',
        report: '{}',
        builtAt: 1,
      })
    })
    const counts = await store.purge({ ...never, removedBefore: someTime })
    expect(counts).toEqual({ ...nothing, tenants: 1, records: 3 })
    expect((await store.tenants.list()).map(({ id }) => id)).toEqual([8, 9])
    await store.tenant(9).read(async (facts) => {
      expect(await facts.repositories.list()).toEqual([])
      expect(await facts.records.count()).toBe(0)
      expect(await facts.snapshots.latest('repository', 1)).toBeUndefined()
      expect(await facts.snapshots.latest('organisation', 0)).toBeDefined()
    })
  })
})
