import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { pullRequestPayload } from '../../support/delivery-payload.ts'
import { OwnServer } from '../../support/postgres.ts'
import { describePostgres, describeStores } from '../../support/stores.ts'
import { deliver } from '../../support/webhook.ts'
import { startWebhookServer } from './webhook-server.ts'

describeStores('deliveries', (engine) => {
  async function start() {
    const server = await startWebhookServer({ location: await engine.location() })
    onTestFinished(() => server.stop())
    return server
  }

  test('I4: fifty of one id at once are all acknowledged, and kept once', async () => {
    const server = await start()
    const id = randomUUID()
    const body = pullRequestPayload()
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => deliver(server.address, { id, body })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
    expect(await server.claimed()).toHaveLength(1)
    expect(await server.counted('stored')).toBe(1)
  })

  test('I11: a burst is kept whole', async () => {
    const server = await start()
    const ids = Array.from({ length: 300 }, () => randomUUID())
    const answers = await Promise.all(
      ids.map((id) => deliver(server.address, { id, body: pullRequestPayload() })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
    expect(await server.known(ids)).toEqual(new Set(ids))
  })

  test('I12: zero bytes, lone surrogates and deep nesting are kept as the bytes that came', async () => {
    const server = await start()
    const filling = [
      '"\\u0000"',
      '"\\ud800"',
      '"\u0000\u0001"',
      '9007199254740993',
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
      '{"__proto__":{"installation":{"id":1}}}',
    ]
    const sent = new Map<string, string>()
    for (const value of filling) {
      const id = randomUUID()
      const body = pullRequestPayload({ filling: 'here' }).replace('"here"', value)
      sent.set(id, body)
      const { status } = await deliver(server.address, { id, body })
      // A bare control character is no JSON.
      expect(status).toBe(value.startsWith('"\u0000') ? 400 : 202)
      if (status === 400) sent.delete(id)
    }
    const kept = (await server.claimed()).map(
      ({ id, body }) => [id, Buffer.from(body).toString('utf8')] as const,
    )
    expect(new Map(kept)).toEqual(sent)
  })
})

describePostgres('deliveries', () => {
  test('I2: while the database is down they get 503, and it recovers by itself', async () => {
    const database = new OwnServer()
    onTestFinished(() => database.remove())
    const server = await startWebhookServer({
      location: { engine: 'postgres', url: database.url, connections: 1 },
    })
    onTestFinished(() => server.stop())
    const send = () => deliver(server.address, { body: pullRequestPayload() })
    expect((await send()).status).toBe(202)
    database.stop()
    const during = await Promise.all([send(), send(), send()])
    expect(during.map(({ status }) => status)).toEqual([503, 503, 503])
    database.start()
    await expect.poll(async () => (await send()).status, { timeout: 20_000 }).toBe(202)
    expect(await server.counted('store-unavailable')).toBeGreaterThanOrEqual(3)
  })
})
