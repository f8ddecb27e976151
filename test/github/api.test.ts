import { Readable } from 'node:stream'
import nock from 'nock'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { GitHubError } from '../../src/github/index.ts'
import { apiUrl, github, now, testClient, token } from '../support/github-client.ts'
import { forbidNetwork } from '../support/no-network.ts'

forbidNetwork()

const path = '/repos/acme/shop/labels/ai'
const route = 'GET /repos/{owner}/{repo}/labels/{name}'
const parameters = { owner: 'acme', repo: 'shop', name: 'ai' }
const NamedSchema = z.object({ name: z.string() })
const good = { name: 'ai', color: 'bfd4f2' }

type Answer = (request: nock.Interceptor) => nock.Scope
type Headers = Record<string, string>

const reply =
  (status: number, body: nock.Body = {}, headers: Headers = {}): Answer =>
  (request) =>
    request.reply(status, body, headers)
const breakOff =
  (code: string, message: string): Answer =>
  (request) =>
    request.replyWithError(Object.assign(new Error(message), { code }))
const json = { 'content-type': 'application/json; charset=utf-8' }
const html = { 'content-type': 'text/html; charset=utf-8' }
const page = '<!DOCTYPE html><html><body>Unicorn!</body></html>'
const seconds = (later: number) => String(now / 1_000 + later)
const limited = (message: string) => ({
  message,
  documentation_url: 'https://docs.github.com/rest',
})
const primary = limited('API rate limit exceeded for installation ID 1.')
const secondary = limited('You have exceeded a secondary rate limit. Please wait a few minutes.')
const abuse = limited('You have triggered an abuse detection mechanism.')

async function failureOf(call: Promise<unknown>): Promise<GitHubError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof GitHubError) return error
  throw new Error('no GitHubError was thrown', { cause: error })
}

describe('read', () => {
  test('gives what the schema asks for, with the token sent', async () => {
    const { api, slept } = testClient()
    github().get(path).matchHeader('authorization', `token ${token}`).reply(200, good)
    expect(await api.read(route, parameters, NamedSchema)).toEqual({ name: 'ai' })
    expect(slept).toEqual([])
  })

  const passing: [string, Answer, number][] = [
    ['JSON that breaks off', reply(200, '{"name":"a', json), 500],
    ['a web page', reply(200, page, html), 500],
    ['text', reply(200, 'moment, please', { 'content-type': 'text/plain' }), 500],
    ['bytes', reply(200, 'x', { 'content-type': 'application/octet-stream' }), 500],
    ['a content type that is none', reply(200, '{}', { 'content-type': ';' }), 500],
    ['an empty body', reply(200, '', json), 500],
    ['no content', reply(204), 500],
    ['another shape', reply(200, { name: 7 }), 500],
    ['a body that ends in an error', (r) => r.reply(200, brokenBody, json), 500],
    ['500', reply(500, page, html), 500],
    ['502', reply(502, page, html), 500],
    ['503', reply(503), 500],
    ['503 with a time', reply(503, {}, { 'retry-after': '7' }), 7_000],
    ['504', reply(504), 500],
    ['a reset', breakOff('ECONNRESET', 'read ECONNRESET'), 500],
    ['no name server', breakOff('EAI_AGAIN', 'getaddrinfo EAI_AGAIN api.github.com'), 500],
    ['a primary limit', reply(403, primary, exhausted(30)), 30_000],
    ['a primary limit as 429', reply(429, primary, exhausted(30)), 30_000],
    ['a primary limit that is just over', reply(403, primary, exhausted(-5)), 1_000],
    [
      'a primary limit without a time',
      reply(403, primary, { 'x-ratelimit-remaining': '0' }),
      60_000,
    ],
    ['a primary limit without headers', reply(403, primary), 60_000],
    ['a secondary limit', reply(403, secondary, { 'retry-after': '5' }), 5_000],
    ['a secondary limit as 429', reply(429, secondary, { 'retry-after': '5' }), 5_000],
    ['a secondary limit without a time', reply(403, secondary), 60_000],
    ['a secondary limit as 429 without a time', reply(429, secondary), 60_000],
    ['abuse detection', reply(403, abuse), 60_000],
    ['a limit of no words', reply(403, limited('Forbidden'), { 'retry-after': '2' }), 2_000],
    ['a limit of no wait', reply(429, secondary, { 'retry-after': '0' }), 500],
    ['a limit until a date', reply(429, secondary, retryAt('10:00:09')), 9_000],
    ['a limit until a past date', reply(429, secondary, retryAt('09:59:00')), 500],
    ['a limit until nonsense', reply(429, secondary, { 'retry-after': 'soon' }), 60_000],
  ]
  test.each(passing)('tries again after %s', async (_, answer, wait) => {
    const { api, slept } = testClient()
    answer(github().get(path))
    github().get(path).reply(200, good)
    expect(await api.read(route, parameters, NamedSchema)).toEqual({ name: 'ai' })
    expect(slept).toEqual([wait])
  })

  const lasting: [string, Answer, string, number?][] = [
    ['502', reply(502, page, html), 'GitHub answered 502', 502],
    [
      'a web page',
      reply(200, page, html),
      `GitHub's reply to ${route} was not understood: text instead of data`,
    ],
    [
      'JSON that breaks off',
      reply(200, '{"name":"a', json),
      `GitHub's reply to ${route} was not understood: text instead of data`,
    ],
    [
      'an empty body',
      reply(200, '', json),
      `GitHub's reply to ${route} was not understood: nothing instead of data`,
    ],
    [
      'another shape',
      reply(200, { name: 7 }),
      `GitHub's reply to ${route} was not understood: name: Invalid input: expected string, received number`,
    ],
    [
      'a reset',
      breakOff('ECONNRESET', 'read ECONNRESET'),
      'GitHub could not be reached: read ECONNRESET',
    ],
  ]
  test.each(lasting)('gives up on %s after four tries', async (_, answer, message, status) => {
    const { api, slept } = testClient()
    answer(github().get(path).times(4))
    const failure = await failureOf(api.read(route, parameters, NamedSchema))
    expect(failure).toMatchObject({ failure: 'unavailable', message })
    expect(failure.status).toBe(status)
    expect(slept).toEqual([500, 2_000, 5_000])
  })

  const long: [string, Answer, number, number[], string][] = [
    ['a primary limit of an hour', reply(403, primary, exhausted(3_600)), 1, [], '11:00'],
    ['a primary limit of years', reply(403, primary, exhausted(10 ** 12)), 1, [], '10:00'],
    ['a wait of an hour', reply(429, secondary, { 'retry-after': '3600' }), 1, [], '11:00'],
    ['a wait of ages', reply(429, secondary, { 'retry-after': '9'.repeat(40) }), 1, [], '10:00'],
    ['a second limit that names no time', reply(429, secondary), 2, [60_000], '10:01'],
    [
      'waits of more than a minute in all',
      reply(403, secondary, { 'retry-after': '25' }),
      3,
      [25_000, 25_000],
      '10:00',
    ],
  ]
  test.each(long)('does not sit out %s', async (_, answer, times, waits, until) => {
    const { api, slept } = testClient()
    answer(github().get(path).times(times))
    const failure = await failureOf(api.read(route, parameters, NamedSchema))
    expect(failure).toMatchObject({
      failure: 'unavailable',
      message: `GitHub limits the rate of calls until about ${until} UTC`,
    })
    expect(slept).toEqual(waits)
  })

  const final: [string, Answer, Partial<GitHubError>][] = [
    [
      '401',
      reply(401, { message: 'Bad credentials' }),
      {
        failure: 'token',
        status: 401,
        message: 'GitHub does not accept the token: Bad credentials',
      },
    ],
    [
      '403 without the permission',
      reply(403, { message: 'Resource not accessible by integration' }),
      { failure: 'permission', status: 403, message: 'Resource not accessible by integration' },
    ],
    [
      '403 without the permission, as the last call of the hour',
      reply(403, { message: 'Resource not accessible by personal access token' }, exhausted(30)),
      { failure: 'permission', message: 'Resource not accessible by personal access token' },
    ],
    [
      '403 for an address that is not allowed',
      reply(403, { message: 'the `acme` organization has an IP allow list enabled' }),
      { failure: 'blocked', message: 'the `acme` organization has an IP allow list enabled' },
    ],
    [
      '403 of a suspended installation',
      reply(403, { message: 'This installation has been suspended' }),
      { failure: 'suspended', message: 'This installation has been suspended' },
    ],
    [
      "403 of a proxy's",
      reply(403, page, html),
      { failure: 'permission', message: 'a web page instead of an answer' },
    ],
    ['404', reply(404, { message: 'Not Found' }), { failure: 'not-found', message: 'Not Found' }],
    ['410', reply(410, { message: 'Gone' }), { failure: 'not-found', message: 'Gone' }],
    ['451', reply(451, { message: 'Blocked' }), { failure: 'not-found', message: 'Blocked' }],
    [
      '422',
      reply(422, { message: 'No commit found for SHA: 1', documentation_url: 'https://docs.test' }),
      {
        failure: 'refused',
        status: 422,
        message: 'GitHub refused: No commit found for SHA: 1 - https://docs.test',
      },
    ],
    [
      '409',
      reply(409, { message: 'Conflict' }),
      { failure: 'refused', message: 'GitHub refused: Conflict' },
    ],
  ]
  test.each(final)('does not try again after %s', async (_, answer, expected) => {
    const { api, slept } = testClient()
    answer(github().get(path))
    expect(await failureOf(api.read(route, parameters, NamedSchema))).toMatchObject(expected)
    expect(slept).toEqual([])
  })

  test('spreads retries by up to a quarter', async () => {
    const { api, slept } = testClient({ random: () => 1 })
    github().get(path).times(2).reply(500)
    github().get(path).reply(200, good)
    await api.read(route, parameters, NamedSchema)
    expect(slept).toEqual([625, 2_500])
  })

  test('cuts what a server says at length', async () => {
    const { api } = testClient()
    github()
      .get(path)
      .reply(404, { message: 'no '.repeat(10_000) })
    const { message } = await failureOf(api.read(route, parameters, NamedSchema))
    expect(message).toHaveLength(500)
  })
})

describe('the deadline (G7)', () => {
  const late = new DOMException('The operation was aborted due to timeout', 'TimeoutError')

  test('ends a call that is never answered, and the next try has one of its own', async () => {
    const asked: number[] = []
    const controllers: AbortController[] = []
    const { api, slept } = testClient({
      timeout: (milliseconds) => {
        asked.push(milliseconds)
        controllers.push(new AbortController())
        return controllers.at(-1)?.signal ?? AbortSignal.abort()
      },
    })
    github()
      .get(path)
      .times(4)
      .reply(() => {
        controllers.at(-1)?.abort(late)
        return Promise.withResolvers<[number]>().promise
      })
    expect(await failureOf(api.read(route, parameters, NamedSchema))).toMatchObject({
      failure: 'unavailable',
      message: 'GitHub did not answer within 20 seconds',
    })
    expect(asked).toEqual([20_000, 20_000, 20_000, 20_000])
    expect(slept).toEqual([500, 2_000, 5_000])
  })

  test('ends a body that trickles', async () => {
    const controller = new AbortController()
    const signals = [controller.signal, AbortSignal.timeout(60_000)]
    const { api, slept } = testClient({ timeout: () => signals.shift() ?? AbortSignal.abort() })
    const trickle = new Readable({
      read() {
        this.push('{"name":')
        controller.abort(late)
      },
    })
    github()
      .get(path)
      .reply(200, () => trickle, json)
    github().get(path).reply(200, good)
    expect(await api.read(route, parameters, NamedSchema)).toEqual({ name: 'ai' })
    expect(slept).toEqual([500])
  })

  test('holds for GraphQL and for writes too', async () => {
    const { api } = testClient({ timeout: () => AbortSignal.abort(late) })
    const write = api.write('POST /repos/acme/shop/labels', {}, z.unknown(), { repeatable: false })
    for (const call of [write, api.query('query { viewer { login } }', {}, z.unknown())]) {
      expect(await failureOf(call)).toMatchObject({
        failure: 'unavailable',
        message: 'GitHub did not answer within 20 seconds',
      })
    }
  })
})

describe('redirects of a read', () => {
  const moved = `${apiUrl}/repositories/7/labels/ai`

  test.each([301, 302, 307, 308])(
    '%i within the API is followed, with the token',
    async (status) => {
      const { api } = testClient()
      github().get(path).reply(status, { message: 'Moved' }, { location: moved })
      github()
        .get('/repositories/7/labels/ai')
        .matchHeader('authorization', `token ${token}`)
        .reply(200, good)
      expect(await api.read(route, parameters, NamedSchema)).toEqual({ name: 'ai' })
    },
  )

  test('may be relative', async () => {
    const { api } = testClient()
    github().get(path).reply(301, '', { location: '/repositories/7/labels/ai?page=2' })
    github().get('/repositories/7/labels/ai').query({ page: 2 }).reply(200, good)
    expect(await api.read(route, parameters, NamedSchema)).toEqual({ name: 'ai' })
  })

  test.each([
    ['another server', 'https://evil.test/labels/ai', 'https://evil.test'],
    ['this machine', 'http://127.0.0.1:5432/', 'http://127.0.0.1:5432'],
    ['plain HTTP', 'http://api.github.com/labels/ai', 'http://api.github.com'],
    ['another port', 'https://api.github.com:8443/labels/ai', 'https://api.github.com:8443'],
    ['what looks like it', 'https://api.github.com@evil.test/', 'https://evil.test'],
    ['a file', 'file:///etc/passwd', 'null'],
  ])('to %s are not followed', async (_, location, origin) => {
    const { api, slept } = testClient()
    github().get(path).reply(302, {}, { location })
    expect(await failureOf(api.read(route, parameters, NamedSchema))).toMatchObject({
      failure: 'refused',
      status: 302,
      message: `GitHub redirected to another server (${origin}); it was not followed`,
    })
    expect(slept).toEqual([])
  })

  test.each([
    ['without an address', {}],
    ['to an address that is none', { location: 'https://' }],
  ])('%s are refused', async (_, headers: Headers) => {
    const { api } = testClient()
    github().get(path).reply(301, {}, headers)
    expect(await failureOf(api.read(route, parameters, NamedSchema))).toMatchObject({
      failure: 'refused',
      message: 'GitHub redirected to nowhere',
    })
  })

  test('in a circle are followed once', async () => {
    const { api, slept } = testClient()
    github()
      .get(path)
      .times(2)
      .reply(301, {}, { location: apiUrl + path })
    expect(await failureOf(api.read(route, parameters, NamedSchema))).toMatchObject({
      failure: 'refused',
      message: 'GitHub redirected more than once',
    })
    expect(slept).toEqual([])
  })
})

describe('write', () => {
  const labels = 'POST /repos/{owner}/{repo}/labels'
  const write = (api: ReturnType<typeof testClient>['api'], repeatable: boolean) =>
    api.write(labels, { ...parameters, color: 'bfd4f2' }, NamedSchema, { repeatable })

  test('sends what is no part of the path as JSON', async () => {
    const { api } = testClient()
    github().post('/repos/acme/shop/labels', { name: 'ai', color: 'bfd4f2' }).reply(201, good)
    expect(await write(api, false)).toEqual({ name: 'ai' })
  })

  test('takes a reply without a body where none is asked for', async () => {
    const { api } = testClient()
    github().delete(path).reply(204)
    const options = { repeatable: true }
    expect(await api.write('DELETE /repos/acme/shop/labels/ai', {}, z.unknown(), options)).toBe('')
  })

  const unsure: [string, Answer][] = [
    ['502', reply(502)],
    ['a reset', breakOff('ECONNRESET', 'read ECONNRESET')],
    ['a web page', reply(200, page, html)],
    ['JSON that breaks off', reply(201, '{"na', json)],
  ]
  test.each(unsure)('that may not be repeated is not, after %s', async (_, answer) => {
    const { api, slept } = testClient()
    answer(github().post('/repos/acme/shop/labels'))
    expect(await failureOf(write(api, false))).toMatchObject({ failure: 'unavailable' })
    expect(slept).toEqual([])
  })

  test.each(unsure)('that may be repeated is, after %s', async (_, answer) => {
    const { api, slept } = testClient()
    answer(github().post('/repos/acme/shop/labels'))
    github().post('/repos/acme/shop/labels').reply(201, good)
    await write(api, true)
    expect(slept).toEqual([500])
  })

  const unsent: [string, Answer, number][] = [
    ['no connection', breakOff('ECONNREFUSED', 'connect ECONNREFUSED'), 500],
    ['no name', breakOff('ENOTFOUND', 'getaddrinfo ENOTFOUND api.github.com'), 500],
    ['no connection in time', breakOff('UND_ERR_CONNECT_TIMEOUT', 'Connect Timeout Error'), 500],
    ['a rate limit', reply(403, secondary, { 'retry-after': '3' }), 3_000],
  ]
  test.each(unsent)('that was surely not carried out is repeated: %s', async (_, answer, wait) => {
    const { api, slept } = testClient()
    answer(github().post('/repos/acme/shop/labels'))
    github().post('/repos/acme/shop/labels').reply(201, good)
    await write(api, false)
    expect(slept).toEqual([wait])
  })

  test.each([301, 302, 307, 308])('is not sent again, nor as a GET, on %i', async (status) => {
    const { api, slept } = testClient()
    github()
      .post('/repos/acme/shop/labels')
      .reply(status, {}, { location: `${apiUrl}/repositories/7/labels` })
    expect(await failureOf(write(api, true))).toMatchObject({
      failure: 'refused',
      status,
      message: `${labels} was redirected instead of carried out`,
    })
    expect(slept).toEqual([])
  })
})

describe('query', () => {
  const text = 'query Owner($login: String!) { user(login: $login) { login name } }'
  const variables = { login: 'acme' }
  const OwnerSchema = z.object({
    user: z.object({ login: z.string(), name: z.string().nullable() }).nullable(),
  })
  const owner = { user: { login: 'acme', name: null } }
  const graphql = () => github().post('/graphql')
  const error = (type: string | undefined, message: string, at: (string | number)[] = []) => ({
    ...(type === undefined ? {} : { type }),
    ...(at.length === 0 ? {} : { path: at }),
    locations: [{ line: 1, column: 1 }],
    message,
  })
  const notAccessible = 'Resource not accessible by integration'

  test('sends variables beside the text', async () => {
    const { api } = testClient()
    github().post('/graphql', { query: text, variables }).reply(200, { data: owner })
    expect(await api.query(text, variables, OwnerSchema)).toEqual({ data: owner, forbidden: [] })
  })

  test("finds a GitHub Enterprise Server's address", async () => {
    const { api } = testClient({}, 'https://github.acme.test/api/v3')
    nock('https://github.acme.test').post('/api/graphql').reply(200, { data: owner })
    expect((await api.query(text, variables, OwnerSchema)).data).toEqual(owner)
  })

  test('keeps what may be seen, and names what may not', async () => {
    const { api } = testClient()
    const errors = [
      error('FORBIDDEN', notAccessible, ['user', 'name']),
      error('FORBIDDEN', notAccessible, ['user', 'teams', 0]),
      error('FORBIDDEN', notAccessible),
    ]
    graphql().reply(200, { data: owner, errors })
    expect(await api.query(text, variables, OwnerSchema)).toEqual({
      data: owner,
      forbidden: [
        { path: 'user.name', message: notAccessible },
        { path: 'user.teams.0', message: notAccessible },
        { path: '', message: notAccessible },
      ],
    })
  })

  const final: [string, unknown, Partial<GitHubError>][] = [
    [
      'everything is forbidden',
      { data: null, errors: [error('FORBIDDEN', notAccessible)] },
      { failure: 'permission', message: notAccessible },
    ],
    [
      'what is needed is forbidden',
      {
        data: { user: { login: null } },
        errors: [error('FORBIDDEN', 'SAML enforcement', ['user'])],
      },
      { failure: 'permission', message: 'SAML enforcement' },
    ],
    [
      'the scopes are too few',
      { errors: [error('INSUFFICIENT_SCOPES', 'Your token has not been granted the scopes')] },
      { failure: 'permission', message: 'Your token has not been granted the scopes' },
    ],
    [
      'there is no such thing',
      {
        data: { user: null },
        errors: [
          error('FORBIDDEN', notAccessible, ['viewer']),
          error('NOT_FOUND', 'Could not resolve to a User', ['user']),
        ],
      },
      { failure: 'not-found', message: 'Could not resolve to a User' },
    ],
  ]
  test.each(final)('fails at once where %s', async (_, body, expected) => {
    const { api, slept } = testClient()
    graphql().reply(200, JSON.stringify(body), json)
    expect(await failureOf(api.query(text, variables, OwnerSchema))).toMatchObject(expected)
    expect(slept).toEqual([])
  })

  const wrong = 'Something went wrong while executing your query.'
  const limit = (type: string | undefined, message: string) =>
    JSON.stringify({ errors: [error(type, message)] })
  const passing: [string, Answer, number][] = [
    ['an error without a type', reply(200, { data: null, errors: [error(undefined, wrong)] }), 500],
    [
      'an error in half an answer',
      reply(200, { data: owner, errors: [error(undefined, wrong)] }),
      500,
    ],
    [
      'an error of a type unheard of',
      reply(200, { data: owner, errors: [error('NEW', 'x')] }),
      500,
    ],
    ['an error that says nothing', reply(200, { data: owner, errors: [{}] }), 500],
    ['502', reply(502, { data: 'null', errors: [error(undefined, wrong)] }), 500],
    ['504', reply(504, page, html), 500],
    ['a web page', reply(200, page, html), 500],
    ['an answer without data', reply(200, {}), 500],
    ['a redirect', reply(301, {}, { location: 'https://evil.test/graphql' }), 500],
    [
      'RATE_LIMITED',
      reply(200, limit('RATE_LIMITED', 'exceeded'), { ...json, ...exhausted(20) }),
      20_000,
    ],
    [
      'RATE_LIMIT, with some left',
      reply(200, limit('RATE_LIMIT', 'exceeded'), {
        ...json,
        'x-ratelimit-remaining': '12',
        'x-ratelimit-reset': seconds(20),
      }),
      20_000,
    ],
    ['a secondary limit', reply(200, limit(undefined, secondary.message), json), 60_000],
    [
      'a secondary limit with a time',
      reply(200, limit(undefined, secondary.message), { ...json, 'retry-after': '4' }),
      4_000,
    ],
    ['a secondary limit as 403', reply(403, secondary, { 'retry-after': '4' }), 4_000],
  ]
  test.each(passing)('tries again after %s', async (_, answer, wait) => {
    const { api, slept } = testClient()
    answer(graphql())
    graphql().reply(200, { data: owner })
    expect((await api.query(text, variables, OwnerSchema)).data).toEqual(owner)
    expect(slept).toEqual([wait])
  })

  test.each([
    [
      'a lasting error',
      { errors: [error(undefined, wrong)] },
      `GitHub could not answer the query: ${wrong}`,
    ],
    [
      'no data',
      {},
      "GitHub's reply to the GraphQL query was not understood: nothing instead of data",
    ],
  ])('gives up on %s after four tries', async (_, body, message) => {
    const { api, slept } = testClient()
    graphql().times(4).reply(200, body)
    expect(await failureOf(api.query(text, variables, OwnerSchema))).toMatchObject({
      failure: 'unavailable',
      message,
    })
    expect(slept).toEqual([500, 2_000, 5_000])
  })

  test('does not sit out a limit of an hour', async () => {
    const { api, slept } = testClient()
    graphql().reply(200, limit('RATE_LIMITED', 'exceeded'), { ...json, ...exhausted(3_600) })
    expect(await failureOf(api.query(text, variables, OwnerSchema))).toMatchObject({
      failure: 'unavailable',
      message: 'GitHub limits the rate of calls until about 11:00 UTC',
    })
    expect(slept).toEqual([])
  })
})

function exhausted(later: number): Headers {
  return { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': seconds(later) }
}

function retryAt(time: string): Headers {
  return { 'retry-after': `Mon, 02 Mar 2026 ${time} GMT` }
}

function brokenBody(): Readable {
  return new Readable({
    read() {
      this.push('{"name":')
      this.destroy(new Error('the body ended early'))
    },
  })
}
