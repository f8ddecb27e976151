import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectFactsOfGitHub, expectOneCheckEach } from '../../support/app-facts.ts'
import type { AppProcess } from '../../support/app-process.ts'
import { type AppWorld, anAppWorld, soon } from '../../support/app-process-world.ts'
import { Load } from '../../support/chaos.ts'
import { anAccount, aRepository } from '../../support/fake-github/index.ts'
import { postgresPrograms } from '../../support/postgres.ts'

const hour = 60 * 60_000
const day = 24 * hour
const steps = 40

const [drawn = 0] = fc.sample(fc.noBias(fc.nat()), 1)
const seed = Number(process.env.CHAOS_SEED ?? drawn)

async function expectHealed(world: AppWorld, process: AppProcess): Promise<void> {
  expect(await process.stop()).toBe(0)
  await world.look(async (store) => {
    expect(await expectFactsOfGitHub(world, store)).toBeGreaterThan(0)
    expect(await store.jobs.dead(10)).toEqual([])
  })
  for (const repository of world.github.state.repositories) expectOneCheckEach(repository)
}

async function miss(engine: 'sqlite' | 'postgres'): Promise<void> {
  const owner = anAccount('acme', { type: 'Organization' })
  const repositories = ['widgets', 'gadgets'].map((name) =>
    aRepository({ owner, name, pullRequests: [] }),
  )
  const world = await anAppWorld({ engine, repositories })
  const load = new Load(world, repositories, seed)
  const first = world.start()
  await world.pass(first, ...soon)
  // No delivery ever comes, and no log of GitHub's knows that one was lost.
  world.github.hooks.fate = () => 'vanish'
  for (let step = 0; step < steps; step += 1) await load.step()
  await world.pass(first, 7 * hour, ...soon)
  await expectHealed(world, first)
  expect(world.app.deliveries).toEqual([])

  // Nobody listens for longer than GitHub keeps its log.
  world.github.hooks.fate = () => 'lose'
  for (let step = 0; step < steps; step += 1) await load.step()
  world.clock.pass(8 * day)
  world.github.hooks.fate = () => 'deliver'
  const second = world.start()
  await world.pass(second, ...soon, hour, ...soon)
  await expectHealed(world, second)
}

test(
  `P10 (sqlite): without a single webhook the facts are GitHub's, also after 8 days without the App (CHAOS_SEED=${seed})`,
  () => miss('sqlite'),
  300_000,
)

test.skipIf(postgresPrograms === undefined)(
  `P10 (postgres): without a single webhook the facts are GitHub's, also after 8 days without the App (CHAOS_SEED=${seed})`,
  () => miss('postgres'),
  300_000,
)
