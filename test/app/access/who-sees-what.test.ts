import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { createApiToken } from '../../../src/app/access/api-token.ts'
import { anAccessWorld, publish } from '../../support/access-world.ts'
import { canaryReport } from '../../support/canary-report.ts'
import {
  anAccount,
  aRepository,
  removeCollaborator,
  removeMember,
  renameOrganization,
  revokeAuthorization,
  setPrivate,
  suspendInstallation,
  transferRepository,
  uninstallApp,
} from '../../support/fake-github/index.ts'
import { root } from '../../support/repository.ts'
import { aBrowser, signIn, type TestBrowser } from '../../support/sign-in.ts'

/** A made-up world, anew for each row: an organisation with three repositories, a person with one, and people around them. */
async function aWorld() {
  const acme = anAccount('acme', { type: 'Organization' })
  const other = anAccount('globex', { type: 'Organization' })
  const solo = anAccount('solo')
  const [readable, secret, open] = [
    aRepository({ owner: acme, name: 'readable', private: true }),
    aRepository({ owner: acme, name: 'secret', private: true }),
    aRepository({ owner: acme, name: 'open' }),
  ]
  const personal = aRepository({ owner: solo, name: 'personal', private: true })
  for (const login of ['mel', 'out', 'was']) readable.collaborators[login] = 'read'
  personal.collaborators.out = 'read'
  const logins = ['ona', 'mel', 'out', 'was', 'nil', 'next', 'olive']
  const member = (login: string, role: 'admin' | 'member', organization = 'acme') =>
    ({ organization, login, role, state: 'active' }) as const
  const world = await anAccessWorld({
    repositories: [readable, secret, open, personal, aRepository({ owner: other, name: 'theirs' })],
    users: [...logins.map((login) => anAccount(login)), solo],
    memberships: [
      member('ona', 'admin'),
      member('mel', 'member'),
      member('was', 'member'),
      member('olive', 'admin', 'globex'),
      { ...member('next', 'member'), state: 'pending' },
    ],
  })
  for (const account of [acme, solo]) {
    const report = canaryReport('Canary of the whole.', { kind: 'organisation', name: 'x' })
    await publish(world, account, { report })
  }
  for (const { owner, id } of [readable, secret, open, personal]) {
    const report = canaryReport('Canary of one.', { kind: 'repository', name: 'x/y' })
    await publish(world, owner, { scope: 'repository', repositoryId: id, report })
  }
  return { world, acme, other, solo, readable, secret, open, personal }
}

type Cast = Awaited<ReturnType<typeof aWorld>>

/** What is looked at in a row: by default the organisation's own. */
interface Look {
  readonly browser: TestBrowser
  readonly account?: number
  readonly readable?: number
  readonly unreadable?: number
}

function userOf({ world }: Cast, login: string) {
  const user = world.github.state.users.find((one) => one.login === login)
  if (user === undefined) throw new Error(`nobody is called ${login}`)
  return user
}

function installationOf({ world }: Cast, accountId: number) {
  const found = world.github.state.installations.find(({ account }) => account.id === accountId)
  if (found === undefined) throw new Error('not installed')
  return found
}

/** Signs somebody in who looks at everything once, so that what they may see is remembered. */
async function hasLooked(cast: Cast, login: string): Promise<TestBrowser> {
  const browser = await signIn(cast.world, login)
  await browser.visit(`/accounts/${cast.acme.id}`)
  return browser
}

/** With a token of the API that the organisation's owner made, and no cookie. */
async function withToken(cast: Cast, made: number): Promise<TestBrowser> {
  const { world } = cast
  const token = createApiToken(made, (size) => new Uint8Array(size).fill(made % 251))
  const createdAt = world.app.clock.now
  await world.store.tenant(made).write(null, ({ tokens }) =>
    tokens.create(token, {
      name: 'panel',
      createdBy: userOf(cast, 'ona').id,
      createdAt,
      expiresAt: createdAt + 3_600_000,
    }),
  )
  const browser = aBrowser(world)
  const headers = { authorization: `Bearer ${token}` }
  return { ...browser, visit: (path, init) => browser.visit(path, { ...init, headers }) }
}

/** The rows of docs/access.md, by what they say. */
const rows: Readonly<Record<string, (cast: Cast) => Promise<Look>>> = {
  'Nobody signed in': async ({ world }) => ({ browser: aBrowser(world) }),
  'Owner of the organisation': async ({ world }) => ({ browser: await signIn(world, 'ona') }),
  Member: async ({ world }) => ({ browser: await signIn(world, 'mel') }),
  'Outside collaborator': async ({ world }) => ({ browser: await signIn(world, 'out') }),
  'Invited, has not answered': async ({ world }) => ({ browser: await signIn(world, 'next') }),
  Stranger: async ({ world }) => ({ browser: await signIn(world, 'nil') }),
  'Owner of another account': async ({ world }) => ({ browser: await signIn(world, 'olive') }),
  'Member who was removed, the page still open': async (cast) => {
    const browser = await hasLooked(cast, 'was')
    delete cast.readable.collaborators.was
    await removeMember(cast.world.github, cast.acme, userOf(cast, 'was'))
    await cast.world.settle()
    return { browser }
  },
  'Member who was removed, signed in again': async (cast) => {
    delete cast.readable.collaborators.was
    await removeMember(cast.world.github, cast.acme, userOf(cast, 'was'))
    await cast.world.settle()
    return { browser: await signIn(cast.world, 'was') }
  },
  'Member who was removed, GitHub’s message lost': async (cast) => {
    const browser = await hasLooked(cast, 'was')
    delete cast.readable.collaborators.was
    cast.world.github.hooks.fate = () => 'vanish'
    await removeMember(cast.world.github, cast.acme, userOf(cast, 'was'))
    cast.world.app.clock.move(5 * 60_000)
    return { browser }
  },
  'Outside collaborator who was removed, signed in again': async (cast) => {
    await removeCollaborator(cast.world.github, cast.readable, userOf(cast, 'out'))
    await cast.world.settle()
    return { browser: await signIn(cast.world, 'out') }
  },
  'Took the permission back on GitHub': async (cast) => {
    const browser = await hasLooked(cast, 'ona')
    await revokeAuthorization(cast.world.github, userOf(cast, 'ona'))
    await cast.world.settle()
    return { browser }
  },
  'Owner, the App suspended': async (cast) => {
    const browser = await hasLooked(cast, 'ona')
    await suspendInstallation(cast.world.github, installationOf(cast, cast.acme.id))
    await cast.world.settle()
    return { browser }
  },
  'Owner, the App removed': async (cast) => {
    const browser = await hasLooked(cast, 'ona')
    await uninstallApp(cast.world.github, installationOf(cast, cast.acme.id))
    await cast.world.settle()
    return { browser }
  },
  'Member, the organisation wants a sign-in of its own (SAML)': async (cast) => {
    cast.world.github.state.samlOrganizations.push(cast.acme.id)
    return { browser: await signIn(cast.world, 'mel') }
  },
  'Member, the organisation renamed': async (cast) => {
    const browser = await hasLooked(cast, 'mel')
    await renameOrganization(cast.world.github, cast.acme, 'acme-new')
    await cast.world.settle()
    return { browser }
  },
  'Somebody else under the old login of an owner': async (cast) => {
    userOf(cast, 'ona').login = 'ona-renamed'
    for (const one of cast.world.github.state.memberships) {
      if (one.login === 'ona') one.login = 'ona-renamed'
    }
    cast.world.github.state.users.push({ id: 4_711, login: 'ona', type: 'User' })
    return { browser: await signIn(cast.world, 'ona') }
  },
  'The owner, under a new login': async (cast) => {
    const browser = await hasLooked(cast, 'ona')
    userOf(cast, 'ona').login = 'ona-renamed'
    for (const one of cast.world.github.state.memberships) {
      if (one.login === 'ona') one.login = 'ona-renamed'
    }
    return { browser }
  },
  'Member, the repository made private': async (cast) => {
    const browser = await hasLooked(cast, 'mel')
    await setPrivate(cast.world.github, cast.open, true)
    await cast.world.settle()
    return { browser, unreadable: cast.open.id }
  },
  'Member, the repository transferred away': async (cast) => {
    const browser = await hasLooked(cast, 'mel')
    await transferRepository(cast.world.github, cast.open, cast.other)
    await cast.world.settle()
    cast.world.app.clock.move(5 * 60_000)
    return { browser, unreadable: cast.open.id }
  },
  'Person, own account': async (cast) => ({
    browser: await signIn(cast.world, 'solo'),
    account: cast.solo.id,
    readable: cast.personal.id,
  }),
  'Collaborator on a person’s repository': async (cast) => ({
    browser: await signIn(cast.world, 'out'),
    account: cast.solo.id,
    readable: cast.personal.id,
  }),
  'Member, owners closed the numbers': async (cast) => {
    await close(cast)
    return { browser: await signIn(cast.world, 'mel') }
  },
  'Owner, owners closed the numbers': async (cast) => {
    await close(cast)
    return { browser: await signIn(cast.world, 'ona') }
  },
  'Token of the account': async (cast) => ({ browser: await withToken(cast, cast.acme.id) }),
  'Token of another account': async (cast) => ({ browser: await withToken(cast, cast.other.id) }),
  'Token of an owner who was removed': async (cast) => {
    const browser = await withToken(cast, cast.acme.id)
    await removeMember(cast.world.github, cast.acme, userOf(cast, 'ona'))
    await cast.world.settle()
    return { browser }
  },
}

async function close({ world, acme }: Cast): Promise<void> {
  await world.store
    .tenant(acme.id)
    .write(null, ({ settings }) => settings.put(JSON.stringify({ open: false })))
}

const columns = ['the whole', 'readable', 'unreadable', 'settings', 'log'] as const

function pathsOf(cast: Cast, look: Look): Record<(typeof columns)[number], string> {
  const account = `/accounts/${look.account ?? cast.acme.id}`
  return {
    'the whole': account,
    readable: `${account}/repositories/${look.readable ?? cast.readable.id}`,
    unreadable: `${account}/repositories/${look.unreadable ?? cast.secret.id}`,
    settings: `${account}/settings`,
    log: `${account}/access-log`,
  }
}

/** What somebody gets at a path, in the words of docs/access.md. */
async function shownAt(browser: TestBrowser, path: string): Promise<string> {
  const { status, body, headers } = await browser.visit(path)
  if (status === 302 || status === 303) {
    expect(headers.get('location')).toMatch(/^\/sign-in\?return_to=/)
    return 'sign in'
  }
  if (status === 404) {
    const nowhere = await browser.visit('/accounts/1')
    expect([nowhere.status, body]).toEqual([404, nowhere.body])
    return 'nothing'
  }
  expect(status, body).toBe(200)
  if (path.endsWith('/settings')) {
    return body.includes(`<form method="post" action="${path}"`) ? 'change' : 'read'
  }
  if (path.endsWith('/access-log')) return 'read'
  const expected = path.includes('/repositories/') ? 'Canary of one.' : 'Canary of the whole.'
  if (body.includes(expected)) return 'numbers'
  expect(body).not.toContain('Canary')
  return /href="\/accounts\/\d+\/repositories\/\d+"/.test(body) ? 'names' : 'no numbers'
}

const documented = readFileSync(join(root, 'docs/access.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| Who'))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )

test('docs/access.md has every row that is tested, and no other (ASVS 5.0, 8.1.1)', () => {
  expect(documented.map(([name]) => name)).toEqual(Object.keys(rows))
})

describe('who sees what (ASVS 5.0, 7.4.2, 8.2.1 to 8.3.3, 8.4.1)', () => {
  beforeAll(() => {
    canaryReport('x', { kind: 'organisation', name: 'x' })
  })

  test.each(documented)('%s: %s, %s, %s, %s, %s', async (name = '', ...cells) => {
    const cast = await aWorld()
    const look = await rows[name]?.(cast)
    if (look === undefined) throw new Error(`no row ${name}`)
    const paths = pathsOf(cast, look)
    const shown: string[] = []
    for (const column of columns) shown.push(await shownAt(look.browser, paths[column]))
    expect(shown).toEqual(cells)
  })
})
