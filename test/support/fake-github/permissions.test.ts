import { describe, expect, it } from 'vitest'
import { callGraphql, callRest, fakeGitHubForTest } from './for-test.ts'
import { aPullRequest, aRepository, type Permissions } from './index.ts'

const base = '/repos/acme/widgets'

async function setUp(permissions: Permissions, isPrivate = true) {
  const pullRequest = aPullRequest({
    number: 7,
    merged: true,
    commits: [{}, {}],
    labels: ['present'],
  })
  const repository = aRepository({
    private: isPrivate,
    labels: ['known'],
    files: { 'a.txt': 'Text' },
    refs: { 'refs/notes/ai': { note: 'x' } },
    pullRequests: [pullRequest],
  })
  const github = await fakeGitHubForTest({ repositories: [repository], permissions })
  return { github, repository, pullRequest }
}

/** Each operation of the table, as requests that succeed when they are allowed. */
const operations = {
  pullRequests: [
    'GET /pulls/7',
    'GET /pulls/7/commits',
    'GET /issues/7/events',
    'GET /commits/main/pulls',
  ],
  contents: [
    'GET /contents/a.txt',
    'GET /git/ref/notes/ai',
    'GET /git/trees/main',
    'GET /compare/main...change-7',
  ],
  readLabel: ['GET /labels/known'],
  addKnownLabel: ['POST /issues/7/labels {"labels":["known"]}'],
  removeLabel: ['DELETE /issues/7/labels/present'],
  addNewLabel: ['POST /issues/7/labels {"labels":["new"]}'],
  createLabel: ['POST /labels {"name":"new"}'],
} as const

type Operation = keyof typeof operations

const all = Object.keys(operations) as Operation[]

const table: [Permissions, Operation[]][] = [
  [{}, []],
  [{ 'pull-requests': 'none', contents: 'none', issues: 'none' }, []],
  [{ 'pull-requests': 'read' }, ['pullRequests', 'readLabel']],
  [{ 'pull-requests': 'write' }, ['pullRequests', 'readLabel', 'addKnownLabel', 'removeLabel']],
  [{ issues: 'read' }, ['readLabel']],
  [
    { issues: 'write' },
    ['readLabel', 'addKnownLabel', 'removeLabel', 'addNewLabel', 'createLabel'],
  ],
  [{ contents: 'read' }, ['contents']],
  [{ checks: 'write' }, []],
  [{ 'pull-requests': 'write', issues: 'write', contents: 'read' }, all],
]

describe('REST', () => {
  const rows = table.flatMap(([permissions, allowed]) =>
    all.flatMap((operation) =>
      operations[operation].map(
        (request) => [permissions, request, allowed.includes(operation)] as const,
      ),
    ),
  )

  it.each(rows)('with %j: %s → %s', async (permissions, request, allowed) => {
    const { github, repository, pullRequest } = await setUp(permissions)
    const before = structuredClone({ repository, pullRequest })
    const [method = '', path = '', body] = request.split(' ')
    const { status, body: answer } = await callRest(github, base + path, {
      method,
      body: body === undefined ? undefined : JSON.parse(body),
    })
    if (allowed) {
      expect(status).toBeLessThan(300)
    } else {
      expect(status).toBe(403)
      expect(answer).toMatchObject({ message: 'Resource not accessible by integration' })
      expect({ repository, pullRequest }).toEqual(before)
    }
  })

  it('hides a private repository without metadata, and shows a public one', async () => {
    for (const path of ['', '/pulls/7', '/labels/known']) {
      const hidden = await setUp({ metadata: 'none', 'pull-requests': 'write', issues: 'write' })
      expect((await callRest(hidden.github, base + path)).status).toBe(404)
    }
    const open = await setUp({ metadata: 'none' }, false)
    expect((await callRest(open.github, base)).status).toBe(200)
    expect((await callRest(open.github, `${base}/labels/known`)).status).toBe(200)
    expect((await callRest(open.github, `${base}/pulls/7`)).status).toBe(403)
  })

  it('says what it would accept', async () => {
    const { github } = await setUp({})
    const accepted = async (path: string, method = 'GET') =>
      (await callRest(github, base + path, { method })).headers.get('x-accepted-github-permissions')
    expect(await accepted('')).toBe('metadata=read')
    expect(await accepted('/pulls/7')).toBe('pull_requests=read')
    expect(await accepted('/issues/7/labels', 'POST')).toBe('issues=write; pull_requests=write')
    expect(await accepted('/nowhere')).toBeNull()
  })

  it('follows the permissions as they change', async () => {
    const { github } = await setUp({})
    expect((await callRest(github, `${base}/pulls/7`)).status).toBe(403)
    github.state.permissions['pull-requests'] = 'read'
    expect((await callRest(github, `${base}/pulls/7`)).status).toBe(200)
  })
})

describe('GraphQL', () => {
  const inside = (fields: string) => `{ repository(owner: "acme", name: "widgets") { ${fields} } }`
  const forbidden = (...path: (string | number)[]) => ({
    type: 'FORBIDDEN',
    path: ['repository', ...path],
    extensions: { saml_failure: false },
    locations: [{ line: 1, column: expect.any(Number) }],
    message: 'Resource not accessible by integration',
  })

  it.each<[string, Permissions, string, unknown, (string | number)[][]]>([
    [
      'the repository and its branch, with metadata alone',
      {},
      'name defaultBranchRef { name }',
      { name: 'widgets', defaultBranchRef: { name: 'main' } },
      [],
    ],
    [
      'a pull request',
      { contents: 'read', issues: 'write' },
      'name pullRequest(number: 7) { number }',
      { name: 'widgets', pullRequest: null },
      [['pullRequest']],
    ],
    [
      'commits of a pull request',
      { 'pull-requests': 'read' },
      'pullRequest(number: 7) { number commits(first: 9) { totalCount nodes { commit { oid } } } }',
      { pullRequest: { number: 7, commits: { totalCount: 2, nodes: [null, null] } } },
      [0, 1].map((index) => ['pullRequest', 'commits', 'nodes', index, 'commit']),
    ],
    [
      'the merge commit',
      { 'pull-requests': 'read' },
      'pullRequest(number: 7) { merged mergeCommit { oid } }',
      { pullRequest: { merged: true, mergeCommit: null } },
      [['pullRequest', 'mergeCommit']],
    ],
    [
      'label events and labels of a pull request',
      { 'pull-requests': 'read' },
      `pullRequest(number: 7) { labels(first: 1) { totalCount }
        timelineItems(first: 1, itemTypes: [LABELED_EVENT]) { totalCount } }`,
      { pullRequest: { labels: { totalCount: 1 }, timelineItems: { totalCount: 1 } } },
      [],
    ],
    [
      'objects and refs',
      { 'pull-requests': 'write', issues: 'write' },
      'name object(expression: "HEAD:a.txt") { oid } ref(qualifiedName: "main") { name }',
      { name: 'widgets', object: null, ref: null },
      [['object'], ['ref']],
    ],
    [
      'the target of the default branch',
      {},
      'defaultBranchRef { name target { oid } }',
      { defaultBranchRef: { name: 'main', target: null } },
      [['defaultBranchRef', 'target']],
    ],
    [
      'contents, with contents alone',
      { contents: 'read' },
      'object(expression: "HEAD:a.txt") { ... on Blob { text } }',
      { object: { text: 'Text' } },
      [],
    ],
    [
      'labels of the repository',
      { contents: 'read' },
      'name label(name: "known") { name } labels(first: 1) { totalCount }',
      { name: 'widgets', label: null, labels: null },
      [['label'], ['labels']],
    ],
    [
      'labels of the repository, with issues',
      { issues: 'read' },
      'label(name: "known") { name } labels(first: 1) { totalCount }',
      { label: { name: 'known' }, labels: { totalCount: 2 } },
      [],
    ],
  ])('%s', async (_, permissions, fields, repository, paths) => {
    const { github } = await setUp(permissions)
    const { status, body } = await callGraphql(github, inside(fields.replaceAll('\n', ' ')))
    const errors = paths.map((path) => forbidden(...path))
    expect(status).toBe(200)
    expect(body).toEqual({ data: { repository }, ...(errors.length === 0 ? {} : { errors }) })
  })

  it('hides a private repository without metadata', async () => {
    const { github } = await setUp({ metadata: 'none', contents: 'read' })
    const { body } = await callGraphql(github, inside('name'))
    expect(body).toMatchObject({ data: { repository: null }, errors: [{ type: 'NOT_FOUND' }] })
  })

  it('shows the labels of a public repository to all', async () => {
    const { github } = await setUp({ metadata: 'none' }, false)
    const { body } = await callGraphql(github, inside('label(name: "known") { name }'))
    expect(body).toEqual({ data: { repository: { label: { name: 'known' } } } })
  })
})
