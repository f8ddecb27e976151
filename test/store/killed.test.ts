import { fork } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import type { StoreLocation } from '../../src/store/index.ts'
import { describeStores } from '../support/stores.ts'

/** The ids that a process told as acknowledged before it was killed, after so many of them. */
async function acknowledgedUntilKilled(location: StoreLocation, after: number): Promise<string[]> {
  const program = new URL('../support/accept-forever.ts', import.meta.url)
  const child = fork(program, [JSON.stringify(location)])
  const ids: string[] = []
  child.on('message', (id: string) => {
    ids.push(id)
    if (ids.length === after) child.kill('SIGKILL')
  })
  const [, signal] = await once(child, 'exit')
  expect(signal).toBe('SIGKILL')
  return ids
}

describeStores('a process that is killed', (engine) => {
  test('has lost nothing that it acknowledged, and keeps nobody out', {
    timeout: 120_000,
  }, async () => {
    const location = await engine.location()
    const acknowledged: string[] = []
    for (const after of [1, 10, 33, 100]) {
      acknowledged.push(...(await acknowledgedUntilKilled(location, after)))
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(144)
    const store = await engine.open({ location })
    expect(await store.inbox.known(acknowledged)).toEqual(new Set(acknowledged))
    const claimed = await store.inbox.claim({ limit: 10_000, lease: 1 })
    expect(claimed.length).toBeGreaterThanOrEqual(acknowledged.length)
    expect(claimed.every(({ body }) => body.byteLength === 5_000)).toBe(true)
  })
})
