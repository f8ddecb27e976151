import { expect, test } from 'vitest'
import type { Scope } from '../../../src/app/library/library.ts'
import { createReadNotes, type ReadNotes } from '../../../src/app/library/read-notes.ts'
import { createReportShelf } from '../../../src/app/library/report-shelf.ts'
import { createStoreAccount, type Sight } from '../../../src/app/library/store-account.ts'
import { readAccountSettings } from '../../../src/app/settings/account-settings.ts'
import type { Snapshot } from '../../../src/store/index.ts'
import { aRecord } from '../../support/a-record.ts'
import { aTenant } from '../../support/a-tenant.ts'
import { canaryReport } from '../../support/canary-report.ts'
import { describeStores, TestClock, type TestEngine } from '../../support/stores.ts'

const whole: Scope = { kind: 'organisation' }
const one: Scope = { kind: 'repository', id: 11 }
const week = 7 * 24 * 3_600_000
const monday = Date.UTC(2026, 4, 25)

async function aWorld(engine: TestEngine, differing: Partial<Sight> = {}, notes?: ReadNotes) {
  const clock = new TestClock()
  const store = await engine.open({ clock })
  await store.tenants.upsert(aTenant({ id: 1 }))
  const facts = store.tenant(1)
  for (const id of [11, 12]) {
    await facts.write(null, ({ repositories }) =>
      repositories.upsert({
        id,
        name: `octo/r${id}`,
        visibility: 'private',
        defaultBranch: 'main',
        archived: false,
      }),
    )
  }
  const sources = {
    store,
    shelf: createReportShelf(),
    notes: notes ?? createReadNotes(store, clock.now),
    now: clock.now,
    retentionDays: 400,
  }
  const sight: Sight = {
    role: 'member',
    canRead: () => true,
    suspended: false,
    reader: { actor: 7 },
    ...differing,
  }
  const open = async () => {
    const tenant = await store.tenants.get(1)
    if (tenant === undefined) throw new Error('no tenant')
    return createStoreAccount(sources, tenant, await facts.read(readAccountSettings), sight)
  }
  return {
    clock,
    facts,
    store,
    open,
    read: (id: number) =>
      facts.write(null, ({ repositories }) =>
        repositories.setReading(id, { backfilledAt: clock.time, watermark: clock.time, read: 3 }),
      ),
    put: (snapshot: Partial<Snapshot>) =>
      facts.write(null, ({ snapshots }) =>
        snapshots.put({
          scope: 'organisation',
          repositoryId: 0,
          asOf: monday,
          methodVersion: '1',
          repositories: [11, 12],
          report: canaryReport('Of the whole.', { kind: 'organisation', name: 'octo' }),
          builtAt: clock.time,
          ...snapshot,
        }),
      ),
    set: (settings: object) =>
      facts.write(null, (all) => all.settings.put(JSON.stringify(settings))),
    log: () => facts.read(({ audit }) => audit.list(100)),
  }
}

const ofOne = canaryReport('Of one.', { kind: 'repository', name: 'octo/r11' })

/** One in which nothing may be told. */
const silent = JSON.stringify({
  ...JSON.parse(ofOne),
  comparisons: JSON.parse(ofOne).comparisons.map((each: object) => ({
    ...each,
    verdict: 'hidden',
  })),
})

describeStores('where an account stands', (engine) => {
  test('first it is read, then a report is awaited, then it is shown', async () => {
    const world = await aWorld(engine)
    expect(await (await world.open()).standing(whole)).toEqual({
      kind: 'reading',
      repositories: { read: 0, all: 2 },
      pullRequests: 0,
    })
    await world.read(11)
    expect(await (await world.open()).standing(whole)).toEqual({
      kind: 'reading',
      repositories: { read: 1, all: 2 },
      pullRequests: 3,
    })
    expect(await (await world.open()).standing(one)).toEqual({ kind: 'empty' })
    await world.read(12)
    expect(await (await world.open()).standing(whole)).toEqual({ kind: 'empty' })
    await world.facts.write(null, ({ records }) =>
      records.put(aRecord({ repository: { id: 11, name: 'octo/r11' } }), {
        headSha: null,
      }),
    )
    const due = monday + week + 2 * 3_600_000
    expect(await (await world.open()).standing(whole)).toEqual({ kind: 'awaited', due })
    expect(await (await world.open()).standing(one)).toEqual({ kind: 'awaited', due })
    await world.put({})
    const standing = await (await world.open()).standing(whole)
    expect(standing).toMatchObject({ kind: 'shown', builtAt: world.clock.time })
    expect(standing.kind === 'shown' && standing.report.headline).toBe('Of the whole.')
  })

  test('what a newer version wrote is unreadable, and not written down as read', async () => {
    const world = await aWorld(engine)
    await world.put({ report: JSON.stringify({ version: 99 }) })
    const account = await world.open()
    expect(await account.standing(whole)).toEqual({ kind: 'unreadable' })
    expect(await account.weeks(whole)).toEqual([])
    expect(await account.report(whole, monday)).toBeUndefined()
    expect(await world.log()).toEqual([])
  })

  test('a repository in which nothing may be told is hidden, and so are its earlier weeks', async () => {
    const world = await aWorld(engine)
    const ofRepository = { scope: 'repository', repositoryId: 11 } as const
    await world.put({ ...ofRepository, report: ofOne, asOf: monday - week })
    expect((await (await world.open()).standing(one)).kind).toBe('shown')
    await world.put({ ...ofRepository, report: silent })
    const account = await world.open()
    expect(await account.standing(one)).toEqual({ kind: 'hidden' })
    expect(await account.weeks(one)).toEqual([])
    expect(await account.report(one, monday - week)).toBeUndefined()
    const [entry] = await account.repositories()
    expect(entry).toMatchObject({ id: 11, standing: 'hidden' })
  })

  test('what was made under looser thresholds than the owners ask for now is hidden at once', async () => {
    const world = await aWorld(engine)
    await world.put({})
    await world.set({ thresholds: { people: 50 } })
    const account = await world.open()
    expect(await account.standing(whole)).toEqual({ kind: 'hidden' })
    expect(await account.report(whole, monday)).toBeUndefined()
  })

  test('closed by its owners it shows nothing to anybody, the owner included', async () => {
    for (const role of ['owner', 'member', 'outsider'] as const) {
      const world = await aWorld(engine, { role })
      await world.put({})
      await world.put({ scope: 'repository', repositoryId: 11, report: ofOne })
      await world.set({ open: false })
      const account = await world.open()
      expect(account.state).toBe('closed')
      for (const scope of [whole, one]) {
        expect(await account.standing(scope)).toEqual({ kind: 'closed' })
        expect(await account.weeks(scope)).toEqual([])
        expect(await account.report(scope, monday)).toBeUndefined()
      }
      const standings = (await account.repositories()).map(({ standing }) => standing)
      expect(standings).toEqual(['closed', 'closed'])
      expect(await world.log()).toEqual([])
    }
  })

  test('an outsider gets nothing of the whole, nor of the log, and only own repositories', async () => {
    const world = await aWorld(engine, { role: 'outsider', canRead: (id) => id === 11 })
    await world.put({})
    await world.put({ scope: 'repository', repositoryId: 11, report: ofOne })
    await world.put({ scope: 'repository', repositoryId: 12, report: ofOne })
    const account = await world.open()
    expect(await account.standing(whole)).toEqual({ kind: 'hidden' })
    expect(await account.weeks(whole)).toEqual([])
    expect(await account.report(whole, monday)).toBeUndefined()
    expect((await account.repositories()).map(({ id }) => id)).toEqual([11])
    expect((await account.standing(one)).kind).toBe('shown')
    const other = { kind: 'repository', id: 12 } as const
    expect(await account.repository(12)).toBeUndefined()
    expect(await account.standing(other)).toEqual({ kind: 'hidden' })
    expect(await account.weeks(other)).toEqual([])
    expect(await account.report(other, monday)).toBeUndefined()
    expect(await account.accessLog({ limit: 10 })).toEqual([])
  })

  test('in the report of the whole, a member finds only repositories that this member can read', async () => {
    const world = await aWorld(engine, { canRead: (id) => id === 12 })
    const repositories = ['octo/r11', 'octo/r12'].map((name) => ({ name, comparisons: [] }))
    const report = canaryReport('Of the whole.', { kind: 'organisation', name: 'octo' })
    await world.put({ report: JSON.stringify({ ...JSON.parse(report), repositories }) })
    const account = await world.open()
    const standing = await account.standing(whole)
    const own = { repositories: [{ name: 'octo/r12' }] }
    expect(standing).toMatchObject({ kind: 'shown', report: own })
    expect(await account.report(whole, monday)).toMatchObject(own)
    expect(JSON.stringify(standing)).not.toContain('octo/r11')
  })

  test('every report is printed with what the owners answer now, or that none has answered', async () => {
    const world = await aWorld(engine)
    await world.put({})
    await world.put({ scope: 'repository', repositoryId: 11, report: ofOne })
    for (const scope of [whole, one]) {
      expect(await (await world.open()).standing(scope)).toMatchObject({
        kind: 'shown',
        report: { selfAudit: null },
      })
    }
    const answeredAt = Date.UTC(2026, 4, 26)
    await world.set({ retentionDays: 300, selfAudit: { answeredAt, tied: 'no' } })
    for (const scope of [whole, one]) {
      const report = await (await world.open()).report(scope, monday)
      expect(report?.selfAudit?.answeredAt).toBe('2026-05-26T00:00:00Z')
      expect(report?.selfAudit?.answers.map(({ answer }) => answer)).toEqual([
        expect.stringMatching(/^Every member/),
        'Nobody was named.',
        'No.',
        expect.stringMatching(/^300 days/),
        expect.stringMatching(/^5 people/),
      ])
    }
  })

  test('a repository that was removed is not there, whoever could read it', async () => {
    const world = await aWorld(engine)
    await world.put({ scope: 'repository', repositoryId: 11, report: ofOne })
    await world.facts.write(null, ({ repositories }) => repositories.remove(11, world.clock.time))
    const account = await world.open()
    expect(await account.repository(11)).toBeUndefined()
    expect((await account.repositories()).map(({ id }) => id)).toEqual([12])
    expect(await account.standing(one)).toEqual({ kind: 'hidden' })
  })

  test('gives the weeks that were published, the newest first, and each by its day', async () => {
    const world = await aWorld(engine)
    await world.put({ asOf: monday - week })
    await world.put({})
    const account = await world.open()
    expect((await account.weeks(whole)).map(({ asOf }) => asOf)).toEqual([monday, monday - week])
    expect((await account.report(whole, monday - week))?.headline).toBe('Of the whole.')
    expect(await account.report(whole, monday + week)).toBeUndefined()
    expect(await account.report(one, monday)).toBeUndefined()
  })

  test('a suspended App shows nothing', async () => {
    const world = await aWorld(engine)
    await world.put({})
    await world.store.tenants.suspend(1)
    const account = await world.open()
    expect(account.state).toBe('suspended')
    expect(await account.standing(whole)).toEqual({ kind: 'closed' })
  })
})

describeStores('who read what is written down (ASVS 5.0, 16.3.3)', (engine) => {
  test('before it is handed out, with who and which', async () => {
    const world = await aWorld(engine)
    await world.put({})
    await world.put({ scope: 'repository', repositoryId: 11, report: ofOne })
    const account = await world.open()
    await account.standing(whole)
    await account.standing(one)
    expect((await world.log()).toSorted((a, b) => (a.subject < b.subject ? -1 : 1))).toEqual([
      {
        at: world.clock.time,
        actor: 7,
        action: 'read-report',
        subject: 'organisation',
        outcome: 'shown',
      },
      {
        at: world.clock.time,
        actor: 7,
        action: 'read-report',
        subject: 'repository 11',
        outcome: 'shown',
      },
    ])
  })

  test('once an hour, so that the log stays readable', async () => {
    const world = await aWorld(engine)
    await world.put({})
    for (let minutes = 0; minutes < 61; minutes += 10) {
      await (await world.open()).standing(whole)
      await (await world.open()).report(whole, monday)
      world.clock.pass(10 * 60_000)
    }
    expect(await world.log()).toHaveLength(2)
  })

  test('by a token in the name of who made it', async () => {
    const world = await aWorld(engine, { reader: { actor: 7, filter: 'token panel' } })
    await world.put({})
    await (await world.open()).standing(whole)
    expect(await world.log()).toMatchObject([{ actor: 7, filter: 'token panel' }])
  })

  test('and where it cannot be, nothing is handed out', async () => {
    const full = new Error('the disk is full')
    const world = await aWorld(engine, {}, { note: () => Promise.reject(full) })
    await world.put({})
    const account = await world.open()
    await expect(account.standing(whole)).rejects.toBe(full)
    await expect(account.report(whole, monday)).rejects.toBe(full)
  })
})
