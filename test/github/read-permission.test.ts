import { describe, expect, test } from 'vitest'
import { readCollaboratorPermission, readMembership } from '../../src/github/index.ts'
import { appGitHub } from '../support/app-github.ts'
import { setPrivate } from '../support/fake-github/index.ts'

const widgets = { owner: 'acme', name: 'widgets' }

describe('what somebody may do in a repository', () => {
  test.each(['admin', 'maintain', 'write', 'triage', 'read'] as const)('%s', async (role) => {
    const { repository, installationApi } = await appGitHub()
    repository.collaborators.dev = role
    const permission = await readCollaboratorPermission(await installationApi(), widgets, 'DEV')
    expect(permission).toBe(role)
  })

  test('is to read what is public, and nothing where it is private or they are not there', async () => {
    const { github, repository, installationApi } = await appGitHub()
    const api = await installationApi()
    const read = () => readCollaboratorPermission(api, widgets, 'stranger')
    expect(await read()).toBe('read')
    await setPrivate(github, repository, true)
    expect(await read()).toBe('none')
    github.faults.push({ respond: { kind: 'status', status: 404 } })
    expect(await read()).toBe('none')
  })

  test.each([
    ["a role of the organisation's own", { role_name: 'release manager' }, 'write'],
    ['no role, as on an older server', { role_name: undefined }, 'write'],
  ])('with %s', async (_, change, expected) => {
    const { github, repository, installationApi } = await appGitHub()
    repository.collaborators.dev = 'maintain'
    github.faults.push({
      match: { path: /permission$/ },
      respond: {
        kind: 'alter',
        alter: (reply) => ({ ...reply, body: { ...(reply.body as object), ...change } }),
      },
    })
    const permission = await readCollaboratorPermission(await installationApi(), widgets, 'dev')
    expect(permission).toBe(expected)
  })
})

describe('what the owner of a login may do', () => {
  test.each([
    ['told to be the one who is meant', { user: { id: 5 } }, 'admin'],
    ['somebody else by now', { user: { id: 6 } }, 'none'],
    ['not told', { user: null }, 'admin'],
  ])('%s', async (_, change, expected) => {
    const { github, repository, installationApi } = await appGitHub()
    repository.collaborators.dev = 'admin'
    github.faults.push({
      match: { path: /permission$/ },
      respond: {
        kind: 'alter',
        alter: (reply) => ({ ...reply, body: { ...(reply.body as object), ...change } }),
      },
    })
    const api = await installationApi()
    expect(await readCollaboratorPermission(api, widgets, 'dev', 5)).toBe(expected)
  })
})

describe('what somebody is in an organisation', () => {
  test.each([
    ['admin', 'active', 'owner'],
    ['member', 'active', 'member'],
    ['admin', 'pending', 'none'],
  ] as const)('%s, %s: %s', async (role, state, expected) => {
    const memberships = [{ organization: 'acme', login: 'dev', role, state }]
    const { installationApi } = await appGitHub({ memberships })
    expect(await readMembership(await installationApi(), 'acme', 'dev')).toBe(expected)
  })

  test('is none where nobody knows them, and not known without members: read', async () => {
    const { installation, installationApi } = await appGitHub()
    expect(await readMembership(await installationApi(), 'acme', 'dev')).toBe('none')
    installation.permissions = { metadata: 'read' }
    await expect(readMembership(await installationApi(), 'acme', 'dev')).rejects.toMatchObject({
      failure: 'permission',
    })
  })
})
