import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { expectFactsOfGitHub, expectOneCheckEach } from '../../support/app-facts.ts'
import { readMetrics, startAppProcess, sumOf } from '../../support/app-process.ts'
import { anAppWorld, soon } from '../../support/app-process-world.ts'
import { pullRequestPayload } from '../../support/delivery-payload.ts'
import { anAccount, aRepositoryOf, minute } from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { OwnServer, postgresPrograms } from '../../support/postgres.ts'
import { credentials, temporaryFolder } from '../../support/start-app.ts'
import { deliver } from '../../support/webhook.ts'

const longerThanLease = 130_000

test.skipIf(postgresPrograms === undefined)(
  'P3 (postgres): a process that stood still for longer than its lease writes nothing of its job',
  async () => {
    const owner = anAccount('acme', { type: 'Organization' })
    const repository = aRepositoryOf(
      [
        {
          number: 7,
          author: people.author,
          openedAt: minute(10),
          commits: [{ message: 'Fix it' }],
          events: [],
        },
      ],
      [],
      { owner },
    )
    const world = await anAppWorld({ engine: 'postgres', repositories: [repository] })
    const slow = world.start('worker')
    const stopped = Promise.withResolvers<void>()
    world.github.faults.push({
      match: { path: '/graphql' },
      times: 1,
      before: () => {
        slow.child.kill('SIGSTOP')
        stopped.resolve()
      },
    })
    await stopped.promise
    world.clock.pass(longerThanLease)
    const other = world.start('worker')
    await world.pass(other, ...soon)
    slow.child.kill('SIGCONT')
    const address = await slow.listening
    const lost = async () =>
      [...(await readMetrics(address))]
        .filter(([name]) => /job_runs_total\{.*outcome="lost"/.test(name))
        .reduce((sum, [, value]) => sum + value, 0)
    await expect.poll(lost, { timeout: 60_000 }).toBe(1)
    await world.pass(other, ...soon)
    for (const process of [slow, other]) expect(await process.stop()).toBe(0)
    await world.look((store) => expectFactsOfGitHub(world, store))
    expectOneCheckEach(repository)
    expect(repository.checkRuns).toHaveLength(1)
  },
  120_000,
)

test.skipIf(postgresPrograms === undefined)(
  'I2 (postgres): while its server is gone deliveries get 503, and when it is back they are kept again',
  async () => {
    const server = new OwnServer()
    const folder = await temporaryFolder()
    const app = startAppProcess({
      directory: folder.path,
      environment: { ...credentials(), DATABASE_URL: server.url, DATABASE_CONNECTIONS: '1' },
    })
    onTestFinished(async () => {
      await app.kill()
      server.remove()
      await folder.remove()
    })
    const address = await app.listening
    const send = async () =>
      (await deliver(address, { id: randomUUID(), body: pullRequestPayload() })).status
    expect(await send()).toBe(202)
    server.stop()
    expect(await Promise.all(Array.from({ length: 5 }, send))).toEqual([503, 503, 503, 503, 503])
    expect((await fetch(`${address}/readyz`)).status).toBe(503)
    expect((await fetch(`${address}/healthz`)).status).toBe(200)
    expect(sumOf(await readMetrics(address), 'what_shipped_store_up')).toBe(0)
    server.start()
    await expect.poll(send, { timeout: 30_000 }).toBe(202)
    expect((await fetch(`${address}/readyz`)).status).toBe(200)
  },
  120_000,
)
