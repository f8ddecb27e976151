import { expect, it } from 'vitest'
import { HOUSEKEEPING_TENANT } from '../../../src/store/index.ts'
import {
  acceptPermissions,
  anAccount,
  aRepository,
  aRepositoryOf,
  archiveRepository,
  chooseRepositories,
  createRepository,
  deleteRepository,
  type Installation,
  installApp,
  minute,
  type PullRequestHistory,
  type Repository,
  renameRepository,
  resumeInstallation,
  setPrivate,
  suspendInstallation,
  transferRepository,
  uninstallApp,
} from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import type { RawDelivery } from '../../support/history/deliveries-of.ts'
import { describeStores, type TestEngine } from '../../support/stores.ts'
import { type AppCase, anAppCase, install, owner } from './app-case.ts'

const history: PullRequestHistory = {
  number: 7,
  author: people.author,
  openedAt: minute(10),
  commits: [{ message: 'Fix it' }],
  events: [],
}
const day = 24 * 60 * 60_000

interface Case {
  readonly app: AppCase
  readonly installation: Installation
  readonly repository: Repository
}

/** The App on two repositories, all read, whose deliveries go straight into the inbox. */
async function aCase(engine: TestEngine): Promise<Case> {
  const repository = aRepositoryOf([history], [], { owner })
  const other = aRepository({ owner, name: 'other', id: 77, pullRequests: [] })
  const app = await anAppCase({ repositories: [repository, other], engine })
  await install(app)
  await app.pass(60_000)
  const [installation] = app.github.state.installations
  if (installation === undefined) throw new Error('there is no installation')
  // Its hook has no address: what is sent is taken from here.
  app.github.hooks.fate = ({ event, payload }) => {
    sent.push({ event, payload })
    return 'vanish'
  }
  const sent: RawDelivery[] = []
  delivered.set(app, sent)
  return { app, installation, repository }
}

const delivered = new WeakMap<AppCase, RawDelivery[]>()

async function deliver(app: AppCase): Promise<void> {
  for (const delivery of delivered.get(app)?.splice(0) ?? []) await app.accept(delivery)
}

async function repositoryOf({ app, repository }: Case) {
  return app.work.store.tenant(owner.id).read(({ repositories }) => repositories.get(repository.id))
}

/** What happens to an installation or a repository while jobs of it wait, and whether they may still ask GitHub for anything. */
const happenings: readonly {
  readonly what: string
  readonly happen: (one: Case) => Promise<void>
  readonly reads: boolean
  readonly after: (one: Case) => Promise<unknown>
  readonly is: object
}[] = [
  {
    what: 'the App is removed',
    happen: ({ app, installation }) => uninstallApp(app.github, installation),
    reads: false,
    after: ({ app }) => app.work.store.tenants.get(owner.id),
    is: { state: 'removed' },
  },
  {
    what: 'the App is suspended',
    happen: ({ app, installation }) => suspendInstallation(app.github, installation),
    reads: false,
    after: ({ app }) => app.work.store.tenants.get(owner.id),
    is: { state: 'suspended' },
  },
  {
    what: 'the App is suspended and resumed',
    happen: async ({ app, installation }) => {
      await suspendInstallation(app.github, installation)
      await deliver(app)
      await app.settle()
      await resumeInstallation(app.github, installation)
    },
    reads: true,
    after: ({ app }) => app.work.store.tenants.get(owner.id),
    is: { state: 'active' },
  },
  {
    what: 'the App is removed and installed again',
    happen: async ({ app, installation }) => {
      await uninstallApp(app.github, installation)
      await deliver(app)
      await app.settle()
      await installApp(app.github, app.app, owner, { id: installation.id + 1 })
    },
    reads: true,
    after: ({ app }) => app.work.store.tenants.get(owner.id),
    is: { state: 'active', removedAt: null },
  },
  {
    what: 'the repository is taken from it',
    happen: ({ app, installation }) => chooseRepositories(app.github, installation, [77]),
    reads: false,
    after: repositoryOf,
    is: { state: 'removed' },
  },
  {
    what: 'the repository is deleted',
    happen: ({ app, repository }) => deleteRepository(app.github, repository),
    reads: false,
    after: repositoryOf,
    is: { state: 'removed' },
  },
  {
    what: 'the repository goes to another owner',
    happen: async ({ app, repository }) => {
      const other = anAccount('other-company', { type: 'Organization' })
      await transferRepository(app.github, repository, other)
      // GitHub tells the new owner's installation alone, and there is none: it is found when it is read.
      await app.want(owner.id, 'read-change', `${repository.id}/8`)
    },
    reads: false,
    after: repositoryOf,
    is: { state: 'removed' },
  },
  {
    what: 'the repository is renamed',
    happen: ({ app, repository }) => renameRepository(app.github, repository, 'gadgets'),
    reads: true,
    after: repositoryOf,
    is: { state: 'active', name: 'acme/gadgets' },
  },
  {
    what: 'the repository becomes private',
    happen: ({ app, repository }) => setPrivate(app.github, repository, true),
    reads: true,
    after: repositoryOf,
    is: { state: 'active', visibility: 'private' },
  },
  {
    what: 'the repository is archived',
    happen: ({ app, repository }) => archiveRepository(app.github, repository),
    reads: true,
    after: repositoryOf,
    is: { state: 'active', archived: true },
  },
]

describeStores('while jobs wait (P8)', (engine) => {
  it.each(happenings)('$what', async ({ happen, reads, after, is }) => {
    const one = await aCase(engine)
    const { app, repository } = one
    await happen(one)
    await deliver(app)
    await app.settle()
    await app.pass(60 * 60_000)
    app.clock.move(1_000)
    const asked = app.github.requests.length
    for (const kind of ['reconcile-repository', 'backfill-repository']) {
      await app.want(owner.id, kind, String(repository.id))
    }
    await app.want(owner.id, 'read-change', `${repository.id}/7`)
    await app.want(owner.id, 'publish-check', `${repository.id}/7`)
    await app.settle()
    expect(await after(one)).toMatchObject(is)
    expect(app.github.requests.length > asked).toBe(reads)
    expect(await app.work.store.jobs.dead(10)).toEqual([])
  })
})

describeStores('an installation', (engine) => {
  it('that is removed is erased after 30 days, with its jobs and its key', async () => {
    const { app, installation, repository } = await aCase(engine)
    await uninstallApp(app.github, installation)
    await deliver(app)
    await app.want(HOUSEKEEPING_TENANT, 'purge')
    await app.pass(29 * day)
    const { store } = app.work
    expect(await store.tenants.get(owner.id)).toMatchObject({ state: 'removed' })
    await app.pass(2 * day)
    expect(await store.tenants.get(owner.id)).toBeUndefined()
    const found = await store.tenant(owner.id).read(({ records }) => records.get(repository.id, 7))
    expect(found).toBeUndefined()
  })

  it('that came back within 30 days is not erased', async () => {
    const { app, installation } = await aCase(engine)
    await uninstallApp(app.github, installation)
    await deliver(app)
    await app.settle()
    app.clock.move(20 * day)
    await installApp(app.github, app.app, owner, { id: installation.id + 1 })
    await deliver(app)
    await app.settle()
    app.clock.move(20 * day)
    await app.accept({ event: 'ping', payload: {} })
    await app.want(HOUSEKEEPING_TENANT, 'purge')
    await app.settle()
    expect(app.lines.map(({ event }) => event)).toContain('purged')
    const tenant = await app.work.store.tenants.get(owner.id)
    expect(tenant).toMatchObject({ state: 'active', installationId: installation.id + 1 })
  })

  it('is found without any delivery of it, and its end too', async () => {
    const { app, installation } = await aCase(engine)
    const other = anAccount('other-company', { type: 'Organization' })
    app.github.state.repositories.push(aRepository({ owner: other, name: 'theirs', id: 88 }))
    await installApp(app.github, app.app, other)
    await uninstallApp(app.github, installation)
    await app.pass(7 * 60 * 60_000)
    const { tenants } = app.work.store
    expect(await tenants.get(other.id)).toMatchObject({ state: 'active' })
    expect(await tenants.get(owner.id)).toMatchObject({ state: 'removed' })
  })

  it('has its permissions as the owner grants them', async () => {
    const { app, installation } = await aCase(engine)
    await acceptPermissions(app.github, installation, { contents: 'read' })
    await deliver(app)
    await app.settle()
    const tenant = await app.work.store.tenants.get(owner.id)
    expect(tenant?.permissions).toMatchObject({ contents: 'read' })
  })

  it('reads a repository that is new in it', async () => {
    const { app } = await aCase(engine)
    await createRepository(
      app.github,
      aRepositoryOf([history], [], { owner, id: 99, name: 'newest' }),
    )
    await deliver(app)
    await app.settle()
    const record = await app.work.store.tenant(owner.id).read(({ records }) => records.get(99, 7))
    expect(record).toBeDefined()
  })
})
