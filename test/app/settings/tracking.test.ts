import { expect, it } from 'vitest'
import type { AccountChoices } from '../../../src/app/settings/account-settings.ts'
import { applyChanges } from '../../../src/app/settings/apply-changes.ts'
import { changeAccountSettings } from '../../../src/app/settings/change-settings.ts'
import { HOUSEKEEPING_TENANT } from '../../../src/store/index.ts'
import {
  aRepositoryOf,
  minute,
  type PullRequestHistory,
  type Repository,
} from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { describeStores, type TestEngine } from '../../support/stores.ts'
import { type AppCase, anAppCase, deliveriesTo, install, owner } from '../jobs/app-case.ts'

const day = 24 * 60 * 60_000

function aChange(number: number, base = 'main'): PullRequestHistory {
  return {
    number,
    base,
    author: people.author,
    openedAt: minute(number * 10),
    commits: [{ message: `Change ${number}` }],
    events: [],
  }
}

const histories = [aChange(1), aChange(2, 'release/1'), aChange(3, 'somebody/elses')]

/** The App on two repositories, all read. */
async function aCase(engine: TestEngine) {
  const first = aRepositoryOf(histories, [], { owner, name: 'first', id: 61 })
  const second = aRepositoryOf(histories, [], { owner, name: 'second', id: 62 })
  const app = await anAppCase({ repositories: [first, second], engine })
  await install(app)
  return { app, first, second }
}

/** As an owner does on the page. */
async function decide({ work, clock }: AppCase, choices: Partial<AccountChoices>): Promise<void> {
  const at = clock.now
  const jobs = await work.store.tenant(owner.id).write(null, async (facts) => {
    const change = await changeAccountSettings(facts, choices, { actor: 99, at })
    return applyChanges(facts, change, { tenantId: owner.id, at, backfillWeeks: 26 })
  })
  await work.store.jobs.enqueue(jobs)
}

function kept({ work }: AppCase, { id }: Repository) {
  return work.store.tenant(owner.id).read(({ repositories }) => repositories.get(id))
}

/** Which pull requests of a repository are kept, and into which branches those went that count. */
function recordsIn({ work }: AppCase, { id }: Repository) {
  return work.store.tenant(owner.id).read(async ({ records }) => {
    const found: (string | number | null)[][] = []
    for await (const record of records.stream({ repositoryId: id })) {
      if (record.record !== 'pull-request') continue
      found.push([record.number, record.base.tracked ? record.base.name : null])
    }
    return found
  })
}

describeStores('a repository that is not tracked any more', (engine) => {
  const onlyFirst = { tracking: { repositories: [61], branches: [] } }

  it('is read no longer, whatever comes of it, and the other one is', async () => {
    const { app, first, second } = await aCase(engine)
    await decide(app, onlyFirst)
    await app.settle()
    expect(await kept(app, second)).toMatchObject({ state: 'untracked', removedAt: app.clock.now })
    expect(await kept(app, first)).toMatchObject({ state: 'active', removedAt: null })
    const requests = () => app.github.requests.length
    const before = requests()
    for (const delivery of deliveriesTo(app, second, aChange(1))) await app.accept(delivery)
    await app.want(owner.id, 'reconcile-repository', '62')
    await app.want(owner.id, 'backfill-repository', '62')
    await app.settle()
    expect(requests()).toBe(before)
    for (const delivery of deliveriesTo(app, first, aChange(1))) await app.accept(delivery)
    await app.settle()
    expect(requests()).toBeGreaterThan(before)
  })

  it('stays so when repositories are looked up, and so does one that comes', async () => {
    const { app, first, second } = await aCase(engine)
    await decide(app, onlyFirst)
    const since = app.clock.now
    const third = aRepositoryOf(histories, [], { owner, name: 'third', id: 63 })
    app.github.state.repositories.push(third)
    second.name = 'renamed'
    await app.pass(day)
    expect(await kept(app, second)).toMatchObject({
      ...{ state: 'untracked', name: 'acme/renamed', removedAt: since },
    })
    expect(await kept(app, third)).toMatchObject({ state: 'untracked', backfilledAt: null })
    expect(await recordsIn(app, third)).toEqual([])
    expect(await kept(app, first)).toMatchObject({ state: 'active' })
  })

  it('is erased but for its name after thirty days, and read anew where it is chosen again', async () => {
    const { app, first, second } = await aCase(engine)
    await decide(app, onlyFirst)
    const purgeAfter = async (days: number) => {
      app.clock.move(days * day)
      await app.accept({ event: 'ping', payload: {} })
      await app.want(HOUSEKEEPING_TENANT, 'purge')
      await app.settle()
    }
    await purgeAfter(29)
    expect(await recordsIn(app, second)).toHaveLength(3)
    await purgeAfter(2)
    expect(await recordsIn(app, second)).toEqual([])
    expect(await kept(app, second)).toMatchObject({
      ...{ state: 'untracked', name: 'acme/second', backfilledAt: null, watermark: null },
    })
    expect(await recordsIn(app, first)).toHaveLength(3)
    await decide(app, { tracking: { repositories: 'all', branches: [] } })
    await app.settle()
    expect(await kept(app, second)).toMatchObject({ state: 'active', removedAt: null })
    expect(await recordsIn(app, second)).toHaveLength(3)
  })
})

describeStores('other branches', (engine) => {
  const releases = { tracking: { repositories: 'all' as const, branches: ['release/*'] } }
  const counted = [
    [1, 'main'],
    [2, 'release/1'],
    [3, null],
  ]

  it('count once they are chosen, also for what was read before', async () => {
    const { app, first, second } = await aCase(engine)
    expect(await recordsIn(app, first)).toEqual([
      [1, 'main'],
      [2, null],
      [3, null],
    ])
    await decide(app, releases)
    await app.settle()
    expect(await recordsIn(app, first)).toEqual(counted)
    expect(await recordsIn(app, second)).toEqual(counted)
    expect(await kept(app, first)).toMatchObject({ checkpoint: null, watermark: app.clock.now })
    for (const delivery of deliveriesTo(app, first, aChange(2, 'release/1'))) {
      await app.accept(delivery)
    }
    await app.settle()
    expect(await recordsIn(app, first)).toEqual(counted)
    app.clock.move(60_000)
    await decide(app, { tracking: { repositories: 'all', branches: [] } })
    await app.settle()
    expect((await recordsIn(app, first))[1]).toEqual([2, null])
  })

  it('are read for where they are chosen while something else is read', async () => {
    const { app, first } = await aCase(engine)
    // Between what a reading found and its last word.
    const store = app.work.store.tenant(owner.id)
    await store.write(null, ({ repositories }) =>
      repositories.setReading(first.id, {
        checkpoint: JSON.stringify({
          startedAt: app.clock.now,
          since: new Date(0).toISOString(),
          updatedSince: new Date(app.clock.now).toISOString(),
          branchCommits: false,
        }),
      }),
    )
    await decide(app, releases)
    await store.write(null, ({ repositories }) =>
      repositories.setReading(first.id, {
        checkpoint: JSON.stringify({
          startedAt: app.clock.now,
          since: new Date(0).toISOString(),
          updatedSince: new Date(app.clock.now).toISOString(),
          branchCommits: false,
        }),
      }),
    )
    await app.settle()
    expect(await recordsIn(app, first)).toEqual(counted)
  })
})
