import { expect, test } from 'vitest'
import { deriveLasting, joinTable, partAsOf, tableFromRecords } from '../../src/comparison/index.ts'
import { deriveChange } from '../../src/delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'
import type { Facts, NewCorrection, Store } from '../../src/store/index.ts'
import { aMarkedCommit, aRecord, aSha, hour, personKey } from '../support/a-record.ts'
import { aTenant } from '../support/a-tenant.ts'
import { linkedRecords } from '../support/every-fact.ts'
import { describeStores, someTime, TestClock, type TestEngine } from '../support/stores.ts'

const marks = indexRegistry(shippedRegistry())

async function openTenant(engine: TestEngine, clock = new TestClock()) {
  const store: Store = await engine.open({ clock })
  await store.tenants.upsert(aTenant({ id: 7 }))
  const tenant = store.tenant(7)
  return {
    store,
    write: <T>(work: (facts: Facts) => Promise<T>) => tenant.write(null, work),
    read: <T>(work: (facts: Facts) => Promise<T>) => tenant.read(work),
  }
}

const widgets = {
  id: 1,
  name: 'octo/widgets',
  visibility: 'private',
  defaultBranch: 'main',
  archived: false,
} as const

describeStores('facts', (engine) => {
  test('a repository keeps what is known of its reading when it is renamed, removed or back', async () => {
    const { write, read } = await openTenant(engine)
    await write(async ({ repositories }) => {
      await repositories.upsert(widgets)
      await repositories.setReading(1, { watermark: 5, total: 100 })
      await repositories.setReading(1, {
        read: 50,
        checkpoint: '{"page":2}',
        labelledElsewhereAt: 4,
      })
      await repositories.setReading(1, {})
      await repositories.upsert({ ...widgets, name: 'octo/renamed', archived: true })
    })
    const known = {
      ...widgets,
      name: 'octo/renamed',
      archived: true,
      state: 'active',
      removedAt: null,
      watermark: 5,
      checkpoint: '{"page":2}',
      pageSize: null,
      backfilledAt: null,
      total: 100,
      read: 50,
      labelledElsewhereAt: 4,
      countedFrom: null,
    }
    expect(await read((facts) => facts.repositories.get(1))).toEqual(known)
    await write((facts) => facts.repositories.remove(1, someTime))
    expect(await read((facts) => facts.repositories.list())).toEqual([
      { ...known, state: 'removed', removedAt: someTime },
    ])
    await write((facts) => facts.repositories.upsert(widgets))
    expect(await read((facts) => facts.repositories.get(1))).toMatchObject({
      state: 'active',
      removedAt: null,
      read: 50,
    })
    expect(await read((facts) => facts.repositories.get(2))).toBeUndefined()
  })

  test('records come back as they were written, in order, and by their head', async () => {
    const { write, read } = await openTenant(engine)
    const records = [...linkedRecords, aRecord({ number: 9, mergedAfter: null })]
    await write(async (facts) => {
      for (const record of records.toReversed()) {
        await facts.records.put(record, {
          headSha: record.record === 'pull-request' ? aSha(`head of ${record.number}`) : null,
        })
      }
    })
    const [commit] = linkedRecords.slice(2)
    expect(await read((facts) => Array.fromAsync(facts.records.stream()))).toEqual([
      commit,
      linkedRecords[0],
      linkedRecords[1],
      records[3],
    ])
    expect(await read((facts) => facts.records.get(1, 7))).toEqual(linkedRecords[0])
    expect(await read((facts) => facts.records.get(1, 70))).toBeUndefined()
    expect(await read((facts) => facts.records.byHead(1, aSha('head of 8')))).toEqual([records[1]])
    expect(await read((facts) => facts.records.open(1))).toEqual([9])
    expect(await read((facts) => facts.records.count())).toBe(4)
  })

  test('records are told by repository, and since when something happened in them', async () => {
    const { write, read } = await openTenant(engine)
    const at = (hours: number) => Date.parse(hour(hours))
    const other = aRecord({ number: 7, repository: { id: 2, name: 'octo/other' } })
    const open = aRecord({ number: 8, mergedAfter: null })
    await write(async (facts) => {
      for (const record of [aRecord({ number: 7 }), open, other]) {
        await facts.records.put(record, { headSha: null })
      }
    })
    const numbers = (options: Parameters<Facts['records']['stream']>[0]) =>
      read(async (facts) => {
        const found = await Array.fromAsync(facts.records.stream(options))
        return found.map((one) => [one.repository.id, 'number' in one ? one.number : null])
      })
    expect(await numbers({ repositoryId: 2 })).toEqual([[2, 7]])
    // Merged after a day; the open one was opened at hour 0.
    expect(await numbers({ since: at(0) })).toHaveLength(3)
    expect(await numbers({ since: at(0) + 1 })).toEqual([
      [1, 7],
      [2, 7],
    ])
    expect(await numbers({ repositoryId: 1, since: at(24) })).toEqual([[1, 7]])
    expect(await numbers({ since: at(24) + 1 })).toEqual([])
  })

  test('many records stream page by page, none twice and none left out', async () => {
    const { write, read } = await openTenant(engine)
    await write(async (facts) => {
      for (let number = 1; number <= 450; number += 1) {
        await facts.records.put(aRecord({ number }), { headSha: null })
      }
    })
    const found = await read((facts) => Array.fromAsync(facts.records.stream()))
    expect(found.map((one) => ('number' in one ? one.number : 0))).toEqual(
      Array.from({ length: 450 }, (_, index) => index + 1),
    )
  })

  test('a deleted pull request leaves nothing but that it was deleted, and what was said of it', async () => {
    const { write, read } = await openTenant(engine)
    const [pull, revert] = linkedRecords
    if (pull === undefined || revert === undefined) throw new Error('there is no record')
    await write(async (facts) => {
      for (const record of linkedRecords) await facts.records.put(record, { headSha: null })
      await facts.checks.put({
        repositoryId: 1,
        number: 7,
        headSha: aSha('first'),
        checkRunId: 1,
        digest: 'x',
      })
      await facts.records.remove(1, 7, 50)
      await facts.records.remove(1, 99, 60)
    })
    await read(async (facts) => {
      expect(await facts.records.get(1, 7)).toBeUndefined()
      expect(await facts.records.removedAt(1, 7)).toBe(50)
      expect(await facts.records.removedAt(1, 99)).toBe(60)
      expect(await facts.records.removedAt(1, 8)).toBeNull()
      expect(await facts.checks.get(1, 7)).toBeUndefined()
      expect(await facts.records.related(revert)).toEqual([])
      expect(await facts.records.count()).toBe(2)
    })
    await write((facts) => facts.records.put(pull, { headSha: null }))
    expect(await read((facts) => facts.records.get(1, 7))).toEqual(pull)
    expect(await read((facts) => facts.records.removedAt(1, 7))).toBeNull()
  })

  test("a record without its repository's number is refused", async () => {
    const { write } = await openTenant(engine)
    const record = aRecord({ repository: { id: null, name: 'octo/widgets' } })
    await expect(write((facts) => facts.records.put(record, { headSha: null }))).rejects.toThrow(
      "octo/widgets does not tell GitHub's number",
    )
  })

  test('changes come back whole, and as columns of which a report of any time is made', async () => {
    const { write, read } = await openTenant(engine)
    const records = [
      aRecord({ number: 1 }),
      aRecord({ number: 2, commits: [aMarkedCommit()], mergedAfter: 3 }),
      aRecord({ number: 3, mergedAfter: null }),
      aRecord({ number: 5, base: { tracked: false } }),
      aRecord({ number: 4, repository: { id: 2, name: 'octo/other' }, size: null }),
    ]
    const known = { marks, reverts: [], revertRole: null }
    const asOf = hour(24 * 60)
    const changes = records.map((record) => deriveChange(record, { ...known, asOf }))
    await write(async (facts) => {
      await facts.repositories.upsert(widgets)
      await facts.repositories.upsert({ ...widgets, id: 2, name: 'octo/other' })
      expect(await Array.fromAsync(facts.changes.pages())).toEqual([])
      for (const record of records.toReversed()) {
        await facts.changes.put(
          deriveChange(record, { ...known, asOf }),
          deriveLasting(record, known),
        )
      }
    })
    const pages = await read((facts) => Array.fromAsync(facts.changes.pages()))
    const places = pages.flatMap((page) => page.places.map((one) => [one.repositoryId, one.number]))
    expect(places).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [1, 5],
      [2, 4],
    ])
    const time = Date.parse(asOf)
    const asRead = records.map((record) => ({ ...record, readAt: asOf }))
    expect(joinTable(pages.map(({ part }) => partAsOf(part, time)))).toEqual(
      tableFromRecords(asRead, { marks, asOf: time }),
    )
    for (const change of changes) {
      const { repository, number } = change
      expect(await read((facts) => facts.changes.get(repository.id ?? 0, number))).toEqual(change)
    }
  })

  test('the links of a change are put in place of those before', async () => {
    const { write, read } = await openTenant(engine)
    const link = {
      rung: 'R2',
      confidence: 0.98,
      at: hour(1),
      by: { number: null, sha: aSha('revert') },
      partial: true,
      bulk: false,
      restoredAt: null,
      restoredBy: null,
      uncounted: 'partial',
    } as const
    const restored = {
      ...link,
      restoredAt: hour(2),
      restoredBy: { number: 9, sha: null },
      uncounted: null,
    }
    await write((facts) => facts.reverts.replace(1, 7, [link, link]))
    await write((facts) => facts.reverts.replace(1, 7, [restored, link]))
    expect(await read((facts) => facts.reverts.of(1, 7))).toEqual([restored, link])
    expect(await read((facts) => facts.reverts.of(1, 8))).toEqual([])
  })

  test('corrections are heard once, kept for ever, and undone in sight', async () => {
    const clock = new TestClock()
    const { write, read } = await openTenant(engine, clock)
    const first: NewCorrection = {
      id: 'first',
      repositoryId: 1,
      number: 7,
      claim: 'unassisted',
      by: personKey('author'),
      role: 'author',
      saidAt: someTime - 5,
    }
    const second = { ...first, id: 'second', claim: 'assisted', saidAt: someTime - 9 } as const
    expect(await write((facts) => facts.corrections.add(first))).toBe(true)
    clock.pass(10)
    expect(await write((facts) => facts.corrections.add({ ...first, claim: 'assisted' }))).toBe(
      false,
    )
    expect(await write((facts) => facts.corrections.add(second))).toBe(true)
    expect(await write((facts) => facts.corrections.undo('first', clock.now()))).toBe(true)
    expect(await write((facts) => facts.corrections.undo('first', clock.now()))).toBe(false)
    expect(await write((facts) => facts.corrections.undo('nobody’s', clock.now()))).toBe(false)
    // Until when it stood is found anew where an earlier word of the same person is heard later.
    expect(await write((facts) => facts.corrections.undo('second', 5))).toBe(true)
    expect(await write((facts) => facts.corrections.undo('second', null))).toBe(true)
    expect(await write((facts) => facts.corrections.undo('second', null))).toBe(false)
    expect(await read((facts) => facts.corrections.of(1, 7))).toEqual([
      { ...second, recordedAt: someTime + 10, undoneAt: null },
      { ...first, recordedAt: someTime, undoneAt: someTime + 10 },
    ])
  })

  test('a snapshot never changes', async () => {
    const { store, write, read } = await openTenant(engine)
    const week = (asOf: number, report: string) => ({
      scope: 'repository' as const,
      repositoryId: 1,
      asOf,
      repositories: [1, 2],
      methodVersion: '1',
      report,
      builtAt: asOf + 3,
    })
    expect(await write((facts) => facts.snapshots.put(week(100, 'first')))).toBe(true)
    expect(await write((facts) => facts.snapshots.put(week(200, 'second')))).toBe(true)
    expect(await write((facts) => facts.snapshots.put(week(100, 'other')))).toBe(false)
    await read(async ({ snapshots }) => {
      expect(await snapshots.latest('repository', 1)).toEqual(week(200, 'second'))
      expect(await snapshots.at('repository', 1, 100)).toEqual(week(100, 'first'))
      expect(await snapshots.at('repository', 1, 150)).toBeUndefined()
      expect((await snapshots.list('repository', 1)).map(({ asOf }) => asOf)).toEqual([200, 100])
      const { report: _, ...newest } = week(200, 'second')
      expect(await snapshots.newest('repository')).toEqual([newest])
      expect(await snapshots.newest('organisation')).toEqual([])
      expect(await snapshots.latest('organisation', 0)).toBeUndefined()
    })
    expect((await store.measure()).oldestSnapshotAt).toBe(203)
  })

  test('tokens and sessions are found by their secret until they expire, and stored without it', async () => {
    const clock = new TestClock()
    const { store, write, read } = await openTenant(engine, clock)
    const about = { name: 'export', createdBy: 9, createdAt: someTime, expiresAt: someTime + 10 }
    await write((facts) => facts.tokens.create('ws_7_secret', about))
    const session = {
      userId: 9,
      createdAt: someTime,
      seenAt: someTime,
      expiresAt: someTime + 10,
      data: new Uint8Array([1, 2]),
    }
    await store.sessions.create('session secret', session)
    await store.sessions.seen('session secret', someTime + 2)
    expect(await read((facts) => facts.tokens.find('ws_7_secret'))).toEqual(about)
    expect(await read((facts) => facts.tokens.find('ws_7_other'))).toBeUndefined()
    const found = await store.sessions.find('session secret')
    expect({ ...found, data: Array.from(found?.data ?? []) }).toEqual({
      ...session,
      seenAt: someTime + 2,
      data: [1, 2],
    })
    expect(await store.sessions.find('other secret')).toBeUndefined()
    clock.pass(10)
    expect(await read((facts) => facts.tokens.find('ws_7_secret'))).toBeUndefined()
    expect(await store.sessions.find('session secret')).toBeUndefined()
    clock.pass(-10)
    expect(await write((facts) => facts.tokens.delete('export'))).toBe(true)
    expect(await write((facts) => facts.tokens.delete('export'))).toBe(false)
    await store.sessions.create('second', session)
    await store.sessions.delete('second')
    expect(await store.sessions.find('second')).toBeUndefined()
    await store.sessions.deleteOf(9)
    expect(await store.sessions.find('session secret')).toBeUndefined()
  })

  test('the audit log tells the newest first', async () => {
    const { write, read } = await openTenant(engine)
    const entry = { at: 1, actor: 9, action: 'export', subject: 'facts', outcome: 'done' }
    const other = { ...entry, at: 2, actor: null, filter: 'week 3', rows: 12 }
    await write((facts) => facts.audit.add(entry))
    await write((facts) => facts.audit.add(other))
    expect(await read((facts) => facts.audit.list(5))).toEqual([other, entry])
    expect(await read((facts) => facts.audit.list(1))).toEqual([other])
  })
})
