import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { expect, test } from 'vitest'
import { type LogLine, readMetrics } from '../../support/app-process.ts'
import { anAppWorld } from '../../support/app-process-world.ts'
import { aRepository } from '../../support/fake-github/index.ts'
import { postgresPrograms } from '../../support/postgres.ts'
import { deliveryHeaders } from '../../support/webhook.ts'

const burst = 5_000
const atOnce = 50
const others = 10
const perOther = 10
/** Of an ordinary pull request's delivery. */
const size = 20_000
const flooder = 1

interface Sent {
  readonly id: string
  readonly account: number
}

/** A delivery of an account that nobody knows: it is stored, dispatched and found to be nobody's, like any other. */
function bodyOf(account: number): string {
  return JSON.stringify({
    action: 'opened',
    number: 7,
    pull_request: {
      number: 7,
      updated_at: '2026-03-04T10:00:00Z',
      head: { sha: 'a'.repeat(40) },
      body: 'x'.repeat(size),
    },
    repository: { id: 1_000 + account, owner: { id: account } },
    installation: { id: 2_000 + account },
  })
}

/** As GitHub does by the App's own asking: a delivery whose connection broke is sent again. */
async function postUntilAnswered(agent: Agent, address: string, sent: Sent): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await post(agent, address, sent)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET' || tries === 3) throw error
    }
  }
}

async function post(agent: Agent, address: string, { id, account }: Sent): Promise<number> {
  const body = bodyOf(account)
  const sent = request(`${address}/api/github/webhooks`, {
    method: 'POST',
    agent,
    headers: deliveryHeaders({ id, body }),
  })
  sent.end(body)
  const [response] = await once(sent, 'response')
  response.resume()
  await once(response, 'end')
  return response.statusCode
}

/** The flood first, and in its tail what the others have to say. */
function deliveries(): Sent[] {
  const small = Array.from({ length: others * perOther }, (_, index) => ({
    id: randomUUID(),
    account: 10 + (index % others),
  }))
  const flood = Array.from({ length: burst - small.length }, () => ({
    id: randomUUID(),
    account: flooder,
  }))
  return [...flood.slice(0, -200), ...small, ...flood.slice(-200)]
}

async function flood(engine: 'sqlite' | 'postgres'): Promise<void> {
  const world = await anAppWorld({ engine, repositories: [aRepository({ pullRequests: [] })] })
  const debug = { LOG_LEVEL: 'debug' }
  const process = world.start(engine === 'sqlite' ? 'both' : 'ingress', debug)
  const address = await process.listening
  const memory = async () =>
    (await readMetrics(address)).get('process_resident_memory_bytes') ?? Number.NaN
  let most = await memory()
  const waiting = deliveries()
  const all = [...waiting]
  const statuses = new Map<number, number>()
  const times: number[] = []
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const began = performance.now()
  const sender = async () => {
    for (let sent = waiting.shift(); sent !== undefined; sent = waiting.shift()) {
      const from = performance.now()
      const status = await postUntilAnswered(agent, address, sent)
      times.push(performance.now() - from)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (waiting.length % 500 === 0) most = Math.max(most, await memory())
    }
  }
  await Promise.all(Array.from({ length: atOnce }, sender))
  const elapsed = performance.now() - began
  agent.destroy()
  expect(Object.fromEntries(statuses)).toEqual({ 202: burst })
  const sorted = times.toSorted((one, other) => one - other)
  most = Math.max(most, await memory())
  console.log(
    `${engine}: ${burst} deliveries acknowledged in ${Math.round(elapsed)} ms, median ${Math.round(sorted[burst / 2] ?? 0)} ms, p99 ${Math.round(sorted[burst * 0.99] ?? 0)} ms; at most ${Math.round(most / 2 ** 20)} MB`,
  )
  expect(most / 2 ** 20).toBeLessThan(500)

  // With PostgreSQL nobody has worked until now, and all of it waits.
  const worker = engine === 'sqlite' ? process : world.start('worker', debug)
  const small = new Set(all.filter(({ account }) => account !== flooder).map(({ id }) => id))
  const dispatched = () =>
    worker.lines.filter(
      ({ message, delivery }) => message === 'delivery-ignored' && small.has(String(delivery)),
    ).length
  await expect.poll(dispatched, { timeout: 120_000 }).toBe(small.size)
  await worker.kill()
  await process.kill()
  const overtaken = longestWait(worker.lines, small)
  console.log(`${engine}: at most ${overtaken} of the flood went before one of the others`)
  expect(overtaken).toBeLessThan(200)
  await world.look(async (store) => {
    const ids = all.map(({ id }) => id)
    expect(await store.inbox.known(ids)).toEqual(new Set(ids))
  })
}

/** From when one of the others' came in until its turn, or from the beginning, how many of the flood had theirs. */
function longestWait(lines: readonly LogLine[], small: ReadonlySet<string>): number {
  const before = new Map<string, number>()
  let longest = 0
  let ofFlood = 0
  for (const { message, delivery } of lines) {
    const id = String(delivery)
    if (message === 'delivery-accepted' && small.has(id)) before.set(id, ofFlood)
    if (message !== 'delivery-ignored') continue
    if (small.has(id)) longest = Math.max(longest, ofFlood - (before.get(id) ?? 0))
    else ofFlood += 1
  }
  return longest
}

test(
  'I11 (sqlite): of 5,000 deliveries at once all are acknowledged, and a flood keeps nobody waiting',
  () => flood('sqlite'),
  300_000,
)

test.skipIf(postgresPrograms === undefined)(
  'I11 (postgres): of 5,000 deliveries at once all are acknowledged, and a flood keeps nobody waiting',
  () => flood('postgres'),
  300_000,
)
