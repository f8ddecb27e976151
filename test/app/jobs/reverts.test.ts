import { expect, it } from 'vitest'
import { aRepositoryOf, minute, type PullRequestHistory } from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { describeStores } from '../../support/stores.ts'
import { anAppCase, becomes, deliveriesTo, install, owner } from './app-case.ts'

function merged(number: number, init: Partial<PullRequestHistory> = {}): PullRequestHistory {
  return {
    number,
    author: people.author,
    openedAt: minute(number * 100),
    title: `Add widget number ${number} to the page`,
    commits: [{ message: `Add widget number ${number} to the page` }],
    events: [
      { type: 'merge', at: minute(number * 100 + 20), by: people.maintainer, method: 'squash' },
    ],
    ...init,
  }
}

describeStores('a revert', (engine) => {
  it('changes the facts of what it reverts, in whichever order the two are read', async () => {
    const first = merged(1)
    const revert = merged(2, {
      title: 'Revert "Add widget number 1 to the page"',
      body: 'Reverts acme/widgets#1',
      branch: 'revert-1-change-1',
    })
    for (const order of [
      [first, revert],
      [revert, first],
    ]) {
      const repository = aRepositoryOf([], [], { owner })
      const app = await anAppCase({ repositories: [repository], engine })
      await install(app)
      becomes(repository, [first, revert])
      for (const history of order) {
        for (const delivery of deliveriesTo(app, repository, history)) await app.accept(delivery)
        await app.settle()
      }
      const { change, links, role } = await app.work.store
        .tenant(owner.id)
        .read(async ({ changes, reverts }) => ({
          change: await changes.get(repository.id, 1),
          role: (await changes.get(repository.id, 2))?.exclusion,
          links: await reverts.of(repository.id, 1),
        }))
      expect(change?.reverted?.at).toBe('2026-03-02T12:40:00Z')
      expect(links).toMatchObject([{ rung: 'R1', by: { number: 2 } }])
      expect(role).toBe('revert')
    }
  })
})
