import { expect, test } from 'vitest'
import { RevertLinks, syntheticOrganisation } from '../../src/delivery/index.ts'
import { aTenant } from '../support/a-tenant.ts'
import { linkedRecords } from '../support/every-fact.ts'
import { describeStores } from '../support/stores.ts'

describeStores('related records', (engine) => {
  test('are those that name each other, in either direction and further on', async () => {
    const store = await engine.open()
    await store.tenants.upsert(aTenant({ id: 7 }))
    await store.tenant(7).write(null, async (facts) => {
      for (const record of linkedRecords) await facts.records.put(record, { headSha: null })
    })
    const related = (place: number) =>
      store.tenant(7).read(async (facts) => {
        const record = linkedRecords[place]
        if (record === undefined) throw new Error('there is no such record')
        return (await facts.records.related(record)).map((one) =>
          linkedRecords.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)),
        )
      })
    // By number, and by hash.
    expect((await related(0)).toSorted()).toEqual([1, 2])
    expect((await related(1)).toSorted()).toEqual([0, 2])
    expect((await related(2)).toSorted()).toEqual([0, 1])
  })

  test('tell as much of reverts as all records do', { timeout: 60_000 }, async () => {
    const records = [...syntheticOrganisation({ seed: 3, asOf: '2026-11-16T00:00:00Z', weeks: 10 })]
    const store = await engine.open()
    await store.tenants.upsert(aTenant({ id: 7 }))
    const all = new RevertLinks()
    await store.tenant(7).write(null, async (facts) => {
      for (const record of records) {
        all.add(record)
        await facts.records.put(record, { headSha: null })
      }
    })
    // Those of which there is something to tell, and as many others.
    const told = records.filter((one) => all.linksTo(one).length > 0 || all.roleOf(one) !== null)
    expect(told.length).toBeGreaterThan(10)
    for (const record of [...told, ...records.slice(0, 30)]) {
      const some = new RevertLinks()
      some.add(record)
      const related = await store.tenant(7).read((facts) => facts.records.related(record))
      for (const one of related) some.add(one)
      expect(some.linksTo(record)).toEqual(all.linksTo(record))
      expect(some.roleOf(record)).toBe(all.roleOf(record))
    }
  })
})
