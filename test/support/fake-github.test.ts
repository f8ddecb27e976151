import { describe, expect, it } from 'vitest'
import { callGraphql, callRest, fakeGitHubForTest } from './fake-github/for-test.ts'
import { aPullRequest, aRepository, startFakeGitHub } from './fake-github/index.ts'

const repository = () => aRepository({ pullRequests: [aPullRequest({ number: 7 })] })

describe('the fake GitHub', () => {
  it('serves REST and GraphQL over the same state', async () => {
    const pullRequest = aPullRequest({ number: 7, title: 'Fix it' })
    const github = await fakeGitHubForTest({
      repositories: [aRepository({ pullRequests: [pullRequest] })],
    })
    pullRequest.title = 'Fix it well'
    const rest = await callRest(github, '/repos/acme/widgets/pulls/7')
    const graphql = await callGraphql(
      github,
      '{ repository(owner: "acme", name: "widgets") { pullRequest(number: 7) { title } } }',
    )
    expect(rest.body).toMatchObject({ title: 'Fix it well' })
    expect(graphql.body).toEqual({
      data: { repository: { pullRequest: { title: 'Fix it well' } } },
    })
  })

  it('logs every request with what it was answered', async () => {
    const github = await fakeGitHubForTest({ repositories: [repository()] })
    await callRest(github, '/repos/acme/widgets/pulls/7/commits?per_page=2&page=1')
    await callRest(github, '/repos/acme/widgets/labels', {
      method: 'POST',
      body: { name: 'ai-assisted' },
    })
    await callRest(github, '/nowhere')
    expect(github.requests).toMatchObject([
      {
        method: 'GET',
        path: '/repos/acme/widgets/pulls/7/commits',
        query: { per_page: '2', page: '1' },
        body: undefined,
        headers: { authorization: 'Bearer fake-token' },
        status: 200,
      },
      { method: 'POST', body: { name: 'ai-assisted' }, status: 201 },
      { path: '/nowhere', status: 404 },
    ])
  })

  it.each([
    ['no token', {}, 'Requires authentication'],
    ['another token', { authorization: 'Bearer other' }, 'Bad credentials'],
    ['another scheme', { authorization: 'Basic fake-token' }, 'Bad credentials'],
  ])('refuses %s with 401', async (_, headers, message) => {
    const github = await fakeGitHubForTest({ repositories: [repository()] })
    for (const url of [`${github.apiUrl}/repos/acme/widgets`, github.graphqlUrl]) {
      const response = await fetch(url, { headers })
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ message, status: '401' })
    }
  })

  it('takes the token in both schemes that GitHub takes', async () => {
    const github = await fakeGitHubForTest({ repositories: [repository()], token: 'other-token' })
    for (const authorization of ['token other-token', 'bearer other-token']) {
      const { status } = await callRest(github, '/repos/acme/widgets', {
        headers: { authorization },
      })
      expect(status).toBe(200)
    }
  })

  it('answers 404 in the shape of an error for what it does not serve', async () => {
    const github = await fakeGitHubForTest({ repositories: [repository()] })
    const requests = [
      callRest(github, '/'),
      callRest(github, '/repos/acme/other'),
      callRest(github, '/repositories/1'),
      callRest(github, '/repos/acme/widgets', { method: 'PATCH', body: {} }),
      callRest(github, '/graphql'),
    ]
    for (const { status, body } of await Promise.all(requests)) {
      expect(status).toBe(404)
      expect(body).toEqual({
        message: 'Not Found',
        documentation_url: 'https://docs.github.com/rest',
        status: '404',
      })
    }
  })

  it('refuses a body that is no JSON', async () => {
    const github = await fakeGitHubForTest({ repositories: [repository()] })
    const response = await fetch(`${github.apiUrl}/repos/acme/widgets/labels`, {
      method: 'POST',
      headers: { authorization: `token ${github.state.token}` },
      body: '{"name":',
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ message: 'Problems parsing JSON' })
  })

  it('gives each reply an id of its own', async () => {
    const github = await fakeGitHubForTest()
    const first = await callRest(github, '/a')
    const second = await callRest(github, '/b')
    expect(first.headers.get('x-github-request-id')).toBe('FA4E:0001')
    expect(second.headers.get('x-github-request-id')).toBe('FA4E:0002')
  })
})

describe('the form of a GitHub Enterprise Server', () => {
  it('has its APIs below /api, with links that stay there, and no rate limits', async () => {
    const pullRequest = aPullRequest({ number: 7, commits: [{}, {}, {}] })
    const github = await fakeGitHubForTest({
      repositories: [aRepository({ pullRequests: [pullRequest] })],
      form: 'ghes',
    })
    expect(github.apiUrl).toBe(`${github.url}/api/v3`)
    expect(github.graphqlUrl).toBe(`${github.url}/api/graphql`)
    const first = await callRest(github, '/repos/acme/widgets/pulls/7/commits?per_page=2')
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    expect(next.startsWith(`${github.apiUrl}/repositories/`)).toBe(true)
    const second = await callRest(github, next)
    expect(second.body).toMatchObject([{ sha: pullRequest.head.sha }])
    expect(second.headers.get('x-ratelimit-remaining')).toBeNull()
    const { body } = await callGraphql(github, '{ rateLimit { limit } }')
    expect(body).toEqual({ data: { rateLimit: null } })
  })

  it('serves nothing at the places of the other form', async () => {
    const server = await fakeGitHubForTest({ repositories: [repository()], form: 'ghes' })
    const hosted = await fakeGitHubForTest({ repositories: [repository()] })
    const body = { query: '{ viewer { login } }' }
    for (const [github, path, init] of [
      [server, `${server.url}/repos/acme/widgets`, {}],
      [server, `${server.url}/graphql`, { method: 'POST', body }],
      [hosted, `${hosted.url}/api/v3/repos/acme/widgets`, {}],
      [hosted, `${hosted.url}/api/graphql`, { method: 'POST', body }],
    ] as const) {
      expect((await callRest(github, path, init)).status).toBe(404)
    }
  })
})

describe('conditional requests', () => {
  it('answers 304 to the ETag of what did not change, and takes nothing off the limit', async () => {
    const pullRequest = aPullRequest({ number: 7 })
    const github = await fakeGitHubForTest({
      repositories: [aRepository({ pullRequests: [pullRequest] })],
    })
    const path = '/repos/acme/widgets/pulls/7'
    const first = await callRest(github, path)
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^W\/"[0-9a-f]{64}"$/)
    const again = await callRest(github, path, { headers: { 'if-none-match': etag } })
    expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', etag])
    expect(again.headers.get('x-ratelimit-remaining')).toBe('999')
    pullRequest.title = 'Other'
    const changed = await callRest(github, path, { headers: { 'if-none-match': etag } })
    expect(changed.status).toBe(200)
    expect(changed.headers.get('x-ratelimit-remaining')).toBe('998')
  })
})

describe('rate limits', () => {
  const now = Date.UTC(2026, 5, 1, 12)

  it('counts REST and GraphQL apart, and says so in headers', async () => {
    const github = await fakeGitHubForTest({ repositories: [repository()], now: () => now })
    const rest = await callRest(github, '/repos/acme/widgets')
    const graphql = await callGraphql(github, '{ viewer { login } }')
    const common = {
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': '999',
      'x-ratelimit-used': '1',
      'x-ratelimit-reset': String(now / 1000 + 3600),
    }
    expect(Object.fromEntries(rest.headers)).toMatchObject({
      ...common,
      'x-ratelimit-resource': 'core',
    })
    expect(Object.fromEntries(graphql.headers)).toMatchObject({
      ...common,
      'x-ratelimit-resource': 'graphql',
    })
  })

  it('refuses what goes over them, writes too', async () => {
    const repo = repository()
    const empty = { limit: 1000, remaining: 0, resetAt: '2026-06-01T13:00:00Z' }
    const github = await fakeGitHubForTest({
      repositories: [repo],
      rateLimits: { core: { ...empty }, graphql: { ...empty } },
    })
    const { status, headers, body } = await callRest(github, '/repos/acme/widgets/labels', {
      method: 'POST',
      body: { name: 'new' },
    })
    expect([status, headers.get('x-ratelimit-remaining')]).toEqual([403, '0'])
    expect(body).toMatchObject({ message: expect.stringContaining('API rate limit exceeded') })
    expect(repo.labels).toEqual([])
    const graphql = await callGraphql(github, '{ viewer { login } }')
    expect(graphql).toMatchObject({ status: 200, body: { errors: [{ type: 'RATE_LIMITED' }] } })
  })
})

describe('contract errors', () => {
  it('answers 500 and records it when the state would make a reply that GitHub never gives', async () => {
    const pullRequest = aPullRequest({ number: 7, createdAt: 'yesterday' })
    const github = await startFakeGitHub({
      repositories: [aRepository({ pullRequests: [pullRequest] })],
    })
    const { status, body } = await callRest(github, '/repos/acme/widgets/pulls/7')
    await github.close()
    const message = expect.stringContaining(
      'pulls/get 200: body/created_at must match format "date-time"',
    )
    expect(status).toBe(500)
    expect(body).toMatchObject({ message })
    expect(github.contractErrors).toEqual([message])
  })

  it('records a pull request with a label that the repository lacks', async () => {
    const pullRequest = aPullRequest({ number: 7 })
    const github = await startFakeGitHub({
      repositories: [aRepository({ pullRequests: [pullRequest] })],
    })
    pullRequest.labels.push('unheard of')
    const { status } = await callRest(github, '/repos/acme/widgets/pulls/7')
    await github.close()
    expect(status).toBe(500)
    expect(github.contractErrors).toEqual([expect.stringContaining('unheard of')])
  })

  it('records a GraphQL field that the schema has and the fake has not', async () => {
    const github = await startFakeGitHub({ repositories: [repository()] })
    const query =
      '{ repository(owner: "acme", name: "widgets") { pullRequest(number: 7) { isInMergeQueue } } }'
    const { status } = await callGraphql(github, query)
    await github.close()
    expect(status).toBe(500)
    expect(github.contractErrors).toEqual([
      expect.stringContaining('does not model PullRequest.isInMergeQueue'),
    ])
  })

  it('records GraphQL data that the schema does not allow', async () => {
    const pullRequest = aPullRequest({ number: 7 })
    const github = await startFakeGitHub({
      repositories: [aRepository({ pullRequests: [pullRequest] })],
    })
    Object.assign(pullRequest, { title: null })
    const query =
      '{ repository(owner: "acme", name: "widgets") { pullRequest(number: 7) { title } } }'
    const { status } = await callGraphql(github, query)
    await github.close()
    expect(status).toBe(500)
    expect(github.contractErrors).toEqual([expect.stringContaining('PullRequest.title')])
  })
})

describe('close', () => {
  it('ends a request that hangs', async () => {
    const github = await startFakeGitHub()
    const hanging = github.faults.push({ respond: { kind: 'silence' } })
    const request = callRest(github, '/')
    const ended = expect(request).rejects.toThrow('fetch failed')
    await hanging.reached
    await github.close()
    await ended
    expect(github.requests).toMatchObject([{ path: '/', status: null }])
  })
})
