import { describe, expect, it } from 'vitest'
import { operationIds } from '../extract-openapi.ts'
import { type Answer, callRest, fakeGitHubForTest } from './for-test.ts'
import {
  aFork,
  anAccount,
  aPullRequest,
  aRepository,
  type FakeGitHub,
  minute,
  type Repository,
  rootSha,
} from './index.ts'
import { routes, wideRoutes } from './rest/answer-rest.ts'

const base = '/repos/acme/widgets'

interface Identified {
  readonly sha: string
}

type Listed = readonly Identified[] | { readonly commits: readonly Identified[] }

/** Follows `next` to the end. */
async function readAll(github: FakeGitHub, path: string): Promise<Identified[]> {
  const all: Identified[] = []
  for (let next: string | undefined = path; next !== undefined; ) {
    const { status, headers, body }: Answer<Listed> = await callRest(github, next)
    expect(status).toBe(200)
    all.push(...('commits' in body ? body.commits : body))
    next = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
  }
  return all
}

function start(repository: Repository): Promise<FakeGitHub> {
  return fakeGitHubForTest({ repositories: [repository] })
}

it('serves every operation of the extract, and no other', () => {
  expect([...routes, ...wideRoutes].map(({ operation }) => operation).sort()).toEqual(
    [...operationIds].sort(),
  )
})

describe('GET a repository', () => {
  it('by name in any case, and by number', async () => {
    const repository = aRepository({ private: true, defaultBranch: 'trunk' })
    const github = await start(repository)
    for (const path of [base, '/repos/ACME/Widgets', `/repositories/${repository.id}`]) {
      const { status, body } = await callRest(github, path)
      expect(status).toBe(200)
      expect(body).toMatchObject({
        id: repository.id,
        full_name: 'acme/widgets',
        private: true,
        default_branch: 'trunk',
        owner: { login: 'acme', type: 'Organization' },
      })
    }
  })
})

describe('GET a pull request', () => {
  it('shows what the state has', async () => {
    const author = anAccount('helper[bot]', { id: 42 })
    const pullRequest = aPullRequest({
      number: 7,
      title: 'Fix it',
      body: 'With care.',
      author,
      labels: ['ai-assisted'],
      head: { ref: 'fix/it' },
      commits: [{}, {}],
      additions: 12,
    })
    const github = await start(
      aRepository({
        labels: [{ name: 'ai-assisted', color: '0e8a16', description: 'Recorded' }],
        pullRequests: [pullRequest],
      }),
    )
    const { body } = await callRest(github, `${base}/pulls/7`)
    expect(body).toMatchObject({
      number: 7,
      title: 'Fix it',
      body: 'With care.',
      state: 'open',
      merged: false,
      draft: false,
      merge_commit_sha: null,
      commits: 2,
      additions: 12,
      user: { login: 'helper[bot]', id: 42, type: 'Bot' },
      labels: [{ name: 'ai-assisted', color: '0e8a16', description: 'Recorded' }],
      head: {
        label: 'acme:fix/it',
        ref: 'fix/it',
        sha: pullRequest.head.sha,
        repo: { full_name: 'acme/widgets', fork: false },
      },
      base: { ref: 'main', sha: rootSha, repo: { full_name: 'acme/widgets' } },
    })
  })

  it('shows a merge, a fork, a deleted fork and a deleted author', async () => {
    const merged = aPullRequest({ number: 1, merged: true })
    const forked = aPullRequest({ number: 2, head: { repository: aFork('someone') } })
    const gone = aPullRequest({ number: 3, author: null, head: { repository: null } })
    const github = await start(aRepository({ pullRequests: [merged, forked, gone] }))
    const one = await callRest(github, `${base}/pulls/1`)
    expect(one.body).toMatchObject({
      state: 'closed',
      merged: true,
      merge_commit_sha: merged.mergeCommit?.sha,
      merged_by: { login: 'dev' },
      merged_at: merged.mergedAt,
    })
    const two = await callRest(github, `${base}/pulls/2`)
    expect(two.body).toMatchObject({
      head: {
        label: 'someone:change-2',
        user: { login: 'someone' },
        repo: { full_name: 'someone/widgets', fork: true },
      },
    })
    const three = await callRest(github, `${base}/pulls/3`)
    expect(three.body).toMatchObject({
      user: { login: 'ghost', id: 10137 },
      head: { repo: null, user: null },
    })
    expect((await callRest(github, `${base}/pulls/4`)).status).toBe(404)
  })
})

describe('GET the commits of a pull request', () => {
  it.each([0, 1, 100, 101, 250, 251, 300])('lists %i, up to the cap', async (count) => {
    const pullRequest = aPullRequest({
      number: 7,
      commits: Array.from({ length: count }, () => ({})),
    })
    const github = await start(aRepository({ pullRequests: [pullRequest] }))
    const shas = pullRequest.commits.map(({ sha }) => sha)
    const listed = await readAll(github, `${base}/pulls/7/commits?per_page=100`)
    expect(listed.map(({ sha }) => sha)).toEqual(shas.slice(0, 250))
    expect(github.requests).toHaveLength(Math.max(1, Math.ceil(Math.min(count, 250) / 100)))
    const compared = await readAll(
      github,
      `${base}/compare/${rootSha}...${pullRequest.head.sha}?per_page=100`,
    )
    expect(compared.map(({ sha }) => sha)).toEqual(shas)
    expect((await callRest(github, `${base}/pulls/7`)).body).toMatchObject({ commits: count })
  })

  it('shows people as written and accounts as linked', async () => {
    const account = anAccount('helper[bot]', { id: 42 })
    const pullRequest = aPullRequest({
      number: 7,
      commits: [
        {
          message: 'Fix it\n\nAssisted-by: Helper',
          author: { name: 'Dev', email: 'dev@example.com', date: minute(5) },
          committer: { name: 'GitHub', email: 'noreply@github.com', date: minute(6) },
          authorAccount: account,
          verified: true,
        },
      ],
    })
    const github = await start(aRepository({ pullRequests: [pullRequest] }))
    const { body } = await callRest(github, `${base}/pulls/7/commits`)
    expect(body).toMatchObject([
      {
        sha: pullRequest.head.sha,
        commit: {
          message: 'Fix it\n\nAssisted-by: Helper',
          author: { name: 'Dev', email: 'dev@example.com', date: minute(5) },
          committer: { name: 'GitHub', date: minute(6) },
          verification: { verified: true, reason: 'valid' },
        },
        author: { login: 'helper[bot]', id: 42, type: 'Bot' },
        committer: null,
        parents: [{ sha: rootSha }],
      },
    ])
  })

  it('cuts pages as GitHub does', async () => {
    const pullRequest = aPullRequest({
      number: 7,
      commits: Array.from({ length: 120 }, () => ({})),
    })
    const repository = aRepository({ pullRequests: [pullRequest] })
    const github = await start(repository)
    const lengths: Record<string, number> = {}
    for (const query of ['', '?per_page=1000', '?per_page=0', '?per_page=x', '?page=9']) {
      const path = `${base}/pulls/7/commits${query}`
      lengths[query] = (await callRest<Identified[]>(github, path)).body.length
    }
    expect(lengths).toEqual({
      '': 30,
      '?per_page=1000': 100,
      '?per_page=0': 30,
      '?per_page=x': 30,
      '?page=9': 0,
    })
    const { headers } = await callRest(github, `${base}/pulls/7/commits?per_page=50&page=2`)
    const page = (number: number) =>
      `<${github.apiUrl}/repositories/${repository.id}/pulls/7/commits?per_page=50&page=${number}>`
    expect(headers.get('link')).toBe(
      `${page(1)}; rel="prev", ${page(3)}; rel="next", ${page(3)}; rel="last", ${page(1)}; rel="first"`,
    )
  })
})

describe('GET the pull requests of a commit', () => {
  const shared = { message: 'Shared' }
  const merged = aPullRequest({ number: 1, merged: true, commits: [shared], mergeCommit: {} })
  const open = aPullRequest({ number: 2, commits: [shared, { message: 'More' }] })
  const dropped = aPullRequest({ number: 3, state: 'closed', commits: [{ message: 'Dropped' }] })
  const backport = aPullRequest({
    number: 4,
    merged: true,
    base: { ref: 'stable' },
    commits: [{ message: 'Backport' }],
  })

  it.each([
    ['a commit that a merge brought', merged.head.sha, [1]],
    ['the squash commit itself', merged.mergeCommit?.sha, [1]],
    ['a commit of an open one', open.head.sha, [2]],
    ['a commit of one that was given up', dropped.head.sha, []],
    ['a commit merged elsewhere', backport.head.sha, [4]],
    ['a branch', 'change-2', [2]],
  ])('finds them for %s', async (_, revision, numbers) => {
    const github = await start(aRepository({ pullRequests: [merged, open, dropped, backport] }))
    const { status, body } = await callRest(github, `${base}/commits/${revision}/pulls`)
    expect(status).toBe(200)
    expect(body).toMatchObject(numbers.map((number) => ({ number })))
  })

  it('refuses a commit that is not there', async () => {
    const github = await start(aRepository())
    const { status, body } = await callRest(github, `${base}/commits/${'0'.repeat(40)}/pulls`)
    expect(status).toBe(422)
    expect(body).toMatchObject({ message: expect.stringContaining('No commit found for SHA') })
  })
})

describe('GET label events', () => {
  it('lists them from the oldest, with who acted', async () => {
    const pullRequest = aPullRequest({
      number: 7,
      labelEvents: [
        { label: { name: 'gone', color: 'ff0000' }, createdAt: minute(1) },
        { label: 'gone', type: 'unlabeled', actor: null, createdAt: minute(2) },
      ],
    })
    const github = await start(aRepository({ pullRequests: [pullRequest] }))
    const { body } = await callRest(github, `${base}/issues/7/events`)
    expect(body).toMatchObject([
      {
        event: 'labeled',
        label: { name: 'gone', color: 'ff0000' },
        actor: { login: 'dev' },
        created_at: minute(1),
      },
      { event: 'unlabeled', actor: { login: 'ghost' }, created_at: minute(2) },
    ])
    expect((await callRest(github, `${base}/issues/8/events`)).status).toBe(404)
  })
})
