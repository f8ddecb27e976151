import { describe, expect, test } from 'vitest'
import { expectFactsOfGitHub, expectOneCheckEach } from '../../support/app-facts.ts'
import { type AppProcess, readMetrics } from '../../support/app-process.ts'
import { type AppWorld, anAppWorld, soon } from '../../support/app-process-world.ts'
import { writeTime } from '../../support/fake-github/builders.ts'
import { anAccount, aRepository, type Repository } from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { LivePullRequest } from '../../support/history/live-pull-request.ts'
import { postgresPrograms } from '../../support/postgres.ts'

const flooded = 60
const perOther = 3
const others = ['globex', 'initech', 'hooli', 'umbrella', 'stark']

async function open(world: AppWorld, repository: Repository, number: number): Promise<void> {
  await LivePullRequest.open(world.github, repository, {
    number,
    author: people.author,
    openedAt: writeTime(world.clock.now()),
    commits: [{ message: `Change ${repository.owner.login} ${number}` }],
  })
}

/** Whose pull requests were read, in that order. */
function reads(world: AppWorld, since: number): string[] {
  return world.github.requests.slice(since).flatMap(({ path, body }) => {
    const { query = '', variables = {} } = (body ?? {}) as {
      query?: string
      variables?: { owner?: string }
    }
    return path === '/graphql' && query.includes('query PullRequestRecord(')
      ? [String(variables.owner)]
      : []
  })
}

/** Over all processes. */
async function total(processes: readonly AppProcess[], sample: RegExp): Promise<number> {
  let sum = 0
  for (const { listening } of processes) {
    for (const [name, value] of await readMetrics(await listening)) {
      if (sample.test(name)) sum += value
    }
  }
  return sum
}

describe.skipIf(postgresPrograms === undefined)('I11: replicas on one PostgreSQL', () => {
  test.each([2, 4])(
    '%i of them do nothing twice, and one that floods keeps nobody waiting',
    async (count) => {
      const repositories = ['acme', ...others].map((login) =>
        aRepository({ owner: anAccount(login, { type: 'Organization' }), pullRequests: [] }),
      )
      const [widgets, ...rest] = repositories
      if (widgets === undefined) throw new Error('there is no repository')
      const world = await anAppWorld({ engine: 'postgres', repositories })
      // Everybody is known before the flood.
      const alone = world.start('worker')
      await world.pass(alone, ...soon)
      await alone.stop()

      const ingress = world.start('ingress')
      await ingress.listening
      for (let number = 1; number <= flooded; number += 1) await open(world, widgets, number)
      for (const repository of rest) {
        for (let number = 1; number <= perOther; number += 1) await open(world, repository, number)
      }
      const told = world.app.deliveries.length
      expect(world.app.deliveries.map(({ statusCode }) => statusCode)).toEqual(
        Array.from({ length: told }, () => 202),
      )
      const before = world.github.requests.length
      const began = performance.now()
      const replicas = Array.from({ length: count }, () => world.start('worker'))
      const [replica] = replicas
      if (replica === undefined) throw new Error('there are no replicas')
      await Promise.all(replicas.map(({ listening }) => listening))
      await world.settled(replica)
      const elapsed = performance.now() - began

      const order = reads(world, before)
      const all = flooded + others.length * perOther
      expect(order).toHaveLength(all)
      // The last of the others has its turn long before the flood is over.
      const lastOther = order.findLastIndex((login) => login !== 'acme')
      expect(order.slice(lastOther).length).toBeGreaterThan(flooded / 2)
      expect(await total(replicas, /job_runs_total\{kind="read-change",outcome="done"\}/)).toBe(all)
      // Those of our own check runs too, where the first of them are there by now.
      expect(await total(replicas, /dispatches_total\{outcome="done"\}/)).toBe(
        world.app.deliveries.length,
      )

      await world.pass(replica, ...soon)
      const made = world.github.requests.filter(
        ({ method, path }) => method === 'POST' && path.endsWith('/check-runs'),
      )
      expect(made).toHaveLength(all)
      for (const repository of repositories) expectOneCheckEach(repository)
      expect(await total(replicas, /outcome="(lost|retried|buried)"/)).toBe(0)
      const shares = await Promise.all(
        replicas.map((one) => total([one], /job_runs_total\{kind="read-change"/)),
      )
      console.log(
        `${count} replicas: ${all} changes read in ${Math.round(elapsed)} ms from their start, ${shares.join(' + ')}`,
      )
      for (const one of [ingress, ...replicas]) expect(await one.stop()).toBe(0)
      await world.look((store) => expectFactsOfGitHub(world, store))
    },
    300_000,
  )
})
