import { describe, expect, test } from 'vitest'
import type { PullRequestRecord } from '../../src/delivery/index.ts'
import type { RecordsOptions } from '../../src/github/index.ts'
import { gitAiNote } from '../support/ai-marks.ts'
import { fakeGitHubForTest } from '../support/fake-github/for-test.ts'
import {
  aFork,
  anAccount,
  aRepositoryOf,
  forcePush,
  githubActions,
  type HistoryEvent,
  minute,
  type Permissions,
  type PullRequest,
  type PullRequestHistory,
} from '../support/fake-github/index.ts'
import { permissions, pullRequestsIn, readAll, recording } from '../support/read-records.ts'

const dev = anAccount('dev')
const reviewer = anAccount('reviewer')
const copilot = anAccount('Copilot', {
  id: 198982749,
  type: 'Bot',
  graphqlLogin: 'copilot-swe-agent',
})
const { person } = recording.pseudonyms
const devActor = { kind: 'person', person: person(dev.id) }
const reviewerActor = { kind: 'person', person: person(reviewer.id) }

interface Serving {
  readonly permissions?: Permissions
  readonly options?: Partial<RecordsOptions>
  /** What no history tells. */
  readonly change?: (pullRequest: PullRequest) => void
  readonly viewer?: typeof dev
}

async function record(
  history: Partial<PullRequestHistory> & { readonly events?: readonly HistoryEvent[] },
  serving: Serving = {},
): Promise<PullRequestRecord> {
  const repository = aRepositoryOf([
    {
      number: 7,
      author: dev,
      openedAt: minute(0),
      commits: [{ message: 'Add a cache' }],
      events: [],
      ...history,
    },
  ])
  for (const pullRequest of repository.pullRequests) serving.change?.(pullRequest)
  const github = await fakeGitHubForTest({
    repositories: [repository],
    permissions: serving.permissions ?? permissions['with contents'],
    ...(serving.viewer === undefined ? {} : { viewer: serving.viewer }),
  })
  const [found] = pullRequestsIn(await readAll(github, serving.options))
  if (found === undefined) throw new Error('there is no record')
  return found
}

describe.each(Object.entries(permissions))('%s', (name, allowed) => {
  const readable = name === 'with contents'
  const read = (
    history: Partial<PullRequestHistory> & { readonly events?: readonly HistoryEvent[] },
    serving: Serving = {},
  ) => record(history, { permissions: allowed, ...serving })

  test('a whole life is told, event by event (G20)', async () => {
    const history: Partial<PullRequestHistory> = {
      draft: true,
      assignees: [reviewer],
      commits: [{ message: 'Add a cache' }, { message: 'Finish it' }],
      files: [
        { path: 'src/cache.ts', additions: 10, deletions: 2 },
        { path: 'package-lock.json', additions: 500, deletions: 30 },
      ],
      events: [
        { type: 'label', at: minute(1), label: 'cache', by: dev },
        { type: 'ready', at: minute(2) },
        { type: 'request-review', at: minute(3) },
        { type: 'review', at: minute(4), by: reviewer, state: 'CHANGES_REQUESTED', threads: 2 },
        { type: 'draft', at: minute(5) },
        { type: 'push', at: minute(6), commits: [{ message: 'Better' }], forced: true },
        { type: 'ready', at: minute(7) },
        { type: 'reply', at: minute(8), by: dev, thread: 0 },
        { type: 'resolve', at: minute(9), thread: 0 },
        { type: 'review', at: minute(10), by: reviewer, state: 'APPROVED' },
        { type: 'dismiss', at: minute(11), by: dev, review: 0 },
        { type: 'close', at: minute(12) },
        { type: 'reopen', at: minute(13) },
        { type: 'retarget', at: minute(14), base: 'next' },
        { type: 'retarget', at: minute(15), base: 'main' },
        { type: 'unlabel', at: minute(16), label: 'cache', by: githubActions },
        { type: 'auto-merge-on', at: minute(17) },
        { type: 'auto-merge-off', at: minute(18) },
        { type: 'queue', at: minute(19) },
        { type: 'unqueue', at: minute(20) },
        { type: 'merge', at: minute(21), by: reviewer, method: 'squash' },
      ],
    }
    const found = await read(history, { viewer: anAccount('our-app[bot]') })
    const [first, second] = found.commits ?? []
    expect(found).toMatchObject({
      source: 'github',
      number: 7,
      state: 'merged',
      author: devActor,
      assignees: [reviewerActor],
      createdAt: minute(0),
      openedAsDraft: true,
      draftEvents: [
        { at: minute(2), to: 'ready' },
        { at: minute(5), to: 'draft' },
        { at: minute(7), to: 'ready' },
      ],
      reviewRequests: [{ at: minute(3) }],
      closes: [{ at: minute(12) }],
      reopens: [{ at: minute(13) }],
      baseChanges: [{ at: minute(14) }, { at: minute(15) }],
      labels: [],
      labelEvents: [
        { label: 'cache', action: 'added', by: 'person', at: minute(1) },
        { label: 'cache', action: 'removed', by: 'app', at: minute(16) },
      ],
      queueEvents: [
        { at: minute(17), action: 'auto-merge-on' },
        { at: minute(18), action: 'auto-merge-off' },
        { at: minute(19), action: 'queued' },
        { at: minute(20), action: 'unqueued' },
      ],
      size: {
        total: { files: 2, additions: 510, deletions: 32 },
        counted: { files: 1, additions: 10, deletions: 2 },
      },
      headDiffs: null,
      sizeHistory: null,
      truncated: [],
      unreadable: readable ? ['diffs'] : ['contents', 'diffs'],
    })
    expect(found.commits).toHaveLength(1)
    expect(second).toBeUndefined()
    expect(found.head.sha).toBe(first?.sha)
    expect(found.reviews?.map(({ state, dismissedAt, by }) => [state, dismissedAt, by])).toEqual([
      ['changes-requested', minute(11), reviewerActor],
      ['commented', null, devActor],
      ['approved', null, reviewerActor],
    ])
    expect(found.threads).toMatchObject([
      { openedBy: reviewerActor, openedAt: minute(4), comments: 2, resolved: true },
      { openedBy: reviewerActor, openedAt: minute(4), comments: 1, resolved: false },
    ])
    expect(found.reviewComments?.map(({ by, at }) => [by, at])).toEqual([
      [reviewerActor, minute(4)],
      [devActor, minute(8)],
      [reviewerActor, minute(4)],
    ])
    expect(found.merge).toMatchObject({
      at: minute(21),
      by: reviewerActor,
      method: readable ? 'squash' : null,
    })
  })

  test('its description keeps marks alone, dated by the last edit of a person', async () => {
    const body =
      'A plan of mine.\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)'
    const found = await read(
      { body },
      {
        change: (pullRequest) => {
          pullRequest.lastEditedAt = minute(9)
          pullRequest.editor = dev
        },
      },
    )
    expect(found.description?.editedAt).toBe(minute(9))
    expect(found.description?.marks).toContain('Generated with')
    expect(JSON.stringify(found)).not.toContain('plan of mine')
    const byBot = await read(
      { body },
      {
        change: (pullRequest) => {
          pullRequest.lastEditedAt = minute(9)
          pullRequest.editor = githubActions
        },
      },
    )
    expect(byBot.description?.editedAt).toBeNull()
  })

  test('no title, name, login or address of a person is in it', async () => {
    const found = await read({
      title: 'Teach Widgets To Swim',
      body: 'dev asked reviewer for this',
      branch: 'dev/swimming',
      assignees: [reviewer],
      commits: [
        {
          message: 'Swim\n\nSigned-off-by: Dev <dev@example.com>',
          author: { name: 'Dev', email: 'dev@example.com' },
          authorAccount: dev,
        },
      ],
      events: [
        { type: 'review', at: minute(2), by: reviewer, state: 'APPROVED', threads: 1 },
        { type: 'merge', at: minute(3), by: reviewer, method: 'squash' },
      ],
    })
    expect(JSON.stringify(found)).not.toMatch(/swim|dev@|reviewer|"dev|Dev /i)
  })

  test('deleted accounts are unknown, and what they did is kept (G19)', async () => {
    const found = await read({
      author: null,
      events: [
        { type: 'review', at: minute(2), by: null, state: 'APPROVED', threads: 1 },
        { type: 'label', at: minute(3), by: null, label: 'late' },
        { type: 'merge', at: minute(4), by: null, method: 'squash' },
      ],
    })
    expect(found).toMatchObject({
      author: { kind: 'unknown' },
      reviews: [{ by: { kind: 'unknown' }, state: 'approved' }],
      threads: [{ openedBy: { kind: 'unknown' } }],
      labelEvents: [{ by: 'person' }],
      merge: { by: { kind: 'unknown' } },
    })
  })

  test.each([
    ['same', false],
    [aFork('someone'), true],
    [null, null],
  ] as const)('a head in %j is from a fork: %j (G19)', async (from, fork) => {
    const found = await read({ from })
    expect(found.head.fork).toBe(fork)
  })

  test('an agent’s account, its commits and its label are known for what they are (G19)', async () => {
    const found = await read({
      author: copilot,
      branch: 'copilot/fix-1',
      commits: [
        {
          message: 'Fix it\n\nCo-authored-by: Dev <dev@example.com>',
          author: {
            name: 'copilot-swe-agent[bot]',
            email: '198982749+Copilot@users.noreply.github.com',
          },
          authorAccount: copilot,
          verified: true,
        },
      ],
    })
    expect(found.author).toMatchObject({ kind: 'bot', id: copilot.id, app: true })
    expect(found.commits).toMatchObject([
      {
        author: { kind: 'known', email: '198982749+Copilot@users.noreply.github.com' },
        authorAccount: { kind: 'bot', id: copilot.id, login: 'Copilot', app: true },
        verified: true,
      },
    ])
    expect(found.head.name).toMatch(/^copilot\//)
  })

  test.each(['main', 'develop', 'somebodys-branch'])('a base %s', async (base) => {
    const found = await read({ base })
    const expected = {
      main: { name: 'main', tracked: true, longLived: true },
      develop: { name: 'develop', tracked: false, longLived: true },
      'somebodys-branch': { name: null, tracked: false, longLived: false },
    }[base]
    expect(found.base).toMatchObject(expected ?? {})
  })

  test('a base is tracked where the caller says so', async () => {
    const found = await read(
      { base: 'somebodys-branch' },
      {
        options: { trackedBranches: ['somebodys-branch'] },
      },
    )
    expect(found.base).toMatchObject({ name: 'somebodys-branch', tracked: true, longLived: true })
  })

  test('a review that is not sent yet, or is dismissed without a word of what it was', async () => {
    const found = await read(
      { events: [{ type: 'review', at: minute(2), by: reviewer, state: 'APPROVED' }] },
      {
        change: ({ reviews }) => {
          reviews.push({ id: 1, author: dev, state: 'PENDING', submittedAt: null, commit: null })
          for (const review of reviews.slice(0, 1)) review.state = 'DISMISSED'
        },
      },
    )
    expect(found.reviews).toMatchObject([{ state: 'unknown', dismissedAt: null }])
  })

  test('long lists are read to their end', async () => {
    const many = 130
    const at = (index: number) => minute(10 + index)
    const found = await read({
      commits: Array.from({ length: many }, (_, index) => ({ message: `Step ${index}` })),
      files: Array.from({ length: many }, (_, index) => ({
        path: `src/file-${index}.ts`,
        additions: 1,
        deletions: 0,
      })),
      events: Array.from({ length: many }, (_, index) => [
        { type: 'review', at: at(index), by: reviewer, state: 'COMMENTED', threads: 1 } as const,
        { type: 'label', at: at(index), label: `label ${index % 50}` } as const,
        { type: 'unlabel', at: at(index), label: `label ${index % 50}` } as const,
      ]).flat(),
    })
    expect(found.truncated).toEqual([])
    expect(found.commits).toHaveLength(many)
    expect(found.reviews).toHaveLength(many)
    expect(found.threads).toHaveLength(many)
    expect(found.reviewComments).toHaveLength(many)
    expect(found.labelEvents).toHaveLength(2 * many)
    expect(found.size?.counted).toEqual({ files: many, additions: many, deletions: 0 })
    expect(new Set(found.commits?.map(({ sha }) => sha)).size).toBe(many)
  })

  test('more commits than REST lists are all read with contents, and flagged without (G16)', async () => {
    const found = await read({
      commits: Array.from({ length: 260 }, (_, index) => ({ message: `Step ${index}` })),
    })
    expect(found.commits).toHaveLength(readable ? 260 : 250)
    expect(found.truncated).toEqual(readable ? [] : ['commits'])
  })

  test('files that do not add up to the whole leave the counted size unknown (G17)', async () => {
    const found = await read(
      {},
      {
        change: (pullRequest) => {
          pullRequest.additions = 25_000
        },
      },
    )
    expect(found.size).toMatchObject({ total: { additions: 25_000 }, counted: null })
    expect(found.truncated).toEqual([])
  })

  test('a thread with more comments than are read is flagged', async () => {
    const found = await read({
      events: [
        { type: 'review', at: minute(1), by: reviewer, state: 'COMMENTED', threads: 1 },
        ...Array.from({ length: 25 }, (_, index) => ({
          type: 'reply' as const,
          at: minute(2 + index),
          by: dev,
          thread: 0,
        })),
      ],
    })
    expect(found.threads).toMatchObject([{ comments: 26 }])
    expect(found.reviewComments).toHaveLength(20)
    expect(found.truncated).toEqual(['reviewComments'])
  })

  test('opened as a draft and never made ready, or made a draft later', async () => {
    expect((await read({ draft: true })).openedAsDraft).toBe(true)
    const later = await read({ events: [{ type: 'draft', at: minute(5) }] })
    expect(later).toMatchObject({
      openedAsDraft: false,
      draftEvents: [{ at: minute(5), to: 'draft' }],
    })
  })

  test('what it says that it reverts (G20)', async () => {
    const found = await read({
      title: 'Revert "Add a cache"',
      body: 'Reverts acme/widgets#3',
      branch: 'revert-3-add-a-cache',
      events: [{ type: 'merge', at: minute(9), method: 'merge' }],
    })
    expect(found.revertClaims.map((claim) => claim.in)).toEqual(
      expect.arrayContaining(['branch', 'title', 'description']),
    )
    expect(found.revertClaims.some(({ numbers }) => numbers.includes(3))).toBe(true)
    expect(found.head.name).toMatch(/^revert-3-/)
  })
})

describe('with contents', () => {
  test('a force push tells both heads, and the first commit that was ever seen', async () => {
    const found = await record({
      commits: [{ message: 'Early', author: { date: minute(-500) } }],
      events: [
        { type: 'push', at: minute(6), commits: [{ message: 'Late' }], forced: true, by: dev },
      ],
    })
    expect(found.pushes).toEqual([
      {
        at: minute(6),
        head: found.head.sha,
        before: expect.stringMatching(/^[0-9a-f]{40}$/),
        forced: true,
        by: devActor,
      },
    ])
    expect(found.everSeenFirstCommitAt).toBe(minute(-500))
    expect(found.commits?.[0]?.authoredAt).toBe(minute(6))
  })

  test('merges of the base are no first commit, now or before a force push', async () => {
    const merge = { message: "Merge branch 'main'", parents: ['a'.repeat(40), 'b'.repeat(40)] }
    const found = await record({
      commits: [
        { message: 'Early', author: { date: minute(-50) } },
        { ...merge, author: { date: minute(-600) } },
      ],
      events: [
        {
          type: 'push',
          at: minute(6),
          commits: [
            { ...merge, author: { date: minute(-700) } },
            { message: 'Late', author: { date: minute(-20) } },
          ],
          forced: true,
        },
      ],
    })
    expect(found.commits?.map(({ parents }) => parents)).toEqual([2, 1])
    expect(found.everSeenFirstCommitAt).toBe(minute(-20))
  })

  test.each([
    ['merge', ['1', '2']],
    ['rebase', ['1']],
    ['push', ['1']],
    ['squash', []],
  ] as const)('what the commits of a %s say that they revert', async (method, expected) => {
    const reverting = (digit: string) => ({
      message: `Tidy up a part\n\nThis reverts commit ${digit.repeat(40)}.`,
    })
    const found = await record({
      commits: [
        reverting('1'),
        { ...reverting('3'), parents: ['a'.repeat(40), 'b'.repeat(40)] },
        reverting('2'),
      ],
      events: [{ type: 'merge', at: minute(9), by: reviewer, method, message: 'Tidy up (#7)' }],
    })
    expect(found.merge?.method).toBe(method)
    const claims = found.revertClaims.filter((claim) => claim.shas.length > 0)
    expect(claims.every((claim) => claim.in === 'message' && claim.aside)).toBe(true)
    const named = new Set(claims.flatMap(({ shas }) => shas))
    const own = method === 'rebase' || method === 'push' ? ['2'] : []
    expect([...named].toSorted()).toEqual([...expected, ...own].map((digit) => digit.repeat(40)))
    expect(claims).toHaveLength(named.size)
  })

  test('a force push to a commit that is gone is flagged', async () => {
    const found = await record(
      { events: [{ type: 'push', at: minute(6), commits: [{ message: 'Late' }], forced: true }] },
      {
        change: ({ events }) => {
          for (const event of events) {
            if (event.type === 'head_ref_force_pushed') event.after = null
          }
        },
      },
    )
    expect(found).toMatchObject({ pushes: [], truncated: ['timeline'] })
  })

  test.each(['squash', 'merge', 'rebase', 'push'] as const)(
    'a %s is recognised (G20)',
    async (method) => {
      for (const messages of [['Add a cache'], ['Add a cache', 'Finish it']]) {
        const found = await record({
          commits: messages.map((message) => ({ message })),
          events: [{ type: 'merge', at: minute(9), by: reviewer, method }],
        })
        expect(found.merge?.method).toBe(method)
        expect(found.merge?.commit).toMatch(/^[0-9a-f]{40}$/)
      }
    },
  )

  test('the heads that were reviewed', async () => {
    const found = await record({
      events: [
        { type: 'review', at: minute(2), by: reviewer, state: 'COMMENTED', threads: 1 },
        { type: 'push', at: minute(3), commits: [{ message: 'Again' }] },
        { type: 'review', at: minute(4), by: reviewer, state: 'APPROVED' },
      ],
    })
    const [one, two] = found.commits ?? []
    expect(found.reviews?.map(({ commit }) => commit)).toEqual([one?.sha, two?.sha])
    expect(found.reviewComments?.map(({ commit }) => commit)).toEqual([one?.sha])
  })

  test('authorship notes, for all pull requests of a page in one request', async () => {
    const histories = [1, 2, 3].map((number) => ({
      number,
      author: dev,
      openedAt: minute(number),
      commits: [{ message: `Change ${number}` }],
      events: [],
    }))
    const shas = aRepositoryOf(histories).pullRequests.map(({ head }) => head.sha)
    const notes = Object.fromEntries(shas.slice(1).map((sha) => [sha, gitAiNote('claude')]))
    const github = await fakeGitHubForTest({
      repositories: [aRepositoryOf(histories, [], { refs: { 'refs/notes/ai': notes } })],
      permissions: permissions['with contents'],
    })
    const records = pullRequestsIn(await readAll(github, { branchCommits: false }))
    expect(records.map(({ commits }) => Object.keys(commits?.[0]?.notes ?? {}))).toEqual([
      [],
      ['refs/notes/ai'],
      ['refs/notes/ai'],
    ])
    expect(github.requests).toHaveLength(2)
  })

  test('a note that GitHub cuts off, which only its own pull request lacks', async () => {
    const histories = [1, 2].map((number) => ({
      number,
      author: dev,
      openedAt: minute(number),
      commits: [{ message: `Change ${number}` }],
      events: [],
    }))
    const [first = '', second = ''] = aRepositoryOf(histories).pullRequests.map(
      ({ head }) => head.sha,
    )
    const long = gitAiNote('claude').replace('src/widget.ts', `src/${'x'.repeat(600_000)}.ts`)
    const notes = { [first]: long, [second]: gitAiNote('claude') }
    const github = await fakeGitHubForTest({
      repositories: [aRepositoryOf(histories, [], { refs: { 'refs/notes/ai': notes } })],
      permissions: permissions['with contents'],
    })
    const records = pullRequestsIn(await readAll(github))
    expect(records.map(({ unreadable }) => unreadable)).toEqual([['diffs', 'blobs'], ['diffs']])
    expect(records.map(({ commits }) => Object.keys(commits?.[0]?.notes ?? {}).length)).toEqual([
      0, 1,
    ])
  })
})

test('without contents the heads of reviews and pushes are not known, and nothing is made up', async () => {
  const found = await record(
    {
      events: [
        { type: 'review', at: minute(2), by: reviewer, state: 'COMMENTED', threads: 1 },
        { type: 'push', at: minute(3), commits: [{ message: 'Again' }], forced: true },
        { type: 'merge', at: minute(4), by: reviewer, method: 'squash' },
      ],
    },
    { permissions: permissions['without contents'] },
  )
  expect(found).toMatchObject({
    pushes: null,
    reviews: [{ commit: null }],
    reviewComments: [{ commit: null }],
    merge: { commit: null, method: null, author: null, authoredAt: null, message: null },
    unreadable: ['contents', 'diffs'],
  })
})

describe('who labelled', () => {
  const events: readonly HistoryEvent[] = [
    { type: 'label', at: minute(1), label: 'ai:assisted', by: githubActions },
    { type: 'unlabel', at: minute(2), label: 'ai:assisted', by: dev },
  ]

  test('is us where the token is an app’s', async () => {
    const found = await record({ events }, { viewer: githubActions })
    expect(found.labelEvents?.map(({ by }) => by)).toEqual(['us', 'person'])
  })

  test('is a person where the token is that person’s', async () => {
    const found = await record({ events }, { viewer: dev })
    expect(found.labelEvents?.map(({ by }) => by)).toEqual(['app', 'person'])
  })
})

describe('a force push while a pull request is read', () => {
  const steps = (word: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({ message: `${word} ${index}` }))

  test.each([
    ['with contents', /query PullRequestLists/, 60],
    ['without contents', /never/, 3],
  ] as const)('%s leaves a list that says it is not whole', async (allowed, graphql, count) => {
    const repository = aRepositoryOf([
      { number: 7, author: dev, openedAt: minute(0), commits: steps('Step', count), events: [] },
    ])
    const [pullRequest] = repository.pullRequests
    const github = await fakeGitHubForTest({
      repositories: [repository],
      permissions: permissions[allowed],
    })
    github.faults.push({
      match: allowed === 'with contents' ? { graphql } : { path: /\/commits$/ },
      before: () => {
        if (pullRequest) forcePush(pullRequest, steps('Other', count + 2))
      },
    })
    const [found] = pullRequestsIn(await readAll(github))
    expect(found?.truncated).toEqual(['commits'])
    expect(found?.commits?.length).toBeGreaterThan(0)
  })
})
