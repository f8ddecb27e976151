import { describe, expect, it } from 'vitest'
import { callGraphql, callRest, fakeGitHubForTest } from './for-test.ts'
import {
  anAccount,
  aRepository,
  aRepositoryOf,
  type HistoryEvent,
  minute,
  type PullRequestHistory,
  playHistory,
  rootSha,
} from './index.ts'

const dev = anAccount('dev')
const reviewer = anAccount('reviewer')

function aHistory(
  events: readonly HistoryEvent[],
  more: Partial<PullRequestHistory> = {},
): PullRequestHistory {
  return {
    number: 7,
    author: dev,
    openedAt: minute(0),
    commits: [{ message: 'First' }],
    events,
    ...more,
  }
}

describe('a history that is played', () => {
  it('leaves the pull request as it is after the last event', () => {
    const { pullRequest } = playHistory(
      aHistory(
        [
          { type: 'ready', at: minute(1) },
          { type: 'label', at: minute(2), label: 'cache' },
          { type: 'close', at: minute(3) },
        ],
        { draft: true, files: [{ path: 'a.ts', additions: 3, deletions: 2 }] },
      ),
    )
    expect(pullRequest).toMatchObject({
      draft: false,
      state: 'closed',
      closedAt: minute(3),
      updatedAt: minute(3),
      merged: false,
      labels: ['cache'],
      additions: 3,
      deletions: 2,
      changedFiles: 1,
    })
    expect(pullRequest.events.map(({ type, createdAt }) => [type, createdAt])).toEqual([
      ['ready_for_review', minute(1)],
      ['closed', minute(3)],
    ])
  })

  it('adds pushed commits, and puts forced ones in the place of all', () => {
    const added = playHistory(
      aHistory([{ type: 'push', at: minute(1), commits: [{ message: 'Second' }] }]),
    ).pullRequest
    expect(added.commits.map(({ message }) => message)).toEqual(['First', 'Second'])
    expect(added.commits[1]?.parents).toEqual([added.commits[0]?.sha])
    expect(added.events).toEqual([])
    const forced = playHistory(
      aHistory([{ type: 'push', at: minute(1), commits: [{ message: 'Other' }], forced: true }]),
    ).pullRequest
    expect(forced.commits.map(({ message }) => message)).toEqual(['Other'])
    expect(forced.events).toMatchObject([
      {
        type: 'head_ref_force_pushed',
        before: forced.formerCommits[0]?.sha,
        after: forced.head.sha,
      },
    ])
  })

  it('reviews the head of that moment', () => {
    const { pullRequest } = playHistory(
      aHistory([
        { type: 'review', at: minute(1), by: reviewer, state: 'COMMENTED', threads: 1 },
        { type: 'push', at: minute(2), commits: [{ message: 'Second' }] },
        { type: 'reply', at: minute(3), by: dev, thread: 0 },
        { type: 'resolve', at: minute(4), thread: 0 },
        { type: 'dismiss', at: minute(5), review: 0 },
      ]),
    )
    const [first, second] = pullRequest.commits
    expect(pullRequest.reviews).toMatchObject([
      { author: reviewer, state: 'DISMISSED', commit: first?.sha },
      { author: dev, state: 'COMMENTED', commit: second?.sha },
    ])
    expect(pullRequest.threads).toMatchObject([
      { resolved: true, comments: [{ commit: first?.sha }, { commit: second?.sha }] },
    ])
    expect(pullRequest.events).toMatchObject([
      { type: 'review_dismissed', review: pullRequest.reviews[0]?.id, previousState: 'COMMENTED' },
    ])
  })

  it.each([
    ['squash', 1, 1],
    ['merge', 1, 2],
    ['rebase', 2, 1],
  ] as const)('by %s leaves %i commits on the branch', (method, landed, parents) => {
    const played = playHistory(
      aHistory([{ type: 'merge', at: minute(9), by: reviewer, method }], {
        commits: [{ message: 'First' }, { message: 'Second' }],
      }),
    )
    expect(played.landed).toHaveLength(landed)
    expect(played.landed[0]?.parents[0]).toBe(rootSha)
    expect(played.pullRequest).toMatchObject({
      merged: true,
      mergedAt: minute(9),
      mergedBy: reviewer,
    })
    expect(played.pullRequest.mergeCommit?.sha).toBe(played.landed.at(-1)?.sha)
    expect(played.pullRequest.mergeCommit?.parents).toHaveLength(parents)
  })

  it('by a push is merged with the very commits that it has', () => {
    const played = playHistory(aHistory([{ type: 'merge', at: minute(9), method: 'push' }]))
    expect(played.landed).toEqual([])
    expect(played.pullRequest.mergeCommit?.sha).toBe(played.pullRequest.head.sha)
  })

  it('is the same each time', () => {
    const history = aHistory([{ type: 'merge', at: minute(9), method: 'squash' }])
    expect(playHistory(history)).toEqual(playHistory(history))
  })

  it('cannot dismiss a review that was never given', () => {
    const history = aHistory([{ type: 'dismiss', at: minute(1), review: 0 }])
    expect(() => playHistory(history)).toThrow('no such item: 0')
  })
})

it('a repository of histories has each merge on the one before it', () => {
  const repository = aRepositoryOf(
    [
      aHistory([{ type: 'merge', at: minute(30), method: 'squash' }], { number: 1 }),
      aHistory([{ type: 'merge', at: minute(10), method: 'merge' }], { number: 2 }),
      aHistory([{ type: 'merge', at: minute(20), method: 'squash' }], { number: 3, base: 'next' }),
      aHistory([], { number: 4 }),
    ],
    [{ at: minute(20), commit: { message: 'Straight' } }],
  )
  const [last, first] = repository.pullRequests
  const straight = repository.commits.find(({ message }) => message === 'Straight')
  expect(first?.mergeCommit?.parents[0]).toBe(rootSha)
  expect(straight?.parents).toEqual([first?.mergeCommit?.sha])
  expect(last?.mergeCommit?.parents).toEqual([straight?.sha])
  expect(repository.refs['refs/heads/main']).toBe(last?.mergeCommit?.sha)
})

describe('what the fake tells of it', () => {
  const histories = [1, 2, 3].map((number) =>
    aHistory([{ type: 'label', at: minute(100 - number), label: 'x' }], {
      number,
      openedAt: minute(number),
    }),
  )

  it.each([
    ['CREATED_AT', 'ASC', [1, 2, 3]],
    ['CREATED_AT', 'DESC', [3, 2, 1]],
    ['UPDATED_AT', 'ASC', [3, 2, 1]],
    ['UPDATED_AT', 'DESC', [1, 2, 3]],
  ])('pull requests by %s %s', async (field, direction, expected) => {
    const github = await fakeGitHubForTest({ repositories: [aRepositoryOf(histories)] })
    const { body } = await callGraphql<{
      data: { repository: { pullRequests: { nodes: { number: number }[] } } }
    }>(
      github,
      `{ repository(owner: "acme", name: "widgets") {
        pullRequests(first: 5, orderBy: { field: ${field}, direction: ${direction} }) { nodes { number } }
      } }`,
    )
    const { nodes } = body.data.repository.pullRequests
    expect(nodes.map(({ number }) => number)).toEqual(expected)
  })

  it('the history of a branch, newest first and within a time', async () => {
    const straight = [1, 2, 3].map((number) => ({
      at: minute(number),
      commit: { message: `Commit ${number}` },
    }))
    const github = await fakeGitHubForTest({ repositories: [aRepositoryOf([], straight)] })
    const { body } = await callGraphql<{
      data: { repository: { object: { history: { nodes: { message: string }[] } } } }
    }>(
      github,
      `{ repository(owner: "acme", name: "widgets") { object(expression: "HEAD") { ... on Commit {
        history(first: 5, since: "${minute(2)}", until: "${minute(3)}") { nodes { message } }
      } } } }`,
    )
    const { nodes } = body.data.repository.object.history
    expect(nodes.map(({ message }) => message)).toEqual(['Commit 3', 'Commit 2'])
  })

  it('a commit’s pull requests', async () => {
    const repository = aRepositoryOf([
      aHistory([{ type: 'merge', at: minute(9), method: 'squash' }]),
    ])
    const sha = repository.pullRequests[0]?.mergeCommit?.sha
    const github = await fakeGitHubForTest({ repositories: [repository] })
    const { body } = await callGraphql(
      github,
      `{ repository(owner: "acme", name: "widgets") { object(oid: "${sha}") { ... on Commit {
        additions associatedPullRequests(first: 5) { nodes { number merged } }
      } } } }`,
    )
    expect(body).toEqual({
      data: {
        repository: {
          object: {
            additions: 0,
            associatedPullRequests: { nodes: [{ number: 7, merged: true }] },
          },
        },
      },
    })
  })

  it('without contents, everything but commits: neither those of reviews nor those of pushes', async () => {
    const history = aHistory([
      { type: 'review', at: minute(1), by: reviewer, state: 'APPROVED' },
      { type: 'push', at: minute(2), commits: [{ message: 'Other' }], forced: true },
    ])
    const github = await fakeGitHubForTest({
      repositories: [aRepositoryOf([history])],
      permissions: { 'pull-requests': 'read' },
    })
    const { body } = await callGraphql<{
      data: unknown
      errors: { type: string; path: unknown[] }[]
    }>(
      github,
      `{ repository(owner: "acme", name: "widgets") { pullRequest(number: 7) {
        reviews(first: 1) { nodes { state commit { oid } } }
        commits(first: 1) { nodes { commit { oid } } }
        timelineItems(first: 1, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]) {
          nodes { ... on HeadRefForcePushedEvent { createdAt afterCommit { oid } } }
        }
      } } }`,
    )
    expect(body.data).toEqual({
      repository: {
        pullRequest: {
          reviews: { nodes: [{ state: 'APPROVED', commit: null }] },
          commits: { nodes: [null] },
          timelineItems: { nodes: [{ createdAt: minute(2), afterCommit: null }] },
        },
      },
    })
    expect(body.errors.map(({ type, path }) => [type, path.at(-1)])).toEqual([
      ['FORBIDDEN', 'commit'],
      ['FORBIDDEN', 'commit'],
      ['FORBIDDEN', 'afterCommit'],
    ])
  })
})

it('a repository answers by GraphQL to its former name, and by REST sends on from there', async () => {
  const repository = aRepository({ name: 'gadgets', formerNames: ['acme/widgets'] })
  const github = await fakeGitHubForTest({ repositories: [repository] })
  const query = '{ repository(owner: "acme", name: "widgets") { nameWithOwner } }'
  const { body } = await callGraphql(github, query)
  expect(body).toEqual({ data: { repository: { nameWithOwner: 'acme/gadgets' } } })
  const { status } = await callRest(github, '/repos/acme/widgets')
  expect(status).toBe(200)
  expect(github.requests.map((request) => request.status)).toEqual([200, 301, 200])
})

it('a fault may depend on the variables of a query', async () => {
  const github = await fakeGitHubForTest({ repositories: [aRepository()] })
  github.faults.push({
    match: { variables: ({ first }) => Number(first) > 10 },
    times: Number.POSITIVE_INFINITY,
    respond: { kind: 'status', status: 502 },
  })
  const query = `query ($first: Int!) { repository(owner: "acme", name: "widgets") {
    pullRequests(first: $first) { totalCount }
  } }`
  const statuses = await Promise.all(
    [10, 11].map(async (first) => (await callGraphql(github, query, { first })).status),
  )
  expect(statuses).toEqual([200, 502])
  expect((await callRest(github, '/repos/acme/widgets')).status).toBe(200)
})
