import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectFactsOfGitHub, expectOneCheckEach } from '../../support/app-facts.ts'
import { type AppWorld, anAppWorld, soon } from '../../support/app-process-world.ts'
import { killAtRandom } from '../../support/chaos.ts'
import { anAccount, aRepository } from '../../support/fake-github/index.ts'
import { postgresPrograms } from '../../support/postgres.ts'
import { propertyRuns } from '../../support/property-runs.ts'

const kills = propertyRuns(10)
const perKill = 20_000
const hour = 60 * 60_000

/** Drawn anew each time, unless one is given to be repeated. */
const [drawn = 0] = fc.sample(fc.noBias(fc.nat()), 1)
const seed = Number(process.env.CHAOS_SEED ?? drawn)

/** Everything acknowledged is there and worked off, and what GitHub tells is kept, once. */
async function expectNothingLost(world: AppWorld): Promise<void> {
  const { deliveries } = world.app
  const guids = new Set(deliveries.map(({ guid }) => guid))
  const acknowledged = deliveries.filter(({ statusCode }) => statusCode === 202)
  console.log(
    `seed ${seed}: ${guids.size} deliveries in ${deliveries.length} attempts, ${acknowledged.length} acknowledged; ${world.processes.length} processes`,
  )
  await world.look(async (store) => {
    // What was acknowledged is there; what was not was asked for again, or had only lost its answer.
    expect(await store.inbox.known([...guids])).toEqual(guids)
    expect((await store.measure()).inbox).toMatchObject({ waiting: 0, dead: 0 })
    expect(await store.jobs.dead(10)).toEqual([])
    expect(await expectFactsOfGitHub(world, store)).toBeGreaterThan(0)
  })
}

function repositories() {
  return ['acme', 'globex', 'initech'].flatMap((login) => {
    const owner = anAccount(login, { type: 'Organization' })
    return ['widgets', 'gadgets'].map((name) => aRepository({ owner, name, pullRequests: [] }))
  })
}

test(
  `I1, P2 (sqlite): ${kills} kills under load lose nothing (CHAOS_SEED=${seed})`,
  async () => {
    const all = repositories()
    const world = await anAppWorld({ engine: 'sqlite', repositories: all })
    const [process] = await killAtRandom({ world, repositories: all, roles: ['both'], kills, seed })
    if (process === undefined) throw new Error('nobody is left')
    // Redelivery, then a whole round of reconciling.
    await world.pass(process, ...soon, 12 * 60_000, ...soon, 7 * hour, ...soon)
    expect(await process.stop()).toBe(0)
    await expectNothingLost(world)
    for (const repository of all) expectOneCheckEach(repository, 'open')
  },
  kills * perKill + 240_000,
)

test.skipIf(postgresPrograms === undefined)(
  `I1, P2 (postgres): ${kills} kills of ingress and workers apart lose nothing (CHAOS_SEED=${seed})`,
  async () => {
    const all = repositories()
    const world = await anAppWorld({ engine: 'postgres', repositories: all })
    const left = await killAtRandom({
      world,
      repositories: all,
      roles: ['ingress', 'worker'],
      kills,
      seed,
    })
    const [, worker] = left
    if (worker === undefined) throw new Error('nobody is left')
    await world.pass(worker, ...soon, 12 * 60_000, ...soon, 7 * hour, ...soon)
    for (const process of left) expect(await process.stop()).toBe(0)
    await expectNothingLost(world)
    for (const repository of all) expectOneCheckEach(repository, 'open')
  },
  kills * perKill + 240_000,
)
