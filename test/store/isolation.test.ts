import { expect, test } from 'vitest'
import type { Facts } from '../../src/store/index.ts'
import { aTenant } from '../support/a-tenant.ts'
import { everyFact, writeEveryFact } from '../support/every-fact.ts'
import { describeStores } from '../support/stores.ts'

describeStores('what is kept of one tenant', (engine) => {
  test('is seen by that tenant, and by no other, whatever is asked', async () => {
    const store = await engine.open()
    for (const id of [7, 8]) await store.tenants.upsert(aTenant({ id, installationId: id }))
    await store.tenant(7).write(null, writeEveryFact)
    const own = await store.tenant(7).read(everyFact)
    for (const [name, found] of Object.entries(own)) expect(found, name).not.toEqual([])
    const other = await store.tenant(8).read(everyFact)
    for (const [name, found] of Object.entries(other)) expect(found, name).toEqual([])
  })

  test('is not touched by what another one writes under the same numbers', async () => {
    const store = await engine.open()
    for (const id of [7, 8]) await store.tenants.upsert(aTenant({ id, installationId: id }))
    await store.tenant(7).write(null, writeEveryFact)
    const before = await store.tenant(7).read(everyFact)
    await store.tenant(8).write(null, async (facts: Facts) => {
      await writeEveryFact(facts)
      await facts.records.remove(1, 7, 5)
      await facts.repositories.remove(1, 5)
      await facts.corrections.undo('button', 5)
      await facts.reverts.replace(1, 7, [])
      await facts.tokens.delete('export')
      await facts.settings.put('{"changed":true}')
    })
    expect(await store.tenant(7).read(everyFact)).toEqual(before)
    await store.tenants.erase(8, null)
    expect(await store.tenant(7).read(everyFact)).toEqual(before)
  })
})
