import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { StoreFullError, StoreUnavailableError } from '../../../src/store/index.ts'
import { pullRequestPayload } from '../../support/delivery-payload.ts'
import {
  deliver,
  deliveryHeaders,
  oldSecret,
  rawConnection,
  requestHead,
  secret,
  sign,
  statusesIn,
} from '../../support/webhook.ts'
import { startWebhookServer, type WebhookServer } from './webhook-server.ts'

let server: WebhookServer

beforeAll(async () => {
  server = await startWebhookServer()
})

afterAll(async () => {
  await server?.stop()
})

/** What was stored of one delivery. */
async function stored(id: string) {
  return (await server.claimed()).find((one) => one.id === id)
}

test('a signed delivery is kept as the bytes that came, and then acknowledged', async () => {
  const id = randomUUID()
  const body = pullRequestPayload({ title: 'Grüße \u0000 \ud800' })
  const answer = await deliver(server.address, { id, body })
  expect(answer).toMatchObject({ status: 202, body: '' })
  const kept = await stored(id)
  expect(kept).toMatchObject({ event: 'pull_request', tenantId: 21, tries: 1 })
  expect(Buffer.from(kept?.body ?? []).toString('utf8')).toBe(body)
})

test('answers say nothing, and are kept by no cache', async () => {
  const { headers, body } = await deliver(server.address, { body: '{}', signedWith: null })
  expect(body).toBe('')
  expect(headers).toMatchObject({ 'content-length': '0', 'cache-control': 'no-store' })
  expect(headers).not.toHaveProperty('x-powered-by')
})

describe('whose delivery it is', () => {
  test.each([
    ['an installation', 'installation', { installation: { id: 11, account: { id: 22 } } }, 22],
    ['an organisation', 'organization', { organization: { id: 23 }, installation: { id: 11 } }, 23],
    [
      'a repository of a person',
      'repository',
      { repository: { id: 31, owner: { id: 24 } }, installation: { id: 11 } },
      24,
    ],
    ['nobody known', 'github_app_authorization', { action: 'revoked', sender: { id: 5 } }, null],
  ])('%s', async (_, event, payload, tenantId) => {
    const id = randomUUID()
    const answer = await deliver(server.address, { id, event, body: JSON.stringify(payload) })
    expect(answer.status).toBe(202)
    expect(await stored(id)).toMatchObject({ event, tenantId })
  })
})

describe('I3, I4: the same delivery again', () => {
  test('is acknowledged, and kept once', async () => {
    const id = randomUUID()
    const body = pullRequestPayload()
    const known = await server.counted('known')
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => deliver(server.address, { id, body })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
    expect((await server.claimed()).filter((one) => one.id === id)).toHaveLength(1)
    expect(await server.counted('known')).toBe(known + 49)
  })

  test('whose first answer was lost is acknowledged', async () => {
    const id = randomUUID()
    const body = pullRequestPayload()
    const { socket, received } = await rawConnection(server.address)
    const before = await server.counted('stored')
    socket.write(requestHead(deliveryHeaders({ id, body })) + body)
    await expect.poll(() => server.counted('stored'), { timeout: 20_000 }).toBe(before + 1)
    socket.destroy()
    await received
    expect((await deliver(server.address, { id, body })).status).toBe(202)
    expect((await server.claimed()).filter((one) => one.id === id)).toHaveLength(1)
  })

  test('with its id in capitals is the same', async () => {
    const id = randomUUID()
    const body = pullRequestPayload()
    await deliver(server.address, { id, body })
    const known = await server.counted('known')
    expect((await deliver(server.address, { id: id.toUpperCase(), body })).status).toBe(202)
    expect(await server.counted('known')).toBe(known + 1)
  })
})

test.each([
  ['no signature', { signedWith: null }],
  ['another secret', { signedWith: 'another secret that is long enough' }],
  ['SHA-1 alone', { signedWith: null, headers: { 'x-hub-signature': 'sha1=00' } }],
  ['the signature of another body', { headers: { 'x-hub-signature-256': sign('{}') } }],
])('I6: %s is answered with 401, and the body is never parsed', async (_, how) => {
  const id = randomUUID()
  const answer = await deliver(server.address, { id, body: pullRequestPayload(), ...how })
  expect(answer).toMatchObject({ status: 401, body: '' })
  expect(await stored(id)).toBeUndefined()
})

test('I6: without a signature the body is not waited for', async () => {
  const { socket, received } = await rawConnection(server.address)
  const headers = deliveryHeaders({ body: '{}', signedWith: null })
  socket.write(requestHead({ ...headers, 'content-length': 1_000_000 }))
  expect(statusesIn(await received)).toEqual([401])
})

describe('I8: while the secret is changed', () => {
  test('the old one is accepted, counted and in the log', async () => {
    const id = randomUUID()
    const delivery = { id, body: pullRequestPayload(), signedWith: oldSecret }
    expect((await deliver(server.address, delivery)).status).toBe(202)
    expect(server.lines).toContainEqual({
      level: 'warn',
      message: 'old-secret-used',
      delivery: id,
    })
    expect(await server.metricsText()).toContain('what_shipped_old_secret_deliveries_total 1')
  })

  test('afterwards it is refused', async () => {
    const later = await startWebhookServer({ old: null })
    const body = pullRequestPayload()
    expect((await deliver(later.address, { body, signedWith: oldSecret })).status).toBe(401)
    expect((await deliver(later.address, { body })).status).toBe(202)
    await later.stop()
  })
})

describe('what is no webhook', () => {
  test.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['no content type', { 'content-type': '' }, 415],
    ['a content type that only begins like JSON', { 'content-type': 'application/json5' }, 415],
    ['JSON with a character set', { 'content-type': 'application/json; charset=utf-8' }, 202],
    ['a packed body', { 'content-encoding': 'gzip' }, 415],
    ['an id that is none', { 'x-github-delivery': "1'; drop table inbox;--" }, 400],
    ['an id that is too long', { 'x-github-delivery': 'a'.repeat(5_000) }, 400],
  ])('%s is answered with its status', async (_, headers, status) => {
    const answer = await deliver(server.address, { body: pullRequestPayload(), headers })
    expect(answer).toMatchObject({ status, body: '' })
  })

  test('a small packed body that unpacks to a gigabyte is never unpacked', async () => {
    const body = gzipSync(Buffer.alloc(10_000_000))
    const headers = { 'content-encoding': 'gzip' }
    expect((await deliver(server.address, { body, headers })).status).toBe(415)
  })

  test.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])('%s is not allowed', async (method) => {
    const response = await fetch(`${server.address}/api/github/webhooks`, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })
})

describe('I5, I13: what is signed but of no use', () => {
  test.each(['star', 'ping', 'an_event_of_next_year', '__proto__', 'constructor', ''])(
    'the event %j is acknowledged, counted and not kept',
    async (event) => {
      const id = randomUUID()
      const ignored = await server.counted('ignored')
      const answer = await deliver(server.address, { id, event, body: '{"action":"x"}' })
      expect(answer.status).toBe(202)
      expect(await server.counted('ignored')).toBe(ignored + 1)
      expect(await stored(id)).toBeUndefined()
    },
  )

  test("a body under another event's name is refused", async () => {
    const id = randomUUID()
    const answer = await deliver(server.address, {
      id,
      event: 'pull_request_review',
      body: pullRequestPayload(),
    })
    expect(answer.status).toBe(400)
    expect(await stored(id)).toBeUndefined()
  })

  test('an action that nobody knows is kept: what to make of it is for who handles it', async () => {
    const id = randomUUID()
    await deliver(server.address, { id, body: pullRequestPayload({ action: 'of_next_year' }) })
    expect(await stored(id)).toMatchObject({ event: 'pull_request' })
  })
})

describe('I2: a database that does not answer', () => {
  const delivery = { body: pullRequestPayload() }

  test.each([
    ['is down', () => Promise.reject(new StoreUnavailableError('no')), 'store-unavailable'],
    ['is full', () => Promise.reject(new StoreFullError('no')), 'store-full'],
    ['fails', () => Promise.reject(new Error('no')), 'store-unavailable'],
  ] as const)('that %s gives 503', async (_, accept, outcome) => {
    const down = await startWebhookServer({ inbox: { accept } })
    const answer = await deliver(down.address, delivery)
    expect(answer).toMatchObject({ status: 503, body: '' })
    expect(answer.headers['retry-after']).toBe('5')
    expect(await down.counted(outcome)).toBe(1)
    expect(down.lines.map(({ level, message }) => [level, message])).toEqual([['error', outcome]])
    await down.stop()
  })
})

test('I14: a full disk gives 503, and what was acknowledged before is there', async () => {
  const full = await startWebhookServer({ maximumPages: 120 })
  const acknowledged: string[] = []
  let status = 202
  for (let sent = 0; sent < 200 && status === 202; sent += 1) {
    const id = randomUUID()
    const body = pullRequestPayload({ filling: 'x'.repeat(10_000) })
    ;({ status } = await deliver(full.address, { id, body }))
    if (status === 202) acknowledged.push(id)
  }
  expect(status).toBe(503)
  expect(acknowledged.length).toBeGreaterThan(0)
  expect(await full.counted('store-full')).toBe(1)
  expect(full.lines.at(-1)).toMatchObject({ level: 'error', message: 'store-full' })
  expect(await full.known(acknowledged)).toEqual(new Set(acknowledged))
  await full.stop()
})

test('no log line holds anything of a payload', async () => {
  await deliver(server.address, { body: pullRequestPayload({ title: 'canary-title' }) })
  await deliver(server.address, { body: '{"canary-body":' })
  expect(JSON.stringify(server.lines)).not.toContain('canary')
})

describe('connections', () => {
  test('many deliveries come over one that stays open', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ports = new Set<number | undefined>()
    for (const signedWith of [secret, 'another secret that is long enough', secret]) {
      const body = pullRequestPayload()
      const sent = request(`${server.address}/api/github/webhooks`, {
        method: 'POST',
        agent,
        headers: deliveryHeaders({ body, signedWith }),
      })
      sent.end(body)
      const [response] = await once(sent, 'response')
      response.resume()
      await once(response, 'end')
      ports.add(sent.socket?.localPort)
      expect(response.statusCode).toBe(signedWith === secret ? 202 : 401)
    }
    agent.destroy()
    expect(ports.size).toBe(1)
  })

  test('requests that are sent without waiting for answers are answered in their order', async () => {
    const { socket, received } = await rawConnection(server.address)
    const body = pullRequestPayload()
    const good = () => requestHead(deliveryHeaders({ body })) + body
    const forged = requestHead(deliveryHeaders({ body, signedWith: 'another secret' })) + body
    const last = requestHead(deliveryHeaders({ body, headers: { connection: 'close' } })) + body
    socket.write(good() + forged + good() + last)
    expect(statusesIn(await received)).toEqual([202, 401, 202, 202])
  })

  test('who asks first whether to send is told, and the body is asked for only then', async () => {
    const body = pullRequestPayload()
    const ask = (signedWith?: null) =>
      requestHead(
        deliveryHeaders({
          body,
          ...(signedWith === null ? { signedWith } : {}),
          headers: { expect: '100-continue', connection: 'close' },
        }),
      )
    const refused = await rawConnection(server.address)
    refused.socket.write(ask(null))
    expect(statusesIn(await refused.received)).toEqual([401])
    const accepted = await rawConnection(server.address)
    accepted.socket.write(ask())
    const [chunk] = await once(accepted.socket, 'data')
    expect(statusesIn(String(chunk))).toEqual([100])
    accepted.socket.write(body)
    expect(statusesIn(await accepted.received)).toEqual([100, 202])
  })

  test('a body in chunks is read', async () => {
    const id = randomUUID()
    const body = pullRequestPayload()
    const { 'content-length': _, ...headers } = deliveryHeaders({ id, body })
    const sent = request(`${server.address}/api/github/webhooks`, {
      method: 'POST',
      agent: false,
      headers,
    })
    sent.write(body.slice(0, 10))
    sent.end(body.slice(10))
    const [response] = await once(sent, 'response')
    response.resume()
    expect(response.statusCode).toBe(202)
    expect(await stored(id)).toBeDefined()
  })

  test.each([
    ['two lengths', 'content-length: 2\r\ncontent-length: 40', '{}'],
    [
      'a length and chunks',
      'content-length: 2\r\ntransfer-encoding: chunked',
      '2\r\n{}\r\n0\r\n\r\n',
    ],
    ['a length that is no number', 'content-length: many', '{}'],
    ['chunks without an end', 'transfer-encoding: chunked', 'zz\r\n{}'],
  ])('%s are refused', async (_, header, body) => {
    const id = randomUUID()
    const { 'content-length': __, ...headers } = deliveryHeaders({ id, body: '{}' })
    const { socket, received } = await rawConnection(server.address)
    socket.write(requestHead(headers).replace('\r\n\r\n', `\r\n${header}\r\n\r\n`) + body)
    expect(statusesIn(await received)).toEqual([400])
    expect(await stored(id)).toBeUndefined()
  })

  test('a sender that goes away in the middle is counted and leaves nothing', async () => {
    const id = randomUUID()
    const aborted = await server.counted('aborted')
    const { socket, received } = await rawConnection(server.address)
    const body = pullRequestPayload()
    socket.write(requestHead(deliveryHeaders({ id, body })) + body.slice(0, 10))
    socket.destroy()
    await received
    await expect.poll(() => server.counted('aborted'), { timeout: 20_000 }).toBe(aborted + 1)
    expect(await stored(id)).toBeUndefined()
  })
})
