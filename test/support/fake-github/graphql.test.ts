import { describe, expect, it } from 'vitest'
import { callGraphql, fakeGitHubForTest } from './for-test.ts'
import {
  aFork,
  anAccount,
  aPullRequest,
  aRepository,
  minute,
  type PullRequest,
  type Repository,
  rootSha,
  startFakeGitHub,
} from './index.ts'

interface Result {
  readonly data?: { readonly repository: unknown }
  readonly errors?: readonly { readonly message: string; readonly type?: string }[]
}

/** What the query gives inside `repository`. */
async function ask(
  repository: Repository,
  fields: string,
  variables: Readonly<Record<string, unknown>> = {},
  declared = '',
) {
  const github = await fakeGitHubForTest({ repositories: [repository] })
  const query = `query ${declared} { repository(owner: "acme", name: "widgets") { ${fields} } }`
  const { status, body } = await callGraphql<Result>(github, query, variables)
  expect(status).toBe(200)
  return { data: body.data?.repository, errors: body.errors }
}

function askPullRequest(pullRequest: PullRequest, fields: string) {
  return ask(aRepository({ pullRequests: [pullRequest] }), `pullRequest(number: 7) { ${fields} }`)
}

describe('a query of all that the Action reads', () => {
  const query = `
    query ($owner: String!, $name: String!, $number: Int!) {
      viewer { login databaseId }
      rateLimit { limit cost remaining used resetAt nodeCount }
      repository(owner: $owner, name: $name) {
        id databaseId nameWithOwner
        defaultBranchRef { name }
        label(name: "AI-assisted") { id name color description }
        labels(first: 10) { totalCount nodes { name } }
        pullRequest(number: $number) {
          id number title body url state merged isDraft createdAt updatedAt lastEditedAt
          headRefName headRefOid baseRefName baseRefOid
          headRepository { nameWithOwner }
          author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
          labels(first: 100) { nodes { name } pageInfo { hasNextPage endCursor } }
          commits(first: 100) {
            totalCount
            pageInfo { hasNextPage }
            nodes {
              commit {
                oid message messageHeadline authoredDate committedDate
                author { name email user { databaseId login } }
                committer { name email user { login } }
                parents { totalCount }
                signature { isValid }
              }
            }
          }
          timelineItems(last: 100, itemTypes: [LABELED_EVENT, UNLABELED_EVENT]) {
            totalCount
            pageInfo { hasPreviousPage }
            nodes {
              __typename
              ... on LabeledEvent { createdAt actor { login } label { name } }
              ... on UnlabeledEvent { createdAt actor { __typename login } label { name } }
            }
          }
          mergeCommit { oid message author { name email } }
        }
      }
    }`

  it('is answered from the state', async () => {
    const helper = anAccount('helper[bot]', { id: 42 })
    const pullRequest = aPullRequest({
      number: 7,
      title: 'Fix it',
      author: helper,
      merged: true,
      mergeCommit: { message: 'Fix it (#7)' },
      lastEditedAt: minute(3),
      head: { ref: 'fix/it', repository: aFork('someone') },
      labels: ['ai-assisted'],
      labelEvents: [
        { label: 'ai-assisted', createdAt: minute(2) },
        { label: 'gone', type: 'unlabeled', actor: helper, createdAt: minute(3) },
      ],
      commits: [
        {
          message: 'Fix it\n\nAssisted-by: Helper',
          committer: { name: 'GitHub', email: 'noreply@github.com', date: minute(9) },
          authorAccount: anAccount('dev', { id: 5 }),
          committerAccount: helper,
          verified: true,
        },
      ],
    })
    const repository = aRepository({
      labels: [{ name: 'ai-assisted', color: '0e8a16', description: 'Recorded' }],
      pullRequests: [pullRequest],
    })
    const github = await fakeGitHubForTest({
      repositories: [repository],
      now: () => Date.UTC(2026, 5, 1, 12),
    })
    const variables = { owner: 'ACME', name: 'widgets', number: 7 }
    const { status, body } = await callGraphql(github, query, variables)
    expect(status).toBe(200)
    expect(body).toEqual({
      data: {
        viewer: { login: 'github-actions[bot]', databaseId: 41898282 },
        rateLimit: {
          limit: 1000,
          cost: 1,
          remaining: 999,
          used: 1,
          resetAt: '2026-06-01T13:00:00Z',
          nodeCount: 310,
        },
        repository: {
          id: expect.stringMatching(/^R_/),
          databaseId: repository.id,
          nameWithOwner: 'acme/widgets',
          defaultBranchRef: { name: 'main' },
          label: {
            id: expect.stringMatching(/^LA_/),
            name: 'ai-assisted',
            color: '0e8a16',
            description: 'Recorded',
          },
          labels: { totalCount: 1, nodes: [{ name: 'ai-assisted' }] },
          pullRequest: {
            id: expect.stringMatching(/^PR_/),
            number: 7,
            title: 'Fix it',
            body: '',
            url: `${github.url}/acme/widgets/pull/7`,
            state: 'MERGED',
            merged: true,
            isDraft: false,
            createdAt: pullRequest.createdAt,
            updatedAt: pullRequest.updatedAt,
            lastEditedAt: minute(3),
            headRefName: 'fix/it',
            headRefOid: pullRequest.head.sha,
            baseRefName: 'main',
            baseRefOid: rootSha,
            headRepository: { nameWithOwner: 'someone/widgets' },
            author: { __typename: 'Bot', login: 'helper', databaseId: 42 },
            labels: {
              nodes: [{ name: 'ai-assisted' }],
              pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
            },
            commits: {
              totalCount: 1,
              pageInfo: { hasNextPage: false },
              nodes: [
                {
                  commit: {
                    oid: pullRequest.head.sha,
                    message: 'Fix it\n\nAssisted-by: Helper',
                    messageHeadline: 'Fix it',
                    authoredDate: minute(0),
                    committedDate: minute(9),
                    author: {
                      name: 'Dev',
                      email: 'dev@example.com',
                      user: { databaseId: 5, login: 'dev' },
                    },
                    committer: { name: 'GitHub', email: 'noreply@github.com', user: null },
                    parents: { totalCount: 1 },
                    signature: { isValid: true },
                  },
                },
              ],
            },
            timelineItems: {
              totalCount: 2,
              pageInfo: { hasPreviousPage: false },
              nodes: [
                {
                  __typename: 'LabeledEvent',
                  createdAt: minute(2),
                  actor: { login: 'helper' },
                  label: { name: 'ai-assisted' },
                },
                {
                  __typename: 'UnlabeledEvent',
                  createdAt: minute(3),
                  actor: { __typename: 'Bot', login: 'helper' },
                  label: { name: 'gone' },
                },
              ],
            },
            mergeCommit: {
              oid: pullRequest.mergeCommit?.sha,
              message: 'Fix it (#7)',
              author: { name: 'Dev', email: 'dev@example.com' },
            },
          },
        },
      },
    })
  })
})

describe('accounts', () => {
  it.each([
    ['a person', anAccount('dev', { id: 5 }), { __typename: 'User', login: 'dev' }],
    ['an app', anAccount('helper[bot]'), { __typename: 'Bot', login: 'helper' }],
    [
      'an app with a name of its own in REST',
      anAccount('Copilot', { type: 'Bot', graphqlLogin: 'copilot-swe-agent' }),
      { __typename: 'Bot', login: 'copilot-swe-agent' },
    ],
    ['a deleted account', null, null],
  ])('%s as author', async (_, author, expected) => {
    const pullRequest = aPullRequest({ number: 7, author, head: { repository: null } })
    const { data } = await askPullRequest(
      pullRequest,
      'author { __typename login } headRepository { id }',
    )
    expect(data).toEqual({ pullRequest: { author: expected, headRepository: null } })
  })
})

describe('objects and refs', () => {
  const long = 'x'.repeat(512_001)
  const changed = aPullRequest({ number: 7, commits: [{ files: { 'a.txt': 'Changed' } }] })
  const repository = () =>
    aRepository({
      files: { 'a.txt': 'Text', 'b/c.bin': Uint8Array.of(1, 0, 2), 'b/long': long },
      refs: { 'refs/notes/ai': { 'ab/cdef': 'note' } },
      pullRequests: [changed],
    })
  const fields = `__typename oid
    ... on Blob { text byteSize isBinary isTruncated }
    ... on Commit { message }
    ... on Tree { entries { name type mode object { oid ... on Blob { text } } } }`

  it.each([
    ['HEAD:a.txt', { text: 'Text', byteSize: 4, isBinary: false, isTruncated: false }],
    ['main:a.txt', { text: 'Text' }],
    [`${rootSha}:a.txt`, { text: 'Text' }],
    ['refs/pull/7/head:a.txt', { text: 'Changed' }],
    ['change-7:a.txt', { text: 'Changed' }],
    ['refs/notes/ai:ab/cdef', { text: 'note' }],
    ['notes/ai:ab/cdef', { text: 'note' }],
    ['HEAD:b/c.bin', { text: null, byteSize: 3, isBinary: true }],
    ['HEAD:b/long', { text: long.slice(1), byteSize: 512_001, isTruncated: true }],
    ['HEAD', { __typename: 'Commit', oid: rootSha, message: 'Initial commit' }],
    [rootSha, { __typename: 'Commit' }],
    [
      'HEAD:',
      {
        __typename: 'Tree',
        entries: [
          { name: 'a.txt', type: 'blob', mode: 0o100644, object: { text: 'Text' } },
          { name: 'b', type: 'tree', mode: 0o040000 },
        ],
      },
    ],
  ])('finds %s', async (expression, expected) => {
    const { data, errors } = await ask(
      repository(),
      `object(expression: $expression) { ${fields} }`,
      { expression },
      '($expression: String!)',
    )
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({ object: expected })
  })

  it.each(['HEAD:nowhere', 'nowhere:a.txt', 'nowhere', '0'.repeat(40)])(
    'has null for %s, and no error',
    async (expression) => {
      const result = await ask(repository(), `object(expression: "${expression}") { oid }`)
      expect(result).toEqual({ data: { object: null } })
    },
  )

  it('finds trees and blobs by id', async () => {
    const oid = 'ce013625030ba8dba906f756967f9e9ca394464a'
    const { data } = await ask(
      aRepository({ files: { 'deep/hello.txt': 'hello\n' } }),
      `object(oid: "${oid}") { oid ... on Blob { text } }`,
    )
    expect(data).toEqual({ object: { oid, text: 'hello\n' } })
  })

  it.each([
    ['refs/heads/main', { name: 'main', prefix: 'refs/heads/' }],
    ['main', { name: 'main', prefix: 'refs/heads/' }],
    ['refs/heads/change-7', { name: 'change-7', target: { oid: changed.head.sha } }],
    ['refs/notes/ai', { name: 'ai', prefix: 'refs/notes/' }],
    ['refs/heads/nowhere', null],
  ])('finds the ref %s', async (name, expected) => {
    const { data } = await ask(
      repository(),
      `ref(qualifiedName: "${name}") { name prefix target { oid } }`,
    )
    expect(data).toMatchObject({ ref: expected })
  })
})

describe('what GitHub refuses', () => {
  it('a repository or pull request that is not there is null, with the rest kept', async () => {
    const github = await fakeGitHubForTest({ repositories: [aRepository()] })
    const none = await callGraphql(
      github,
      '{ viewer { login } repository(owner: "acme", name: "x") { id } }',
    )
    expect(none).toMatchObject({
      status: 200,
      body: {
        data: { viewer: { login: 'github-actions[bot]' }, repository: null },
        errors: [
          {
            type: 'NOT_FOUND',
            path: ['repository'],
            locations: [{ line: 1, column: 20 }],
            message: "Could not resolve to a Repository with the name 'acme/x'.",
          },
        ],
      },
    })
    const { data, errors } = await ask(aRepository(), 'name pullRequest(number: 9) { id }')
    expect(data).toEqual({ name: 'widgets', pullRequest: null })
    expect(errors).toMatchObject([
      {
        type: 'NOT_FOUND',
        path: ['repository', 'pullRequest'],
        message: 'Could not resolve to a PullRequest with the number of 9.',
      },
    ])
  })

  it.each([
    ['an unknown field', '{ viewer { loginn } }', /Cannot query field "loginn"/],
    ['a missing argument', '{ repository(owner: "acme") { id } }', /argument "name"/],
    ['a field on the wrong type', '{ viewer { ... on Bot { login } } }', /never be of type "Bot"/],
    ['an unknown variable', '{ repository(owner: $o, name: "x") { id } }', /"\$o" is not defined/],
    ['broken syntax', '{ viewer { login ', /Syntax Error/],
    [
      'a variable of the wrong type',
      'query ($n: Int!) { repository(owner: "a", name: "b") { pullRequest(number: $n) { id } } }',
      /Variable "\$n" of required type "Int!" was not provided/,
    ],
  ])('%s gets errors with 200, and no data', async (_, query, message) => {
    const github = await fakeGitHubForTest({ repositories: [aRepository()] })
    const { status, body } = await callGraphql<Result>(github, query)
    expect(status).toBe(200)
    expect(body).not.toHaveProperty('data')
    expect(body.errors).toEqual([
      { message: expect.stringMatching(message), locations: expect.any(Array) },
    ])
  })

  it('a body without a query gets 400', async () => {
    const github = await fakeGitHubForTest()
    const { status, body } = await callGraphql(github, undefined as unknown as string)
    expect(status).toBe(400)
    expect(body).toMatchObject({ message: expect.stringContaining('query attribute') })
  })

  it('a query over too many nodes gets an error', async () => {
    const commits =
      'commits(first: 100) { nodes { commit { parents(first: 100) { totalCount } } } }'
    const fields = `pullRequest(number: 7) { ${'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
      .split('')
      .map((alias) => `${alias}: ${commits}`)
      .join(' ')} }`
    const { data, errors } = await ask(aRepository(), fields)
    expect(data).toBeUndefined()
    expect(errors).toMatchObject([
      { type: 'MAX_NODE_LIMIT_EXCEEDED', message: expect.stringContaining('525,200') },
    ])
  })

  it('and what it costs is GitHub’s own reckoning', async () => {
    const github = await fakeGitHubForTest({ repositories: [aRepository()] })
    const query = `query ($n: Int = 50) {
      rateLimit { cost nodeCount }
      repository(owner: "acme", name: "widgets") { labels(first: $n) { nodes { ...label } } }
    }
    fragment label on Label { pullRequests(first: 10) { nodes { labels(first: 5) { totalCount } } } }`
    const { body } = await callGraphql(github, query)
    expect(body).toMatchObject({
      data: { rateLimit: { cost: 6, nodeCount: 50 + 50 * 10 + 50 * 10 * 5 } },
    })
    expect(github.state.rateLimits?.graphql.remaining).toBe(994)
  })

  it.each([
    ['include', true, 50 + 50 * 100],
    ['include', false, 50],
    ['skip', true, 50],
    ['skip', false, 50 + 50 * 100],
  ])('a list with @%s(if: %s) in each of 50: %i nodes', async (directive, asked, nodeCount) => {
    const github = await fakeGitHubForTest({ repositories: [aRepository()] })
    const query = `query ($asked: Boolean = ${asked}) {
      rateLimit { nodeCount }
      repository(owner: "acme", name: "widgets") {
        labels(first: 50) { nodes { pullRequests(first: 100) @${directive}(if: $asked) { totalCount } } }
      }
    }`
    const { body } = await callGraphql(github, query)
    expect(body).toMatchObject({ data: { rateLimit: { nodeCount } } })
  })
})

describe('what is not modelled', () => {
  it.each([
    ['timelineItems(first: 1) { totalCount }', 'timeline items of every kind'],
    ['timelineItems(first: 1, itemTypes: [PINNED_EVENT]) { totalCount }', 'PINNED_EVENT'],
    [
      'timelineItems(first: 1, itemTypes: [LABELED_EVENT], skip: 1) { totalCount }',
      'argument skip',
    ],
    ['labels(first: 1, orderBy: {field: NAME, direction: ASC}) { totalCount }', 'argument orderBy'],
    ['reviewDecision', 'PullRequest.reviewDecision'],
  ])('%s is an error of the test, never null', async (fields, what) => {
    const repositories = [aRepository({ pullRequests: [aPullRequest({ number: 7 })] })]
    const github = await startFakeGitHub({ repositories })
    const query = `{ repository(owner: "acme", name: "widgets") { pullRequest(number: 7) { ${fields} } } }`
    const { status } = await callGraphql(github, query)
    await github.close()
    expect(status).toBe(500)
    expect(github.contractErrors).toEqual([expect.stringContaining(what)])
  })

  it('nor a mutation', async () => {
    const github = await startFakeGitHub()
    const { status } = await callGraphql(
      github,
      'mutation { addStar(input: { starrableId: "x" }) { clientMutationId } }',
    )
    await github.close()
    expect(status).toBe(500)
    expect(github.contractErrors).toEqual([expect.stringContaining('Mutation.addStar')])
  })
})
