import { describe, expect, it } from 'vitest'
import { aCommit, anIssue, aPullRequest, aRepository } from '../builders.ts'
import { callRest, fakeGitHubForTest } from '../for-test.ts'
import type { Permissions } from '../permissions.ts'

const path = '/repos/acme/widgets/issues'

interface Rendered {
  readonly number: number
  readonly state: string
  readonly user: { readonly login: string }
  readonly labels: readonly { readonly name: string }[]
}

function setUp(permissions: Permissions = { issues: 'write' }) {
  const issues = [
    anIssue({ number: 3, labels: ['bug'] }),
    anIssue({ number: 4, labels: ['bug', 'report'], state: 'closed' }),
    anIssue({ number: 9 }),
  ]
  const repository = aRepository({ issues, labels: ['bug', 'report'] })
  return fakeGitHubForTest({ repositories: [repository], permissions })
}

describe('issues are listed', () => {
  it.each([
    ['', [9, 3]],
    ['?state=all&direction=asc', [3, 4, 9]],
    ['?state=closed', [4]],
    ['?state=all&labels=BUG', [4, 3]],
    ['?state=all&labels=bug,report', [4]],
    ['?labels=none', []],
    ['?state=all&per_page=2&page=2', [3]],
  ])('%s: %j', async (query, numbers) => {
    const { status, body } = await callRest<Rendered[]>(await setUp(), path + query)
    expect(status).toBe(200)
    expect(body.map(({ number }) => number)).toEqual(numbers)
  })
})

it('pull requests are among them, and told apart by a field', async () => {
  const github = await setUp()
  const pullRequest = aPullRequest({ number: 5, labels: ['bug'], commits: [aCommit()] })
  github.state.repositories[0]?.pullRequests.push(pullRequest)
  const listed = await callRest<object[]>(github, `${path}?state=all&labels=bug&direction=asc`)
  expect(listed.body).toMatchObject([{ number: 3 }, { number: 4 }, { number: 5 }])
  expect(listed.body.map((issue) => 'pull_request' in issue)).toEqual([false, false, true])
})

describe('an issue', () => {
  it('is made by the account behind the token, with labels that are made with it', async () => {
    const github = await setUp()
    const { status, body } = await callRest<Rendered>(github, path, {
      method: 'POST',
      body: { title: 'New', body: 'Text', labels: ['fresh'] },
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      number: 10,
      state: 'open',
      user: { login: 'github-actions[bot]' },
    })
    expect(body.labels.map(({ name }) => name)).toEqual(['fresh'])
    expect(github.state.repositories[0]?.labels.map(({ name }) => name)).toContain('fresh')
  })

  it('is changed in what is given, and closed with a reason', async () => {
    const github = await setUp()
    const change = { body: 'Other', state: 'closed', state_reason: 'not_planned' }
    const { status } = await callRest(github, `${path}/3`, { method: 'PATCH', body: change })
    expect(status).toBe(200)
    expect(github.state.repositories[0]?.issues[0]).toMatchObject({
      title: 'Issue 3',
      body: 'Other',
      state: 'closed',
      stateReason: 'not_planned',
    })
  })

  it.each([
    ['too long a body', 'POST', path, { title: 'New', body: 'x'.repeat(65_537) }, 422],
    ['no title', 'POST', path, { body: 'Text' }, 422],
    ['one that is not there', 'PATCH', `${path}/5`, { body: 'Text' }, 404],
  ])('with %s is refused', async (_, method, where, body, expected) => {
    const { status } = await callRest(await setUp(), where, { method, body })
    expect(status).toBe(expected)
  })

  it.each([
    ['GET', {}, 403],
    ['GET', { issues: 'read' }, 200],
    ['POST', { issues: 'read' }, 403],
  ] as const)('%s with %j: %i', async (method, permissions, expected) => {
    const body = method === 'POST' ? { body: { title: 'New' } } : {}
    const { status } = await callRest(await setUp(permissions), path, { method, ...body })
    expect(status).toBe(expected)
  })
})
