import { describe, expect, test } from 'vitest'
import { type Change, deriveChange, type PullRequestRecord } from '../../src/delivery/index.ts'
import { connectGitHub, connectRest, type RecordsOptions } from '../../src/github/index.ts'
import { readHeadDiffs } from '../../src/github/read-head-diffs.ts'
import { fakeGitHubForTest } from '../support/fake-github/for-test.ts'
import {
  aCommit,
  anAccount,
  aRepositoryOf,
  type ChangedFile,
  type CommitInit,
  type FakeGitHub,
  type FaultResponse,
  type Files,
  type HistoryEvent,
  minute,
  rootSha,
  secondaryRateLimit,
} from '../support/fake-github/index.ts'
import { permissions, pullRequestsIn, readAll, readAt, recording } from '../support/read-records.ts'

const reviewer = anAccount('reviewer')

const base: Files = {
  'src/widget.ts': 'const zqsize = 1\npaint(zqsize)\n',
  'yarn.lock': 'zq@1\n',
}
const first: Files = { ...base, 'src/widget.ts': 'const zqsize = 2\npaint(zqsize)\n' }
const more: Files = { ...base, 'src/widget.ts': 'const zqsize = 2\npaint(zqsize)\nzqrest()\n' }
const sizes = {
  first: [{ path: 'src/widget.ts', additions: 1, deletions: 1 }],
  more: [{ path: 'src/widget.ts', additions: 2, deletions: 1 }],
} satisfies Record<string, readonly ChangedFile[]>

const commit = (files: Files, differing: CommitInit = {}): CommitInit => ({ files, ...differing })
const review = (at: number): HistoryEvent => ({
  type: 'review',
  at: minute(at),
  by: reviewer,
  state: 'COMMENTED',
})
const push = (at: number, ...commits: readonly CommitInit[]): HistoryEvent => ({
  type: 'push',
  at: minute(at),
  commits,
})
const forced = (at: number, ...commits: readonly CommitInit[]): HistoryEvent => ({
  type: 'push',
  at: minute(at),
  commits,
  forced: true,
})
const merge: HistoryEvent = { type: 'merge', at: minute(600), by: reviewer, method: 'squash' }

interface Told {
  readonly events: readonly HistoryEvent[]
  /** Of the last difference. */
  readonly files: readonly ChangedFile[]
  readonly opened?: Files
  /** Tip of the base as the pull request has it, where that is not the first commit. */
  readonly baseSha?: string
  readonly commits?: readonly ReturnType<typeof aCommit>[]
}

async function serve(
  { events, files, opened = first, baseSha, commits = [] }: Told,
  allowed: keyof typeof permissions = 'with contents',
): Promise<FakeGitHub> {
  const history = {
    number: 7,
    author: anAccount('dev'),
    openedAt: minute(0),
    commits: [commit(opened)],
    files,
    events,
  }
  const repository = aRepositoryOf([history], [], { files: base, commits: [...commits] })
  const [pullRequest] = repository.pullRequests
  if (pullRequest && baseSha !== undefined) pullRequest.base.sha = baseSha
  return fakeGitHubForTest({ repositories: [repository], permissions: permissions[allowed] })
}

async function read(
  github: FakeGitHub,
  options: Partial<RecordsOptions> = {},
): Promise<PullRequestRecord> {
  const [record] = pullRequestsIn(await readAll(github, { headDiffs: true, ...options }))
  if (record === undefined) throw new Error('there is no record')
  return record
}

function comparisons(github: FakeGitHub): number {
  return github.requests.filter(({ path }) => path.includes('/compare/')).length
}

function reviewOf(record: PullRequestRecord): Pick<Change['review'], 'rounds' | 'laterLines'> {
  const { marks } = recording
  const change = deriveChange(record, { marks, reverts: [], revertRole: null, asOf: readAt })
  const { rounds, laterLines } = change.review
  return { rounds, laterLines }
}

const oneLineMore: Told = {
  events: [review(10), push(20, commit(more)), review(30), merge],
  files: sizes.more,
}

test('what changed after the first review is told by two requests', async () => {
  const github = await serve(oneLineMore)
  const record = await read(github)
  expect(record.headDiffs).toMatchObject([
    { changedSince: 1, lines: 2 },
    { head: record.head.sha, changedSince: 0, lines: 3 },
  ])
  expect(record.unreadable).toEqual([])
  expect(reviewOf(record)).toEqual({ rounds: 2, laterLines: 1 })
  expect(comparisons(github)).toBe(2)
})

test('no code and no path leaves the reader', async () => {
  const text = JSON.stringify(await read(await serve(oneLineMore)))
  expect(text).not.toMatch(/zq|src/)
})

test('nothing is compared where nothing was pushed after the review, or nobody reviewed', async () => {
  for (const events of [
    [push(5, commit(more)), review(10), merge],
    [push(5, commit(more)), merge],
  ]) {
    const github = await serve({ events, files: sizes.more })
    expect(await read(github)).toMatchObject({ headDiffs: [], unreadable: [] })
    expect(comparisons(github)).toBe(0)
  }
})

test('a head is compared once, however often it was reviewed', async () => {
  const github = await serve({
    ...oneLineMore,
    events: [review(10), review(11), push(20, commit(more)), review(30), merge],
  })
  await read(github)
  expect(comparisons(github)).toBe(2)
})

describe('one difference on another base is one round, and no line', () => {
  const elsewhere = { 'src/other.ts': 'const other = 1\n' }
  const onMain = aCommit({
    message: 'On main',
    parents: [rootSha],
    files: { ...base, ...elsewhere },
  })
  const files = { ...first, ...elsewhere }
  const told = (moved: HistoryEvent): Told => ({
    events: [review(10), moved, review(30), merge],
    files: sizes.first,
    baseSha: onMain.sha,
    commits: [onMain],
  })

  test('a rebase', async () => {
    const record = await read(
      await serve(told(forced(20, commit(files, { parents: [onMain.sha] })))),
    )
    expect(reviewOf(record)).toEqual({ rounds: 1, laterLines: 0 })
    expect(record.unreadable).toEqual([])
  })

  test('an update of the branch', async () => {
    const github = await serve({ ...told(push(20, commit(files))), commits: [onMain] })
    const [pullRequest] = github.state.repositories[0]?.pullRequests ?? []
    // The merge of the base has it as its second parent.
    pullRequest?.commits.at(-1)?.parents.push(onMain.sha)
    const record = await read(github)
    expect(reviewOf(record)).toEqual({ rounds: 1, laterLines: 0 })
  })

  test('an amended commit is another one', async () => {
    const amended = { ...more, ...elsewhere }
    const record = await read(
      await serve({
        ...told(forced(20, commit(amended, { parents: [onMain.sha] }))),
        files: sizes.more,
      }),
    )
    expect(reviewOf(record)).toEqual({ rounds: 2, laterLines: 1 })
  })
})

test('a lock file is another difference, and no line', async () => {
  const record = await read(
    await serve({
      events: [
        review(10),
        push(20, commit({ ...first, 'yarn.lock': 'zq@2\n' })),
        review(30),
        merge,
      ],
      files: [...sizes.first, { path: 'yarn.lock', additions: 1, deletions: 1 }],
    }),
  )
  expect(reviewOf(record)).toEqual({ rounds: 2, laterLines: 0 })
})

describe('where it is not asked for, or contents may not be read', () => {
  test.each([
    ['not asked for', 'with contents', { headDiffs: false }, ['diffs']],
    ['without contents', 'without contents', {}, ['contents', 'diffs']],
  ] as const)('%s, nothing is compared', async (_, allowed, options, unreadable) => {
    const github = await serve(oneLineMore, allowed)
    expect(await read(github, options)).toMatchObject({ headDiffs: null, unreadable })
    expect(comparisons(github)).toBe(0)
  })
})

describe('a head that GitHub does not tell is left out, and flagged', () => {
  const answers: readonly (readonly [string, FaultResponse])[] = [
    ['it is gone', { kind: 'status', status: 404 }],
    ['the token may not see it', { kind: 'status', status: 403 }],
    ['it cannot be compared', { kind: 'status', status: 422 }],
    ['it takes GitHub too long, each time', { kind: 'status', status: 500 }],
    ['it takes GitHub’s proxy too long, each time', { kind: 'status', status: 504 }],
  ]

  test.each(answers)('the first, as %s', async (_, respond) => {
    const github = await serve(oneLineMore)
    const { head } = await read(github, { headDiffs: false })
    github.faults.push({
      match: { path: new RegExp(`/compare/(?!.*${head.sha})`) },
      times: Number.POSITIVE_INFINITY,
      respond,
    })
    const record = await read(github)
    expect(record).toMatchObject({ headDiffs: [{ head: head.sha }], unreadable: ['diffs'] })
    expect(reviewOf(record)).toEqual({ rounds: 2, laterLines: null })
  })

  test.each(answers)('the last, as %s', async (_, respond) => {
    const github = await serve(oneLineMore)
    const { head } = await read(github, { headDiffs: false })
    github.faults.push({
      match: { path: new RegExp(`/compare/.*${head.sha}`) },
      times: Number.POSITIVE_INFINITY,
      respond,
    })
    const record = await read(github)
    expect(record).toMatchObject({ headDiffs: [{ changedSince: null, lines: 2 }] })
    expect(record.unreadable).toEqual(['diffs'])
    expect(reviewOf(record)).toEqual({ rounds: 2, laterLines: null })
  })

  test.each<[string, Files]>([
    ['it has a binary file', { ...first, 'logo.png': new Uint8Array([0, 1]) }],
    [
      'it has more files than GitHub lists',
      { ...first, ...Object.fromEntries(numbered(301).map((name) => [`${name}.ts`, 'x\n'])) },
    ],
  ])('the first, as %s', async (_, opened) => {
    const record = await read(await serve({ ...oneLineMore, opened }))
    expect(record).toMatchObject({ headDiffs: [{ changedSince: 0 }], unreadable: ['diffs'] })
  })

  test('the first, as lines of it are missing', async () => {
    const github = await serve(oneLineMore)
    github.faults.push({
      match: { path: /\/compare\//, nth: 1 },
      respond: {
        kind: 'alter',
        alter: ({ body, ...reply }) => {
          const comparison = body as { files: { patch?: string }[] }
          for (const file of comparison.files) file.patch = file.patch?.split('\n')[0] ?? ''
          return { ...reply, body: comparison }
        },
      },
    })
    const record = await read(github)
    expect(record).toMatchObject({ headDiffs: [{ changedSince: 0 }], unreadable: ['diffs'] })
  })

  test('the last, as it is not as large as the pull request', async () => {
    const record = await read(await serve({ ...oneLineMore, files: sizes.first }))
    expect(record).toMatchObject({ headDiffs: [{ changedSince: null }], unreadable: ['diffs'] })
  })

  test('all, as the base has them by now', async () => {
    const github = await serve(oneLineMore)
    const { head } = await read(github, { headDiffs: false })
    const [pullRequest] = github.state.repositories[0]?.pullRequests ?? []
    if (pullRequest) pullRequest.base.sha = head.sha ?? ''
    expect(await read(github)).toMatchObject({ headDiffs: [], unreadable: ['diffs'] })
  })

  test('what was reviewed on another base', async () => {
    const github = await serve({
      ...oneLineMore,
      events: [
        review(10),
        { type: 'retarget', at: minute(15), base: 'next' },
        push(20, commit(more)),
        review(30),
      ],
    })
    expect(await read(github)).toMatchObject({ headDiffs: [], unreadable: ['diffs'] })
    expect(comparisons(github)).toBe(0)
  })
})

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `file${index}`)
}

describe('what may pass is tried again, and then ends the reading', () => {
  test.each<[string, FaultResponse]>([
    ['busy', { kind: 'status', status: 503 }],
    ['a web page', { kind: 'html' }],
    ['a reset', { kind: 'reset' }],
    ['half a reply', { kind: 'truncated-json' }],
    ['a moment of trouble', { kind: 'status', status: 500 }],
  ])('%s', async (name, respond) => {
    const github = await serve(oneLineMore)
    github.faults.push({ match: { path: /\/compare\// }, respond })
    expect(reviewOf(await read(github))).toEqual({ rounds: 2, laterLines: 1 })
    if (name === 'a moment of trouble') return
    github.faults.push({
      match: { path: /\/compare\// },
      times: Number.POSITIVE_INFINITY,
      respond,
    })
    await expect(read(github)).rejects.toMatchObject({ failure: 'unavailable' })
  })

  test('GitHub does not answer in time', async () => {
    const github = await serve(oneLineMore)
    const record = await read(github, { headDiffs: false })
    const rest = connectRest({ token: github.state.token, baseUrl: github.apiUrl })
    const tooLate = new DOMException('too late', 'TimeoutError')
    const api = connectGitHub(rest, {
      sleep: async () => {},
      now: Date.now,
      random: () => 0,
      timeout: () => AbortSignal.abort(tooLate),
    })
    const repository = { owner: 'acme', name: 'widgets' }
    await expect(
      readHeadDiffs(api, repository, record, recording.pseudonyms),
    ).rejects.toMatchObject({ failure: 'unavailable', tooMuch: true })
  })

  test('a rate limit is waited for', async () => {
    const github = await serve(oneLineMore)
    github.faults.push({ match: { path: /\/compare\//, nth: 2 }, respond: secondaryRateLimit(600) })
    const waits: number[] = []
    const waitUntil = async (time: number) => {
      waits.push(time)
    }
    expect(reviewOf(await read(github, { waitUntil })).laterLines).toBe(1)
    expect(waits).toHaveLength(1)
  })
})

test('a renamed repository is asked by the name that it has now', async () => {
  const github = await serve(oneLineMore)
  const [repository] = github.state.repositories
  if (repository) {
    repository.formerNames.push('acme/widgets')
    repository.name = 'gadgets'
  }
  expect(reviewOf(await read(github)).laterLines).toBe(1)
  expect(comparisons(github)).toBe(2)
})
