import { describe, expect, test } from 'vitest'
import type { RecordPage, RecordsOptions } from '../../src/github/index.ts'
import { fakeGitHubForTest } from '../support/fake-github/for-test.ts'
import {
  anAccount,
  aRepositoryOf,
  type FakeGitHub,
  graphqlRateLimit,
  type HistoryEvent,
  minute,
  type PullRequestHistory,
  type Repository,
} from '../support/fake-github/index.ts'
import {
  pagesOf,
  permissions,
  pullRequestsIn,
  readAll,
  recording,
} from '../support/read-records.ts'

const dev = anAccount('dev')
const reviewer = anAccount('reviewer')
const hour = 60

/** An ordinary pull request: two commits, a review, merged after two hours; opened an hour after the one before. */
function ordinary(number: number, more: readonly HistoryEvent[] = []): PullRequestHistory {
  const opened = number * hour
  return {
    number,
    author: dev,
    openedAt: minute(opened),
    commits: [{ message: `Start ${number}` }, { message: `Finish ${number}` }],
    events: [
      { type: 'review', at: minute(opened + 30), by: reviewer, state: 'APPROVED', threads: 1 },
      { type: 'merge', at: minute(opened + 2 * hour), by: reviewer, method: 'squash' },
      ...more,
    ],
  }
}

/** Two heads of it were reviewed, and a third was merged. */
function pushedToAfterReview(number: number): PullRequestHistory {
  const opened = number * hour
  const at = (minutes: number) => minute(opened + minutes)
  const push = (minutes: number, lines: string): HistoryEvent => ({
    type: 'push',
    at: at(minutes),
    commits: [{ message: 'Go on', files: { 'src/widget.ts': lines } }],
  })
  const review = (minutes: number): HistoryEvent => ({
    type: 'review',
    at: at(minutes),
    by: reviewer,
    state: 'COMMENTED',
  })
  return {
    ...ordinary(number),
    commits: [{ message: 'Start', files: { 'src/widget.ts': 'one\n' } }],
    files: [{ path: 'src/widget.ts', additions: 3, deletions: 0 }],
    events: [
      review(10),
      push(20, 'one\ntwo\n'),
      review(30),
      push(40, 'one\ntwo\nthree\n'),
      { type: 'merge', at: at(50), by: reviewer, method: 'squash' },
    ],
  }
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

function repositoryOf(count: number): Repository {
  return aRepositoryOf(numbers(1, count).map((number) => ordinary(number)))
}

function fakeOf(
  repository: Repository,
  allowed: keyof typeof permissions = 'with contents',
): Promise<FakeGitHub> {
  return fakeGitHubForTest({ repositories: [repository], permissions: permissions[allowed] })
}

function numbersIn(pages: readonly RecordPage[]): number[] {
  return pullRequestsIn(pages.flatMap(({ records }) => records)).map(({ number }) => number)
}

async function collect(github: FakeGitHub, options: Partial<RecordsOptions> = {}) {
  const pages: RecordPage[] = []
  for await (const page of pagesOf(github, options)) pages.push(page)
  return pages
}

function requestsFor(github: FakeGitHub, text: RegExp): number {
  return github.requests.filter(({ body }) => text.test(JSON.stringify(body) ?? '')).length
}

describe('all pull requests', () => {
  test('come in the order of their creation, 25 in a request', async () => {
    const github = await fakeOf(repositoryOf(60))
    const pages = await collect(github)
    expect(numbersIn(pages)).toEqual(numbers(1, 60))
    expect(requestsFor(github, /query PullRequestRecords/)).toBe(3)
    expect(pages.map(({ read }) => read)).toEqual([25, 50, 60, 60])
    expect(pages.map(({ total }) => total)).toEqual([60, 60, 60, 60])
  })

  test('whose reviewed heads are compared take a request for each, where they were pushed to', async () => {
    const histories = [...numbers(1, 4).map((number) => ordinary(number)), pushedToAfterReview(5)]
    const github = await fakeOf(aRepositoryOf(histories))
    const pages = await collect(github, { headDiffs: true, branchCommits: false })
    expect(numbersIn(pages)).toEqual(numbers(1, 5))
    expect(github.requests.filter(({ path }) => path.includes('/compare/'))).toHaveLength(3)
    expect(github.requests).toHaveLength(4)
    const [last] = pullRequestsIn(pages.flatMap(({ records }) => records)).slice(-1)
    expect(last?.headDiffs).toMatchObject([
      { changedSince: 2, lines: 1 },
      { changedSince: 1, lines: 2 },
      { changedSince: 0, lines: 3 },
    ])
  })

  test('say under which key people in them are hashes, as commits on the branch do', async () => {
    const straight = [{ at: minute(900), commit: { message: 'Revert "Start 1 (#1)"' } }]
    const github = await fakeOf(aRepositoryOf([ordinary(1)], straight))
    const records = (await collect(github)).flatMap((page) => page.records)
    const { keyId } = recording.pseudonyms
    expect(records.map((record) => [record.record, record.keyId])).toEqual([
      ['pull-request', keyId],
      ['branch-commit', keyId],
    ])
  })

  test('without contents take one request more each, for the commits', async () => {
    const github = await fakeOf(repositoryOf(30), 'without contents')
    const pages = await collect(github)
    expect(numbersIn(pages)).toEqual(numbers(1, 30))
    expect(github.requests.filter(({ path }) => path === '/graphql')).toHaveLength(2)
    expect(github.requests.filter(({ path }) => path.endsWith('/commits'))).toHaveLength(30)
    expect(github.requests).toHaveLength(32)
  })

  test('of a repository without any are none', async () => {
    for (const allowed of ['with contents', 'without contents'] as const) {
      const github = await fakeOf(aRepositoryOf([]), allowed)
      expect(await readAll(github)).toEqual([])
    }
  })

  test('that are opened while reading come too, and none twice', async () => {
    const repository = repositoryOf(30)
    const github = await fakeOf(repository)
    const [late] = aRepositoryOf([ordinary(31)]).pullRequests
    github.faults.push({
      match: { graphql: /PullRequestRecords/, nth: 2 },
      before: () => {
        if (late) repository.pullRequests.push(late)
      },
    })
    expect(numbersIn(await collect(github))).toEqual(numbers(1, 31))
  })
})

test('records carry the time at which their page was asked for, after any wait', async () => {
  const github = await fakeOf(repositoryOf(60))
  github.faults.push({
    match: { graphql: /PullRequestRecords/, nth: 2 },
    respond: graphqlRateLimit(1_800_000_000),
  })
  let hours = 0
  const pages = await collect(github, {
    readAt: () => minute(1_000 * hour + hours),
    waitUntil: async () => {
      hours += 1
    },
  })
  const times = pages.map(
    ({ records }) => new Set(pullRequestsIn(records).map((one) => one.readAt)),
  )
  expect(times.filter(({ size }) => size > 0)).toEqual([
    new Set([minute(1_000 * hour)]),
    new Set([minute(1_000 * hour + 1)]),
    new Set([minute(1_000 * hour + 1)]),
  ])
})

describe.each(['with contents', 'without contents'] as const)('a time %s', (allowed) => {
  /** Opened, ready, merged, closed and reopened at different times around the hour 100. */
  const histories: readonly PullRequestHistory[] = [
    { ...ordinary(1), openedAt: minute(1) },
    {
      ...ordinary(2),
      events: [{ type: 'merge', at: minute(100 * hour), method: 'squash' }],
    },
    {
      ...ordinary(3),
      draft: true,
      events: [{ type: 'ready', at: minute(100 * hour) }],
    },
    {
      ...ordinary(4),
      events: [
        { type: 'close', at: minute(100 * hour) },
        { type: 'reopen', at: minute(200 * hour) },
        { type: 'close', at: minute(300 * hour) },
      ],
    },
    { ...ordinary(5), events: [{ type: 'label', at: minute(100 * hour), label: 'late' }] },
    { ...ordinary(6), openedAt: minute(100 * hour), events: [] },
    {
      ...ordinary(7),
      openedAt: minute(90 * hour),
      events: [{ type: 'label', at: minute(400 * hour), label: 'later' }],
    },
    { ...ordinary(8), openedAt: minute(500 * hour), events: [] },
  ]
  const since = minute(99 * hour)
  const until = minute(101 * hour)

  async function selected(options: Partial<RecordsOptions>) {
    const github = await fakeOf(aRepositoryOf(histories), allowed)
    return numbersIn(await collect(github, options)).toSorted((one, other) => one - other)
  }

  test('selects what was opened, made ready, merged, closed or reopened in it', async () => {
    expect(await selected({ since, until })).toEqual([2, 3, 4, 6])
  })

  test('without an end goes on to now', async () => {
    expect(await selected({ since })).toEqual([2, 3, 4, 6, 8])
  })

  test('without a start begins with the first', async () => {
    expect(await selected({ until })).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  test('begins with its first moment and ends before its last', async () => {
    expect(await selected({ since: minute(100 * hour), until: minute(100 * hour + 1) })).toEqual([
      2, 3, 4, 6,
    ])
    expect(await selected({ since, until: minute(100 * hour) })).toEqual([])
  })

  test('that is none is refused', async () => {
    await expect(selected({ since: 'yesterday' })).rejects.toThrow('this is no time: yesterday')
  })
})

test('a pull request is of a time by an event far down its timeline', async () => {
  const github = await fakeOf(
    aRepositoryOf([
      {
        ...ordinary(1),
        draft: true,
        events: [
          ...numbers(1, 80).flatMap((index): HistoryEvent[] => [
            { type: 'label', at: minute(100 + index), label: 'again' },
            { type: 'unlabel', at: minute(100 + index), label: 'again' },
          ]),
          { type: 'ready', at: minute(100 * hour) },
        ],
      },
    ]),
  )
  expect(numbersIn(await collect(github, { since: minute(99 * hour) }))).toEqual([1])
  expect(numbersIn(await collect(github, { since: minute(101 * hour) }))).toEqual([])
})

describe('what changes while a time is read', () => {
  const since = minute(0)

  test('is found at the front, and nothing is given twice', async () => {
    const repository = repositoryOf(60)
    const github = await fakeOf(repository)
    // The list is by last change: what is touched before it was reached moves in front of the page that is being read.
    github.faults.push({
      match: { graphql: /PullRequestRecords/, nth: 2 },
      before: () => {
        for (const number of [3, 40, 60]) {
          const touched = repository.pullRequests.find((one) => one.number === number)
          if (touched) touched.updatedAt = minute(1_000 * hour + number)
        }
      },
    })
    const given = numbersIn(await collect(github, { since }))
    expect(given.toSorted((one, other) => one - other)).toEqual(numbers(1, 60))
  })

  test('again and again ends all the same', async () => {
    const repository = repositoryOf(40)
    const github = await fakeOf(repository)
    let touches = 0
    github.faults.push({
      match: { graphql: /PullRequestRecords/ },
      times: Number.POSITIVE_INFINITY,
      before: () => {
        touches += 1
        const touched = repository.pullRequests[touches % 40]
        if (touched) touched.updatedAt = minute(1_000 * hour + touches)
      },
    })
    const given = numbersIn(await collect(github, { since }))
    expect(given.toSorted((one, other) => one - other)).toEqual(numbers(1, 40))
    expect(touches).toBeLessThan(10)
  })

  test('and comes into the time by that is read, though it was looked at before', async () => {
    const repository = aRepositoryOf([
      { ...ordinary(1), openedAt: minute(-100 * hour), events: [] },
      ...numbers(2, 40).map((number) => ordinary(number)),
    ])
    const [old] = repository.pullRequests
    if (old) old.updatedAt = minute(900 * hour)
    const github = await fakeOf(repository)
    github.faults.push({
      match: { graphql: /PullRequestRecords/, nth: 2 },
      before: () => {
        if (!old) return
        old.state = 'closed'
        old.closedAt = minute(1_000 * hour)
        old.updatedAt = minute(1_000 * hour)
      },
    })
    const given = numbersIn(await collect(github, { since }))
    expect(given.toSorted((one, other) => one - other)).toEqual(numbers(1, 40))
  })
})

describe.each(['with contents', 'without contents'] as const)(
  'a reading %s that is killed at any request',
  (allowed) => {
    const revert = {
      at: minute(20 * hour),
      commit: { message: 'Revert "Change 3"\n\nReverts #3' },
    }
    const histories = [
      ...numbers(1, 6).map((number) => ordinary(number)),
      {
        ...ordinary(7),
        commits: Array.from({ length: 120 }, (_, index) => ({ message: `Step ${index}` })),
      },
      ...numbers(8, 12).map((number) => ordinary(number)),
      pushedToAfterReview(13),
      ordinary(14),
      pushedToAfterReview(15),
    ]

    test.each([
      ['all pull requests', {}],
      ['a time', { since: minute(0) }],
      ['the heads that were reviewed', { headDiffs: true }],
      ['the heads that were reviewed of a time', { headDiffs: true, since: minute(0) }],
    ] as const)('goes on with %s, and reads nothing twice that it has', async (_, asked) => {
      const options = { ...asked, pageSize: 5 }
      const whole = await fakeOf(aRepositoryOf(histories, [revert]), allowed)
      const expected = await readAll(whole, options)
      const total = whole.requests.length
      expect(total).toBeGreaterThan(3)
      for (let killed = 1; killed <= total; killed += 1) {
        const github = await fakeOf(aRepositoryOf(histories, [revert]), allowed)
        const died = new Error('killed')
        const kept: RecordPage[] = []
        let requestsKept = 0
        const abort = new AbortController()
        github.faults.push({
          match: { nth: killed },
          sent: () => abort.abort(died),
          respond: { kind: 'alter', alter: (reply) => reply },
        })
        const first = async () => {
          for await (const page of pagesOf(github, { ...options, signal: abort.signal })) {
            // A killed process keeps nothing of what comes after its death.
            if (abort.signal.aborted) throw died
            kept.push(page)
            requestsKept = github.requests.length
          }
          throw died
        }
        await expect(first()).rejects.toBe(died)
        const resumeFrom = kept.at(-1)?.checkpoint
        const before = github.requests.length
        const rest = await readAll(github, {
          ...options,
          ...(resumeFrom === undefined ? {} : { resumeFrom }),
        })
        const records = [...kept.flatMap((page) => page.records), ...rest]
        expect(records).toEqual(expected)
        // The page that was being read is asked for again, and none of those that were kept.
        expect(github.requests.length - before).toBeLessThanOrEqual(total - requestsKept + 1)
      }
    })
  },
)

describe('a checkpoint', () => {
  async function first(github: FakeGitHub, options: Partial<RecordsOptions> = {}) {
    const { value } = await pagesOf(github, options).next()
    return value as RecordPage
  }

  test('of the end gives nothing and asks nothing', async () => {
    const github = await fakeOf(repositoryOf(3))
    const [last] = (await collect(github)).slice(-1)
    const before = github.requests.length
    expect(await readAll(github, { resumeFrom: last?.checkpoint ?? '' })).toEqual([])
    expect(github.requests).toHaveLength(before)
  })

  test('only grows by what was given since the one before', async () => {
    const github = await fakeOf(repositoryOf(60))
    const given = (await collect(github, { since: minute(0), pageSize: 10 })).flatMap(
      ({ checkpoint }) => JSON.parse(checkpoint).position.given ?? [],
    )
    expect(given.length).toBeGreaterThan(5)
    for (const [index, packed] of given.entries()) {
      expect(packed.startsWith(given[index - 1] ?? '')).toBe(true)
    }
  })

  test('remembers that contents cannot be read, and how large a page may be', async () => {
    const github = await fakeOf(repositoryOf(40), 'without contents')
    const { checkpoint } = await first(github)
    expect(checkpoint).toContain('"contents":false')
    await readAll(github, { resumeFrom: checkpoint })
    const asked = github.requests
      .filter(({ path }) => path === '/graphql')
      .map(({ body }) => (body as { variables: { contents: boolean } }).variables.contents)
    expect(asked).toEqual([true, false, false])
  })

  test.each([
    ['another start', { since: minute(5) }, 'another start of the time asked for'],
    ['another end', { until: minute(5) }, 'another end of the time asked for'],
    ['other branches', { trackedBranches: ['next'] }, 'other tracked branches'],
    ['another choice', { branchCommits: false }, 'another choice about commits on the branch'],
    ['reviewed heads', { headDiffs: true }, 'another choice about what changed after reviews'],
  ] as const)('is refused with %s', async (_, options, words) => {
    const github = await fakeOf(repositoryOf(1))
    const { checkpoint } = await first(github)
    const again = readAll(github, { ...options, resumeFrom: checkpoint })
    await expect(again).rejects.toThrow(words)
    await expect(again).rejects.toThrow('delete the checkpoint')
  })
})
