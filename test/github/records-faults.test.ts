import { describe, expect, test } from 'vitest'
import { GitHubError, type RecordPage, type RecordsOptions } from '../../src/github/index.ts'
import { fakeGitHubForTest } from '../support/fake-github/for-test.ts'
import {
  aFork,
  anAccount,
  aRepositoryOf,
  type FakeGitHub,
  type FakeGitHubOptions,
  type FaultResponse,
  graphqlRateLimit,
  minute,
  type Repository,
  secondaryRateLimit,
} from '../support/fake-github/index.ts'
import { pagesOf, permissions, pullRequestsIn, readAll } from '../support/read-records.ts'

const page = /query PullRequestRecords/

function repositoryOf(count: number): Repository {
  return aRepositoryOf(
    Array.from({ length: count }, (_, index) => ({
      number: index + 1,
      author: anAccount('dev'),
      openedAt: minute(index),
      commits: [{ message: `Change ${index + 1}` }],
      events: [{ type: 'merge', at: minute(index + 1_000), method: 'squash' } as const],
    })),
  )
}

function fakeOf(repository: Repository, more: FakeGitHubOptions = {}): Promise<FakeGitHub> {
  return fakeGitHubForTest({
    repositories: [repository],
    permissions: permissions['with contents'],
    ...more,
  })
}

/** Numbers of pull requests that came, in their order. */
async function numbers(github: FakeGitHub, options: Partial<RecordsOptions> = {}) {
  const records = await readAll(github, { branchCommits: false, ...options })
  return pullRequestsIn(records).map(({ number }) => number)
}

function variablesOf(github: FakeGitHub): Record<string, unknown>[] {
  return github.requests
    .filter(({ body }) => page.test(JSON.stringify(body) ?? ''))
    .map(({ body }) => (body as { variables: Record<string, unknown> }).variables)
}

function firstsOf(github: FakeGitHub): unknown[] {
  return variablesOf(github).map(({ first }) => first)
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const error = (type: string | undefined, message: string, path?: (string | number)[]) => ({
  ...(type === undefined ? {} : { type }),
  message,
  ...(path === undefined ? {} : { path }),
})

describe('a rate limit', () => {
  const resetAt = Math.ceil(Date.now() / 1_000) + 1_800

  test('is waited for until the time that GitHub gives', async () => {
    const github = await fakeOf(repositoryOf(30))
    github.faults.push({ match: { graphql: page, nth: 2 }, respond: graphqlRateLimit(resetAt) })
    const waits: number[] = []
    const waitUntil = async (time: number) => {
      waits.push(time)
    }
    expect(await numbers(github, { waitUntil })).toEqual(upTo(30))
    expect(waits).toHaveLength(1)
    expect(Math.abs((waits[0] ?? 0) - resetAt * 1_000)).toBeLessThan(2_000)
  })

  test('by REST too, where it names the seconds', async () => {
    const github = await fakeOf(repositoryOf(3), { permissions: permissions['without contents'] })
    github.faults.push({ match: { path: /\/commits$/, nth: 2 }, respond: secondaryRateLimit(600) })
    const waits: number[] = []
    const asked = Date.now()
    const waitUntil = async (time: number) => {
      waits.push(time - asked)
    }
    expect(await numbers(github, { waitUntil })).toEqual([1, 2, 3])
    expect(waits).toHaveLength(1)
    expect(Math.abs((waits[0] ?? 0) - 600_000)).toBeLessThan(60_000)
  })

  test('that comes again is waited for longer each time, and at last given up', async () => {
    const github = await fakeOf(repositoryOf(1))
    github.faults.push({
      match: { graphql: page },
      times: Number.POSITIVE_INFINITY,
      respond: graphqlRateLimit(resetAt),
    })
    const waits: number[] = []
    const waitUntil = async (time: number) => {
      waits.push(time)
    }
    await expect(numbers(github, { waitUntil })).rejects.toMatchObject({
      failure: 'unavailable',
      limitedUntil: expect.any(Number),
    })
    const minutes = waits.map((time) => Math.round((time - resetAt * 1_000) / 60_000))
    expect(minutes).toEqual([0, 1, 3, 7, 15, 31, 63, 127])
  })

  test('holds nobody who does not wait: the reading goes on later from its checkpoint', async () => {
    const github = await fakeOf(repositoryOf(60))
    github.faults.push({ match: { graphql: page, nth: 3 }, respond: graphqlRateLimit(resetAt) })
    const kept: RecordPage[] = []
    const reading = async () => {
      for await (const given of pagesOf(github, { branchCommits: false })) kept.push(given)
    }
    const failure = await reading().catch((thrown: unknown) => thrown)
    expect(failure).toBeInstanceOf(GitHubError)
    expect(failure).toMatchObject({ limitedUntil: expect.any(Number) })
    expect(pullRequestsIn(kept.flatMap(({ records }) => records))).toHaveLength(50)
    const resumeFrom = kept.at(-1)?.checkpoint ?? ''
    expect(await numbers(github, { resumeFrom })).toEqual(upTo(60).slice(50))
  })

  test('may be left by the one who waits', async () => {
    const github = await fakeOf(repositoryOf(1))
    github.faults.push({ match: { graphql: page }, respond: graphqlRateLimit(resetAt) })
    const interrupted = new Error('stopped by its user')
    const waitUntil = () => Promise.reject(interrupted)
    await expect(numbers(github, { waitUntil })).rejects.toBe(interrupted)
  })

  test('is not run into where GitHub says that too little is left', async () => {
    const soon = new Date((Math.floor(Date.now() / 1_000) + 60) * 1_000)
      .toISOString()
      .replace('.000Z', 'Z')
    const graphql = { limit: 5_000, remaining: 20, resetAt: soon }
    const github = await fakeOf(repositoryOf(60), {
      rateLimits: { core: { ...graphql }, graphql },
    })
    const waits: number[] = []
    const waitUntil = async (time: number) => {
      waits.push(time)
      graphql.remaining = 5_000
    }
    expect(await numbers(github, { waitUntil })).toEqual(upTo(60))
    expect(waits).toEqual([Date.parse(soon)])
  })
})

describe('a page that is too much for GitHub (G4)', () => {
  const tooMuch: readonly (readonly [string, FaultResponse])[] = [
    ['502', { kind: 'status', status: 502 }],
    ['504', { kind: 'status', status: 504 }],
    [
      'words',
      {
        kind: 'graphql-errors',
        data: 'none',
        errors: [
          error(
            undefined,
            'Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug.',
          ),
        ],
      },
    ],
    [
      'a limit of resources and half of the data',
      {
        kind: 'graphql-errors',
        data: 'kept',
        errors: [
          error('RESOURCE_LIMITS_EXCEEDED', 'Resource limits for this query exceeded.', [
            'repository',
            'pullRequests',
            'edges',
            3,
            'node',
          ]),
        ],
      },
    ],
  ]

  test.each(tooMuch)('by %s is asked for in halves, and grows again', async (_, respond) => {
    const github = await fakeOf(repositoryOf(100))
    const over = (most: number) => (variables: Readonly<Record<string, unknown>>) =>
      Number(variables.first) > most
    github.faults.push({ match: { variables: over(10) }, times: 2, respond })
    expect(await numbers(github)).toEqual(upTo(100))
    expect(firstsOf(github)).toEqual([25, 12, 6, 6, 6, 6, 12, 12, 12, 12, 24, 24])
  })

  test('is remembered by the checkpoint', async () => {
    const github = await fakeOf(repositoryOf(40))
    github.faults.push({ match: { graphql: page }, respond: { kind: 'status', status: 502 } })
    const { value } = await pagesOf(github).next()
    const resumeFrom = (value as RecordPage).checkpoint
    await numbers(github, { resumeFrom, branchCommits: true })
    expect(firstsOf(github)).toEqual([25, 12, 12, 12, 12])
  })

  test('because of one pull request costs only that one its commits by GraphQL', async () => {
    const github = await fakeOf(repositoryOf(12))
    // Whatever page holds the fifth pull request, as long as it is asked with its commits.
    github.faults.push({
      match: {
        variables: ({ first, after, contents }) => {
          const [start = -1] = after == null ? [] : [Number(decoded(String(after)))]
          return contents === true && start < 4 && start + Number(first) >= 4
        },
      },
      times: Number.POSITIVE_INFINITY,
      respond: { kind: 'status', status: 502 },
    })
    const records = pullRequestsIn(await readAll(github, { pageSize: 8 }))
    expect(records.map(({ number }) => number)).toEqual(upTo(12))
    const without = records.filter(({ unreadable }) => unreadable.includes('contents'))
    expect(without.map(({ number }) => number)).toEqual([5])
    expect(without[0]?.commits).toHaveLength(1)
    // Afterwards all else is asked for again.
    expect(variablesOf(github).at(-1)).toMatchObject({ contents: true })
  })

  test('whatever is left out ends the reading after few tries', async () => {
    const github = await fakeOf(repositoryOf(5))
    github.faults.push({
      match: { graphql: page },
      times: Number.POSITIVE_INFINITY,
      respond: { kind: 'status', status: 502 },
    })
    await expect(numbers(github)).rejects.toMatchObject({ failure: 'unavailable', status: 502 })
    expect(github.requests.length).toBeLessThan(12)
  })

  test('is not asked for in halves where GitHub has another trouble', async () => {
    const github = await fakeOf(repositoryOf(30))
    github.faults.push({
      match: { graphql: page },
      times: 2,
      respond: { kind: 'status', status: 503 },
    })
    expect(await numbers(github)).toEqual(upTo(30))
    expect(firstsOf(github)).toEqual([25, 25, 25, 25])
  })
})

function decoded(cursor: string): string {
  return Buffer.from(cursor, 'base64').toString().replace('cursor:v2:', '')
}

describe('a reply that is none', () => {
  test.each([
    ['a web page', { kind: 'html' }],
    ['half of one', { kind: 'truncated-json' }],
    ['a connection cut in its middle', { kind: 'cut-body' }],
    ['a reset', { kind: 'reset' }],
    [
      'one without its list',
      {
        kind: 'alter',
        alter: (reply) => ({ ...reply, body: { data: { viewer: { login: 'x' } } } }),
      },
    ],
  ] as const satisfies readonly (readonly [string, FaultResponse])[])(
    '%s is asked for again',
    async (_, respond) => {
      const github = await fakeOf(repositoryOf(3))
      github.faults.push({ match: { graphql: page }, respond })
      expect(await numbers(github)).toEqual([1, 2, 3])
    },
  )

  test('that stays one ends the reading', async () => {
    const github = await fakeOf(repositoryOf(3))
    github.faults.push({
      match: { graphql: page },
      times: Number.POSITIVE_INFINITY,
      respond: { kind: 'html' },
    })
    await expect(numbers(github)).rejects.toMatchObject({ failure: 'unavailable' })
  })
})

describe('what the token may not see', () => {
  test('is an error where it is the pull requests', async () => {
    const github = await fakeOf(repositoryOf(3), { permissions: { contents: 'read' } })
    await expect(numbers(github)).rejects.toMatchObject({
      failure: 'permission',
      message: 'Resource not accessible by integration: the token needs to read pull requests',
    })
  })

  test('is an error where it is the repository', async () => {
    const github = await fakeOf({ ...repositoryOf(3), name: 'gadgets' })
    await expect(numbers(github)).rejects.toMatchObject({ failure: 'not-found' })
  })

  test('is read by REST where it is the commits of one pull request', async () => {
    const github = await fakeOf(repositoryOf(3))
    const path = ['repository', 'pullRequests', 'edges', 1, 'node', 'commits', 'nodes', 0, 'commit']
    github.faults.push({
      match: { graphql: page },
      respond: {
        kind: 'graphql-errors',
        data: 'kept',
        errors: [error('FORBIDDEN', 'Resource not accessible by integration', path)],
      },
    })
    const records = pullRequestsIn(await readAll(github))
    expect(records.map(({ unreadable }) => unreadable)).toEqual([
      ['diffs'],
      ['contents', 'diffs'],
      ['diffs'],
    ])
    expect(records.map(({ commits }) => commits?.length)).toEqual([1, 1, 1])
  })

  test('is a fork that is nobody’s matter', async () => {
    const repository = repositoryOf(1)
    const [only] = repository.pullRequests
    if (only) only.head.repository = aFork('someone')
    const github = await fakeOf(repository)
    github.faults.push({
      match: { graphql: page },
      respond: {
        kind: 'graphql-errors',
        data: 'kept',
        errors: [
          error('FORBIDDEN', 'Resource not accessible by integration', [
            'repository',
            'pullRequests',
            'edges',
            0,
            'node',
            'headRepository',
          ]),
        ],
      },
    })
    const [record] = pullRequestsIn(await readAll(github))
    expect(record).toMatchObject({ head: { fork: null }, unreadable: ['diffs'] })
  })
})

test('an error inside one pull request is never taken for data, and costs only that one its commits', async () => {
  const github = await fakeOf(repositoryOf(6))
  const path = ['repository', 'pullRequests', 'edges', 2, 'node', 'mergeCommit']
  const single = ['repository', 'pullRequests', 'edges', 0, 'node', 'mergeCommit']
  const missing = 'Could not resolve to a node with the global id'
  // The third of the first page, and later the one that stands alone after the second.
  const at = (index: number) => (variables: Readonly<Record<string, unknown>>) => {
    const start = variables.after == null ? 0 : Number(decoded(String(variables.after))) + 1
    return variables.contents === true && start <= index && index < start + Number(variables.first)
  }
  github.faults.push({
    match: { variables: (variables) => at(2)(variables) && variables.first !== 1 },
    times: Number.POSITIVE_INFINITY,
    respond: { kind: 'graphql-errors', data: 'kept', errors: [error('NOT_FOUND', missing, path)] },
  })
  github.faults.push({
    match: { variables: (variables) => at(2)(variables) && variables.first === 1 },
    times: Number.POSITIVE_INFINITY,
    respond: {
      kind: 'graphql-errors',
      data: 'kept',
      errors: [error('NOT_FOUND', missing, single)],
    },
  })
  const records = pullRequestsIn(await readAll(github))
  expect(records.map(({ number }) => number)).toEqual(upTo(6))
  expect(records.map(({ merge }) => merge?.commit === null)).toEqual([
    false,
    false,
    true,
    false,
    false,
    false,
  ])
  expect(records[2]?.unreadable).toEqual(['contents', 'diffs'])
})

test('a renamed repository is read under its old name, and its calls by REST go to the new one', async () => {
  const repository = { ...repositoryOf(3), name: 'gadgets', formerNames: ['acme/widgets'] }
  const github = await fakeOf(repository, { permissions: permissions['without contents'] })
  const records = pullRequestsIn(await readAll(github))
  expect(records.map((record) => record.repository.name)).toEqual(Array(3).fill('acme/gadgets'))
  expect(github.requests.map(({ status }) => status)).toEqual([200, 200, 200, 200])
})

test.each(['with contents', 'without contents'] as const)(
  'a GitHub Enterprise Server %s gives the same, under its own addresses and without limits',
  async (allowed) => {
    const ghes = await fakeOf(repositoryOf(3), { form: 'ghes', permissions: permissions[allowed] })
    const cloud = await fakeOf(repositoryOf(3), { permissions: permissions[allowed] })
    expect(await readAll(ghes)).toEqual(await readAll(cloud))
  },
)
