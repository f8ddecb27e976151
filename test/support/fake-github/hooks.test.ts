import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { appGitHub } from '../app-github.ts'
import { type Arrived, receiveHooks } from '../hook-receiver.ts'
import {
  acceptPermissions,
  anAccount,
  aRepository,
  archiveRepository,
  chooseRepositories,
  createRepository,
  deleteRepository,
  type FakeGitHub,
  installApp,
  pressButton,
  pushToDefaultBranch,
  type Repository,
  removeCollaborator,
  removeMember,
  renameOrganization,
  renameRepository,
  requestMergeGroup,
  requestSuite,
  rerequestCheck,
  resumeInstallation,
  revokeAuthorization,
  rootSha,
  setPrivate,
  suspendInstallation,
  transferRepository,
  unarchiveRepository,
  uninstallApp,
} from './index.ts'

const dev = anAccount('dev')

const webhooks = z
  .array(z.object({ name: z.string(), examples: z.array(z.looseObject({})) }))
  .parse(createRequire(import.meta.url)('@octokit/webhooks-examples/api.github.com/index.json'))

/** What GitHub sends since the examples were collected, or of an organisation where they are of a person. */
const newer =
  /\.user_view_type$|repository\.has_discussions$|installation\.(?:client_id|app_slug|has_multiple_single_files|single_file_paths)$|^member: organization/

async function setUp(answer?: () => number) {
  const world = await appGitHub()
  const arrived = await receiveHooks(world.app, answer)
  return { ...world, arrived }
}

function names(arrived: readonly Arrived[]): string[] {
  return arrived.map(({ event, payload }) => [event, payload.action].filter(Boolean).join('.'))
}

describe('a delivery', () => {
  it('is signed, and carries what GitHub sends with all of them', async () => {
    const { github, app, account, repository, installation, arrived } = await setUp()
    await archiveRepository(github, repository)
    expect(arrived).toHaveLength(1)
    expect(arrived[0]).toMatchObject({
      event: 'repository',
      guid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
      signed: true,
      payload: {
        action: 'archived',
        repository: { id: repository.id, archived: true, full_name: 'acme/widgets' },
        organization: { id: account.id, login: 'acme' },
        installation: { id: installation.id },
        sender: { login: 'acme' },
      },
      headers: {
        'content-type': 'application/json',
        'x-github-hook-installation-target-type': 'integration',
        'x-github-hook-installation-target-id': String(app.id),
      },
    })
    expect(app.deliveries).toMatchObject([
      { guid: arrived[0]?.guid, statusCode: 202, status: 'OK', event: 'repository' },
    ])
  })

  it('is logged with what came of it', async () => {
    const { github, app, repository } = await setUp(() => 503)
    await archiveRepository(github, repository)
    app.hookUrl = 'http://127.0.0.1:9/'
    await archiveRepository(github, repository)
    app.hookUrl = null
    await archiveRepository(github, repository)
    expect(app.deliveries.map(({ statusCode }) => statusCode)).toEqual([503, 0, 0])
  })

  it('is of an event that the App subscribed to, and of a repository that it reaches', async () => {
    const { github, app, installation, repository, arrived } = await setUp()
    app.events = ['pull_request']
    await archiveRepository(github, repository)
    expect(arrived).toEqual([])
    app.events = ['repository']
    const elsewhere = aRepository({ owner: 'globex' })
    await createRepository(github, elsewhere)
    expect(arrived).toEqual([])
    await suspendInstallation(github, installation)
    await archiveRepository(github, repository)
    expect(names(arrived)).toEqual(['installation.suspend'])
  })
})

describe('a script of what becomes of deliveries', () => {
  it.each([
    ['deliver', 1, 1],
    ['twice', 2, 2],
    ['lose', 0, 1],
    ['vanish', 0, 0],
    ['hold', 0, 0],
  ] as const)('%s: %i arrive, %i are in the log', async (fate, arrive, logged) => {
    const { github, app, repository, arrived } = await setUp()
    github.hooks.fate = () => fate
    await archiveRepository(github, repository)
    expect(arrived).toHaveLength(arrive)
    expect(new Set(arrived.map(({ guid }) => guid)).size).toBe(Math.min(arrive, 1))
    expect(app.deliveries).toHaveLength(logged)
    expect(github.hooks.held).toBe(fate === 'hold' ? 1 : 0)
  })

  it('lets what it held go in another order', async () => {
    const { github, repository, arrived } = await setUp()
    github.hooks.fate = ({ payload }) => (payload.action === 'privatized' ? 'deliver' : 'hold')
    await archiveRepository(github, repository)
    await setPrivate(github, repository, true)
    await unarchiveRepository(github, repository)
    await github.hooks.release((held) => held.toReversed())
    expect(names(arrived).map((name) => name.split('.')[1])).toEqual([
      'privatized',
      'unarchived',
      'archived',
    ])
    expect(github.hooks.held).toBe(0)
  })

  it('loses what can be asked for again', async () => {
    const { github, app, repository, arrived } = await setUp()
    github.hooks.fate = () => 'lose'
    await archiveRepository(github, repository)
    const [lost] = app.deliveries
    if (lost) github.hooks.redeliver(app, lost)
    await github.hooks.settled()
    expect(arrived).toMatchObject([{ guid: lost?.guid, signed: true }])
    expect(app.deliveries).toMatchObject([
      { redelivery: false, statusCode: 0 },
      { redelivery: true, statusCode: 202 },
    ])
  })
})

/** Every change that the fake can make beside the life of a pull request. */
async function changeEverything(
  github: FakeGitHub,
  world: Awaited<ReturnType<typeof setUp>>,
  repository: Repository,
): Promise<void> {
  const { app, account, installation } = world
  const owner = account
  repository.collaborators.dev = 'write'
  github.state.memberships.push({
    organization: 'acme',
    login: 'dev',
    role: 'member',
    state: 'active',
  })
  await createRepository(github, aRepository({ owner, name: 'gadgets' }))
  await renameRepository(github, repository, 'things')
  await archiveRepository(github, repository)
  await unarchiveRepository(github, repository)
  await setPrivate(github, repository, true)
  await setPrivate(github, repository, false)
  await pushToDefaultBranch(github, repository, [{ message: 'Straight' }], dev)
  await removeCollaborator(github, repository, dev)
  await removeMember(github, account, dev)
  await renameOrganization(github, account, 'acme-two')
  await chooseRepositories(github, installation, [repository.id])
  await chooseRepositories(github, installation, 'all')
  await acceptPermissions(github, installation, { contents: 'read' })
  await suspendInstallation(github, installation)
  await resumeInstallation(github, installation)
  await revokeAuthorization(github, dev)
  await requestSuite(github, repository, rootSha, 'rerequested', dev)
  const group = { number: 7, headSha: rootSha, baseSha: rootSha }
  await requestMergeGroup(github, repository, group)
  const action = { label: 'a', description: 'b', identifier: 'c' }
  repository.checkRuns.push({
    id: 1,
    name: 'Ours',
    appId: app.id,
    headSha: rootSha,
    externalId: 'x',
    status: 'completed',
    conclusion: 'neutral',
    startedAt: '2026-03-02T09:00:00Z',
    completedAt: '2026-03-02T09:00:00Z',
    detailsUrl: null,
    title: 'T',
    summary: 'S',
    text: null,
    actions: [action],
  })
  for (const run of repository.checkRuns) {
    await pressButton(github, repository, run, 'c', dev)
    await rerequestCheck(github, repository, run, dev)
  }
  const globex = anAccount('globex', { type: 'Organization' })
  const theirs = await installApp(github, app, globex)
  await transferRepository(github, repository, globex)
  await deleteRepository(github, repository)
  await uninstallApp(github, theirs)
}

describe('every change', () => {
  it('is told in order, as GitHub names it', async () => {
    const world = await setUp()
    await changeEverything(world.github, world, world.repository)
    expect(names(world.arrived)).toEqual([
      'repository.created',
      'repository.renamed',
      'repository.archived',
      'repository.unarchived',
      'repository.privatized',
      'repository.publicized',
      'push',
      'member.removed',
      'organization.member_removed',
      'organization.renamed',
      'installation_repositories.removed',
      'installation_repositories.added',
      'installation.new_permissions_accepted',
      'installation.suspend',
      'installation.unsuspend',
      'github_app_authorization.revoked',
      'check_suite.rerequested',
      'merge_group.checks_requested',
      'check_run.requested_action',
      'check_run.rerequested',
      'installation.created',
      'repository.transferred',
      'repository.deleted',
      'installation.deleted',
    ])
    expect(world.arrived.every(({ signed }) => signed)).toBe(true)
  })

  it('has nothing in its deliveries that real ones have not', async () => {
    const world = await setUp()
    await changeEverything(world.github, world, world.repository)
    const invented = world.arrived.flatMap(({ event, payload }) => {
      const real = keysOfExamples(event)
      return [...keysOf(payload)].filter((key) => !real.has(key)).map((key) => `${event}: ${key}`)
    })
    expect([...new Set(invented)].filter((key) => !newer.test(key))).toEqual([])
  })
})

/** Keys of an object and of the objects in it. */
function keysOf(payload: object): Set<string> {
  return new Set(
    Object.entries(payload).flatMap(([key, value]: [string, unknown]) => [
      key,
      ...(typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.keys(value).map((inner) => `${key}.${inner}`)
        : []),
    ]),
  )
}

function keysOfExamples(event: string): Set<string> {
  const definition = webhooks.find(({ name }) => name === event)
  return new Set(definition?.examples.flatMap((example) => [...keysOf(example)]) ?? [])
}
