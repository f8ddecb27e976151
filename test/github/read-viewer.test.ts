import { describe, expect, test } from 'vitest'
import {
  connectGitHub,
  connectRest,
  listViewerInstallations,
  listViewerRepositories,
  readOwnMembership,
  readViewer,
} from '../../src/github/index.ts'
import { type AppGitHubInit, appGitHub } from '../support/app-github.ts'
import { anAccount, aRepository } from '../support/fake-github/index.ts'

const acme = anAccount('acme', { type: 'Organization' })
const mel = anAccount('mel')

async function asMel(init: AppGitHubInit = {}) {
  const world = await appGitHub({ account: acme, users: [mel], ...init })
  const { github, app, clock } = world
  const token = 'ghu_token_of_mel'
  github.state.userTokens.push({ token, appId: app.id, user: mel, expiresAt: null })
  const api = connectGitHub(connectRest({ token, baseUrl: github.apiUrl }), {
    sleep: async () => {},
    now: () => clock.now,
    random: () => 0,
  })
  return { ...world, api }
}

const member = { organization: 'acme', login: 'mel', role: 'member', state: 'active' } as const

describe('with somebody’s own token', () => {
  test('GitHub says who that is', async () => {
    const { api } = await asMel()
    expect(await readViewer(api)).toEqual({ id: mel.id, login: 'mel' })
  })

  test('on which accounts the App is installed, for members and those who can read something', async () => {
    const { api, github, installation } = await asMel()
    expect(await listViewerInstallations(api)).toEqual([])
    github.state.memberships.push(member)
    expect(await listViewerInstallations(api)).toMatchObject([
      { id: installation.id, account: { id: acme.id, login: 'acme', kind: 'Organization' } },
    ])
  })

  test('which repositories of it this person can read', async () => {
    const all = ['a', 'b', 'c'].map((name) => aRepository({ owner: acme, name, private: true }))
    const { api, installation } = await asMel({ repositories: all })
    for (const one of all.slice(0, 2)) one.collaborators.mel = 'read'
    const found = await listViewerRepositories(api, installation.id)
    expect(found.map(({ name, ownerId }) => [name, ownerId])).toEqual([
      ['acme/a', acme.id],
      ['acme/b', acme.id],
    ])
  })

  test('all of them, whatever the number of pages', async () => {
    const all = Array.from({ length: 701 }, (_, index) => {
      const one = aRepository({ owner: acme, name: `r${index}`, private: true })
      one.collaborators.mel = 'read'
      return one
    })
    const { api, installation } = await asMel({ repositories: all, rateLimits: null })
    const found = await listViewerRepositories(api, installation.id)
    expect(found.map(({ id }) => id)).toEqual(all.map(({ id }) => id))
  })

  test.each([
    ['an owner', [{ ...member, role: 'admin' as const }], 'owner'],
    ['a member', [member], 'member'],
    ['invited', [{ ...member, state: 'pending' as const }], 'none'],
    ['nothing', [], 'none'],
  ])('what this person is in an organisation: %s', async (_, memberships, role) => {
    const { api } = await asMel({ memberships })
    expect(await readOwnMembership(api, acme)).toBe(role)
  })

  test('another organisation under the same login is not the one that was asked for', async () => {
    const { api } = await asMel({ memberships: [{ ...member, role: 'admin' }] })
    expect(await readOwnMembership(api, { id: acme.id + 1, login: 'acme' })).toBe('none')
  })

  test.each([
    ['wants a sign-in of its own', 'samlOrganizations'],
    ['does not let the App read members', 'permissions'],
  ])('an organisation that %s lets nobody ask', async (_, why) => {
    const { api, github, installation } = await asMel({ memberships: [member] })
    if (why === 'permissions') installation.permissions = { metadata: 'read' }
    else github.state.samlOrganizations.push(acme.id)
    await expect(readOwnMembership(api, acme)).rejects.toMatchObject({ failure: 'permission' })
  })

  test('a suspended App gives no repository away', async () => {
    const { api, installation } = await asMel({ memberships: [member] })
    installation.suspendedAt = '2026-03-02T09:00:00Z'
    await expect(listViewerRepositories(api, installation.id)).rejects.toMatchObject({
      failure: 'suspended',
    })
  })

  test('an installation that this person sees nothing of is not there', async () => {
    const { api, installation } = await asMel()
    await expect(listViewerRepositories(api, installation.id)).rejects.toMatchObject({
      failure: 'not-found',
    })
  })

  test('a token that was taken back is none', async () => {
    const { api, github } = await asMel()
    github.state.userTokens = []
    await expect(readViewer(api)).rejects.toMatchObject({ failure: 'token' })
  })
})
