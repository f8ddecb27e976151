import { expect, it } from 'vitest'
import {
  aRepositoryOf,
  minute,
  type PullRequestHistory,
  type Repository,
} from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { describeStores, type TestEngine } from '../../support/stores.ts'
import { type AppCase, anAppCase, install, owner } from '../jobs/app-case.ts'

const hour = 60 * 60_000
const day = 24 * hour
/** Monday, 2026-03-09. */
const monday = Date.parse('2026-03-09T00:00:00Z')

const opened: PullRequestHistory = {
  number: 7,
  author: people.author,
  openedAt: minute(10),
  commits: [{ message: 'Fix it' }],
  events: [],
}

/** Two repositories of one owner, the second of which GitHub does not let be read until it is told to. */
async function aCase(engine: TestEngine) {
  const first = aRepositoryOf([opened], [], { owner, name: 'first', id: 71 })
  const second = aRepositoryOf([opened], [], { owner, name: 'second', id: 72 })
  const app = await anAppCase({
    repositories: [first, second],
    now: monday + 2 * day,
    engine,
    snapshots: true,
  })
  const reading = { isBlocked: true }
  app.github.faults.push({
    match: { path: '/graphql', variables: ({ name }) => reading.isBlocked && name === 'second' },
    times: Number.POSITIVE_INFINITY,
    respond: { kind: 'status', status: 502 },
  })
  await install(app)
  await app.pass(60_000)
  return { app, first, second, reading }
}

/** `repository 71 2026-03-09`, in the order of their scopes. */
async function snapshotsOf({ work }: AppCase, ids: readonly number[] = [71, 72]) {
  return work.store.tenant(owner.id).read(async ({ snapshots }) => {
    const found: string[] = []
    const name = (asOf: number) => new Date(asOf).toISOString().slice(0, 10)
    for (const id of ids) {
      for (const { asOf } of await snapshots.list('repository', id))
        found.push(`${id} ${name(asOf)}`)
    }
    for (const { asOf } of await snapshots.list('organisation', 0)) found.push(`all ${name(asOf)}`)
    return found
  })
}

function checkOf({ checkRuns }: Repository): string {
  const [run, ...others] = checkRuns
  if (run === undefined || others.length > 0) throw new Error('there is not one check run')
  return run.summary ?? ''
}

function writes({ github }: AppCase): number {
  return github.requests.filter(
    ({ method, path }) => method !== 'GET' && path.includes('/check-runs'),
  ).length
}

const built = (app: AppCase) =>
  app.lines.filter(({ event }) => event === 'snapshots-built').map(({ count }) => count)

describeStores('the first snapshot', (engine) => {
  it('of a repository waits for the others, of which subtracting it could tell', async () => {
    const { app, first, second, reading } = await aCase(engine)
    expect(await snapshotsOf(app)).toEqual([])
    expect(second.checkRuns).toEqual([])
    reading.isBlocked = false
    await app.pass(3 * hour)
    expect(await snapshotsOf(app)).toEqual(['71 2026-03-09', '72 2026-03-09', 'all 2026-03-09'])
    expect(checkOf(first)).toContain('As of 9 March 2026')
    expect(checkOf(second)).toContain('As of 9 March 2026')
  }, 60_000)

  it('waits no longer than a day for what cannot be read, which joins once it can', async () => {
    const { app, reading } = await aCase(engine)
    await app.pass(22 * hour)
    expect(await snapshotsOf(app)).toEqual([])
    await app.pass(3 * hour)
    expect(await snapshotsOf(app)).toEqual(['71 2026-03-09', 'all 2026-03-09'])
    reading.isBlocked = false
    await app.pass(12 * hour)
    app.clock.moveTo(monday + 7 * day + 3 * hour)
    await app.pass(hour)
    expect(await snapshotsOf(app)).toEqual([
      '71 2026-03-16',
      '71 2026-03-09',
      'all 2026-03-16',
      'all 2026-03-09',
    ])
  }, 60_000)
})

describeStores('a snapshot', (engine) => {
  it('that exists is not made again, and each new one is shown by one write to each open check', async () => {
    const { app, first, reading } = await aCase(engine)
    reading.isBlocked = false
    await app.pass(3 * hour)
    const before = { snapshots: await snapshotsOf(app), built: built(app), writes: writes(app) }
    await app.want(owner.id, 'build-snapshots')
    await app.pass(hour)
    expect({ snapshots: await snapshotsOf(app), built: built(app), writes: writes(app) }).toEqual(
      before,
    )
    app.clock.moveTo(monday + 7 * day + 3 * hour)
    await app.pass(hour)
    expect(await snapshotsOf(app)).toEqual([
      '71 2026-03-16',
      '71 2026-03-09',
      '72 2026-03-16',
      '72 2026-03-09',
      'all 2026-03-16',
      'all 2026-03-09',
    ])
    expect(checkOf(first)).toContain('As of 16 March 2026')
    expect(writes(app)).toBe(before.writes + 2)
  }, 60_000)

  it('of a repository that came later is made with the next ones', async () => {
    const { app, reading } = await aCase(engine)
    reading.isBlocked = false
    await app.pass(3 * hour)
    // What was opened before the last snapshot is counted nowhere.
    const later = { ...opened, number: 8, openedAt: minute(8 * 24 * 60) }
    const third = aRepositoryOf([opened, later], [], { owner, name: 'third', id: 73 })
    app.github.state.repositories.push(third)
    await install(app)
    await app.pass(60_000)
    expect(await snapshotsOf(app, [73])).toEqual(['all 2026-03-09'])
    app.clock.moveTo(monday + 7 * day + 3 * hour)
    await app.pass(hour)
    expect(await snapshotsOf(app, [73])).toEqual([
      '73 2026-03-16',
      'all 2026-03-16',
      'all 2026-03-09',
    ])
  }, 60_000)
})
