import { expect, test } from 'vitest'
import { cohort, countedSince, deriveLasting } from '../../src/comparison/index.ts'
import { deriveChange, type PullRequestRecord } from '../../src/delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'
import type { ChangePage, Facts } from '../../src/store/index.ts'
import { aMarkedCommit, aRecord, hour, personKey } from '../support/a-record.ts'
import { aTenant } from '../support/a-tenant.ts'
import { everyRow } from '../support/every-row.ts'
import { describeStores, TestClock, type TestEngine } from '../support/stores.ts'

const marks = indexRegistry(shippedRegistry())
const day = 24 * 60 * 60_000
/** A Monday, 14 days after the records' first hour. */
const monday = Date.parse('2026-03-16T00:00:00Z')

async function aCase(engine: TestEngine) {
  const clock = new TestClock()
  clock.time = monday + day
  const location = await engine.location()
  const store = await engine.open({ clock, location })
  await store.tenants.upsert(aTenant({ id: 7 }))
  const write = <T>(work: (facts: Facts) => Promise<T>) => store.tenant(7).write(null, work)
  await write((facts) =>
    facts.repositories.upsert({
      id: 1,
      name: 'octo/widgets',
      visibility: 'private',
      defaultBranch: 'main',
      archived: false,
    }),
  )
  const publish = () =>
    write((facts) =>
      facts.snapshots.put({
        scope: 'organisation',
        repositoryId: 0,
        asOf: monday,
        methodVersion: '1',
        repositories: [1],
        report: '{}',
        builtAt: monday,
      }),
    )
  const keep = (record: PullRequestRecord) =>
    write(async (facts) => {
      const known = { marks, reverts: [], revertRole: null }
      await facts.records.put(record, { headSha: null })
      const change = deriveChange(record, { ...known, asOf: record.readAt })
      await facts.changes.put(change, deriveLasting(record, known))
    })
  const page = async (): Promise<ChangePage | undefined> =>
    (await store.tenant(7).read((facts) => Array.fromAsync(facts.changes.pages())))[0]
  return { clock, location, store, write, publish, keep, page }
}

describeStores('a change that was counted', (engine) => {
  test('stays where its pull request is deleted, without its number, until no report reaches back', async () => {
    const { clock, location, store, write, publish, keep, page } = await aCase(engine)
    await keep(aRecord({ number: 7 }))
    await publish()
    await keep(aRecord({ number: 8, createdAt: hour(15 * 24), mergedAfter: 16 * 24 }))
    await write(async ({ records }) => {
      await records.remove(1, 7, clock.time)
      // Nothing was told of this one yet.
      await records.remove(1, 8, clock.time)
    })
    const left = await page()
    expect(left?.places).toMatchObject([{ repositoryId: 1, number: null }])
    expect([...(left?.part.lasting.knownUntil ?? [])]).toEqual([clock.time])
    expect(left?.part.people).toEqual([personKey('author')])
    expect(await write(({ changes }) => changes.get(1, 7))).toBeUndefined()
    expect(await everyRow(location)).not.toContain('"number":7')
    const merged = Date.parse(aRecord().merge?.at ?? '')
    const never = { bodiesBefore: 0, factsBefore: 0, auditBefore: 0, sessionsBefore: 0 }
    const isThereAt = async (time: number) => {
      clock.time = time
      await store.purge({ ...never, removedBefore: 0 })
      return (await page()) !== undefined
    }
    expect(await isThereAt(merged + 52 * 7 * day)).toBe(true)
    const after = merged + 53 * 7 * day
    expect(countedSince(after)).toBeGreaterThan(merged)
    expect(await isThereAt(after)).toBe(false)
  })

  test('stays as it was told when its clock is published, whatever is read later', async () => {
    const { publish, keep, page } = await aCase(engine)
    const told = aRecord({ number: 7, mergedAfter: null })
    await keep(told)
    await publish()
    const late = aMarkedCommit({ seenAt: hour(-1), committedAt: hour(-1), authoredAt: hour(-1) })
    const merge = aRecord({ mergedAfter: 24 * 20 }).merge
    await keep({ ...told, state: 'merged', merge, commits: [late] })
    const { part } = (await page()) ?? {}
    expect([...(part?.columns.cohortAtReady ?? [])]).toEqual([cohort.noneRecorded])
    // It merged since, and what was known then is as it is.
    expect([...(part?.columns.cohortAtMerge ?? [])]).toEqual([cohort.aiRecorded])
    expect([...(part?.columns.mergedAt ?? [])]).toEqual([Date.parse(hour(24 * 20))])
  })

  test('does not appear among those that were published before it was known', async () => {
    const { write, publish, keep, page } = await aCase(engine)
    await keep(aRecord({ number: 7 }))
    await publish()
    await keep(aRecord({ number: 8 }))
    expect([...((await page())?.part.lasting.countedFrom ?? [])]).toEqual([
      Number.NEGATIVE_INFINITY,
      monday,
    ])
    await write(({ stays }) => stays.begin(1, monday + 7 * day))
    expect([...((await page())?.part.lasting.countedFrom ?? [])]).toEqual([
      monday + 7 * day,
      monday + 7 * day,
    ])
    await write(({ stays }) => stays.end(1, monday + 9 * day))
    const { part, places } = (await page()) ?? {}
    expect(places?.map(({ hasLeft }) => hasLeft)).toEqual([true, true])
    expect(part?.repositories).toEqual([{ id: null, name: `1 until ${monday + 9 * day}` }])
    // Read again where it is back, it stays as it was when it left.
    await keep(aRecord({ number: 8, mergedAfter: 2 }))
    expect((await page())?.part).toEqual(part)
  })
})
