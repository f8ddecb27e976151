import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pullRequestPayload } from '../../support/delivery-payload.ts'
import { maliciousTexts } from '../../support/malicious-inputs.ts'
import { type MaliciousWebhook, maliciousWebhooks } from '../../support/malicious-webhooks.ts'
import { deliver } from '../../support/webhook.ts'
import { startWebhookServer, type WebhookServer } from './webhook-server.ts'

let server: WebhookServer

beforeAll(async () => {
  server = await startWebhookServer({ limits: { bodyTime: 200, lingering: 100 } })
})

afterAll(async () => {
  await server?.stop()
})

/** What each is answered with; under the event that it fits, and under one that we do not handle. */
const statuses: Readonly<Record<string, number>> = {
  'wh-sha1-only': 401,
  'wh-default-secret': 401,
  'wh-sig-short': 401,
  'wh-sig-uppercase': 401,
  'wh-sig-array': 401,
  // A body of another event.
  'wh-event-header-swap': 400,
  'wh-event-proto': 202,
  'wh-delivery-id-not-uuid': 400,
  // No JSON here: the second effect of a replay is for the tests of the handlers.
  'wh-replay-new-id': 400,
  'wh-body-null': 400,
  'wh-body-string': 400,
  'wh-body-array': 400,
  'wh-body-deep': 400,
  'wh-body-proto': 202,
  'wh-body-dup-key': 202,
  'wh-body-26mb': 413,
  'wh-slow-body': 408,
  // Kept, with the account that its repository has: whether that is the installation's is for who handles it.
  'wh-tenant-confusion': 202,
  'wh-id-as-string': 400,
  'wh-id-unsafe-int': 400,
  'wh-null-user': 202,
  'wh-gzip-bomb': 415,
  'wh-form-encoded': 415,
}

/** The event that its body is of, where the vector names none. */
const events: Readonly<Record<string, string>> = {
  // Neither has the parts of any event: an event that is not handled is acknowledged without a look at the body.
  'wh-body-proto': 'star',
  'wh-body-dup-key': 'installation',
  'wh-id-as-string': 'installation',
  'wh-id-unsafe-int': 'installation',
  'wh-tenant-confusion': 'repository',
}

async function send({ name, headers, body, signed, secret, stallMs }: MaliciousWebhook) {
  const id = randomUUID()
  const answer = await deliver(server.address, {
    id,
    body,
    event: events[name] ?? 'pull_request',
    ...(signed ? {} : { signedWith: secret ?? null }),
    headers: {
      // Refused for what the vector is about, and not for a signature that is missing.
      ...(name === 'wh-slow-body' || name === 'wh-body-26mb'
        ? { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }
        : {}),
      ...(stallMs === undefined ? {} : { 'content-length': body.length + 1 }),
      ...headers,
    },
  })
  return { id, status: answer.status, text: answer.body }
}

test('every hostile webhook has its answer here', () => {
  expect(maliciousWebhooks.map(({ name }) => name).sort()).toEqual(Object.keys(statuses).sort())
})

test.each(maliciousWebhooks)('$name', async (webhook) => {
  const { id, status, text } = await send(webhook)
  expect({ status, text }).toEqual({ status: statuses[webhook.name], text: '' })
  const kept = (await server.claimed()).filter((one) => one.id === id)
  expect(kept).toHaveLength(status === 202 && !isIgnored(webhook) ? 1 : 0)
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('installation')
  expect(({} as Record<string, unknown>).installation).toBeUndefined()
})

function isIgnored({ name, headers }: MaliciousWebhook): boolean {
  return headers['x-github-event'] === '__proto__' || events[name] === 'star'
}

test('own properties that look like a prototype change nothing', async () => {
  const { status } = await deliver(server.address, {
    event: 'installation',
    body: '{"__proto__":{"installation":{"id":1}}}',
  })
  expect(status).toBe(400)
})

test('I12: whatever stands in a title, the delivery is kept as the bytes that came', async () => {
  const sent = new Map<string, string>()
  for (const { text } of maliciousTexts) {
    const id = randomUUID()
    const body = pullRequestPayload({ pull_request: { number: 7, title: text } })
    expect((await deliver(server.address, { id, body })).status).toBe(202)
    sent.set(id, body)
  }
  const kept = new Map((await server.claimed()).map(({ id, body }) => [id, body]))
  for (const [id, body] of sent) {
    expect(Buffer.from(kept.get(id) ?? []).equals(Buffer.from(body))).toBe(true)
  }
})
