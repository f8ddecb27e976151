import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { describe, expect, onTestFinished, test } from 'vitest'
import { formTokenField } from '../../../src/app/access/form-token-field.ts'
import { requireSameOrigin } from '../../../src/app/access/same-origin.ts'
import type { Viewer } from '../../../src/app/library/viewer.ts'
import type { PageEnvironment } from '../../../src/app/server/page-environment.ts'

const publicUrl = 'https://shipped.example.com'
const formToken = 'a'.repeat(43)
const person: Viewer = { kind: 'person', userId: 7, login: 'ada', formToken, signedInAt: 0 }
const form = 'application/x-www-form-urlencoded'
const own = { 'sec-fetch-site': 'same-origin', 'content-type': form }
const token = `${formTokenField}=${formToken}`

/** What becomes of a request of somebody, over a socket. */
async function answerTo(
  viewer: Viewer | undefined,
  init: { method?: string; headers?: Record<string, string>; body?: string },
  address: string | null = publicUrl,
  path = '/form',
): Promise<{ status: number; body: string; changed: unknown[] }> {
  const changed: unknown[] = []
  const app = new Hono<PageEnvironment>()
  app.use((context, next) => {
    const nobody = async () => undefined
    context.set('library', viewer && { viewer, account: nobody, accounts: async () => [] })
    return next()
  })
  app.use(requireSameOrigin(address))
  app.get('/form', (context) => context.text('read'))
  app.on(['POST', 'PUT', 'PATCH', 'DELETE'], '/form', async (context) => {
    changed.push(await context.req.parseBody({ all: true }))
    return context.text('changed')
  })
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', ...init })
  return { status: response.status, body: await response.text(), changed }
}

describe('a form of these pages (ASVS 5.0, 3.5.1)', () => {
  test('is carried out, and can be read by whoever carries it out', async () => {
    const body = `${token}&open=no&repositories=1&repositories=2`
    const { status, changed } = await answerTo(person, { headers: own, body })
    expect(status).toBe(200)
    expect(changed).toEqual([{ [formTokenField]: formToken, open: 'no', repositories: ['1', '2'] }])
  })

  test('of a browser that does not say where it comes from is known by its origin', async () => {
    const headers = { origin: publicUrl, 'content-type': form }
    expect((await answerTo(person, { headers, body: token })).status).toBe(200)
  })

  test('at this machine needs no token: there is no session that somebody else could use', async () => {
    expect((await answerTo({ kind: 'local' }, { headers: own, body: 'x=1' })).status).toBe(200)
  })
})

const elsewhere: [string, Record<string, string>][] = [
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['another subdomain of the same site', { 'sec-fetch-site': 'same-site' }],
  ['no page at all', { 'sec-fetch-site': 'none' }],
  ['another site, whatever its origin says', { 'sec-fetch-site': 'cross-site', origin: publicUrl }],
  ['another origin, in an older browser', { origin: 'https://evil.example' }],
  ['a page without an origin', { origin: 'null' }],
  ['a host that ends alike', { origin: 'https://evil-shipped.example.com' }],
  ['the same host without encryption', { origin: 'http://shipped.example.com' }],
  ['nowhere that it says', {}],
]

describe('what is not from these pages is not carried out (ASVS 5.0, 3.5.3)', () => {
  test.each(elsewhere)('from %s', async (_, headers) => {
    const init = { headers: { 'content-type': form, ...headers }, body: token }
    const { status, changed } = await answerTo(person, init)
    expect([status, changed]).toEqual([403, []])
  })

  test.each([
    ['without the token', 'open=no'],
    ['with an empty one', `${formTokenField}=`],
    ['with that of another session', `${formTokenField}=${'b'.repeat(43)}`],
    ['with a part of it', `${formTokenField}=${formToken.slice(1)}`],
    ['with it twice', `${token}&${token}`],
    ['with it under another name', `token=${formToken}`],
  ])('%s', async (_, body) => {
    const { status, changed } = await answerTo(person, { headers: own, body })
    expect([status, changed]).toEqual([403, []])
  })

  test('with the token in the address, where logs would have it', async () => {
    const { status } = await answerTo(person, { headers: own, body: '' })
    expect(status).toBe(403)
  })

  test.each([
    ['JSON', 'application/json', JSON.stringify({ [formTokenField]: formToken })],
    ['plain text', 'text/plain', token],
    ['nothing said', '', token],
  ])('as %s', async (_, type, body) => {
    const headers = { ...own, 'content-type': type }
    const { status, changed } = await answerTo(person, { headers, body })
    expect([status, changed]).toEqual([403, []])
  })

  test.each(['PUT', 'PATCH', 'DELETE'])('by %s', async (method) => {
    const headers = { 'sec-fetch-site': 'cross-site', 'content-type': form }
    const { status, changed } = await answerTo(person, { method, headers, body: token })
    expect([status, changed]).toEqual([403, []])
  })

  test('of nobody: says to sign in', async () => {
    const { status, body, changed } = await answerTo(undefined, { headers: own, body: token })
    expect([status, changed]).toEqual([401, []])
    expect(body).toContain('href="/sign-in"')
  })

  test('by a token of the API, which reads', async () => {
    const viewer: Viewer = { kind: 'token', accountId: 7, name: 'grafana' }
    const { status, changed } = await answerTo(viewer, { headers: own, body: token })
    expect([status, changed]).toEqual([403, []])
  })

  test('too long: says so', async () => {
    const body = `${token}&x=${'x'.repeat(70_000)}`
    const { status, changed } = await answerTo(person, { headers: own, body })
    expect([status, changed]).toEqual([413, []])
  })
})

test('what changes nothing is let through from anywhere', async () => {
  const headers = { 'sec-fetch-site': 'cross-site' }
  expect(await answerTo(undefined, { method: 'GET', headers })).toMatchObject({ body: 'read' })
})

test('what is not there is not there, whoever asks and from wherever', async () => {
  for (const method of ['POST', 'DELETE']) {
    expect((await answerTo(undefined, { method }, publicUrl, '/nowhere')).status).toBe(404)
  }
  expect((await answerTo(undefined, { method: 'PUT' })).status).toBe(403)
})

test('without an address of its own, it is the one that was asked', async () => {
  const headers = { origin: 'https://evil.example', 'content-type': form }
  expect((await answerTo(person, { headers, body: token }, null)).status).toBe(403)
})
