import { describe, expect, test } from 'vitest'
import {
  type IssueOutcome,
  keepIssue,
  maximumOthers,
  readKeptIssue,
  roomForBody,
} from '../../src/github/index.ts'
import { fakeGitHubForTest } from '../support/fake-github/for-test.ts'
import {
  aCommit,
  anAccount,
  anIssue,
  aPullRequest,
  aRepository,
  type FakeGitHub,
  githubActions,
  type Permissions,
} from '../support/fake-github/index.ts'
import { apiOf } from '../support/read-records.ts'

const label = 'weekly-report'
const wanted = { title: 'The report', body: 'All is well.\n', label }
const repositoryName = { owner: 'acme', name: 'widgets' }
const permissions: Permissions = { issues: 'write' }

async function setUp(
  init: Partial<Parameters<typeof fakeGitHubForTest>[0]> & { issues?: number } = {},
) {
  const others = Array.from({ length: init.issues ?? 2 }, (_, index) =>
    anIssue({ number: index + 1, labels: [label], body: 'Something else' }),
  )
  const repository = aRepository({ labels: [label], issues: others })
  const github = await fakeGitHubForTest({ repositories: [repository], permissions, ...init })
  return { github, issues: repository.issues, others: others.length }
}

function keep(github: FakeGitHub, body = wanted.body): Promise<IssueOutcome> {
  return keepIssue(apiOf(github), repositoryName, { ...wanted, body })
}

function writesOf(github: FakeGitHub): string[] {
  return github.requests
    .filter(({ method, path }) => method !== 'GET' && path !== '/graphql')
    .map(({ method, path }) => `${method} ${path}`)
}

test('it is made once, updated in place, and left alone where nothing changed', async () => {
  const { github, issues, others } = await setUp()
  expect(await keep(github)).toMatchObject({ done: true, number: 3, change: 'made' })
  expect(await keep(github)).toMatchObject({ done: true, number: 3, change: 'none' })
  expect(await keep(github, 'Another week.\n')).toMatchObject({ number: 3, change: 'updated' })
  expect(issues).toHaveLength(others + 1)
  expect(issues[2]).toMatchObject({ title: 'The report', labels: [label], state: 'open' })
  expect(issues[2]?.body).toMatch(/^<!-- weekly-report: .* -->\nAnother week\.\n$/)
  expect(writesOf(github)).toEqual([
    'POST /repos/acme/widgets/issues',
    'PATCH /repos/acme/widgets/issues/3',
  ])
})

test('its label is made where the repository lacks it', async () => {
  const repository = aRepository()
  const github = await fakeGitHubForTest({ repositories: [repository], permissions })
  expect(await keep(github)).toMatchObject({ done: true, number: 1, change: 'made' })
  expect(repository.labels.map(({ name }) => name)).toEqual([label])
})

test('a closed one is updated and stays closed, and a title that a person gave stays', async () => {
  const { github, issues } = await setUp()
  await keep(github)
  Object.assign(issues[2] ?? {}, { state: 'closed', title: 'Ours', stateReason: 'completed' })
  expect(await keep(github, 'New.\n')).toMatchObject({ number: 3, change: 'updated' })
  expect(issues[2]).toMatchObject({ state: 'closed', title: 'Ours' })
  expect(issues[2]?.body).toContain('New.')
})

test('line ends that GitHub changed are no change', async () => {
  const { github, issues } = await setUp()
  await keep(github)
  if (issues[2]) issues[2].body = issues[2].body?.replaceAll('\n', '\r\n') ?? null
  expect(await keep(github)).toMatchObject({ change: 'none' })
})

test('an issue that somebody else wrote is not touched, whatever it holds', async () => {
  const { github, issues } = await setUp({ issues: 0 })
  await keep(github)
  const [ours] = issues
  const theirs = { author: anAccount('stranger'), body: ours?.body ?? null, labels: [label] }
  issues.unshift(anIssue({ number: 99, ...theirs }))
  expect(await keep(github, 'New.\n')).toMatchObject({ number: 1, change: 'updated' })
  expect(issues[0]).toMatchObject({ number: 99, state: 'open', body: theirs.body })
})

test.each([150, maximumOthers])('it is found behind %i others with the label', async (others) => {
  const { github, issues } = await setUp({ issues: others })
  expect(await keep(github)).toMatchObject({ number: others + 1, change: 'made' })
  expect(await keep(github)).toMatchObject({ number: others + 1, change: 'none' })
  expect(issues).toHaveLength(others + 1)
})

test('a pull request is never it, whoever wrote it and whatever it holds', async () => {
  const { github, issues } = await setUp({ issues: 0 })
  await keep(github)
  const [ours] = issues.splice(0)
  const pullRequest = aPullRequest({
    number: 1,
    author: githubActions,
    body: ours?.body ?? null,
    labels: [label],
    commits: [aCommit()],
  })
  github.state.repositories[0]?.pullRequests.push(pullRequest)
  expect(await keep(github, 'New.\n')).toMatchObject({ number: 2, change: 'made' })
  expect(pullRequest.body).toBe(ours?.body)
})

describe('where GitHub does not number the account behind the token', () => {
  const unnumbered = (github: FakeGitHub, login: string) =>
    github.faults.push({
      match: { graphql: /viewer/ },
      times: Number.POSITIVE_INFINITY,
      respond: {
        kind: 'alter',
        alter: (reply) => ({ ...reply, body: { data: { viewer: { login, databaseId: null } } } }),
      },
    })

  test.each(['github-actions[bot]', 'github-actions', 'GitHub-Actions[bot]'])(
    'its issue is found by the login %s',
    async (login) => {
      const { github, issues } = await setUp({ issues: 0 })
      await keep(github)
      unnumbered(github, login)
      expect(await keep(github, 'New.\n')).toMatchObject({ number: 1, change: 'updated' })
      expect(issues).toHaveLength(1)
    },
  )

  test("another account's is not", async () => {
    const { github, issues } = await setUp({ issues: 0 })
    await keep(github)
    unnumbered(github, 'github-action')
    expect(await keep(github, 'New.\n')).toMatchObject({ number: 2, change: 'made' })
    expect(issues[0]?.body).not.toContain('New.')
  })
})

describe('two runs at the same time', () => {
  test('make two issues, of which the older one is left', async () => {
    const { github, issues } = await setUp({ issues: 0 })
    // Both have looked before either makes one.
    const held = ['first', 'second'].map(() =>
      github.faults.push({ match: { method: 'POST', path: /issues$/ }, respond: { kind: 'hold' } }),
    )
    const runs = [keep(github), keep(github)]
    await Promise.all(held.map(({ reached }) => reached))
    for (const fault of held) fault.release()
    const outcomes = await Promise.all(runs)
    expect(outcomes.map((outcome) => outcome.done && outcome.number)).toEqual([1, 1])
    expect(issues.map(({ number, state }) => [number, state])).toEqual([
      [1, 'open'],
      [2, 'closed'],
    ])
    expect(issues[1]).toMatchObject({ stateReason: 'not_planned' })
    expect(issues[1]?.body).toContain('#1 is kept up to date')
    expect(await keep(github)).toMatchObject({ number: 1, change: 'none' })
  })

  test('and a list that lags: the next run closes the younger one', async () => {
    const { github, issues } = await setUp({ issues: 0 })
    await keep(github)
    const [first] = issues
    issues.push(
      anIssue({ number: 2, body: first?.body ?? '', author: githubActions, labels: [label] }),
    )
    expect(await keep(github, 'New.\n')).toMatchObject({ number: 1, change: 'updated' })
    expect(issues.map(({ state }) => state)).toEqual(['open', 'closed'])
  })
})

describe('what cannot be done', () => {
  test.each([
    ['nothing may be read', {}],
    ['issues may be read alone', { issues: 'read' }],
  ] satisfies [string, Permissions][])('%s', async (_, given) => {
    const { github, issues } = await setUp({ permissions: given, issues: 0 })
    expect(await keep(github)).toEqual({
      done: false,
      missing: 'issues: write',
      said: expect.stringContaining('Resource not accessible'),
    })
    expect(issues).toEqual([])
  })

  test('the repository is archived: what GitHub says is told', async () => {
    const { github } = await setUp()
    const message = 'Repository was archived so is read-only.'
    github.faults.push({
      match: { method: 'POST', path: /issues$/ },
      respond: { kind: 'status', status: 403, body: { message } },
    })
    expect(await keep(github)).toMatchObject({ missing: 'issues: write', said: message })
  })

  test('so many others carry the label that ours would not be found: none is made', async () => {
    const { github, issues } = await setUp({ issues: maximumOthers + 1 })
    expect(await keep(github)).toEqual({ done: false, missing: 'place' })
    expect(issues).toHaveLength(maximumOthers + 1)
  })

  test('issues are switched off', async () => {
    const { github } = await setUp()
    github.faults.push({
      match: { path: /issues$/ },
      times: Number.POSITIVE_INFINITY,
      respond: { kind: 'status', status: 410, body: { message: 'Issues are disabled' } },
    })
    expect(await keep(github)).toMatchObject({ done: false, missing: 'issues' })
  })

  test('the label was left out without a word', async () => {
    const { github } = await setUp()
    github.faults.push({
      match: { method: 'POST', path: /issues$/ },
      respond: {
        kind: 'alter',
        alter: (reply) => ({ ...reply, body: { ...(reply.body as object), labels: [] } }),
      },
    })
    expect(await keep(github)).toMatchObject({ done: true, withoutLabel: label })
  })

  test('an answer to the making got lost: it is not made twice', async () => {
    const { github, issues } = await setUp({ issues: 0 })
    github.faults.push({
      match: { method: 'POST', path: /issues$/ },
      respond: { kind: 'status', status: 502, handled: true },
    })
    await expect(keep(github)).rejects.toMatchObject({ failure: 'unavailable' })
    expect(await keep(github)).toMatchObject({ number: 1, change: 'none' })
    expect(issues).toHaveLength(1)
  })
})

describe('what it holds is read', () => {
  const read = (github: FakeGitHub) => readKeptIssue(apiOf(github), repositoryName, label)

  test('below its marker, as it was written or edited', async () => {
    const { github, issues } = await setUp()
    expect(await read(github)).toBeUndefined()
    await keep(github)
    expect(await read(github)).toBe(wanted.body)
    const ours = issues.at(-1)
    if (ours) ours.body = `Mine first.\r\n${ours.body?.replace('All', 'Nothing')}`
    expect(await read(github)).toBe('Nothing is well.\n')
    expect(writesOf(github)).toEqual(['POST /repos/acme/widgets/issues'])
  })

  test('never of an issue that somebody else wrote', async () => {
    const { github, issues } = await setUp({ issues: 0 })
    await keep(github)
    const [ours] = issues
    Object.assign(ours ?? {}, { author: anAccount('stranger') })
    expect(await read(github)).toBeUndefined()
  })

  test.each([
    ['where issues may not be read', {}, 403],
    ['where issues are switched off', permissions, 410],
  ])('as nothing %s', async (_, given, status) => {
    const { github } = await setUp({ permissions: given })
    github.faults.push({
      match: { path: /issues$/ },
      respond: { kind: 'status', status, body: { message: 'Not here' } },
    })
    expect(await read(github)).toBeUndefined()
  })

  test('or told that GitHub did not answer: nothing is no answer', async () => {
    const { github } = await setUp()
    github.faults.push({
      match: { path: /issues$/ },
      times: Number.POSITIVE_INFINITY,
      respond: { kind: 'status', status: 500, body: {} },
    })
    await expect(read(github)).rejects.toMatchObject({ failure: 'unavailable' })
  })
})

test('a body that fills the room is taken', async () => {
  const { github, issues } = await setUp({ issues: 0 })
  await keep(github, 'x'.repeat(roomForBody(label)))
  expect(issues[0]?.body).toHaveLength(65_536)
})
