import { describe, expect, test } from 'vitest'
import { readCommits } from '../../src/github/index.ts'
import { github, testClient } from '../support/github-client.ts'
import { forbidNetwork } from '../support/no-network.ts'

forbidNetwork()

const address = { owner: 'acme', name: 'shop', number: 7 }
const baseSha = 'b'.repeat(40)
const headShaOf = (count: number) => shaOf(count)
const notAccessible = { message: 'Resource not accessible by integration' }

function shaOf(position: number): string {
  return position.toString(16).padStart(40, '0')
}

function person(name: string, date?: string) {
  return {
    name,
    email: `${name.toLowerCase()}@example.com`,
    ...(date === undefined ? {} : { date }),
  }
}

/** A commit as REST gives it; `position` counts from 1, the oldest. */
function rest(position: number, changes: object = {}, commitChanges: object = {}) {
  return {
    sha: shaOf(position),
    commit: {
      message: `Change ${position}`,
      author: person('Dev', '2026-03-01T09:00:00Z'),
      committer: person('GitHub', '2026-03-01T10:00:00Z'),
      verification: { verified: true, reason: 'valid', signature: null, payload: null },
      ...commitChanges,
    },
    author: { id: 1, login: 'dev', type: 'User' },
    committer: { id: 19864447, login: 'web-flow', type: 'User' },
    parents: [{ sha: shaOf(position - 1) }],
    ...changes,
  }
}

function upTo(count: number): ReturnType<typeof rest>[] {
  return Array.from({ length: count }, (_, index) => rest(index + 1))
}

/** Plays pages of the list of a pull request's commits. */
function list(...pages: (readonly object[])[]): void {
  for (const [index, page] of pages.entries()) {
    github()
      .get('/repos/acme/shop/pulls/7/commits')
      .query({ per_page: 100, page: index + 1 })
      .reply(200, JSON.stringify(page), { 'content-type': 'application/json' })
  }
}

function listAll(commits: readonly object[]): void {
  const pages = [commits.slice(0, 100), commits.slice(100, 200), commits.slice(200, 250)]
  const asked = commits.length < 100 ? 1 : commits.length < 200 ? 2 : 3
  list(...pages.slice(0, asked))
}

/** Plays pages of the comparison of the ends. */
function compare(head: string, total: number, ...pages: (readonly object[])[]): void {
  for (const [index, commits] of pages.entries()) {
    github()
      .get(`/repos/acme/shop/compare/${baseSha}...${head}`)
      .query({ per_page: 100, page: index + 1 })
      .reply(200, { total_commits: total, commits })
  }
}

function refuseComparison(head: string, status: number, body: object): void {
  github()
    .get(`/repos/acme/shop/compare/${baseSha}...${head}`)
    .query(true)
    .reply(status, JSON.stringify(body), { 'content-type': 'application/json' })
}

const inPages = (commits: readonly object[]) =>
  Array.from({ length: Math.ceil(commits.length / 100) }, (_, page) =>
    commits.slice(page * 100, page * 100 + 100),
  )

function read(headSha: string) {
  return readCommits(testClient().api, address, { baseSha, headSha })
}

describe('how many (G16)', () => {
  test.each([1, 2, 31, 99, 100, 101, 199, 200, 201, 249])('%i: the list has all', async (count) => {
    listAll(upTo(count))
    const { commits, ...rest } = await read(headShaOf(count))
    expect(commits.map(({ sha }) => sha)).toEqual(upTo(count).map(({ sha }) => sha))
    expect(rest).toEqual({ complete: true })
  })

  test('none: the head is not there', async () => {
    list([])
    expect(await read(headShaOf(1))).toEqual({ commits: [], complete: false })
  })

  test.each([250, 251, 300, 1_000, 10_000])('%i: the comparison has all', async (count) => {
    // GitHub's own page shows the most recent 250; which ones the list has is not documented.
    listAll(upTo(count).slice(-250))
    compare(headShaOf(count), count, ...inPages(upTo(count)))
    const { commits, ...rest } = await read(headShaOf(count))
    expect(commits.map(({ sha }) => sha)).toEqual(upTo(count).map(({ sha }) => sha))
    expect(rest).toEqual({ complete: true })
  })
})

describe('a list that is not whole', () => {
  test('is said to be so where the head has not arrived yet', async () => {
    list(upTo(2))
    expect(await read(headShaOf(3))).toMatchObject({ commits: [{}, {}], complete: false })
  })

  test('is said to be so where a page shifted, and counts no commit twice', async () => {
    list(upTo(100), [rest(100), rest(102)])
    const { commits, complete } = await read(shaOf(102))
    expect(commits).toHaveLength(101)
    expect(complete).toBe(false)
  })

  test.each<[string, number, object, object]>([
    ['names the permission', 403, notAccessible, { missingPermission: 'contents' }],
    ['does not name one for a head that is gone', 404, { message: 'Not Found' }, {}],
    ['does not name one for ends without a common ancestor', 422, { message: 'No ancestor' }, {}],
  ])('past 250 commits %s', async (_, status, body, named) => {
    listAll(upTo(250))
    refuseComparison(headShaOf(300), status, body)
    const { commits, ...rest } = await read(headShaOf(300))
    expect(commits).toHaveLength(250)
    expect(rest).toEqual({ complete: false, ...named })
  })

  test('is kept where the base has come to contain the head', async () => {
    listAll(upTo(250))
    compare(headShaOf(250), 0, [])
    const { commits, ...rest } = await read(headShaOf(250))
    expect(commits).toHaveLength(250)
    expect(rest).toEqual({ complete: false })
  })

  test('comes from a comparison that ends early too', async () => {
    listAll(upTo(250))
    compare(headShaOf(300), 400, ...inPages(upTo(300)), [])
    const { commits, complete } = await read(headShaOf(300))
    expect(commits).toHaveLength(300)
    expect(complete).toBe(false)
  })

  test('comes from a comparison that names a commit twice', async () => {
    listAll(upTo(250))
    const [first = [], second = [], third = []] = inPages(upTo(260))
    compare(headShaOf(260), 260, first, second, [rest(1), ...third.slice(1)])
    const { commits, complete } = await read(headShaOf(260))
    expect(commits).toHaveLength(259)
    expect(complete).toBe(false)
  })

  test('is not made of what could not be had for now', async () => {
    listAll(upTo(250))
    github()
      .get(`/repos/acme/shop/compare/${baseSha}...${headShaOf(300)}`)
      .query(true)
      .times(4)
      .reply(502)
    await expect(read(headShaOf(300))).rejects.toMatchObject({ failure: 'unavailable' })
  })

  test.each([
    [403, 'permission'],
    [404, 'not-found'],
  ])('is an error where the pull request itself gives %i', async (status, failure) => {
    github().get('/repos/acme/shop/pulls/7/commits').query(true).reply(status, notAccessible)
    await expect(read(headShaOf(1))).rejects.toMatchObject({ failure })
  })
})

describe('a commit', () => {
  const whole = {
    sha: shaOf(1),
    message: 'Change 1',
    author: { name: 'Dev', email: 'dev@example.com' },
    committer: { name: 'GitHub', email: 'github@example.com' },
    authorAccount: { id: 1, login: 'dev', bot: false },
    verified: true,
    authoredAt: Date.parse('2026-03-01T09:00:00Z'),
    committedAt: Date.parse('2026-03-01T10:00:00Z'),
    parents: 1,
  }
  const without = (...keys: (keyof typeof whole)[]) =>
    Object.fromEntries(Object.entries(whole).filter(([key]) => !keys.some((name) => name === key)))

  test.each<[string, object, object]>([
    ['as it mostly is', rest(1), whole],
    ['of an address that no account owns', rest(1, { author: null }), without('authorAccount')],
    ['of an account that is gone', rest(1, { author: {} }), without('authorAccount')],
    ['without word of an account', rest(1, { author: undefined }), without('authorAccount')],
    [
      "of an app's",
      rest(1, { author: { id: 49699333, login: 'dependabot[bot]', type: 'Bot' } }),
      { ...whole, authorAccount: { id: 49699333, login: 'dependabot[bot]', bot: true } },
    ],
    [
      'of a person whose name looks like one',
      rest(1, { author: { id: 5, login: 'dev-bot', type: 'User' } }),
      { ...whole, authorAccount: { id: 5, login: 'dev-bot', bot: false } },
    ],
    [
      'without dates',
      rest(1, {}, { author: person('Dev'), committer: person('GitHub') }),
      without('authoredAt', 'committedAt'),
    ],
    [
      'with dates that are none',
      rest(
        1,
        {},
        { author: person('Dev', '0000-00-00T00:00:00Z'), committer: person('GitHub', '') },
      ),
      without('authoredAt', 'committedAt'),
    ],
    [
      'with a date in its own time zone',
      rest(1, {}, { author: person('Dev', '2026-03-01T10:00:00+01:00') }),
      whole,
    ],
    ['without verification', rest(1, {}, { verification: undefined }), without('verified')],
    ['with verification that is null', rest(1, {}, { verification: null }), without('verified')],
    [
      'that nobody signed',
      rest(1, {}, { verification: { verified: false, reason: 'unsigned' } }),
      { ...whole, verified: false },
    ],
    [
      'of nobody',
      rest(1, {}, { author: null, committer: undefined }),
      without('author', 'committer', 'authoredAt', 'committedAt'),
    ],
    [
      'of a name that is null',
      rest(1, {}, { author: { name: null, email: null, date: null } }),
      { ...without('authoredAt'), author: { name: '', email: '' } },
    ],
    ['that is a root', rest(1, { parents: [] }), { ...whole, parents: 0 }],
    [
      'that is a merge',
      rest(1, { parents: [{ sha: 'a' }, { sha: 'b' }] }),
      { ...whole, parents: 2 },
    ],
    ['without a message', rest(1, {}, { message: '' }), { ...whole, message: '' }],
  ])('%s', async (_, given, expected) => {
    list([given])
    expect(await read(shaOf(1))).toEqual({ commits: [expected], complete: true })
  })
})
