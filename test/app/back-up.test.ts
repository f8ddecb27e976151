import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStore, type StoreLocation } from '../../src/store/index.ts'
import { pullRequestPayload } from '../support/delivery-payload.ts'
import { createDatabase, postgresPrograms } from '../support/postgres.ts'
import { readText, root } from '../support/repository.ts'
import { temporaryFolder } from '../support/start-app.ts'

const surroundings = { now: Date.now, random: (size: number) => randomBytes(size) }

/** The commands that docs/operate.md gives under that name. */
function commands(name: string): string {
  const found = new RegExp(`<!-- test: ${name} -->\n\`\`\`sh\n([^]*?)\`\`\``).exec(
    readText('docs/operate.md'),
  )?.[1]
  if (found === undefined) throw new Error(`docs/operate.md has no commands to ${name}`)
  return found
}

function shell(name: string, environment: Record<string, string>): void {
  const programs = postgresPrograms === undefined ? [] : [postgresPrograms]
  execFileSync('bash', ['-euo', 'pipefail', '-c', commands(name)], {
    cwd: root,
    env: { PATH: [...programs, process.env.PATH].join(':'), ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

/** Puts a tenant and a delivery into the store, and gives what tells that they are there. */
async function fill(location: StoreLocation, id: string) {
  const store = await openStore(location, surroundings)
  await store.tenants.upsert({
    id: 21,
    login: 'acme',
    kind: 'Organization',
    installationId: 11,
    permissions: {},
    state: 'active',
  })
  await store.inbox.accept({
    id,
    event: 'pull_request',
    body: Buffer.from(pullRequestPayload()),
    tenantId: 21,
    receivedAt: Date.now(),
  })
  return store
}

/** What a back-up must bring back: also the key by which people are told apart. */
async function contents(location: StoreLocation) {
  const store = await openStore(location, surroundings)
  try {
    return {
      deliveries: (await store.inbox.claim({ limit: 10, lease: 1_000 })).map(({ id }) => id),
      tenants: (await store.tenants.list()).map(({ id, login }) => ({ id, login })),
      key: Buffer.from(await store.tenant(21).pseudonymKey()).toString('hex'),
    }
  } finally {
    await store.close()
  }
}

const first = '00000000-0000-4000-8000-000000000001'
const second = '00000000-0000-4000-8000-000000000002'

test('the embedded database is backed up while it runs, and restored', async () => {
  const folder = await temporaryFolder()
  const file = join(folder.path, 'store.sqlite')
  const location = { engine: 'sqlite', file } as const
  const environment = { DATABASE_FILE: file, BACKUP: join(folder.path, 'backup.sqlite') }
  const store = await fill(location, first)
  const key = Buffer.from(await store.tenant(21).pseudonymKey()).toString('hex')
  shell('back up sqlite', environment)
  await store.inbox.accept({
    id: second,
    event: 'pull_request',
    body: Buffer.from('{}'),
    tenantId: 21,
    receivedAt: Date.now(),
  })
  await store.close()
  shell('restore sqlite', environment)
  expect(await contents(location)).toEqual({
    deliveries: [first],
    tenants: [{ id: 21, login: 'acme' }],
    key,
  })
  await folder.remove()
})

test.skipIf(postgresPrograms === undefined)(
  'a PostgreSQL database is backed up while it runs, and restored into another',
  async () => {
    const folder = await temporaryFolder()
    const BACKUP = join(folder.path, 'backup.dump')
    const [from, to] = [await createDatabase(), await createDatabase()]
    const store = await fill({ engine: 'postgres', url: from.url }, first)
    const key = Buffer.from(await store.tenant(21).pseudonymKey()).toString('hex')
    shell('back up postgres', { SUPERUSER_URL: from.url, BACKUP })
    await store.close()
    shell('restore postgres', { SUPERUSER_URL: to.url, BACKUP })
    expect(await contents({ engine: 'postgres', url: to.url })).toEqual({
      deliveries: [first],
      tenants: [{ id: 21, login: 'acme' }],
      key,
    })
    await folder.remove()
  },
)
