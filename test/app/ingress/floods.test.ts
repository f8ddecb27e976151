import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { expect, test } from 'vitest'
import { pullRequestPayload } from '../../support/delivery-payload.ts'
import {
  deliver,
  deliveryHeaders,
  rawConnection,
  requestHead,
  statusesIn,
} from '../../support/webhook.ts'
import { startWebhookServer } from './webhook-server.ts'

const mebibyte = 1024 * 1024

/** A whole payload of so many bytes. */
function payloadOf(bytes: number): string {
  const empty = pullRequestPayload({ filling: '' })
  return pullRequestPayload({ filling: 'x'.repeat(bytes - Buffer.byteLength(empty)) })
}

test('I9: the longest body that GitHub sends is kept, and one byte more is refused', async () => {
  const server = await startWebhookServer()
  const longest = payloadOf(25 * mebibyte)
  expect((await deliver(server.address, { body: longest })).status).toBe(202)
  expect((await deliver(server.address, { body: `${longest} ` })).status).toBe(413)
  const [kept, ...others] = await server.claimed()
  expect(kept?.body).toHaveLength(25 * mebibyte)
  expect(others).toEqual([])
  expect(await server.counted('too-large')).toBe(1)
  await server.stop()
})

test('I9: an announced length that is too much is refused before a byte of it has come', async () => {
  const server = await startWebhookServer()
  const { socket, received } = await rawConnection(server.address)
  const headers = deliveryHeaders({ body: '{}' })
  socket.write(requestHead({ ...headers, 'content-length': 26 * mebibyte }))
  expect(statusesIn(await received)).toEqual([413])
  await server.stop()
})

test('I9: a body without a length is cut off where it is too long', async () => {
  const server = await startWebhookServer({ limits: { body: mebibyte } })
  const { 'content-length': _, ...headers } = deliveryHeaders({ body: '{}' })
  const sent = request(`${server.address}/api/github/webhooks`, {
    method: 'POST',
    agent: false,
    headers,
  })
  sent.on('error', () => {})
  const answered = once(sent, 'response')
  const chunk = Buffer.alloc(64 * 1024, 'a')
  for (let length = 0; length <= mebibyte; length += chunk.length) sent.write(chunk)
  const [response] = await answered
  response.resume()
  expect(response.statusCode).toBe(413)
  expect(response.headers.connection).toBe('close')
  sent.destroy()
  await server.stop()
})

test('I9: bodies that together need too much memory are told to come again, small ones are not', async () => {
  const server = await startWebhookServer({ limits: { small: 1_000, shared: 20_000 } })
  const large = payloadOf(15_000)
  const half = await rawConnection(server.address)
  half.socket.write(requestHead(deliveryHeaders({ body: large })) + large.slice(0, 14_000))
  const statusOfLarge = async () => (await deliver(server.address, { body: large })).status
  await expect.poll(statusOfLarge, { timeout: 20_000 }).toBe(503)
  expect(await server.counted('no-room')).toBeGreaterThan(0)
  expect((await deliver(server.address, { body: payloadOf(900) })).status).toBe(202)
  half.socket.write(large.slice(14_000))
  const [answer] = await once(half.socket, 'data')
  expect(statusesIn(String(answer))).toEqual([202])
  expect((await deliver(server.address, { body: large })).status).toBe(202)
  half.socket.destroy()
  await server.stop()
})

test('I9: what waits for the database still counts', async () => {
  const asked = Promise.withResolvers<void>()
  const release = Promise.withResolvers<'stored'>()
  const server = await startWebhookServer({
    limits: { small: 1_000, shared: 20_000 },
    inbox: {
      accept: () => {
        asked.resolve()
        return release.promise
      },
    },
  })
  const first = deliver(server.address, { body: payloadOf(15_000) })
  await asked.promise
  expect((await deliver(server.address, { body: payloadOf(15_000) })).status).toBe(503)
  release.resolve('stored')
  expect((await first).status).toBe(202)
  expect((await deliver(server.address, { body: payloadOf(15_000) })).status).toBe(202)
  await server.stop()
})

test('I10: a body that stalls is refused and its connection ended', async () => {
  const server = await startWebhookServer({ limits: { bodyTime: 50, lingering: 50 } })
  const id = randomUUID()
  const { socket, received } = await rawConnection(server.address)
  socket.write(`${requestHead(deliveryHeaders({ id, body: pullRequestPayload() }))}{`)
  expect(statusesIn(await received)).toEqual([408])
  expect(await server.counted('too-slow')).toBe(1)
  expect(await server.claimed()).toEqual([])
  await server.stop()
})

test('I10: a body that trickles is no better', async () => {
  const server = await startWebhookServer({ limits: { bodyTime: 200, lingering: 50 } })
  const { socket, received } = await rawConnection(server.address)
  socket.write(requestHead(deliveryHeaders({ body: ' '.repeat(10_000) })))
  const drip = setInterval(() => socket.write(' '), 10)
  expect(statusesIn(await received)).toEqual([408])
  clearInterval(drip)
  await server.stop()
})

test('I10: headers that stall end the connection', async () => {
  const server = await startWebhookServer({ times: { headers: 100, request: 100, check: 20 } })
  const { socket, received } = await rawConnection(server.address)
  socket.write('POST /api/github/webhooks HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: ')
  expect(statusesIn(await received)).toEqual([408])
  const silent = await rawConnection(server.address)
  expect(statusesIn(await silent.received)).toEqual([408])
  await server.stop()
})

test('I10: a body that stalls on a page ends too', async () => {
  const server = await startWebhookServer({ times: { headers: 100, request: 100, check: 20 } })
  const { socket, received } = await rawConnection(server.address)
  socket.write('POST /setup HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100\r\n\r\n')
  await received
  await server.stop()
})

test('headers that are too long are refused', async () => {
  const server = await startWebhookServer()
  const { socket, received } = await rawConnection(server.address)
  socket.write(requestHead({ ...deliveryHeaders({ body: '{}' }), 'x-long': 'a'.repeat(100_000) }))
  // Node ends the connection while more is coming, which may take its answer along.
  expect([[431], []]).toContainEqual(statusesIn(await received))
  await server.stop()
})

test('I15: told to stop, the server ends what it began and refuses what still comes', async () => {
  const asked = Promise.withResolvers<void>()
  const release = Promise.withResolvers<'stored'>()
  const server = await startWebhookServer({
    inbox: {
      accept: () => {
        asked.resolve()
        return release.promise
      },
    },
  })
  const body = pullRequestPayload()
  const { socket, received } = await rawConnection(server.address)
  socket.write(requestHead(deliveryHeaders({ body })) + body)
  const idle = await rawConnection(server.address)
  await asked.promise
  const stopped = server.stop()
  socket.write(requestHead(deliveryHeaders({ body })) + body)
  release.resolve('stored')
  const statuses = statusesIn(await received)
  expect(statuses[0]).toBe(202)
  expect(statuses.slice(1)).toEqual(statuses.slice(1).map(() => 503))
  await idle.received
  await stopped
  await expect(rawConnection(server.address)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})
