import { describe, expect, test } from 'vitest'
import { type AccessWorld, anAccessWorld, publish } from '../../support/access-world.ts'
import { canaryReport } from '../../support/canary-report.ts'
import {
  anAccount,
  aRepository,
  chooseRepositories,
  removeCollaborator,
  setPrivate,
  suspendInstallation,
  uninstallApp,
} from '../../support/fake-github/index.ts'
import { aBrowser, signIn, type TestBrowser } from '../../support/sign-in.ts'

const minute = 60_000

async function aWorld() {
  const acme = anAccount('acme', { type: 'Organization' })
  const team = aRepository({ owner: acme, name: 'team', private: true })
  const open = aRepository({ owner: acme, name: 'open' })
  team.collaborators.mel = 'read'
  const world = await anAccessWorld({
    repositories: [team, open],
    users: [anAccount('mel'), anAccount('ona')],
    memberships: [
      { organization: 'acme', login: 'mel', role: 'member', state: 'active' },
      { organization: 'acme', login: 'ona', role: 'admin', state: 'active' },
    ],
  })
  for (const { id } of [team, open]) {
    const report = canaryReport('Canary.', { kind: 'repository', name: 'x/y' })
    await publish(world, acme, { scope: 'repository', repositoryId: id, report })
  }
  const [installation] = world.github.state.installations
  if (installation === undefined) throw new Error('not installed')
  return { world, acme, team, open, installation }
}

type Cast = Awaited<ReturnType<typeof aWorld>>

function pathOf({ acme }: Cast, { id }: { id: number }): string {
  return `/accounts/${acme.id}/repositories/${id}`
}

/** How often GitHub was asked as somebody since. */
async function callsIn({ world }: Cast, doing: () => Promise<unknown>): Promise<string[]> {
  const before = world.github.requests.length
  await doing()
  return world.github.requests.slice(before).map(({ path }) => path.replace(/\d+/, 'ID'))
}

async function statusOf(browser: TestBrowser, path: string): Promise<number> {
  return (await browser.visit(path)).status
}

/** The same session at another replica, which has remembered what it may see too. */
async function elsewhere(
  { world }: Cast,
  browser: TestBrowser,
  path: string,
): Promise<TestBrowser> {
  const other = aBrowser(await world.anotherReplica())
  for (const [name, value] of browser.cookies) other.cookies.set(name, value)
  expect(await statusOf(other, path)).toBe(200)
  return other
}

describe('what GitHub said of a person’s access', () => {
  test('is remembered for five minutes and no longer', async () => {
    const cast = await aWorld()
    const browser = await signIn(cast.world, 'mel')
    const path = pathOf(cast, cast.team)
    const look = () => browser.visit(path)
    expect((await callsIn(cast, look)).toSorted()).toEqual([
      '/user/installations',
      '/user/installations/ID/repositories',
      '/user/memberships/orgs/acme',
    ])
    cast.world.app.clock.move(5 * minute - 1)
    expect(await callsIn(cast, look)).toEqual([])
    delete cast.team.collaborators.mel
    expect(await statusOf(browser, path)).toBe(200)
    cast.world.app.clock.move(1)
    expect(await statusOf(browser, path)).toBe(404)
  })

  test('is asked once by many who ask at once', async () => {
    const cast = await aWorld()
    const browser = await signIn(cast.world, 'mel')
    const path = pathOf(cast, cast.team)
    const calls = await callsIn(cast, () =>
      Promise.all([1, 2, 3, 4].map(() => browser.visit(path))),
    )
    expect(calls).toHaveLength(3)
  })

  test('is one session’s: another person’s is asked for itself', async () => {
    const cast = await aWorld()
    const mel = await signIn(cast.world, 'mel')
    const ona = await signIn(cast.world, 'ona')
    delete cast.team.collaborators.mel
    expect(await statusOf(ona, pathOf(cast, cast.team))).toBe(200)
    expect(await statusOf(mel, pathOf(cast, cast.team))).toBe(404)
  })

  test('finds an account that installed the App meanwhile within a quarter of a minute', async () => {
    const cast = await aWorld()
    const { github, app } = cast.world
    const [installation] = github.state.installations.splice(0)
    const browser = await signIn(cast.world, 'mel')
    const path = `/accounts/${cast.acme.id}`
    expect(await statusOf(browser, path)).toBe(404)
    if (installation !== undefined) github.state.installations.push(installation)
    app.clock.move(15_000)
    expect(await statusOf(browser, path)).toBe(200)
  })

  test('holds all repositories of a large organisation, page by page', async () => {
    const acme = anAccount('acme', { type: 'Organization' })
    const repositories = Array.from({ length: 230 }, (_, index) =>
      aRepository({ owner: acme, name: `r${index}`, private: true }),
    )
    const world = await anAccessWorld({
      repositories: repositories.slice(0, 1),
      users: [anAccount('ona')],
      memberships: [{ organization: 'acme', login: 'ona', role: 'admin', state: 'active' }],
    })
    world.github.state.repositories.push(...repositories.slice(1))
    const last = repositories[229]
    if (last === undefined) throw new Error('no repository')
    await world.store.tenant(acme.id).write(null, (facts) =>
      facts.repositories.upsert({
        id: last.id,
        name: 'acme/r229',
        visibility: 'private',
        defaultBranch: 'main',
        archived: false,
      }),
    )
    const browser = await signIn(world, 'ona')
    expect(await statusOf(browser, `/accounts/${acme.id}/repositories/${last.id}`)).toBe(200)
    const pages = world.github.requests.filter(({ path }) =>
      /^\/user\/.*\/repositories$/.test(path),
    )
    expect(pages.map(({ query }) => query.page).toSorted()).toEqual(['1', '2', '3'])
  })
})

/** What takes access away, told by GitHub: what happens, and what mel cannot see any more. */
const endings: readonly [
  name: string,
  happen: (cast: Cast) => Promise<unknown>,
  lost: 'team' | 'open',
  status: number,
][] = [
  [
    'a repository is made private',
    ({ world, open }) => setPrivate(world.github, open, true),
    'open',
    404,
  ],
  [
    'repositories are taken from the App',
    ({ world, installation, open }) => chooseRepositories(world.github, installation, [open.id]),
    'team',
    404,
  ],
  [
    'the App is suspended',
    ({ world, installation }) => suspendInstallation(world.github, installation),
    'team',
    404,
  ],
  [
    'the App is removed',
    ({ world, installation }) => uninstallApp(world.github, installation),
    'team',
    404,
  ],
  [
    'somebody is taken off a team',
    async ({ world, team, installation }) => {
      delete team.collaborators.mel
      const payload = { action: 'removed', installation, member: { id: 1 }, team: { id: 2 } }
      await world.app.accept({ event: 'membership', payload })
    },
    'team',
    404,
  ],
  [
    'a team is taken off a repository',
    async ({ world, team, installation }) => {
      delete team.collaborators.mel
      const payload = { action: 'removed_from_repository', installation, team: { id: 2 } }
      await world.app.accept({ event: 'team', payload })
    },
    'team',
    404,
  ],
  [
    'another collaborator is removed, and this one too without a word',
    async ({ world, team }) => {
      delete team.collaborators.mel
      await removeCollaborator(world.github, team, anAccount('somebody'))
    },
    'team',
    404,
  ],
  [
    'this collaborator is removed: the session is over',
    ({ world, team }) => removeCollaborator(world.github, team, anAccount('mel')),
    'team',
    302,
  ],
]

describe('at once, at every replica (ASVS 5.0, 8.3.2)', () => {
  test.each(endings)('%s', async (_, happen, lost, status) => {
    const cast = await aWorld()
    const path = pathOf(cast, cast[lost])
    const here = await signIn(cast.world, 'mel')
    expect(await statusOf(here, path)).toBe(200)
    const there = await elsewhere(cast, here, path)
    await happen(cast)
    await cast.world.settle()
    expect([await statusOf(here, path), await statusOf(there, path)]).toEqual([status, status])
  })

  test('an event of another account makes nobody ask anew', async () => {
    const cast = await aWorld()
    const browser = await signIn(cast.world, 'mel')
    const path = pathOf(cast, cast.team)
    await browser.visit(path)
    await cast.world.app.accept({
      event: 'team',
      payload: { action: 'deleted', installation: { id: 4_711 }, team: { id: 2 } },
    })
    await cast.world.settle()
    expect(await callsIn(cast, () => browser.visit(path))).toEqual([])
  })
})

describe('GitHub does not answer', () => {
  function down({ world }: { world: AccessWorld }, path = /^\/user/): void {
    world.github.faults.push({ match: { path }, respond: { kind: 'reset' }, times: 50 })
  }

  test('nothing is shown: a page that says so, and when to try again', async () => {
    const cast = await aWorld()
    const browser = await signIn(cast.world, 'mel')
    down(cast)
    for (const path of ['/', `/accounts/${cast.acme.id}`, pathOf(cast, cast.team)]) {
      const { status, body, headers } = await browser.visit(path)
      expect([status, headers.get('retry-after')]).toEqual([503, '60'])
      expect(body).toContain('GitHub cannot be asked what you may see')
      expect(body).not.toMatch(/Canary|acme/)
    }
  })

  test('what was remembered holds until it is old, and not a moment longer', async () => {
    const cast = await aWorld()
    const browser = await signIn(cast.world, 'mel')
    const path = pathOf(cast, cast.team)
    expect(await statusOf(browser, path)).toBe(200)
    down(cast)
    expect(await statusOf(browser, path)).toBe(200)
    cast.world.app.clock.move(5 * minute)
    expect(await statusOf(browser, path)).toBe(503)
  })

  test('what may have been taken away is not shown, however lately it was remembered', async () => {
    const cast = await aWorld()
    const browser = await signIn(cast.world, 'mel')
    const path = pathOf(cast, cast.team)
    expect(await statusOf(browser, path)).toBe(200)
    await cast.world.store.tenants.accessChanged(cast.acme.id)
    down(cast)
    expect(await statusOf(browser, path)).toBe(503)
  })

  test.each([
    ['the list of repositories', /repositories$/],
    ['the membership', /memberships/],
  ])('to %s: not a part of it either', async (_, path) => {
    const cast = await aWorld()
    const browser = await signIn(cast.world, 'mel')
    down(cast, path)
    expect(await statusOf(browser, pathOf(cast, cast.team))).toBe(503)
  })

  test('once it does again, all is there', async () => {
    const cast = await aWorld()
    const browser = await signIn(cast.world, 'mel')
    cast.world.github.faults.push({
      match: { path: /^\/user/ },
      respond: { kind: 'status', status: 500, body: {} },
      times: 2,
    })
    expect(await statusOf(browser, pathOf(cast, cast.team))).toBe(503)
    expect(await statusOf(browser, pathOf(cast, cast.team))).toBe(200)
  })

  test('a limit of calls is not waited for', async () => {
    const cast = await aWorld()
    const browser = await signIn(cast.world, 'mel')
    cast.world.github.faults.push({
      match: { path: /^\/user/ },
      respond: {
        kind: 'status',
        status: 403,
        headers: { 'retry-after': '60' },
        body: { message: 'You have exceeded a secondary rate limit.' },
      },
      times: 5,
    })
    const calls = await callsIn(cast, () => browser.visit(pathOf(cast, cast.team)))
    expect(calls).toEqual(['/user/installations'])
  })
})
