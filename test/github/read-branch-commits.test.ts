import { describe, expect, test } from 'vitest'
import type { BranchCommitRecord } from '../../src/delivery/index.ts'
import type { RecordsOptions } from '../../src/github/index.ts'
import { fakeGitHubForTest } from '../support/fake-github/for-test.ts'
import {
  anAccount,
  aRepositoryOf,
  type FakeGitHub,
  minute,
  type PullRequestHistory,
  type StraightCommit,
} from '../support/fake-github/index.ts'
import { pagesOf, permissions, readAll } from '../support/read-records.ts'

const history: PullRequestHistory = {
  number: 3,
  author: anAccount('dev'),
  openedAt: minute(0),
  commits: [{ message: 'Add a cache' }],
  events: [{ type: 'merge', at: minute(10), method: 'squash' }],
}
/** A revert that came with a pull request of its own: no commit of the branch's own. */
const reverting: PullRequestHistory = {
  ...history,
  number: 4,
  title: 'Revert "Change 3"',
  events: [{ type: 'merge', at: minute(20), method: 'squash' }],
}
const straight: readonly StraightCommit[] = [
  { at: minute(30), commit: { message: 'Bump the version' } },
  {
    at: minute(40),
    commit: {
      message: 'Revert "Change 3 (#3)"\n\nIt was slow.',
      size: { files: 2, additions: 1, deletions: 9 },
    },
  },
  {
    at: minute(50),
    commit: {
      message: 'Reland "Change 3 (#3)"',
      author: {
        name: 'release-please[bot]',
        email: '55107282+release-please[bot]@users.noreply.github.com',
      },
    },
  },
]

function fake(
  commits: readonly StraightCommit[] = straight,
  allowed: keyof typeof permissions = 'with contents',
): Promise<FakeGitHub> {
  return fakeGitHubForTest({
    repositories: [aRepositoryOf([history, reverting], commits)],
    permissions: permissions[allowed],
  })
}

async function branchCommits(github: FakeGitHub, options: Partial<RecordsOptions> = {}) {
  const records = await readAll(github, options)
  return records.filter((record): record is BranchCommitRecord => record.record === 'branch-commit')
}

test('reverts and relands that came with no pull request are told, newest first', async () => {
  const found = await branchCommits(await fake())
  expect(found).toMatchObject([
    { committedAt: minute(50), branchTracked: true, source: 'github' },
    {
      committedAt: minute(40),
      bot: null,
      size: { total: { files: 2, additions: 1, deletions: 9 }, counted: null },
      repository: { name: 'acme/widgets' },
    },
  ])
  expect(found.map(({ revertClaims }) => revertClaims.map(({ kind }) => kind))).toEqual([
    ['reland'],
    ['revert'],
  ])
  expect(
    found.flatMap(({ revertClaims }) => revertClaims.flatMap(({ numbers }) => numbers)),
  ).toEqual([3, 3])
  expect(JSON.stringify(found)).not.toMatch(/slow|cache/i)
})

test('a branch is read from the tip that it had first, whatever is pushed meanwhile', async () => {
  const many = Array.from({ length: 230 }, (_, index) => ({
    at: minute(100 + index),
    commit: { message: index % 100 === 0 ? `Revert "Change ${index} (#${index + 1})"` : 'Go on' },
  }))
  const github = await fake(many)
  const expected = await branchCommits(await fake(many))
  github.faults.push({
    match: { graphql: /query BranchCommits/, nth: 2 },
    before: (_, state) => {
      const [repository] = state.repositories
      const [later] = aRepositoryOf(
        [],
        [{ at: minute(900), commit: { message: 'Later' } }],
      ).commits.slice(-1)
      if (repository === undefined || later === undefined) return
      repository.commits.push({ ...later, parents: [repository.refs['refs/heads/main'] ?? ''] })
      repository.refs['refs/heads/main'] = later.sha
    },
  })
  expect(await branchCommits(github)).toEqual(expected)
  expect(expected).toHaveLength(3)
})

describe('a time', () => {
  test('all of the time asked for, also where only what changed lately is: it may be pushed late', async () => {
    const times = { since: minute(35), updatedSince: minute(45) }
    const found = await branchCommits(await fake(), times)
    expect(found.map(({ committedAt }) => committedAt)).toEqual([minute(50), minute(40)])
  })

  test('selects by the committer’s date', async () => {
    const found = await branchCommits(await fake(), { since: minute(35), until: minute(45) })
    expect(found.map(({ committedAt }) => committedAt)).toEqual([minute(40)])
  })
})

test('a reading goes on in the middle of a branch', async () => {
  const many = Array.from({ length: 350 }, (_, index) => ({
    at: minute(100 + index),
    commit: { message: `Revert "Change ${index} (#${index + 1})"` },
  }))
  const github = await fake(many)
  const pages = []
  for await (const page of pagesOf(github)) pages.push(page)
  const all = pages.flatMap(({ records }) => records)
  for (const [index, { checkpoint }] of pages.entries()) {
    const rest = await readAll(await fake(many), { resumeFrom: checkpoint })
    expect(rest).toEqual(pages.slice(index + 1).flatMap(({ records }) => records))
  }
  expect(all).toHaveLength(352)
})

test('a page with too much text is asked for in smaller ones', async () => {
  const github = await fake()
  github.faults.push({
    match: { graphql: /query BranchCommits/, variables: ({ first }) => Number(first) > 10 },
    times: 2,
    respond: { kind: 'status', status: 502 },
  })
  expect(await branchCommits(github)).toHaveLength(2)
})

test('without contents there is none, and none is asked for', async () => {
  const github = await fake(straight, 'without contents')
  expect(await branchCommits(github)).toEqual([])
  expect(github.requests.some(({ body }) => /BranchCommits/.test(JSON.stringify(body) ?? ''))).toBe(
    false,
  )
})

test('contents that are taken away meanwhile leave the branch unread', async () => {
  const github = await fake()
  github.faults.push({
    match: { graphql: /query BranchCommits/ },
    before: (_, state) => {
      state.permissions = { metadata: 'read', 'pull-requests': 'read' }
    },
  })
  expect(await branchCommits(github)).toEqual([])
})

test('nothing is asked of the branch where the caller does not want it', async () => {
  const github = await fake()
  expect(await branchCommits(github, { branchCommits: false })).toEqual([])
  expect(github.requests).toHaveLength(1)
})
