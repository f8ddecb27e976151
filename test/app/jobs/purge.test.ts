import { expect, test } from 'vitest'
import { SYSTEM_TENANT } from '../../../src/store/index.ts'
import { aRepositoryOf, minute, type PullRequestHistory } from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { anAppCase, install, owner } from './app-case.ts'

const year = 365 * 24 * 60 * 60 * 1_000

test('a clock that jumps by years deletes nothing, and the next day is as any other', async () => {
  const history: PullRequestHistory = {
    number: 7,
    author: people.author,
    openedAt: minute(10),
    commits: [{ message: 'Fix it' }],
    events: [{ type: 'merge', at: minute(60), by: people.maintainer, method: 'squash' }],
  }
  const app = await anAppCase({ repositories: [aRepositoryOf([history], [], { owner })] })
  const { store } = app.work
  const repositoryId = app.github.state.repositories[0]?.id ?? 0
  const kept = () =>
    store
      .tenant(owner.id)
      .read(async (facts) => (await facts.records.get(repositoryId, 7)) !== undefined)
  const purged = async () => {
    const before = app.lines.length
    await app.want(SYSTEM_TENANT, 'purge')
    await app.settle()
    return app.lines.slice(before).map(({ event }) => event)
  }
  await install(app)
  await app.settle()
  await app.accept({ event: 'ping', payload: {} })
  await app.settle()
  expect(await kept()).toBe(true)
  app.clock.move(2 * year)
  expect(await purged()).toContain('purge-refused')
  expect(await kept()).toBe(true)
  await app.accept({ event: 'ping', payload: {} })
  await app.settle()
  expect(await purged()).toContain('purged')
  expect(await kept()).toBe(false)
})
