import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSealedBox } from '../../../src/app/access/sealed-box.ts'
import { createSessions } from '../../../src/app/access/sessions.ts'
import { countingStore } from '../../support/counting-store.ts'
import { describeStores, TestClock, type TestEngine } from '../../support/stores.ts'

const minute = 60_000
const ada = { userId: 7, login: 'ada', token: 'ghu_canary', tokenLife: null }

async function aKeeper(engine: TestEngine) {
  const clock = new TestClock()
  const asked: string[] = []
  const store = await engine.open({ clock })
  const { sessions } = countingStore(store, asked)
  const keeper = (key: Uint8Array) =>
    createSessions({
      sessions,
      box: createSealedBox(key, randomBytes),
      now: clock.now,
      randomBytes,
    })
  return { clock, asked, store, keeper, sessions: keeper(Buffer.alloc(32, 'k')) }
}

describeStores('sessions', (engine) => {
  test('have ids of 256 bits, each another one (ASVS 5.0, 7.2.2, 7.2.3)', async () => {
    const { sessions } = await aKeeper(engine)
    const ids = await Promise.all(Array.from({ length: 20 }, () => sessions.begin(ada)))
    expect(new Set(ids).size).toBe(20)
    for (const id of ids) expect(Buffer.from(id, 'base64url')).toHaveLength(32)
  })

  test('are found by their id, with what they hold', async () => {
    const { sessions, clock } = await aKeeper(engine)
    const id = await sessions.begin(ada)
    expect(await sessions.find(id)).toEqual({
      id,
      userId: 7,
      login: 'ada',
      token: 'ghu_canary',
      formToken: expect.stringMatching(/^[\w-]{43}$/),
      signedInAt: clock.time,
    })
    await sessions.end(id)
    expect(await sessions.find(id)).toBeUndefined()
  })

  test.each(['', 'x', 'x'.repeat(42), 'x'.repeat(44), `${'x'.repeat(42)};`, 'x'.repeat(10_000)])(
    'an id that was not made here is looked up nowhere: %j',
    async (id) => {
      const { sessions, asked } = await aKeeper(engine)
      expect(await sessions.find(id)).toBeUndefined()
      expect(asked).toEqual([])
    },
  )

  test('are all over once the key is another one: so an operator signs everybody out (ASVS 5.0, 7.4.5)', async () => {
    const { sessions, keeper } = await aKeeper(engine)
    const id = await sessions.begin(ada)
    expect(await keeper(Buffer.alloc(32, 'n')).find(id)).toBeUndefined()
    expect(await keeper(Buffer.alloc(32, 'k')).find(id)).toBeDefined()
  })

  test('of a person are all over at once (ASVS 5.0, 7.4.2)', async () => {
    const { sessions, store } = await aKeeper(engine)
    const mine = [await sessions.begin(ada), await sessions.begin(ada)]
    const other = await sessions.begin({ ...ada, userId: 8 })
    await store.sessions.deleteOf(7)
    for (const id of mine) expect(await sessions.find(id)).toBeUndefined()
    expect(await sessions.find(other)).toBeDefined()
  })

  test('whose data belongs to another session are none', async () => {
    const { sessions, store, clock } = await aKeeper(engine)
    const stolen = await store.sessions.find(await sessions.begin(ada))
    if (stolen === undefined) throw new Error('no session')
    const id = 'A'.repeat(43)
    await store.sessions.create(id, { ...stolen, userId: 9, expiresAt: clock.time + minute })
    expect(await sessions.find(id)).toBeUndefined()
  })

  test('are noted as used once a minute at most', async () => {
    const { sessions, asked, clock } = await aKeeper(engine)
    const id = await sessions.begin(ada)
    asked.length = 0
    for (let seconds = 0; seconds < 120; seconds += 20) {
      clock.pass(20_000)
      await sessions.find(id)
    }
    expect(asked.filter((name) => name.endsWith('seen'))).toHaveLength(2)
  })
})
