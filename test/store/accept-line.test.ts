import { expect, onTestFinished, test } from 'vitest'
import type { Engine } from '../../src/store/engine/engine.ts'
import { openSqlite } from '../../src/store/engine/sqlite-engine.ts'
import type { NewDelivery } from '../../src/store/index.ts'
import { AcceptLine } from '../../src/store/queue/accept-line.ts'
import { describeSqlite, someTime, type TestEngine } from '../support/stores.ts'

/** The embedded engine, of which the test sees and can spoil each transaction. */
async function watched(testEngine: TestEngine, onWrite: (number: number) => void) {
  const location = await testEngine.location()
  if (location.engine !== 'sqlite') throw new Error('not on SQLite')
  const engine = openSqlite(location)
  onTestFinished(() => engine.close())
  let writes = 0
  const watching: Engine = {
    ...engine,
    write: async (scope, work) => {
      writes += 1
      onWrite(writes)
      return await engine.write(scope, work)
    },
  }
  return { line: new AcceptLine(watching), writes: () => writes }
}

function aDelivery(id: string, size = 10): NewDelivery {
  return { id, event: 'push', body: Buffer.alloc(size), tenantId: 1, receivedAt: someTime }
}

const nothing = () => {}

describeSqlite('deliveries that come together', (engine) => {
  test('share a commit, and those that come meanwhile the next', async () => {
    const { line, writes } = await watched(engine, nothing)
    const first = Array.from({ length: 100 }, (_, number) => line.accept(aDelivery(`a${number}`)))
    await Promise.all(first)
    expect(writes()).toBe(1)
    await line.accept(aDelivery('b'))
    expect(writes()).toBe(2)
  })

  test('share no more than 200 or 32 megabytes', async () => {
    const { line, writes } = await watched(engine, nothing)
    await Promise.all(
      Array.from({ length: 450 }, (_, number) => line.accept(aDelivery(`a${number}`))),
    )
    expect(writes()).toBe(3)
    const large = 12 * 1024 * 1024
    await Promise.all(
      Array.from({ length: 3 }, (_, number) => line.accept(aDelivery(`b${number}`, large))),
    )
    expect(writes()).toBe(5)
  })

  test('are all refused with a commit that fails, and the next ones are not', async () => {
    const { line } = await watched(engine, (number) => {
      if (number === 1) throw new Error('the disk is on fire')
    })
    const outcomes = await Promise.allSettled([
      line.accept(aDelivery('a')),
      line.accept(aDelivery('b')),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await line.accept(aDelivery('a'))).toBe('stored')
  })
})
