import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { handledEvents } from '../../../src/app/ingress/index.ts'
import { readDelivery } from '../../../src/app/ingress/read-delivery.ts'
import { readExternalPayloads, whereExternal } from '../../support/external-payloads.ts'
import { deliver } from '../../support/webhook.ts'
import { startWebhookServer, type WebhookServer } from './webhook-server.ts'

const examples = z
  .array(z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }))
  .parse(createRequire(import.meta.url)('@octokit/webhooks-examples/api.github.com/index.json'))

let server: WebhookServer

beforeAll(async () => {
  server = await startWebhookServer()
})

afterAll(async () => {
  await server?.stop()
})

/** Every object inside, with its path; the elements of a list share one. */
function* objectsIn(value: unknown, path = ''): Generator<[string, Record<string, unknown>]> {
  if (Array.isArray(value)) {
    for (const one of value) yield* objectsIn(one, `${path}[]`)
  } else if (typeof value === 'object' && value !== null) {
    const object = value as Record<string, unknown>
    yield [path, object]
    for (const [key, one] of Object.entries(object)) yield* objectsIn(one, `${path}.${key}`)
  }
}

/** The payloads with each of their keys deleted, renamed, nulled and made a text: one at a time, each place once. */
function* mutations(payloads: readonly unknown[]): Generator<string> {
  const seen = new Set<string>()
  for (const payload of payloads) {
    const copy = structuredClone(payload)
    for (const [path, object] of objectsIn(copy)) {
      for (const [key, value] of Object.entries(object)) {
        if (seen.has(`${path}.${key}`)) continue
        seen.add(`${path}.${key}`)
        delete object[key]
        yield JSON.stringify(copy)
        object[`${key}_`] = value
        yield JSON.stringify(copy)
        delete object[`${key}_`]
        object[key] = null
        yield JSON.stringify(copy)
        object[key] = 'x'
        yield JSON.stringify(copy)
        object[key] = value
      }
    }
  }
}

test('every example of the payloads that GitHub sends is acknowledged, and kept where it is handled', async () => {
  const wrong: string[] = []
  const kept = new Set<string>()
  for (const { name, examples: payloads } of examples) {
    for (const payload of payloads) {
      const id = randomUUID()
      const body = JSON.stringify(payload)
      const { status } = await deliver(server.address, { id, event: name, body })
      if (status !== 202) wrong.push(`${name} ${String(payload.action)}: ${status}`)
      if (handledEvents.has(name)) kept.add(id)
    }
  }
  expect(wrong).toEqual([])
  expect(kept.size).toBeGreaterThan(80)
  expect(new Set((await server.claimed()).map(({ id }) => id))).toEqual(kept)
})

describe.each(examples.filter(({ name }) => handledEvents.has(name)))(
  'I13: $name',
  ({ name, examples: payloads }) => {
    test('with each key deleted, renamed or of another kind is kept or refused, and never throws', () => {
      let kept = 0
      let refused = 0
      for (const body of mutations(payloads)) {
        if (readDelivery(name, Buffer.from(body)) === undefined) refused += 1
        else kept += 1
      }
      // Only what tells the event or the account can be missed.
      expect(refused).toBeGreaterThan(0)
      expect(kept).toBeGreaterThan(refused)
    })
  },
)

test('I13: over HTTP too', async () => {
  const { examples: payloads = [] } = examples.find(({ name }) => name === 'pull_request') ?? {}
  const statuses = new Set<number>()
  let sent = 0
  for (const body of mutations(payloads)) {
    sent += 1
    if (sent % 20 !== 0) continue
    statuses.add((await deliver(server.address, { body })).status)
  }
  expect(sent).toBeGreaterThan(1_000)
  expect([...statuses].filter((status) => status !== 202 && status !== 400)).toEqual([])
})

const external = readExternalPayloads()

describe.skipIf(external === null)(`I13: deliveries that a bot got ${whereExternal}`, () => {
  test('are kept', async () => {
    for (const { name, examples: payloads } of external ?? []) {
      for (const payload of payloads) {
        const { status } = await deliver(server.address, {
          event: name,
          body: JSON.stringify(payload),
        })
        expect(status).toBe(202)
      }
      const kept = (await server.claimed()).filter(({ event }) => event === name)
      expect(kept, name).toHaveLength(payloads.length)
    }
  })

  test('with each key deleted, renamed or of another kind are kept or refused', async () => {
    let sent = 0
    for (const { name, examples: payloads } of external ?? []) {
      const answers = new Set<number>()
      for (const body of mutations(payloads)) {
        const isKept = readDelivery(name, Buffer.from(body)) !== undefined
        sent += 1
        if (sent % 10 !== 0) continue
        const { status } = await deliver(server.address, { event: name, body })
        expect(status).toBe(isKept ? 202 : 400)
        answers.add(status)
      }
      expect(answers).toContain(202)
    }
    expect(sent).toBeGreaterThan(1_000)
  })
})
