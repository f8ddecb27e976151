import { describe, expect, test } from 'vitest'
import { GitHubError, type KeptCheck, keepCheck } from '../../src/github/index.ts'
import { type AppGitHub, appGitHub } from '../support/app-github.ts'
import {
  anAccount,
  anApp,
  anInstallation,
  aRepository,
  type CheckRun,
  renameRepository,
  rootSha,
} from '../support/fake-github/index.ts'

const widgets = { owner: 'acme', name: 'widgets' }

const button = { label: 'No AI', description: 'Say that no AI was used', identifier: 'unassisted' }

async function setUp(init: Parameters<typeof appGitHub>[0] = {}) {
  const world = await appGitHub({ rateLimits: null, ...init })
  const check: KeptCheck = {
    name: 'What Shipped',
    headSha: rootSha,
    externalId: 'change-7',
    appId: world.app.id,
    title: 'Assisted: Claude Code',
    summary: 'What is recorded.',
    text: 'More of it.',
    actions: [button],
  }
  return { ...world, api: await world.installationApi(), check }
}

/** A run as another one left it. */
function aRun({ app }: Pick<AppGitHub, 'app'>, init: Partial<CheckRun>): CheckRun {
  return {
    id: 1,
    name: 'What Shipped',
    appId: app.id,
    headSha: rootSha,
    externalId: 'change-7',
    status: 'completed',
    conclusion: 'neutral',
    startedAt: '2026-03-02T09:00:00Z',
    completedAt: '2026-03-02T09:00:00Z',
    detailsUrl: null,
    title: 'Old',
    summary: 'Old',
    text: null,
    actions: [],
    ...init,
  }
}

const post = { method: 'POST', path: /\/check-runs$/ }
const patch = { method: 'PATCH', path: /\/check-runs\/\d+$/ }

describe('the one check run of a commit', () => {
  test('is made, then written to, and left alone while nothing changes', async () => {
    const { github, repository, api, check } = await setUp()
    const made = await keepCheck(api, widgets, check)
    expect(made).toMatchObject({ id: 1, outcome: 'created' })
    expect(repository.checkRuns).toMatchObject([
      {
        name: 'What Shipped',
        headSha: rootSha,
        externalId: 'change-7',
        status: 'completed',
        conclusion: 'neutral',
        title: 'Assisted: Claude Code',
        summary: 'What is recorded.',
        text: 'More of it.',
        actions: [button],
      },
    ])
    const asked = github.requests.length
    const known = { ...made, headSha: rootSha }
    expect(await keepCheck(api, widgets, { ...check, known })).toMatchObject({
      outcome: 'unchanged',
      id: 1,
    })
    expect(github.requests).toHaveLength(asked)
    const merged = await keepCheck(api, widgets, { ...check, known, title: 'Merged', actions: [] })
    expect(merged).toMatchObject({ outcome: 'updated', id: 1 })
    expect(merged.digest).not.toBe(made.digest)
    expect(github.requests).toHaveLength(asked + 1)
    expect(repository.checkRuns).toMatchObject([{ title: 'Merged', actions: [] }])
  })

  test('is another one for each commit', async () => {
    const { repository, api, check } = await setUp()
    const made = await keepCheck(api, widgets, check)
    const pushed = {
      ...repository.commits[0],
      sha: 'b'.repeat(40),
    } as (typeof repository.commits)[0]
    repository.commits.push(pushed)
    const known = { ...made, headSha: rootSha }
    const next = await keepCheck(api, widgets, { ...check, headSha: pushed.sha, known })
    expect(next).toMatchObject({ outcome: 'created', id: 2 })
  })

  test.each([
    ['another commit', { headSha: 'c'.repeat(40) }],
    ['another App', { appId: 4711 }],
    ['another purpose', { externalId: 'change-8' }],
    ['nobody', { externalId: null }],
  ])('is not the one of %s', async (_, other) => {
    const world = await setUp()
    const { repository, api, check } = world
    world.github.state.apps.push(anApp({ id: 4711, slug: 'another' }))
    repository.checkRuns.push(aRun(world, { id: 5, ...other }))
    expect(await keepCheck(api, widgets, check)).toMatchObject({ outcome: 'created', id: 6 })
  })

  test('is found behind hundreds of the same name, and of several it is the newest (G15)', async () => {
    const world = await setUp()
    const { repository, api, check } = world
    const others = Array.from({ length: 250 }, (_, index) =>
      aRun(world, { id: index + 10, externalId: `other-${index}` }),
    )
    repository.checkRuns.push(aRun(world, { id: 3 }), aRun(world, { id: 4 }), ...others)
    expect(await keepCheck(api, widgets, check)).toMatchObject({ outcome: 'updated', id: 4 })
    expect(repository.checkRuns.filter(({ title }) => title === check.title)).toHaveLength(1)
  })
})

describe('when the answer to its making gets lost (G15)', () => {
  test.each([
    ['the connection breaks', { kind: 'reset', handled: true }],
    ['GitHub answers 502', { kind: 'status', status: 502, handled: true }],
    ['a page comes instead', { kind: 'truncated-json' }],
  ] as const)('%s: what was made is found, and no second is', async (_, respond) => {
    const { github, repository, api, check } = await setUp()
    github.faults.push({ match: post, respond })
    expect(await keepCheck(api, widgets, check)).toMatchObject({ outcome: 'created', id: 1 })
    expect(repository.checkRuns).toHaveLength(1)
  })

  test('and it cannot be seen yet, the next try finds it', async () => {
    const { github, repository, api, check } = await setUp()
    github.faults.push({ match: post, respond: { kind: 'reset', handled: true } })
    const unseen = github.faults.push({
      match: { path: /\/commits\/\w+\/check-runs$/, nth: 2 },
      respond: { kind: 'status', status: 200, body: { total_count: 0, check_runs: [] } },
    })
    await expect(keepCheck(api, widgets, check)).rejects.toMatchObject({ failure: 'unavailable' })
    expect(unseen.used).toBe(1)
    expect(await keepCheck(api, widgets, check)).toMatchObject({ outcome: 'updated', id: 1 })
    expect(repository.checkRuns).toHaveLength(1)
  })

  test('and nothing was made, it is an error to come back to', async () => {
    const { github, repository, api, check } = await setUp()
    github.faults.push({ match: post, respond: { kind: 'reset' } })
    await expect(keepCheck(api, widgets, check)).rejects.toMatchObject({ failure: 'unavailable' })
    expect(repository.checkRuns).toEqual([])
  })
})

describe('what GitHub does not take', () => {
  test('is cut by bytes, so that it does (G14)', async () => {
    const { repository, api, check } = await setUp()
    const huge = { title: '😀'.repeat(300), summary: '€'.repeat(40_000), text: 'ä'.repeat(70_000) }
    await keepCheck(api, widgets, { ...check, ...huge })
    const [run] = repository.checkRuns
    expect(Buffer.byteLength(run?.summary ?? '')).toBeLessThanOrEqual(65_535)
    expect(run?.summary).toMatch(/^€+\n\nThis text was cut here/)
  })

  test('is refused once, and never tried again (G14)', async () => {
    const { github, api, check } = await setUp()
    const unknown = { ...check, headSha: 'd'.repeat(40) }
    await expect(keepCheck(api, widgets, unknown)).rejects.toMatchObject({
      failure: 'refused',
      status: 422,
      message: expect.stringContaining('No commit found for SHA'),
    })
    expect(github.requests.filter(({ status }) => status === 422)).toHaveLength(1)
  })

  test('is a mistake of ours where it is a button', async () => {
    const { github, api, check } = await setUp()
    const asked = github.requests.length
    const tooMany = { ...check, actions: [button, button, button, button] }
    await expect(keepCheck(api, widgets, tooMany)).rejects.toThrow('at most 3 actions, not 4')
    expect(github.requests).toHaveLength(asked)
  })
})

describe('an installation that does not let it', () => {
  test('without the permission says which it is (G12)', async () => {
    const { installation, installationApi, check } = await setUp()
    installation.permissions = { metadata: 'read', pull_requests: 'read', checks: 'read' }
    await expect(keepCheck(await installationApi(), widgets, check)).rejects.toMatchObject({
      failure: 'permission',
      accepted: 'checks=write',
    })
  })

  test('is suspended (G11)', async () => {
    const { installation, api, check } = await setUp()
    installation.suspendedAt = '2026-03-02T09:00:00Z'
    await expect(keepCheck(api, widgets, check)).rejects.toMatchObject({ failure: 'suspended' })
  })

  test('of another App does not change ours', async () => {
    const world = await setUp()
    const { github, account, repository, api, check } = world
    const other = anApp({ id: 4711, slug: 'another' })
    github.state.apps.push(other)
    const installation = anInstallation(other, account)
    github.state.installations.push(installation)
    repository.checkRuns.push(aRun(world, { id: 5, appId: 4711 }))
    const known = { id: 5, headSha: rootSha, digest: 'old' }
    await expect(keepCheck(api, widgets, { ...check, known })).rejects.toBeInstanceOf(GitHubError)
    expect(repository.checkRuns[0]?.title).toBe('Old')
  })
})

describe('a check run that is not where it was', () => {
  test('is written under the new name of its repository (G9)', async () => {
    const { github, repository, api, check } = await setUp()
    const address = { ...widgets, id: repository.id }
    const made = await keepCheck(api, address, check)
    await renameRepository(github, repository, 'gadgets')
    const known = { ...made, headSha: rootSha }
    const updated = await keepCheck(api, address, { ...check, title: 'Merged', known })
    expect(updated).toMatchObject({ outcome: 'updated', id: made.id })
    await expect(keepCheck(api, widgets, { ...check, title: 'New', known })).rejects.toMatchObject({
      failure: 'refused',
    })
    expect(repository.checkRuns).toMatchObject([{ title: 'Merged' }])
  })

  test('is made anew once GitHub has forgotten it', async () => {
    const { github, repository, api, check } = await setUp()
    const known = { id: 99, headSha: rootSha, digest: 'old' }
    const gone = github.faults.push({ match: patch, before: () => {} })
    expect(await keepCheck(api, widgets, { ...check, known })).toMatchObject({
      outcome: 'created',
      id: 1,
    })
    expect(gone.used).toBe(1)
    expect(repository.checkRuns).toHaveLength(1)
  })
})

test('on a GitHub Enterprise Server it is the same (G25)', async () => {
  const { repository, api, check, github } = await setUp({ form: 'ghes' })
  expect(await keepCheck(api, widgets, check)).toMatchObject({ outcome: 'created' })
  expect(await keepCheck(api, widgets, check)).toMatchObject({ outcome: 'updated' })
  expect(repository.checkRuns).toHaveLength(1)
  expect(github.apiUrl).toMatch(/\/api\/v3$/)
})

test('a check in a repository of a person', async () => {
  const account = anAccount('dev')
  const { api, check } = await setUp({ account, repositories: [aRepository({ owner: account })] })
  const address = { owner: 'dev', name: 'widgets' }
  expect(await keepCheck(api, address, check)).toMatchObject({ outcome: 'created' })
})
