import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openStore } from '../../src/store/index.ts'
import { pullRequestPayload } from '../support/delivery-payload.ts'
import { credentials, runApp, startApp, temporaryFolder } from '../support/start-app.ts'
import { describePostgres } from '../support/stores.ts'
import { deliver, deliveryHeaders, rawConnection, secret } from '../support/webhook.ts'

// Each starts a process, and the machine may be busy with others.
vi.setConfig({ testTimeout: 90_000 })

let folder: Awaited<ReturnType<typeof temporaryFolder>>

beforeAll(async () => {
  folder = await temporaryFolder()
})

afterAll(async () => {
  await folder?.remove()
})

const { WEBHOOK_SECRET: _, ...withoutSecret } = credentials()

describe('I7: the App does not start', () => {
  test.each([
    ['without a secret', withoutSecret, 'WEBHOOK_SECRET is missing'],
    ['with Probot’s own', { ...withoutSecret, WEBHOOK_SECRET: 'development' }, '11 characters'],
    ['with a short one', { ...withoutSecret, WEBHOOK_SECRET: secret.slice(1) }, '31 characters'],
    ['with a secret alone', { WEBHOOK_SECRET: secret }, 'APP_ID is missing'],
  ])('%s', async (_case, environment, reason) => {
    const { status, stdout, stderr } = await runApp(folder.path, {
      NODE_ENV: 'production',
      ...environment,
    })
    expect(status).toBe(1)
    expect(stderr).toContain(reason)
    expect(stderr).not.toMatch(/ at |Error:/)
    expect(stdout).toBe('')
  })

  test('where something else has its port', async () => {
    const first = await startApp(folder.path, {})
    const other = await temporaryFolder()
    const { status, stderr } = await runApp(other.path, { PORT: new URL(first.address).port })
    expect(status).toBe(1)
    expect(stderr).toMatch(/^what-shipped: cannot listen on 127\.0\.0\.1, port \d+ \(.*EADDRINUSE/)
    await first.stop()
    await other.remove()
  })
})

test('a file called .env is not read', async () => {
  const other = await temporaryFolder()
  await writeFile(join(other.path, '.env'), 'PORT=70000\nWEBHOOK_SECRET=development\n')
  expect((await runApp(other.path, {}, ['--check'])).status).toBe(0)
  await other.remove()
})

describe('--check', () => {
  test.each([
    ['nothing is set', {}, 0, 'page that connects it to GitHub'],
    ['everything is right', credentials(), 0, 'work as App 7'],
    ['something is missing', withoutSecret, 1, 'WEBHOOK_SECRET is missing'],
  ])('where %s', async (_case, environment, code, text) => {
    const { status, stdout, stderr } = await runApp(folder.path, environment, ['--check'])
    expect(status).toBe(code)
    expect(stdout).toContain(text)
    expect(stdout).not.toContain(secret)
    expect(stderr).toBe('')
  })

  test.each([
    [['--chek']],
    [['-x']],
    [['a-source', 'another']],
    [['--check', '--check']],
    [['--replay']],
    [['--dead', 'x']],
  ])('%j is wrong usage', async (args) => {
    const { status, stderr } = await runApp(folder.path, {}, args)
    expect(status).toBe(2)
    expect(stderr).toContain('Usage: npm start')
  })
})

test('what was given up is listed and replayed, with the App stopped', async () => {
  const other = await temporaryFolder()
  const location = { engine: 'sqlite', file: join(other.path, 'store.sqlite') } as const
  const environment = { DATABASE_FILE: location.file }
  const store = await openStore(location, { now: Date.now, random: randomBytes })
  const id = randomUUID()
  const body = Buffer.from('{}')
  await store.inbox.accept({ id, event: 'push', body, tenantId: 21, receivedAt: Date.now() })
  for (const claimed of await store.inbox.claim({ limit: 1, lease: 1_000 })) {
    await store.inbox.bury(claimed, 'TypeError')
  }
  expect((await runApp(other.path, environment, ['--dead'])).stderr).toContain('in use')
  await store.close()
  const listed = await runApp(other.path, environment, ['--dead'])
  expect(listed.status).toBe(0)
  expect(JSON.parse(listed.stdout)).toMatchObject({
    id,
    kind: 'push',
    tenantId: 21,
    tries: 1,
    error: 'TypeError',
  })
  expect((await runApp(other.path, environment, ['--replay', id])).status).toBe(0)
  expect((await runApp(other.path, environment, ['--replay', id])).status).toBe(1)
  expect((await runApp(other.path, environment, ['--dead'])).stdout).toBe('')
  await other.remove()
})

test('without credentials it opens on loopback alone, whatever HOST says, with a folder for itself', async () => {
  const other = await temporaryFolder()
  const app = await startApp(other.path, { HOST: '0.0.0.0' })
  for (const path of ['/', '/healthz', '/readyz']) {
    expect((await fetch(app.address + path)).status, path).toBe(200)
  }
  const { port } = new URL(app.address)
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
  for (const { address } of outside) {
    await expect(rawConnection(`http://${address}:${port}`)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    })
  }
  const modeOf = async (path: string) => (await stat(join(other.path, path))).mode & 0o777
  expect(await modeOf('data')).toBe(0o700)
  expect(await modeOf('data/what-shipped.sqlite')).toBe(0o600)
  const delivered = await deliver(app.address, { body: pullRequestPayload() })
  expect(delivered.status).toBe(404)
  const { status, stderr } = await app.stop()
  expect(status).toBe(0)
  expect(stderr.replace(/key=[\w-]{22} /, 'key=… ')).toBe(
    `What Shipped shows a made-up example at ${app.address}\nWhat Shipped is not connected to GitHub yet: open ${app.address}/setup?key=… on this machine\n`,
  )
  await other.remove()
})

describePostgres('a process for each role', (engine) => {
  test('the one that takes deliveries has no key, the one that works takes none', async () => {
    const location = await engine.location()
    if (location.engine !== 'postgres') throw new Error('not PostgreSQL')
    const { WEBHOOK_SECRET, ...identity } = credentials()
    const shared = { DATABASE_URL: location.url, GITHUB_API_URL: 'http://127.0.0.1:9' }
    const ingress = await startApp(folder.path, {
      ...shared,
      ROLES: 'ingress',
      WEBHOOK_SECRET: secret,
    })
    const worker = await startApp(folder.path, { ...shared, ...identity, ROLES: 'worker' })
    expect(WEBHOOK_SECRET).toBe(secret)
    const body = pullRequestPayload()
    expect((await deliver(worker.address, { body })).status).toBe(404)
    const dispatched = worker.logged('delivery-ignored')
    expect((await deliver(ingress.address, { body })).status).toBe(202)
    // The worker got it, though of an account that nobody knows.
    await dispatched
    for (const { address } of [ingress, worker]) {
      expect((await fetch(`${address}/readyz`)).status).toBe(200)
    }
    expect((await ingress.stop()).status).toBe(0)
    expect((await worker.stop()).status).toBe(0)
  })
})

test('I15: told to stop under load, it loses nothing that it acknowledged and ends well', async () => {
  const other = await temporaryFolder()
  const app = await startApp(other.path, credentials())
  const acknowledged: string[] = []
  const refused = new Set<number | string>()
  let gone = false
  const sender = async () => {
    while (!gone) {
      const id = randomUUID()
      try {
        const { status } = await deliver(app.address, { id, body: pullRequestPayload() })
        if (status === 202) acknowledged.push(id)
        else refused.add(status)
      } catch (error) {
        refused.add(String((error as NodeJS.ErrnoException).code))
      }
    }
  }
  const senders = Array.from({ length: 20 }, sender)
  await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(100)
  const { status } = await app.stop()
  gone = true
  await Promise.all(senders)
  expect(status).toBe(0)
  // Refused, or no connection any more: never another answer.
  expect([...refused].filter((one) => ![503, 'ECONNREFUSED', 'ECONNRESET'].includes(one))).toEqual(
    [],
  )
  const store = await openStore(
    { engine: 'sqlite', file: join(other.path, 'data', 'what-shipped.sqlite') },
    { now: Date.now, random: randomBytes },
  )
  expect(await store.inbox.known(acknowledged)).toEqual(new Set(acknowledged))
  await store.close()
  await other.remove()
})

test('I9: 200 MB that stream in take less than 60 MB of memory', async () => {
  const other = await temporaryFolder()
  const app = await startApp(other.path, credentials())
  const metrics = async () => (await fetch(`${app.address}/metrics`)).text()
  const memory = async () =>
    Number(/^process_resident_memory_bytes (\d+)$/m.exec(await metrics())?.[1])
  // Everything is loaded once a worker has taken the first delivery.
  await deliver(app.address, { body: pullRequestPayload() })
  await expect.poll(metrics, { timeout: 20_000 }).toContain('inbox_deliveries{state="waiting"} 0')
  const before = await memory()
  let most = before
  const chunk = Buffer.alloc(1024 * 1024, 'a')
  const { 'content-length': __, ...headers } = deliveryHeaders({ body: '{}' })
  const sent = request(`${app.address}/api/github/webhooks`, {
    method: 'POST',
    agent: false,
    headers,
  })
  let broken = false
  sent.on('error', () => {
    broken = true
  })
  const answered = once(sent, 'response')
  for (let sending = 0; sending < 200 && !broken; sending += 1) {
    await new Promise<void>((resolve) => sent.write(chunk, () => resolve()))
    if (sending % 5 === 0) most = Math.max(most, await memory())
  }
  const [response] = await answered
  response.resume()
  expect(response.statusCode).toBe(413)
  sent.destroy()
  most = Math.max(most, await memory())
  expect((most - before) / 1024 / 1024).toBeLessThan(60)
  expect((await app.stop()).status).toBe(0)
  await other.remove()
})
