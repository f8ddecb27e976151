import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PullRequestRecordSchema } from '../../src/delivery/index.ts'
import {
  type GitHubError,
  type PullRequestReading,
  type RecordOptions,
  readPullRequestRecord,
} from '../../src/github/index.ts'
import { type AppGitHub, appGitHub } from '../support/app-github.ts'
import {
  anAccount,
  aRepository,
  deleteRepository,
  minute,
  type PullRequestHistory,
  playHistory,
  type Repository,
  renameRepository,
  suspendInstallation,
  transferRepository,
} from '../support/fake-github/index.ts'
import { startFakeGitHub } from '../support/fake-github/start-fake-github.ts'
import { aHistory } from '../support/history/arbitrary-history.ts'
import { repositoryOf } from '../support/history/deliveries-of.ts'
import { propertyRuns } from '../support/property-runs.ts'
import {
  apiOf,
  permissions,
  pullRequestsIn,
  readAll,
  readAt,
  recording,
} from '../support/read-records.ts'

const acme = anAccount('acme', { type: 'Organization' })
const options: RecordOptions = { recording, readAt: () => readAt }

function recordIn(reading: PullRequestReading) {
  if (reading.outcome === 'gone') throw new Error('it is gone')
  return PullRequestRecordSchema.parse(reading.record)
}

describe('the record of one pull request is what a reading of the whole repository gives', () => {
  test.each(
    Object.entries(permissions).flatMap(([name, granted]) =>
      [false, true].map((headDiffs) => [name, headDiffs, granted] as const),
    ),
  )('%s, head differences %s', { timeout: 120_000 }, async (_, headDiffs, granted) => {
    await fc.assert(
      fc.asyncProperty(aHistory(), fc.boolean(), async (history, asks) => {
        const repositories = [repositoryOf(history)]
        const github = await startFakeGitHub({
          repositories,
          permissions: granted,
          rateLimits: null,
        })
        const reading = await readPullRequestRecord(
          apiOf(github),
          { owner: 'acme', name: 'widgets', id: repositories[0]?.id ?? 0 },
          history.number,
          { ...options, headDiffs, ...('contents' in granted ? {} : { contents: asks }) },
        )
        const all = await readAll(github, { headDiffs, branchCommits: false })
        await github.close()
        expect(reading.outcome).toBe('read')
        expect(recordIn(reading)).toEqual(pullRequestsIn(all)[0])
        expect(github.contractErrors).toEqual([])
      }),
      { numRuns: propertyRuns(25) },
    )
  })

  test('where its lists are long', async () => {
    const commits = Array.from({ length: 120 }, (_, index) => ({ message: `Commit ${index}` }))
    const events = Array.from({ length: 70 }, (_, index) => ({
      type: 'review' as const,
      at: minute(100 + index),
      by: anAccount('reviewer'),
      state: 'COMMENTED' as const,
      threads: 1,
    }))
    const history: PullRequestHistory = {
      number: 7,
      author: anAccount('dev'),
      openedAt: minute(50),
      commits,
      events,
    }
    const { github } = await setUp({ repository: repositoryOf(history) })
    const reading = await readPullRequestRecord(apiOf(github), widgets, 7, options)
    expect(recordIn(reading)).toEqual(pullRequestsIn(await readAll(github))[0])
    expect(recordIn(reading)).toMatchObject({ commits: { length: 120 }, truncated: [] })
  })

  test('where GitHub manages it in small portions only, or without a commit that is gone', async () => {
    const { github } = await setUp()
    const whole = recordIn(await readPullRequestRecord(apiOf(github), widgets, 7, options))
    const busy = github.faults.push({
      match: { graphql: /PullRequestRecord\(/, variables: ({ commits }) => Number(commits) > 10 },
      times: Number.POSITIVE_INFINITY,
      respond: { kind: 'status', status: 502 },
    })
    const { readAt: _, ...small } = recordIn(
      await readPullRequestRecord(apiOf(github), widgets, 7, options),
    )
    expect(whole).toMatchObject(small)
    expect(busy.used).toBe(1)
    github.faults.push({
      match: { graphql: /PullRequestRecord\(/, variables: ({ contents }) => contents === true },
      times: Number.POSITIVE_INFINITY,
      respond: { kind: 'graphql-errors', data: 'none', errors: [lostCommit] },
    })
    const without = recordIn(await readPullRequestRecord(apiOf(github), widgets, 7, options))
    expect(without.unreadable).toContain('contents')
    expect(without.commits).toEqual(whole.commits)
  })
})

const lostCommit = {
  message: 'Something went wrong.',
  path: ['repository', 'pullRequest', 'mergeCommit'],
}
const widgets = { owner: 'acme', name: 'widgets' }

function ordinary(number = 7): PullRequestHistory {
  return {
    number,
    author: anAccount('dev'),
    openedAt: minute(10),
    commits: [{ message: 'Start' }, { message: 'Finish' }],
    events: [{ type: 'ready', at: minute(20) }],
  }
}

interface Init {
  readonly repository?: Repository
  readonly form?: 'github.com' | 'ghes'
}

/** With the App's own permissions, so without contents, unless a workflow's token is used. */
async function setUp({
  repository = repositoryOf(ordinary()),
  form = 'github.com',
}: Init = {}): Promise<AppGitHub> {
  const given = { ...repository, owner: acme }
  return await appGitHub({ account: acme, repositories: [given], rateLimits: null, form })
}

describe('what GitHub tells late', () => {
  test('is behind while the list of commits lacks the head, and the record says so (G8)', async () => {
    const { github, installationApi } = await setUp()
    const api = await installationApi()
    const lag = github.faults.push({
      match: { path: /\/pulls\/7\/commits$/ },
      respond: {
        kind: 'alter',
        alter: (reply) => ({ ...reply, body: (reply.body as unknown[]).slice(0, -1) }),
      },
    })
    const early = await readPullRequestRecord(api, widgets, 7, options)
    expect(early.outcome).toBe('behind')
    expect(recordIn(early).truncated).toContain('commits')
    const later = await readPullRequestRecord(api, widgets, 7, options)
    expect(later.outcome).toBe('read')
    expect(recordIn(later)).toMatchObject({ truncated: [], commits: { length: 2 } })
    expect(lag.used).toBe(1)
  })

  test('is behind where a delivery told of a later change', async () => {
    const { installationApi } = await setUp()
    const api = await installationApi()
    const reading = async (updatedAt: string) =>
      (await readPullRequestRecord(api, widgets, 7, { ...options, updatedAt })).outcome
    expect(await reading(minute(20))).toBe('read')
    expect(await reading(minute(21))).toBe('behind')
  })

  test('is not behind for good where GitHub lists no more commits than it does', async () => {
    const commits = Array.from({ length: 251 }, (_, index) => ({ message: `Commit ${index}` }))
    const { installationApi } = await setUp({
      repository: repositoryOf({ ...ordinary(), commits }),
    })
    const reading = await readPullRequestRecord(await installationApi(), widgets, 7, options)
    expect(reading.outcome).toBe('read')
    expect(recordIn(reading)).toMatchObject({ commits: { length: 250 }, truncated: ['commits'] })
  })
})

describe('a pull request that is not where it was', () => {
  test('is gone, or its repository is (G13)', async () => {
    const { github, repository, installationApi } = await setUp()
    const api = await installationApi()
    expect(await readPullRequestRecord(api, widgets, 8, options)).toEqual({ outcome: 'gone' })
    await deleteRepository(github, repository)
    for (const address of [widgets, { ...widgets, id: repository.id }]) {
      expect(await readPullRequestRecord(api, address, 7, options)).toEqual({ outcome: 'gone' })
    }
  })

  test('is found under its new name, also where the old one was given away (G9)', async () => {
    const { github, repository, installationApi } = await setUp()
    const api = await installationApi()
    const address = { ...widgets, id: repository.id }
    await renameRepository(github, repository, 'gadgets')
    const redirected = recordIn(await readPullRequestRecord(api, widgets, 7, options))
    expect(redirected.repository).toEqual({ id: repository.id, name: 'acme/gadgets' })
    const impostor = aRepository({ owner: acme, id: 4711 })
    impostor.pullRequests.push(playHistory({ ...ordinary(), title: 'Of another' }).pullRequest)
    github.state.repositories.push(impostor)
    const found = recordIn(await readPullRequestRecord(api, address, 7, options))
    expect(found).toEqual({ ...redirected, readAt })
    impostor.pullRequests.length = 0
    expect(recordIn(await readPullRequestRecord(api, address, 7, options))).toEqual(found)
  })

  test('is gone once its repository belongs to an account without the App', async () => {
    const { github, repository, installationApi } = await setUp()
    const api = await installationApi()
    await transferRepository(github, repository, anAccount('globex', { type: 'Organization' }))
    const address = { ...widgets, id: repository.id }
    expect(await readPullRequestRecord(api, address, 7, options)).toEqual({ outcome: 'gone' })
  })

  test('is not gone where the name answers for another one again and again', async () => {
    const { github, repository, installationApi } = await setUp()
    const api = await installationApi()
    github.faults.push({
      match: { path: `/repositories/${repository.id}` },
      respond: {
        kind: 'alter',
        alter: (reply) => ({
          ...reply,
          body: { ...(reply.body as object), full_name: 'acme/other' },
        }),
      },
    })
    github.state.repositories.push(aRepository({ owner: acme, name: 'other', id: 4711 }))
    github.state.repositories[1]?.pullRequests.push(playHistory(ordinary()).pullRequest)
    const address = { owner: 'acme', name: 'other', id: repository.id }
    await expect(readPullRequestRecord(api, address, 7, options)).rejects.toMatchObject({
      failure: 'unavailable',
    })
  })
})

describe('a token that may not', () => {
  test('is told so, and nothing is taken for gone (G11, G12, G24)', async () => {
    const { github, installation, installationApi } = await setUp()
    const api = await installationApi()
    const read = () => readPullRequestRecord(api, widgets, 7, options)
    const failure = async () => await read().then(String, (error: GitHubError) => error.failure)
    const [token] = github.state.tokens
    if (token) token.permissions = { metadata: 'read' }
    expect(await failure()).toBe('permission')
    installation.addressRefused = true
    expect(await failure()).toBe('blocked')
    await suspendInstallation(github, installation)
    expect(await failure()).toBe('suspended')
    if (token) token.expiresAt = 0
    expect(await failure()).toBe('token')
  })
})

test('on a GitHub Enterprise Server it is the same (G25)', async () => {
  const { github, repository, installationApi } = await setUp({ form: 'ghes' })
  const address = { ...widgets, id: repository.id }
  const reading = await readPullRequestRecord(await installationApi(), address, 7, options)
  expect(reading.outcome).toBe('read')
  expect(recordIn(reading)).toMatchObject({ number: 7, commits: { length: 2 } })
  expect(github.requests.map(({ path }) => path)).toContain('/graphql')
})
