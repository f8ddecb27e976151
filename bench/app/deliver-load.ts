import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { deliveryHeaders } from '../../test/support/webhook.ts'

/** Of an ordinary pull request's delivery, bytes. */
const size = 20_000
const accounts = 20

const bodies = Array.from({ length: accounts }, (_, account) =>
  JSON.stringify({
    action: 'opened',
    number: 7,
    pull_request: {
      number: 7,
      updated_at: '2026-03-04T10:00:00Z',
      head: { sha: 'a'.repeat(40) },
      body: 'x'.repeat(size),
    },
    repository: { id: 1_000 + account, owner: { id: 1 + account } },
    installation: { id: 2_000 + account },
  }),
)

/** Sends one delivery, and gives the milliseconds until its answer. @throws Error where that is no 2xx */
async function deliver(agent: Agent, address: string, index: number): Promise<number> {
  const body = bodies[index % accounts] ?? ''
  const began = performance.now()
  const sent = request(`${address}/api/github/webhooks`, {
    method: 'POST',
    agent,
    headers: deliveryHeaders({ id: randomUUID(), body }),
  })
  sent.end(body)
  const [response] = await once(sent, 'response')
  response.resume()
  await once(response, 'end')
  if (response.statusCode < 200 || response.statusCode > 299) {
    throw new Error(`a delivery was answered with ${response.statusCode}`)
  }
  return performance.now() - began
}

/** As fast as answers come, over 50 connections: answers a second. */
export async function mostAnswers(address: string, count: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 })
  let next = 0
  const began = performance.now()
  const sender = async () => {
    while (next < count) {
      next += 1
      await deliver(agent, address, next)
    }
  }
  await Promise.all(Array.from({ length: 50 }, sender))
  agent.destroy()
  return (count / (performance.now() - began)) * 1_000
}

/** So many deliveries a second, whether or not answers come: the milliseconds of each, in rising order. */
export async function atRate(address: string, rate: number, seconds: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 500 })
  const began = performance.now()
  const pending: Promise<number>[] = []
  for (let index = 0; index < rate * seconds; index += 1) {
    const wait = began + (index * 1_000) / rate - performance.now()
    if (wait > 0) await delay(wait)
    pending.push(deliver(agent, address, index))
  }
  const times = await Promise.all(pending)
  agent.destroy()
  return times.toSorted((one, other) => one - other)
}
