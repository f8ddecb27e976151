import { describe, expect, test } from 'vitest'
import {
  listInstallationRepositories,
  listInstallations,
  readApp,
  readInstallation,
} from '../../src/github/index.ts'
import { appGitHub } from '../support/app-github.ts'
import {
  anAccount,
  anInstallation,
  aRepository,
  installApp,
  suspendInstallation,
  uninstallApp,
} from '../support/fake-github/index.ts'

const acme = anAccount('acme', { type: 'Organization' })

test('an App reads itself', async () => {
  const { appApi, app } = await appGitHub()
  expect(await readApp(appApi)).toEqual({
    id: app.id,
    slug: 'what-shipped',
    permissions: { metadata: 'read', pull_requests: 'read', checks: 'write', members: 'read' },
    events: app.events,
  })
})

describe('installations', () => {
  test('are read with what was granted, one by one and all, on organisations and people', async () => {
    const { github, app, appApi, account, installation } = await appGitHub()
    const person = anAccount('dev')
    const own = await installApp(github, app, person, {
      repositories: [],
      permissions: { metadata: 'read' },
    })
    await suspendInstallation(github, own)
    const first = {
      id: installation.id,
      account: { id: account.id, login: 'acme', kind: 'Organization' },
      permissions: app.permissions,
      repositories: 'all',
      suspendedAt: null,
    }
    const second = {
      id: own.id,
      account: { id: person.id, login: 'dev', kind: 'User' },
      permissions: { metadata: 'read' },
      repositories: 'selected',
      suspendedAt: '2026-03-02T09:00:00Z',
    }
    expect(await readInstallation(appApi, installation.id)).toEqual(first)
    expect(await Array.fromAsync(listInstallations(appApi))).toEqual([first, second])
    await uninstallApp(github, own)
    expect(await readInstallation(appApi, own.id)).toBe('gone')
    expect(await Array.fromAsync(listInstallations(appApi))).toEqual([first])
  })

  test('of an enterprise are passed over', async () => {
    const { github, appApi, installation } = await appGitHub()
    const enterprise = { id: 9, slug: 'globex', name: 'Globex', node_id: 'E_9' }
    github.faults.push({
      match: { path: `/app/installations/${installation.id}` },
      respond: {
        kind: 'alter',
        alter: (reply) => ({ ...reply, body: { ...(reply.body as object), account: enterprise } }),
      },
    })
    expect(await readInstallation(appApi, installation.id)).toBe('gone')
  })

  test('are listed over pages', async () => {
    const { github, app, appApi } = await appGitHub()
    for (let index = 0; index < 120; index += 1) {
      github.state.installations.push(anInstallation(app, anAccount(`person-${index}`)))
    }
    expect(await Array.fromAsync(listInstallations(appApi))).toHaveLength(121)
  })
})

describe("an installation's repositories", () => {
  test('are listed over pages, with what can change of them', async () => {
    const repositories = Array.from({ length: 130 }, (_, index) =>
      aRepository({ owner: acme, name: `repository-${index}` }),
    )
    Object.assign(repositories[0] ?? {}, { private: true, archived: true, defaultBranch: 'trunk' })
    Object.assign(repositories[1] ?? {}, { private: true, internal: true })
    const { installationApi } = await appGitHub({ account: acme, repositories })
    const listed = await Array.fromAsync(listInstallationRepositories(await installationApi()))
    expect(listed.map(({ id }) => id)).toEqual(repositories.map(({ id }) => id))
    expect(listed.slice(0, 3)).toEqual([
      {
        id: repositories[0]?.id,
        name: 'acme/repository-0',
        ownerId: acme.id,
        visibility: 'private',
        defaultBranch: 'trunk',
        archived: true,
      },
      expect.objectContaining({ visibility: 'internal', archived: false }),
      expect.objectContaining({ visibility: 'public', defaultBranch: 'main' }),
    ])
  })

  test('come once, though one is added while they are listed', async () => {
    const repositories = Array.from({ length: 150 }, (_, index) =>
      aRepository({ owner: acme, name: `repository-${index}` }),
    )
    const { github, installationApi } = await appGitHub({ account: acme, repositories })
    github.faults.push({
      match: { path: '/installation/repositories', nth: 2 },
      before: (_, state) => {
        state.repositories.unshift(aRepository({ owner: acme, name: 'new' }))
      },
    })
    const listed = await Array.fromAsync(listInstallationRepositories(await installationApi()))
    expect(listed).toHaveLength(150)
  })

  test('are those that were chosen, and of this account only', async () => {
    const mine = aRepository({ owner: acme })
    const notChosen = aRepository({ owner: acme, name: 'gadgets' })
    const foreign = aRepository({ owner: 'globex' })
    const { installationApi } = await appGitHub({
      account: acme,
      repositories: [mine, notChosen, foreign],
      installation: { repositories: [mine.id, foreign.id] },
    })
    const listed = await Array.fromAsync(listInstallationRepositories(await installationApi()))
    expect(listed.map(({ name }) => name)).toEqual(['acme/widgets'])
  })

  test.each([
    ['suspended', { suspendedAt: '2026-03-02T09:00:00Z' }],
    ['blocked', { addressRefused: true }],
  ])('of one that is %s are not given', async (failure, change) => {
    const { installation, installationApi } = await appGitHub()
    const api = await installationApi()
    Object.assign(installation, change)
    await expect(Array.fromAsync(listInstallationRepositories(api))).rejects.toMatchObject({
      failure,
    })
  })
})
