import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createGitHubClients } from '../../../src/app/github-clients.ts'
import { readInstallation } from '../../../src/github/index.ts'
import { anAppWorld, soon } from '../../support/app-process-world.ts'
import { fakeGitHubForTest } from '../../support/fake-github/for-test.ts'
import {
  anAccount,
  anApp,
  anInstallation,
  aRepositoryOf,
  type PullRequestHistory,
  primaryRateLimit,
} from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { anAppCase, becomes, deliveriesTo, install, owner } from '../jobs/app-case.ts'

const second = 1_000

/** Around the leap day and the day on which most clocks in America are put forward. */
function around(number: number, day: string): PullRequestHistory {
  return {
    number,
    author: people.author,
    openedAt: `${day}T06:30:00Z`,
    commits: [{ message: `Change ${number}` }],
    events: [
      { type: 'review', at: `${day}T09:45:00Z`, by: people.reviewer, state: 'APPROVED' },
      { type: 'merge', at: `${day}T23:30:00Z`, by: people.maintainer, method: 'squash' },
    ],
  }
}

test('P6: a leap day, clocks put forward and the zone of the machine change no snapshot', async () => {
  const snapshots: string[][] = []
  for (const zone of ['UTC', 'Pacific/Chatham', 'America/New_York']) {
    const repository = aRepositoryOf(
      ['2028-02-28', '2028-02-29', '2028-03-01', '2028-03-11', '2028-03-12'].map((date, index) =>
        around(index + 1, date),
      ),
    )
    const world = await anAppWorld({
      engine: 'sqlite',
      repositories: [repository],
      at: Date.parse('2028-03-12T23:50:00Z'),
    })
    const process = world.start('both', { TZ: zone })
    await world.pass(process, ...soon, 3 * 60 * 60 * second)
    expect(await process.stop()).toBe(0)
    snapshots.push(
      await world.look((store) =>
        store.tenant(repository.owner.id).read(async ({ snapshots: kept, changes }) => {
          const all = [
            ...(await kept.list('organisation', 0)),
            ...(await kept.list('repository', repository.id)),
          ]
          const derived = await Promise.all(
            repository.pullRequests.map(({ number }) => changes.get(repository.id, number)),
          )
          return [
            ...all.map((one) => JSON.stringify({ ...one, builtAt: 0 })),
            ...derived.map((change) => `${change?.mergedAt} ${change?.cycleSeconds}`),
          ]
        }),
      ),
    )
  }
  const [utc, chatham, newYork] = snapshots
  expect(utc?.length).toBeGreaterThan(repositoryChanges)
  expect(chatham).toEqual(utc)
  expect(newYork).toEqual(utc)
}, 120_000)

/** Beside them there is a snapshot at least. */
const repositoryChanges = 5

/** An App on a GitHub of its own. @param behind how far GitHub's clock is behind ours, milliseconds */
async function clientsOf({ behind = 0 } = {}) {
  const app = anApp()
  const installation = anInstallation(app, anAccount('acme', { type: 'Organization' }))
  const github = await fakeGitHubForTest({
    apps: [app],
    installations: [installation],
    signingNow: () => Date.now() - behind,
  })
  const clients = createGitHubClients({
    appId: app.id,
    privateKey: app.privateKey,
    apiUrl: github.apiUrl,
    webUrl: github.url,
    surroundings: { now: Date.now, sleep: async () => {}, random: () => 0, randomBytes, fetch },
    metrics: { apiBudget: () => {} },
  })
  return { github, installation, clients }
}

test('G23: an App whose clock is 20 seconds ahead of GitHub’s is let in', async () => {
  const { installation, clients } = await clientsOf({ behind: 20 * second })
  const found = await readInstallation(await clients.appApi(), installation.id)
  expect(found).toMatchObject({ id: installation.id })
})

test('G1: a limit of the App’s own calls is told at once, and nothing sleeps in memory until it ends', async () => {
  const { github, installation, clients } = await clientsOf()
  const reset = Math.floor(Date.now() / second) + 3_600
  github.faults.push({
    match: { path: /^\/app\/installations\/\d+$/ },
    respond: primaryRateLimit(reset),
  })
  await expect(
    clients.appApi().then((api) => readInstallation(api, installation.id)),
  ).rejects.toMatchObject({ limitedUntil: expect.any(Number) })
  expect(github.requests).toHaveLength(1)
})

test('G26: ten events within ten seconds are one write, and none is made to wait for another', async () => {
  const opened = { ...around(1, '2026-03-02'), events: [] }
  const repository = aRepositoryOf([opened], [], { owner })
  const app = await anAppCase({ repositories: [repository] })
  await install(app)
  await app.pass(60 * second)
  const writes = () =>
    app.github.requests.filter(
      ({ method, path }) => method !== 'GET' && path.includes('/check-runs'),
    ).length
  const before = writes()
  const labels = Array.from({ length: 10 }, (_, index) => ({
    type: 'label' as const,
    label: `label-${index}`,
    at: new Date(app.clock.now + index * second).toISOString().replace(/\.\d+Z/, 'Z'),
  }))
  const push = { type: 'push' as const, at: labels[9]?.at ?? '', commits: [{ message: 'More' }] }
  becomes(repository, [{ ...opened, events: [...labels, push] }])
  const deliveries = deliveriesTo(app, repository, { ...opened, events: [...labels, push] })
  for (const delivery of deliveries.slice(-11)) {
    await app.accept(delivery)
    await app.settle()
    app.clock.move(second / 2)
  }
  await app.pass(60 * second)
  expect(writes() - before).toBe(1)
  expect(app.outcomes.filter((outcome) => outcome === 'read-change done').length).toBeGreaterThan(5)
})
