import { expect, test } from 'vitest'
import type { NewDelivery } from '../../src/store/index.ts'
import { describeStores, someTime, TestClock } from '../support/stores.ts'

const lease = 1_000

function aDelivery(differing: Partial<NewDelivery> = {}): NewDelivery {
  return {
    id: 'first',
    event: 'pull_request',
    body: Buffer.from('{"action":"opened"}'),
    tenantId: 1,
    receivedAt: someTime,
    ...differing,
  }
}

describeStores('the inbox', (engine) => {
  test('keeps a delivery once, and gives it as it came', async () => {
    const { inbox } = await engine.open()
    expect(await inbox.accept(aDelivery())).toBe('stored')
    expect(await inbox.accept(aDelivery({ event: 'push', body: Buffer.from('other') }))).toBe(
      'known',
    )
    const [claimed, ...others] = await inbox.claim({ limit: 10, lease })
    expect(others).toEqual([])
    expect(claimed).toMatchObject({
      id: 'first',
      event: 'pull_request',
      tenantId: 1,
      receivedAt: someTime,
      tries: 1,
    })
    expect(Buffer.from(claimed?.body ?? []).toString()).toBe('{"action":"opened"}')
    expect(await inbox.known(['first', 'second'])).toEqual(new Set(['first']))
  })

  test('keeps one of fifty that come at once with the same id', async () => {
    const { inbox } = await engine.open()
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => inbox.accept(aDelivery())))
    expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'known')).toHaveLength(49)
    expect(await inbox.claim({ limit: 100, lease })).toHaveLength(1)
  })

  test('keeps every one of a thousand that come at once', async () => {
    const store = await engine.open()
    const ids = Array.from({ length: 1_000 }, (_, number) => `delivery ${number}`)
    const outcomes = await Promise.all(ids.map((id) => store.inbox.accept(aDelivery({ id }))))
    expect(new Set(outcomes)).toEqual(new Set(['stored']))
    expect((await store.measure()).inbox).toEqual({
      waiting: 1_000,
      oldestReceivedAt: someTime,
      dead: 0,
    })
  })

  test.each([
    ['NUL', Buffer.from('{"title":"\0"}')],
    ['a lone surrogate', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['no JSON', Buffer.from('{{{')],
    ['nothing', Buffer.alloc(0)],
    ['every byte', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
    ['three megabytes', Buffer.alloc(3_000_000, 'ab')],
  ])('keeps %s byte for byte', async (_, body) => {
    const { inbox } = await engine.open()
    await inbox.accept(aDelivery({ body, tenantId: null }))
    const [claimed] = await inbox.claim({ limit: 1, lease })
    expect(Buffer.from(claimed?.body ?? []).equals(body)).toBe(true)
    expect(claimed?.tenantId).toBeNull()
  })

  test.each(['', 'a\0b', 'x'.repeat(101)])(
    'refuses the name %j, and nothing else',
    async (name) => {
      const { inbox } = await engine.open()
      const outcomes = await Promise.allSettled([
        inbox.accept(aDelivery({ id: name })),
        inbox.accept(aDelivery({ event: name })),
        inbox.accept(aDelivery()),
      ])
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
    },
  )

  test('gives the tenants their turns, and the oldest of each first', async () => {
    const { inbox } = await engine.open()
    const times: readonly (readonly [string, number | null, number])[] = [
      ['flood 1', 1, 1],
      ['flood 2', 1, 2],
      ['flood 3', 1, 3],
      ['other 2', 2, 5],
      ['other 1', 2, 4],
      ['nobody', null, 6],
    ]
    for (const [id, tenantId, at] of times) {
      await inbox.accept(aDelivery({ id, tenantId, receivedAt: someTime - 100 + at }))
    }
    const first = await inbox.claim({ limit: 4, lease })
    expect(first.map(({ id }) => id)).toEqual(['flood 1', 'other 1', 'nobody', 'flood 2'])
    const rest = await inbox.claim({ limit: 4, lease })
    expect(rest.map(({ id }) => id)).toEqual(['flood 3', 'other 2'])
  })

  test('gives no more than 32 megabytes at once, and one that is larger alone', async () => {
    const { inbox } = await engine.open()
    const megabytes = [40, 12, 12, 12, 1]
    for (const [place, size] of megabytes.entries()) {
      const body = Buffer.alloc(size * 1024 * 1024)
      await inbox.accept(aDelivery({ id: `${place}`, body, receivedAt: someTime - 100 + place }))
    }
    const claimed: string[][] = []
    for (;;) {
      const deliveries = await inbox.claim({ limit: 10, lease })
      if (deliveries.length === 0) break
      claimed.push(deliveries.map(({ id }) => id))
    }
    expect(claimed).toEqual([['0'], ['1', '2'], ['3', '4']])
  })

  test('gives those of many tenants in turn, however many wait of each', async () => {
    const { inbox } = await engine.open()
    const all = Array.from({ length: 400 }, (_, place) => ({
      id: `delivery ${place}`,
      // One that floods, and forty others with one or two.
      tenantId: place < 330 ? 1 : 2 + (place % 40),
      receivedAt: someTime - 1_000 + place,
    }))
    await Promise.all(all.map((one) => inbox.accept(aDelivery(one))))
    const claimed: number[] = []
    for (;;) {
      const deliveries = await inbox.claim({ limit: 20, lease: 1_000_000 })
      if (deliveries.length === 0) break
      claimed.push(...deliveries.map(({ tenantId }) => tenantId ?? 0))
    }
    expect(claimed).toHaveLength(all.length)
    // The others are through after three or four turns of the flood.
    const lastOther = claimed.findLastIndex((tenantId) => tenantId !== 1)
    expect(claimed.slice(0, lastOther).filter((tenantId) => tenantId === 1).length).toBeLessThan(10)
  })

  test('enqueues the jobs of a delivery when it is done, and not before', async () => {
    const { inbox, jobs } = await engine.open()
    await inbox.accept(aDelivery())
    const [claimed] = await inbox.claim({ limit: 1, lease })
    if (claimed === undefined) throw new Error('nothing was claimed')
    expect(await jobs.claim({ lease })).toBeUndefined()
    const job = { tenantId: 1, kind: 'read', subject: '2/3', due: someTime, priority: 0 } as const
    expect(await inbox.finish(claimed, [job])).toBe(true)
    expect(await jobs.claim({ lease })).toMatchObject({ kind: 'read', subject: '2/3' })
    expect(await inbox.claim({ limit: 1, lease })).toEqual([])
    expect(await inbox.accept(aDelivery())).toBe('known')
  })

  test('writes nothing for who has lost the lease', async () => {
    const clock = new TestClock()
    const { inbox, jobs } = await engine.open({ clock })
    await inbox.accept(aDelivery())
    const [late] = await inbox.claim({ limit: 1, lease })
    clock.pass(lease)
    const [current] = await inbox.claim({ limit: 1, lease })
    if (late === undefined || current === undefined) throw new Error('nothing was claimed')
    expect(current).toMatchObject({ id: late.id, tries: 2 })
    const job = { tenantId: 1, kind: 'read', subject: '', due: someTime, priority: 0 } as const
    expect(await inbox.finish(late, [job])).toBe(false)
    expect(await inbox.retry(late, clock.now(), 'late')).toBe(false)
    expect(await inbox.bury(late, 'late')).toBe(false)
    expect(await jobs.nextDue()).toBeUndefined()
    expect(await inbox.finish(current, [])).toBe(true)
    expect(await inbox.finish(current, [job])).toBe(false)
    expect(await jobs.nextDue()).toBeUndefined()
  })

  test('gives one that failed again at its time, and a dead one when it is replayed', async () => {
    const clock = new TestClock()
    const { inbox } = await engine.open({ clock })
    await inbox.accept(aDelivery())
    const claimOne = async () => {
      const [claimed] = await inbox.claim({ limit: 1, lease })
      if (claimed === undefined) throw new Error('nothing was claimed')
      return claimed
    }
    expect(await inbox.retry(await claimOne(), clock.now() + 500, 'it failed')).toBe(true)
    expect(await inbox.claim({ limit: 1, lease })).toEqual([])
    clock.pass(500)
    const again = await claimOne()
    expect(again.tries).toBe(2)
    expect(await inbox.bury(again, 'it\0 failed'.padEnd(2_000, '!'))).toBe(true)
    clock.pass(lease)
    expect(await inbox.claim({ limit: 1, lease })).toEqual([])
    const [dead] = await inbox.dead(10)
    expect(dead).toMatchObject({ id: 'first', event: 'pull_request', tenantId: 1, tries: 2 })
    expect(dead?.error).toHaveLength(500)
    expect(await inbox.replay('second')).toBe(false)
    expect(await inbox.replay('first')).toBe(true)
    expect(await inbox.replay('first')).toBe(false)
    expect(await inbox.dead(10)).toEqual([])
    expect((await claimOne()).tries).toBe(1)
  })

  test('gives no delivery to two of many who claim at once', async () => {
    const location = await engine.location()
    const stores =
      engine.name === 'sqlite'
        ? [await engine.open({ location })]
        : await Promise.all(Array.from({ length: 4 }, () => engine.open({ location })))
    const [first] = stores
    if (first === undefined) throw new Error('there is no store')
    const ids = Array.from({ length: 120 }, (_, number) => `delivery ${number}`)
    await Promise.all(
      ids.map((id, number) => first.inbox.accept(aDelivery({ id, tenantId: number % 5 }))),
    )
    const taken: string[] = []
    const work = async ({ inbox }: (typeof stores)[number]) => {
      for (;;) {
        const claimed = await inbox.claim({ limit: 7, lease })
        if (claimed.length === 0) return
        taken.push(...claimed.map(({ id }) => id))
      }
    }
    // Who finds all taken by others stops; those that these have taken are given to nobody else.
    await Promise.all(
      Array.from({ length: 8 }, (_, number) => work(stores[number % stores.length] ?? first)),
    )
    await work(first)
    expect(taken.toSorted()).toEqual(ids.toSorted())
  })
})
