import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'
import { connect, type Socket } from 'node:net'

/** What signs the deliveries of tests, and what signed them before. */
export const secret = 'uFh3mZr81cXwQe7Tn2LkVb5sYpJd4Ga9'
export const oldSecret = 'Rk6tBz0WqNf2Hs8vCx4LmJy1PdGe7UaT'

export function sign(body: string | Uint8Array, key = secret): string {
  return `sha256=${createHmac('sha256', key).update(body).digest('hex')}`
}

export interface Delivery {
  readonly event?: string
  readonly id?: string
  readonly body: string | Uint8Array
  /** Undefined: `secret`; null: not signed. */
  readonly signedWith?: string | null
  readonly headers?: OutgoingHttpHeaders
}

/** The headers that GitHub sends with a delivery. */
export function deliveryHeaders({
  event = 'pull_request',
  id = randomUUID(),
  body,
  signedWith = secret,
  headers = {},
}: Delivery): OutgoingHttpHeaders {
  return {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'GitHub-Hookshot/044aadd',
    'x-github-delivery': id,
    'x-github-event': event,
    ...(signedWith === null ? {} : { 'x-hub-signature-256': sign(body, signedWith) }),
    ...headers,
  }
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Sends a delivery as GitHub does, over a connection of its own. */
export async function deliver(address: string, delivery: Delivery): Promise<Answer> {
  const sent = request(`${address}/api/github/webhooks`, {
    method: 'POST',
    agent: false,
    headers: deliveryHeaders(delivery),
  })
  // An answer can come before everything was sent, and the connection end with it.
  sent.on('error', () => {})
  sent.end(delivery.body)
  const [response] = await once(sent, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return {
    status: response.statusCode,
    headers: response.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  }
}

/** A connection on which anything can be sent, and what came back over it. */
export interface RawConnection {
  readonly socket: Socket
  /** All that was received when the other side ended the connection. */
  readonly received: Promise<string>
}

export async function rawConnection(address: string): Promise<RawConnection> {
  const { hostname, port } = new URL(address)
  const socket = connect({ host: hostname, port: Number(port) })
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  // The other side may end it at any moment.
  socket.on('error', () => {})
  const received = new Promise<string>((resolve) => {
    socket.once('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
  })
  await once(socket, 'connect')
  return { socket, received }
}

/** The statuses of all answers in what was received. */
export function statusesIn(received: string): number[] {
  return [...received.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status))
}

/** The head of a request as bytes. */
export function requestHead(headers: OutgoingHttpHeaders, path = '/api/github/webhooks'): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`POST ${path} HTTP/1.1`, 'host: 127.0.0.1', ...lines, '', ''].join('\r\n')
}
