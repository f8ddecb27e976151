import { expect, it } from 'vitest'
import { changeAccountSettings } from '../../../src/app/settings/change-settings.ts'
import { HOUSEKEEPING_TENANT } from '../../../src/store/index.ts'
import { aRepositoryOf, minute, type PullRequestHistory } from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { describeStores } from '../../support/stores.ts'
import { anAppCase, install, owner } from './app-case.ts'

const day = 24 * 60 * 60 * 1_000
const year = 365 * day

const week = 7 * day

describeStores('a clock that is weeks ahead', (engine) => {
  it('makes no snapshot of a week to come, and the weeks go on once it is right', async () => {
    const monday = Date.parse('2026-03-09T00:00:00Z')
    const repositories = [aRepositoryOf([], [], { owner })]
    const begin = monday + 2 * day
    const app = await anAppCase({ repositories, now: begin, snapshots: true, engine })
    await install(app)
    await app.pass(60 * 60_000)
    await app.accept({ event: 'ping', payload: {} })
    const { store } = app.work
    const weeks = async () => {
      const asOfs = await store
        .tenant(owner.id)
        .read(({ snapshots }) => snapshots.list('organisation', 0))
      return asOfs.map(({ asOf }) => asOf)
    }
    const before = await weeks()
    app.clock.now += 3 * week
    await app.want(owner.id, 'build-snapshots')
    await app.settle()
    const refused = () => app.lines.filter(({ event }) => event === 'clock-refused').length
    const count = refused()
    expect(count).toBeGreaterThan(0)
    expect(await weeks()).toEqual(before)
    app.clock.now -= 2 * week
    await app.accept({ event: 'ping', payload: {} })
    await app.want(owner.id, 'build-snapshots')
    await app.pass(60 * 60_000)
    expect((await weeks()).every((asOf) => asOf <= monday + week)).toBe(true)
    expect(refused()).toBe(count)
  })
})

describeStores('purging', (engine) => {
  it('with a clock that jumps by years deletes nothing, and the next day is as any other', async () => {
    const history: PullRequestHistory = {
      number: 7,
      author: people.author,
      openedAt: minute(10),
      commits: [{ message: 'Fix it' }],
      events: [{ type: 'merge', at: minute(60), by: people.maintainer, method: 'squash' }],
    }
    const app = await anAppCase({ repositories: [aRepositoryOf([history], [], { owner })], engine })
    const { store } = app.work
    const repositoryId = app.github.state.repositories[0]?.id ?? 0
    const kept = () =>
      store
        .tenant(owner.id)
        .read(async (facts) => (await facts.records.get(repositoryId, 7)) !== undefined)
    const purged = async () => {
      const before = app.lines.length
      await app.want(HOUSEKEEPING_TENANT, 'purge')
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

  /** A merged pull request, and how many are left after a purge so many days after the merge. */
  async function aMergedOne() {
    const history: PullRequestHistory = {
      number: 7,
      author: people.author,
      openedAt: minute(10),
      commits: [{ message: 'Fix it' }],
      events: [{ type: 'merge', at: minute(60), by: people.maintainer, method: 'squash' }],
    }
    const app = await anAppCase({ repositories: [aRepositoryOf([history], [], { owner })], engine })
    await install(app)
    const tenant = app.work.store.tenant(owner.id)
    const countAfter = async (days: number) => {
      app.clock.moveTo(Date.parse(minute(60)) + days * day)
      await app.accept({ event: 'ping', payload: {} })
      await app.want(HOUSEKEEPING_TENANT, 'purge')
      await app.settle()
      return tenant.read(({ records }) => records.count())
    }
    return { app, tenant, countAfter }
  }

  it('facts of an account are kept as long as its owner wishes, and never longer than the server does', async () => {
    const { tenant, countAfter } = await aMergedOne()
    await tenant.write(null, (facts) =>
      changeAccountSettings(facts, { retentionDays: 250 }, { actor: 99, at: 0 }),
    )
    expect(await countAfter(249)).toBe(1)
    expect(await countAfter(251)).toBe(0)
  })

  it('settings that cannot be read stop no purge: what the server itself allows holds, and the log says so', async () => {
    const { app, tenant, countAfter } = await aMergedOne()
    await tenant.write(null, ({ settings }) => settings.put('{"open":"of a newer version"}'))
    expect(await countAfter(399)).toBe(1)
    expect(app.lines.map(({ event }) => event)).toContain('settings-unreadable')
    expect(await countAfter(401)).toBe(0)
  })
})
