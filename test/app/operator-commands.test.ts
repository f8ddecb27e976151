import { randomBytes } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { readAccountSettings } from '../../src/app/settings/account-settings.ts'
import { openStore, type Store, type StoreLocation, SYSTEM_TENANT } from '../../src/store/index.ts'
import { aTenant } from '../support/a-tenant.ts'
import { writeEveryFact } from '../support/every-fact.ts'
import { readText } from '../support/repository.ts'
import {
  type AppEnd,
  credentials,
  runApp,
  startApp,
  temporaryFolder,
} from '../support/start-app.ts'
import {
  describePostgres,
  describeSqlite,
  describeStores,
  type TestEngine,
} from '../support/stores.ts'

// Each command is a process, and the machine may be busy with others.
vi.setConfig({ testTimeout: 120_000 })

const surroundings = { now: Date.now, random: (size: number) => randomBytes(size) }
const guid = '5d3b1c1e-0000-0000-0000-00000000beef'

/** The commands that docs/operate.md shows, without what the shell makes of them. */
const documented = commands(readText('docs/operate.md'))

function commands(page: string): string[][] {
  const block = /<!-- test: commands -->\n```sh\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
  return block
    .trim()
    .split('\n')
    .map((line) => {
      const [, command = ''] = /^npm -s start -- (.*?) *(?:> \S+ *)?#/.exec(line) ?? []
      return command.split(' ')
    })
}

function environmentOf(location: StoreLocation): Record<string, string> {
  return location.engine === 'sqlite'
    ? { DATABASE_FILE: location.file }
    : { DATABASE_URL: location.url }
}

/** An account with a row in every table, on three repositories, and a dead delivery. */
async function fill(store: Store): Promise<void> {
  await store.tenants.upsert(aTenant({ id: 21, login: 'acme' }))
  const tenant = store.tenant(21)
  await tenant.write(null, async (facts) => {
    await writeEveryFact(facts)
    for (const [id, visibility] of [
      [2, 'public'],
      [3, 'public'],
      [4, 'internal'],
    ] as const) {
      const about = { defaultBranch: 'main', archived: false }
      await facts.repositories.upsert({ id, name: `acme/r${id}`, visibility, ...about })
    }
    await facts.settings.put('{}')
  })
  const body = Buffer.from('{}')
  await store.inbox.accept({ id: guid, event: 'push', body, tenantId: 21, receivedAt: Date.now() })
  for (const claimed of await store.inbox.claim({ limit: 1, lease: 1_000 })) {
    await store.inbox.bury(claimed, 'TypeError')
  }
}

async function aCase(engine: TestEngine) {
  const folder = await temporaryFolder()
  const location = await engine.location()
  const inStore = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openStore(location, surroundings)
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  }
  await inStore(fill)
  return {
    folder,
    location,
    inStore,
    run: (...args: string[]): Promise<AppEnd> => runApp(folder.path, environmentOf(location), args),
  }
}

const preview = (shown: string) =>
  `With organisation-in-public-checks the organisation's statement ${shown} shown in the checks of 2 public and 1 internal repositories, to whoever can read these.`

describeStores('the operator’s commands', (engine) => {
  it('do what docs/operate.md says', async () => {
    const { folder, inStore, run } = await aCase(engine)
    const said: AppEnd[] = []
    for (const args of documented) said.push(await run(...args))
    expect(documented).toHaveLength(9)
    const statuses = said.map(({ status }) => status)
    // Only the erasure that was not confirmed does nothing.
    expect(statuses).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 1])
    const [tenants, settings, published, labels, exported, asked, erased, dead, replayed] = said
    expect(JSON.parse(tenants?.stdout ?? '')).toEqual({
      id: 21,
      login: 'acme',
      kind: 'Organization',
      state: 'active',
      repositories: { public: 2, internal: 1, private: 1 },
      lastSnapshot: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    })
    expect(settings?.stdout).toContain(
      'open=on\npeople=5\nchanges=20\nlargest-person-percent=50\nretention-days=server\nrepositories=all\nbranches=\norganisation-in-public-checks=off\nlabels=off\n',
    )
    expect(settings?.stdout).toContain(preview('would be'))
    expect(published?.stdout).toContain(preview('is'))
    expect(labels?.stdout).toContain('organisation-in-public-checks=on\nlabels=on\n')
    expect(labels?.stdout).toContain('which were not granted')
    const lines = (exported?.stdout ?? '').trim().split('\n')
    const tables = lines.map((line) => (JSON.parse(line) as { table: string }).table)
    expect(new Set(tables)).toContain('changes')
    expect(asked?.stderr).toContain('--erase 21 --yes')
    expect(asked?.stderr).toContain('still installed')
    expect(erased?.stderr).toContain('is erased')
    // Its dead delivery went with it.
    expect(dead?.stdout).toBe('')
    expect(replayed?.stderr).toContain('there is nothing of that ID')
    await inStore(async (store) => {
      expect(await store.tenants.list()).toEqual([])
      const log = await store.tenant(SYSTEM_TENANT).read(({ audit }) => audit.list(10))
      expect(log.map(({ action, subject }) => `${action} ${subject}`)).toContain('erase tenant 21')
      expect(log.map(({ outcome }) => outcome)).toContain('asked for by the operator')
    })
    await folder.remove()
  })

  it('write what they read and change into the access log, and have open pull requests looked at', async () => {
    const { folder, inStore, run } = await aCase(engine)
    await inStore((store) =>
      store.tenant(21).write(null, async ({ records }) => {
        const record = await records.get(1, 7)
        if (record !== undefined) {
          await records.put({ ...record, state: 'open', merge: null }, { headSha: record.head.sha })
        }
      }),
    )
    await run('--export', '21')
    await run('--set', '21', 'organisation-in-public-checks=on')
    await run('--set', '21', 'labels=on')
    await run('--set', '21', 'organisation-in-public-checks=off')
    await run('--set', '21', 'branches=release/*')
    await inStore(async (store) => {
      const { settings, log } = await store.tenant(21).read(async (facts) => ({
        settings: await readAccountSettings(facts),
        log: await facts.audit.list(10),
      }))
      expect(settings).toMatchObject({
        ...{ organisationInPublicChecks: false, labels: true },
        tracking: { repositories: 'all', branches: ['release/*'] },
      })
      const told = log.map(({ action, subject, outcome }) => `${action} ${subject} ${outcome}`)
      expect(told).toEqual(
        expect.arrayContaining([
          'export-facts tenant 21 by the operator',
          'change-settings organisationInPublicChecks from off to on',
          'change-settings organisationInPublicChecks from on to off',
          'change-settings labels from off to on',
          expect.stringContaining('change-settings tracking from all repositories'),
        ]),
      )
      expect(await store.jobs.tenantsOf('publish-check')).toEqual([21])
      expect(await store.jobs.tenantsOf('keep-labels')).toEqual([21])
      expect(await store.jobs.tenantsOf('purge')).toEqual([])
    })
    await folder.remove()
  })
})

describeSqlite('a command that cannot be done', (engine) => {
  it.each([
    [['--set', '21', 'label=on'], 1, 'settings are open, people, changes'],
    [['--set', '21', 'labels=yes'], 1, 'docs/settings.md'],
    [['--set', '21', 'people=4'], 1, 'docs/settings.md'],
    [['--set', '21', 'retention-days=30'], 1, 'docs/settings.md'],
    [['--set', '21', 'repositories=acme/r2'], 1, 'docs/settings.md'],
    [['--set', '21', 'branches=a b'], 1, 'docs/settings.md'],
    [['--set', '22', 'labels=on'], 1, 'there is no such account'],
    [['--settings', 'acme'], 1, 'there is no such account'],
    [['--export', '22'], 1, 'there is no such account'],
    [['--erase', '22', '--yes'], 1, 'there is no such account'],
    [['--erase', '21', '--no'], 2, 'there is no such option'],
    [['--erase', '--yes'], 2, 'there is no such option'],
    [['--set', '21'], 2, 'there is no such option'],
    [['--tenants', '21'], 2, 'there is no such option'],
  ])('%j changes nothing and says why', async (args, status, reason) => {
    const { folder, inStore, run } = await aCase(engine)
    const end = await run(...args)
    expect(end).toMatchObject({ status, stdout: '' })
    expect(end.stderr).toContain(reason)
    if (status === 1) expect(end.stderr.trim().split('\n')).toHaveLength(1)
    await inStore(async (store) => {
      const log = await store.tenant(21).read(({ audit }) => audit.list(10))
      expect(log.filter(({ action }) => action !== 'read')).toEqual([])
    })
    await folder.remove()
  })
})

it('with the embedded database, a command says that the App has to be stopped', async () => {
  const folder = await temporaryFolder()
  const app = await startApp(folder.path, {})
  const { status, stdout, stderr } = await runApp(folder.path, {}, ['--tenants'])
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toMatch(/is in use by another process: stop that one first, or use PostgreSQL/)
  await app.stop()
  expect((await runApp(folder.path, {}, ['--tenants'])).status).toBe(0)
  await folder.remove()
})

describePostgres('while the App runs', (engine) => {
  it('commands work', async () => {
    const { folder, location, run } = await aCase(engine)
    const app = await startApp(folder.path, { ...credentials(), ...environmentOf(location) })
    expect((await run('--set', '21', 'organisation-in-public-checks=on')).status).toBe(0)
    expect((await run('--settings', '21')).stdout).toContain('organisation-in-public-checks=on')
    expect((await app.stop()).status).toBe(0)
    await folder.remove()
  })
})
