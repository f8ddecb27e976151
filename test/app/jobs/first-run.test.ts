import { expect, it } from 'vitest'
import {
  anAccount,
  aRepository,
  aRepositoryOf,
  minute,
  type PullRequestHistory,
} from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { describeStores } from '../../support/stores.ts'
import { anAppCase, becomes, deliveriesTo, install, owner } from './app-case.ts'

const history: PullRequestHistory = {
  number: 7,
  author: people.author,
  openedAt: minute(10),
  commits: [{ message: 'Fix it\n\nCo-Authored-By: Claude <noreply@anthropic.com>' }],
  events: [
    { type: 'review', at: minute(30), by: people.reviewer, state: 'APPROVED' },
    { type: 'merge', at: minute(40), by: people.maintainer, method: 'squash' },
  ],
}

describeStores('the App on its first run', (engine) => {
  it('finds its installations and reads what happened before', async () => {
    const repository = aRepositoryOf([history], [], { owner })
    const app = await anAppCase({ repositories: [repository], engine })
    await install(app)
    const { store } = app.work
    const tenant = store.tenant(owner.id)
    expect(await store.tenants.get(owner.id)).toMatchObject({ login: 'acme', state: 'active' })
    const record = await tenant.read(({ records }) => records.get(repository.id, 7))
    expect(record).toMatchObject({ number: 7, state: 'merged' })
    const change = await tenant.read(({ changes }) => changes.get(repository.id, 7))
    expect(change).toMatchObject({ assistance: 'assisted', cycleSeconds: 1800 })
    expect(app.outcomes).toEqual([
      'find-installations done',
      'sync-installation done',
      'sync-repositories done',
      'backfill-repository done',
    ])
  })

  it('hears of a repository that it does not know yet, and reads it whole', async () => {
    const repository = aRepositoryOf([history], [], { owner })
    const app = await anAppCase({ repositories: [repository], engine })
    const [delivery] = deliveriesTo(app, repository, history)
    if (delivery !== undefined) await app.accept(delivery)
    await app.settle()
    expect(app.outcomes[0]).toBe('ignored')
    const tenant = app.work.store.tenant(owner.id)
    const record = await tenant.read(({ records }) => records.get(repository.id, 7))
    expect(record).toMatchObject({ state: 'merged' })
  })

  it('reads a change again when a delivery tells of it', async () => {
    const repository = aRepositoryOf([{ ...history, events: [] }], [], { owner })
    const app = await anAppCase({ repositories: [repository], engine })
    await install(app)
    becomes(repository, [history])
    for (const delivery of deliveriesTo(app, repository, history)) await app.accept(delivery)
    await app.settle()
    const tenant = app.work.store.tenant(owner.id)
    const record = await tenant.read(({ records }) => records.get(repository.id, 7))
    expect(record).toMatchObject({ number: 7, state: 'merged' })
    // Three deliveries of one pull request are one reading.
    expect(app.outcomes.slice(4)).toEqual(['done', 'done', 'done', 'read-change done'])
  })
})

describeStores('a delivery of somebody else', (engine) => {
  const other = anAccount('other-company', { type: 'Organization' })

  it('reaches no tenant with the repository of another (wh-tenant-confusion)', async () => {
    const own = aRepositoryOf([history], [], { owner })
    const theirs = aRepository({ owner: other, name: 'secrets', pullRequests: [] })
    const app = await anAppCase({ repositories: [own, theirs], engine })
    await install(app)
    const before = app.outcomes.length
    const [delivery] = deliveriesTo(app, theirs, history)
    const installation = app.installations.find(({ account }) => account.id === owner.id)
    await app.accept({
      event: 'pull_request',
      payload: { ...Object(delivery?.payload), installation: { id: installation?.id } },
    })
    await app.settle()
    expect(app.outcomes.slice(before)).toEqual(['ignored'])
    const kept = await app.work.store
      .tenant(owner.id)
      .read(({ repositories }) => repositories.list())
    expect(kept.map(({ id }) => id)).toEqual([own.id])
  })
})
