import { describe, expect, it } from 'vitest'
import { callGraphql, fakeGitHubForTest } from '../for-test.ts'
import { aPullRequest, aRepository, type FakeGitHub, type PullRequest } from '../index.ts'

/** What the query gives inside the pull request. */
async function askPullRequest(pullRequest: PullRequest, fields: string): Promise<unknown> {
  const github = await fakeGitHubForTest({
    repositories: [aRepository({ pullRequests: [pullRequest] })],
  })
  const query = `{ repository(owner: "acme", name: "widgets") { pullRequest(number: 7) { ${fields} } } }`
  const { status, body } = await callGraphql(github, query)
  expect(status).toBe(200)
  return body
}

interface Commits {
  readonly totalCount: number
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly nodes: readonly { readonly commit: { readonly oid: string } }[]
}

async function readCommits(github: FakeGitHub, after: string | null): Promise<Commits> {
  const query = `query ($after: String) { repository(owner: "acme", name: "widgets") {
    pullRequest(number: 7) { commits(first: 100, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } nodes { commit { oid } }
    } }
  } }`
  const { body } = await callGraphql<{
    data: { repository: { pullRequest: { commits: Commits } } }
  }>(github, query, { after })
  return body.data.repository.pullRequest.commits
}

describe('connections', () => {
  it.each([0, 1, 100, 101, 250, 251, 300])(
    'page through %i commits, with no cap',
    async (count) => {
      const commits = Array.from({ length: count }, () => ({}))
      const pullRequest = aPullRequest({ number: 7, commits })
      const github = await fakeGitHubForTest({
        repositories: [aRepository({ pullRequests: [pullRequest] })],
      })
      const oids: string[] = []
      for (let after: string | null = null, more = true; more; ) {
        const page: Commits = await readCommits(github, after)
        expect(page.totalCount).toBe(count)
        oids.push(...page.nodes.map(({ commit }) => commit.oid))
        more = page.pageInfo.hasNextPage
        after = page.pageInfo.endCursor
      }
      expect(oids).toEqual(pullRequest.commits.map(({ sha }) => sha))
      expect(github.requests).toHaveLength(Math.max(1, Math.ceil(count / 100)))
    },
  )

  const cursor = (index: number) => btoa(`cursor:v2:${index}`)

  it.each([
    ['first: 2', 'ab', true, false],
    ['last: 2', 'de', false, true],
    [`first: 2, after: "${cursor(0)}"`, 'bc', true, true],
    [`first: 9, after: "${cursor(3)}"`, 'e', false, true],
    [`last: 2, before: "${cursor(4)}"`, 'cd', true, true],
    [`last: 9, before: "${cursor(1)}"`, 'a', true, false],
    [`first: 9, after: "${cursor(0)}", before: "${cursor(2)}"`, 'b', true, true],
    ['first: 0', '', true, false],
    [`first: 5, after: "${cursor(9)}"`, '', false, true],
    ['first: 9, orderBy: {field: CREATED_AT, direction: ASC}', 'abcde', false, false],
  ])('are cut by %s', async (args, names, hasNextPage, hasPreviousPage) => {
    const labels = [...'abcde']
    const body = await askPullRequest(
      aPullRequest({ number: 7, labels }),
      `labels(${args}) {
        edges { cursor node { name } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }`,
    )
    const edges = [...names].map((name) => ({
      cursor: cursor(labels.indexOf(name)),
      node: { name },
    }))
    const startCursor = edges[0]?.cursor ?? null
    const endCursor = edges.at(-1)?.cursor ?? null
    const pageInfo = { hasNextPage, hasPreviousPage, startCursor, endCursor }
    expect(body).toEqual({ data: { repository: { pullRequest: { labels: { edges, pageInfo } } } } })
  })

  it.each([
    ['labels { nodes { name } }', 'MISSING_PAGINATION_BOUNDARIES'],
    ['labels { ... on LabelConnection { edges { cursor } } }', 'MISSING_PAGINATION_BOUNDARIES'],
    ['labels(first: 101) { totalCount }', 'EXCESSIVE_PAGINATION'],
    ['labels(last: 101) { totalCount }', 'EXCESSIVE_PAGINATION'],
    ['labels(first: -1) { totalCount }', 'INVALID_PAGINATION_BOUNDARIES'],
    ['labels(first: 1, last: 1) { totalCount }', 'INVALID_PAGINATION_BOUNDARIES'],
    ['labels(first: 1, after: "x") { totalCount }', 'INVALID_CURSOR_ARGUMENTS'],
  ])('refuse %s', async (fields, type) => {
    expect(await askPullRequest(aPullRequest({ number: 7 }), `title ${fields}`)).toMatchObject({
      data: { repository: { pullRequest: { title: 'Change 7', labels: null } } },
      errors: [{ type, path: ['repository', 'pullRequest', 'labels'] }],
    })
  })
})
