import { expect, test } from 'vitest'
import { UnknownTenantError } from '../../src/store/index.ts'
import { aTenant } from '../support/a-tenant.ts'
import { describeStores, someTime, TestClock } from '../support/stores.ts'

describeStores('tenants', (engine) => {
  test('are known by their account and their installation', async () => {
    const store = await engine.open()
    await store.tenants.upsert(aTenant({ id: 7, installationId: 70 }))
    const expected = {
      ...aTenant({ id: 7, installationId: 70 }),
      removedAt: null,
      createdAt: someTime,
      accessVersion: 0,
    }
    expect(await store.tenants.get(7)).toEqual(expected)
    expect(await store.tenants.byInstallation(70)).toEqual(expected)
    expect(await store.tenants.list()).toEqual([expected])
    expect(await store.tenants.get(8)).toBeUndefined()
    expect(await store.tenants.byInstallation(7)).toBeUndefined()
  })

  test('tell that somebody may have lost access, and whose access it was', async () => {
    const store = await engine.open()
    for (const id of [7, 8]) await store.tenants.upsert(aTenant({ id }))
    await Promise.all([store.tenants.accessChanged(7), store.tenants.accessChanged(7)])
    await store.tenants.accessChanged(9)
    await store.tenants.upsert(aTenant({ id: 7, login: 'renamed' }))
    const versions = (await store.tenants.list()).map(({ accessVersion }) => accessVersion)
    expect(versions).toEqual([2, 0])
  })

  test('keep their key and the day they came when they are renamed or installed again', async () => {
    const clock = new TestClock()
    const store = await engine.open({ clock })
    await store.tenants.upsert(aTenant({ id: 7 }))
    const key = await store.tenant(7).pseudonymKey()
    expect(key).toHaveLength(32)
    await store.tenants.remove(7, clock.time)
    expect(await store.tenants.get(7)).toMatchObject({ state: 'removed', removedAt: someTime })
    clock.pass(1_000)
    await store.tenants.upsert(aTenant({ id: 7, login: 'renamed', installationId: 71 }))
    expect(await store.tenants.get(7)).toMatchObject({
      login: 'renamed',
      installationId: 71,
      state: 'active',
      removedAt: null,
      createdAt: someTime,
    })
    expect(await store.tenant(7).pseudonymKey()).toEqual(key)
  })

  test('are suspended and resumed', async () => {
    const store = await engine.open()
    await store.tenants.upsert(aTenant({ id: 7 }))
    await store.tenants.suspend(7)
    expect((await store.tenants.get(7))?.state).toBe('suspended')
    await store.tenants.resume(7)
    expect((await store.tenants.get(7))?.state).toBe('active')
  })

  test('that are not known have no key, and nothing is written for them', async () => {
    const store = await engine.open()
    await expect(store.tenant(7).pseudonymKey()).rejects.toThrow(UnknownTenantError)
    const writing = store.tenant(7).write(null, (facts) => facts.settings.put('{}'))
    await expect(writing).rejects.toThrow(UnknownTenantError)
    expect(await store.tenant(7).read((facts) => facts.settings.get())).toBeUndefined()
  })

  test('have keys of their own', async () => {
    const store = await engine.open()
    for (const id of [7, 8]) await store.tenants.upsert(aTenant({ id, installationId: id }))
    expect(await store.tenant(7).pseudonymKey()).not.toEqual(await store.tenant(8).pseudonymKey())
  })

  test('may not have the number of the system, or one that is no number of an account', async () => {
    const store = await engine.open()
    for (const id of [0, -1, 1.5, 2 ** 60]) {
      await expect(store.tenants.upsert(aTenant({ id }))).rejects.toThrow(
        /number of a GitHub account/,
      )
    }
  })

  test('the system keeps a state of its own', async () => {
    const store = await engine.open()
    await store.tenant(0).write(null, (facts) => facts.settings.put('{"cursor":"7"}'))
    expect(await store.tenant(0).read((facts) => facts.settings.get())).toBe('{"cursor":"7"}')
    expect(await store.tenants.list()).toEqual([])
  })
})
