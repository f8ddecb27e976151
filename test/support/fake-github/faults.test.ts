import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { callGraphql, callRest, fakeGitHubForTest } from './for-test.ts'
import {
  aPullRequest,
  aRepository,
  type FakeGitHub,
  type FaultResponse,
  forcePush,
  graphqlRateLimit,
  moved,
  primaryRateLimit,
  putLabel,
  secondaryRateLimit,
  startFakeGitHub,
} from './index.ts'

const pull = '/repos/acme/widgets/pulls/7'
const issueLabels = '/repos/acme/widgets/issues/7/labels'

async function setUp() {
  const pullRequest = aPullRequest({ number: 7, title: 'Fix it' })
  const repository = aRepository({ pullRequests: [pullRequest] })
  const github = await fakeGitHubForTest({ repositories: [repository] })
  return { github, repository, pullRequest }
}

function addLabel(github: FakeGitHub) {
  return callRest(github, issueLabels, { method: 'POST', body: { labels: ['ai-assisted'] } })
}

function plain(github: FakeGitHub, path: string): Promise<Response> {
  const headers = { authorization: `Bearer ${github.state.token}` }
  return fetch(github.apiUrl + path, { headers, redirect: 'manual' })
}

describe('replies of another status', () => {
  it.each<[string, FaultResponse, number, Record<string, string>, object]>([
    [
      'a spent primary limit',
      primaryRateLimit(1_780_000_000),
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1780000000' },
      { message: expect.stringContaining('API rate limit exceeded') },
    ],
    [
      'a spent primary limit as 429',
      primaryRateLimit(1_780_000_000, 429),
      429,
      { 'x-ratelimit-remaining': '0' },
      {},
    ],
    [
      'a secondary limit that says how long',
      secondaryRateLimit(60),
      403,
      { 'retry-after': '60' },
      { message: expect.stringContaining('secondary rate limit') },
    ],
    ['a secondary limit that does not', secondaryRateLimit(undefined, 429), 429, {}, {}],
    ['500', { kind: 'status', status: 500 }, 500, {}, { message: 'Internal Server Error' }],
    ['502', { kind: 'status', status: 502 }, 502, {}, { message: 'Bad Gateway', status: '502' }],
    [
      '503',
      { kind: 'status', status: 503, body: { message: 'Busy' } },
      503,
      {},
      { message: 'Busy' },
    ],
    ['504', { kind: 'status', status: 504 }, 504, {}, { message: 'Gateway Timeout' }],
    ['a renaming', moved('http://127.0.0.1:1/x'), 301, { location: 'http://127.0.0.1:1/x' }, {}],
    ['a renaming as 307', moved('http://127.0.0.1:1/x', 307), 307, {}, {}],
  ])('%s', async (_, respond, status, headers, body) => {
    const { github } = await setUp()
    github.faults.push({ respond })
    const response = await plain(github, pull)
    expect(response.status).toBe(status)
    expect(Object.fromEntries(response.headers)).toMatchObject(headers)
    expect(await response.json()).toMatchObject(body)
    expect(github.requests).toMatchObject([{ status }])
  })

  it('without retry-after has none', async () => {
    const { github } = await setUp()
    github.faults.push({ respond: secondaryRateLimit() })
    expect((await plain(github, pull)).headers.has('retry-after')).toBe(false)
  })

  it('leaves a write undone, or done with its reply lost', async () => {
    const { github, pullRequest } = await setUp()
    github.faults.push({ respond: { kind: 'status', status: 502 } })
    expect((await addLabel(github)).status).toBe(502)
    expect(pullRequest.labels).toEqual([])
    github.faults.push({ respond: { kind: 'status', status: 502, handled: true } })
    expect((await addLabel(github)).status).toBe(502)
    expect(pullRequest.labels).toEqual(['ai-assisted'])
  })
})

describe('broken bodies', () => {
  it('an HTML page with 200', async () => {
    const { github } = await setUp()
    github.faults.push({ respond: { kind: 'html' } })
    const response = await plain(github, pull)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await response.text()).toContain('<!DOCTYPE html>')
  })

  it('JSON cut short with 200', async () => {
    const { github } = await setUp()
    github.faults.push({ respond: { kind: 'truncated-json' } })
    const response = await plain(github, pull)
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(text).toMatch(/^\{"url"/)
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
  })

  it('a connection closed within the body', async () => {
    const { github } = await setUp()
    github.faults.push({ respond: { kind: 'cut-body' } })
    const response = await plain(github, pull)
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow('terminated')
  })

  it('a body that never ends', async () => {
    const { github } = await setUp()
    github.faults.push({ respond: { kind: 'stalled-body' } })
    const response = await plain(github, pull)
    const reader = response.body?.getReader()
    expect((await reader?.read())?.value?.length).toBeGreaterThan(100)
    const rest = expect(reader?.read()).rejects.toThrow('terminated')
    await github.close()
    await rest
  })

  it('any other change of the true reply', async () => {
    const { github } = await setUp()
    const link = '<http://127.0.0.1:1/next>; rel="next"'
    github.faults.push({
      respond: {
        kind: 'alter',
        alter: (reply) => ({ ...reply, headers: { ...reply.headers, link }, body: [] }),
      },
    })
    const { status, headers, body } = await callRest(github, `${pull}/commits`)
    expect([status, headers.get('link'), body]).toEqual([200, link, []])
  })
})

describe('broken connections', () => {
  it('a reset before any header, with the write undone or done', async () => {
    const { github, pullRequest } = await setUp()
    github.faults.push({ respond: { kind: 'reset' } })
    await expect(addLabel(github)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    expect(pullRequest.labels).toEqual([])
    github.faults.push({ respond: { kind: 'reset', handled: true } })
    await expect(addLabel(github)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    expect(pullRequest.labels).toEqual(['ai-assisted'])
    expect(github.requests).toMatchObject([{ status: null }, { status: null }])
  })

  it('no answer, until the client gives up', async () => {
    const { github, pullRequest } = await setUp()
    const silent = github.faults.push({ respond: { kind: 'silence', handled: true } })
    const giveUp = new AbortController()
    const request = fetch(github.apiUrl + issueLabels, {
      method: 'POST',
      headers: { authorization: `Bearer ${github.state.token}` },
      body: '{"labels":["ai-assisted"]}',
      signal: giveUp.signal,
    })
    const ended = expect(request).rejects.toThrow('aborted')
    await silent.reached
    giveUp.abort()
    await ended
    expect(pullRequest.labels).toEqual(['ai-assisted'])
    expect((await callRest(github, pull)).status).toBe(200)
  })

  it('an answer held until it is released, true to the state of then', async () => {
    const { github, pullRequest } = await setUp()
    const held = github.faults.push({ match: { path: pull }, respond: { kind: 'hold' } })
    const request = callRest(github, pull)
    await held.reached
    expect((await callRest(github, '/repos/acme/widgets')).status).toBe(200)
    pullRequest.title = 'Changed meanwhile'
    held.release()
    expect(await request).toMatchObject({ status: 200, body: { title: 'Changed meanwhile' } })
  })

  it('an answer held until a promise settles', async () => {
    const { github } = await setUp()
    const gate = Promise.withResolvers<void>()
    const held = github.faults.push({ respond: { kind: 'hold', until: gate.promise } })
    const request = callRest(github, pull)
    await held.reached
    gate.resolve()
    expect((await request).status).toBe(200)
  })
})

describe('GraphQL errors with 200', () => {
  const query =
    '{ repository(owner: "acme", name: "widgets") { name pullRequest(number: 7) { title author { login } } } }'

  it.each(['RATE_LIMITED', 'RATE_LIMIT'] as const)('a spent limit as %s', async (type) => {
    const { github } = await setUp()
    github.faults.push({ respond: graphqlRateLimit(1_780_000_000, type) })
    const { status, headers, body } = await callGraphql(github, query)
    expect([status, headers.get('x-ratelimit-remaining')]).toEqual([200, '0'])
    expect(body).toEqual({ errors: [{ type, message: expect.any(String) }] })
  })

  it('a part that failed, with the rest kept', async () => {
    const { github } = await setUp()
    const path = ['repository', 'pullRequest', 'author']
    const error = { message: 'Something went wrong while executing your query.', path }
    github.faults.push({ respond: { kind: 'graphql-errors', errors: [error], data: 'kept' } })
    const { status, body } = await callGraphql(github, query)
    expect(status).toBe(200)
    expect(body).toEqual({
      data: { repository: { name: 'widgets', pullRequest: { title: 'Fix it', author: null } } },
      errors: [error],
    })
  })

  it('beside the errors that there were', async () => {
    const { github } = await setUp()
    const timeout = { type: 'TIMEOUT', message: 'Timed out' }
    github.faults.push({ respond: { kind: 'graphql-errors', errors: [timeout], data: 'kept' } })
    const { body } = await callGraphql(github, query.replace('number: 7', 'number: 8'))
    expect(body).toMatchObject({
      data: { repository: { name: 'widgets', pullRequest: null } },
      errors: [{ type: 'NOT_FOUND' }, timeout],
    })
  })
})

describe('which requests', () => {
  const broken: FaultResponse = { kind: 'status', status: 502 }

  it.each([
    ['the method', { method: 'POST' }, [200, 502, 200]],
    ['the path', { path: pull }, [502, 200, 200]],
    ['a pattern of the path', { path: /labels$/ }, [200, 502, 200]],
    ['the query of GraphQL', { graphql: /viewer/ }, [200, 200, 502]],
    ['the path of GraphQL', { path: '/graphql' }, [200, 200, 502]],
    ['another query', { graphql: /repository/ }, [200, 200, 200]],
    ['nothing', {}, [502, 200, 200]],
    ['the second', { nth: 2 }, [200, 502, 200]],
    ['the second of a kind', { method: 'POST', nth: 2 }, [200, 200, 502]],
  ])('by %s', async (_, match, statuses) => {
    const { github } = await setUp()
    const fault = github.faults.push({ match, respond: broken })
    const answers = [
      await callRest(github, pull),
      await addLabel(github),
      await callGraphql(github, '{ viewer { login } }'),
    ]
    expect(answers.map(({ status }) => status)).toEqual(statuses)
    const met = statuses.includes(502)
    expect(fault.used).toBe(met ? 1 : 0)
    expect(github.faults.unused).toHaveLength(met ? 0 : 1)
  })

  it('as often as said, one after the other', async () => {
    const { github } = await setUp()
    github.faults.push({ respond: broken, times: 2 })
    github.faults.push({ respond: { kind: 'status', status: 503 } })
    const statuses: number[] = []
    for (let index = 0; index < 4; index += 1) statuses.push((await plain(github, pull)).status)
    expect(statuses).toEqual([502, 502, 503, 200])
  })

  it('always, which is never unused', async () => {
    const { github } = await setUp()
    github.faults.push({ respond: broken, times: Number.POSITIVE_INFINITY })
    for (let index = 0; index < 3; index += 1) expect((await plain(github, pull)).status).toBe(502)
    expect(github.faults.unused).toEqual([])
  })

  it('does not touch the log’s record of what was asked', async () => {
    const { github } = await setUp()
    github.faults.push({ respond: broken })
    await addLabel(github)
    expect(github.requests).toMatchObject([
      { method: 'POST', path: issueLabels, body: { labels: ['ai-assisted'] }, status: 502 },
    ])
  })
})

describe('hooks', () => {
  it('change the state before a read: a push between two pages', async () => {
    const { github, pullRequest } = await setUp()
    forcePush(pullRequest, [{ message: 'One' }, { message: 'Two' }])
    const old = pullRequest.head.sha
    github.faults.push({
      match: { path: `${pull}/commits`, nth: 2 },
      before: () => forcePush(pullRequest, [{ message: 'Rewritten' }]),
    })
    const page = (number: number) =>
      callRest<{ sha: string }[]>(github, `${pull}/commits?per_page=1&page=${number}`)
    expect((await page(1)).body).toHaveLength(1)
    expect((await page(2)).body).toEqual([])
    expect(pullRequest.head.sha).not.toBe(old)
  })

  it('race a label, by the account of another', async () => {
    const { github, repository, pullRequest } = await setUp()
    const account = { id: 5, login: 'dev', type: 'User' } as const
    github.faults.push({
      match: { method: 'POST' },
      before: () => putLabel(repository, pullRequest, 'AI-Assisted', { account, now: 0 }),
    })
    expect((await addLabel(github)).status).toBe(200)
    expect(pullRequest.labels).toEqual(['AI-Assisted'])
    expect(pullRequest.labelEvents).toMatchObject([{ actor: { login: 'dev' } }])
  })

  it('see the call and the state, in order, beside a fault that responds', async () => {
    const { github } = await setUp()
    const seen: string[] = []
    const record = (when: string) => (call: { path: string }) => {
      seen.push(`${when} ${call.path} ${github.requests[0]?.status}`)
    }
    const replied = Promise.withResolvers<void>()
    github.faults.push({ before: record('before'), after: record('after') })
    github.faults.push({
      respond: { kind: 'status', status: 503 },
      sent: (call) => {
        record('sent')(call)
        replied.resolve()
      },
    })
    expect((await plain(github, pull)).status).toBe(503)
    await replied.promise
    expect(seen).toEqual([`before ${pull} null`, `after ${pull} null`, `sent ${pull} 503`])
  })

  it('kill a client that cannot know that its write took place', async () => {
    const { github, pullRequest } = await setUp()
    const script = `for (const label of ['one', 'two', 'three']) {
      await fetch(process.env.URL, {
        method: 'POST',
        headers: { authorization: 'Bearer ' + process.env.TOKEN },
        body: JSON.stringify({ labels: [label] }),
      })
    }`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      env: { URL: github.apiUrl + issueLabels, TOKEN: github.state.token },
      stdio: 'ignore',
    })
    const exited = once(child, 'exit')
    github.faults.push({
      match: { method: 'POST', nth: 2 },
      after: async () => {
        child.kill('SIGKILL')
        await exited
      },
    })
    expect(await exited).toEqual([null, 'SIGKILL'])
    expect(pullRequest.labels).toEqual(['one', 'two'])
  })

  it('that throw fail the request and the test', async () => {
    const github = await startFakeGitHub()
    const boom = () => {
      throw new Error('boom')
    }
    github.faults.push({ before: boom })
    github.faults.push({ match: { nth: 2 }, after: boom })
    const answers = [await callRest(github, '/a'), await callRest(github, '/b')]
    await github.close()
    expect(answers).toMatchObject([
      { status: 500, body: { message: 'GET /a: boom' } },
      { status: 500, body: { message: 'GET /b: boom' } },
    ])
    expect(github.contractErrors).toEqual(['GET /a: boom', 'GET /b: boom'])
  })
})
