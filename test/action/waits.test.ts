import { beforeAll, describe, expect, test } from 'vitest'
import { type ActionCase, tagCase } from '../support/action-case.ts'
import { lines, messageWith } from '../support/ai-marks.ts'
import {
  type FakeGitHub,
  type FaultMatch,
  type FaultResponse,
  forcePush,
  githubActions,
  type Reply,
  startFakeGitHub,
} from '../support/fake-github/index.ts'

/** What a run waits for in real time: up to 20 seconds. They all wait at once. */
const patience = 90_000

const claude = { message: messageWith(lines.claude) }
const none = { message: messageWith(lines.none) }
const query: FaultMatch = { path: '/graphql' }
const commits: FaultMatch = { path: /\/pulls\/7\/commits$/ }
const adding: FaultMatch = { method: 'POST', path: /\/7\/labels$/ }

/** A list that a replica gives which has not seen the last push. */
const withoutNewest: FaultResponse = {
  kind: 'alter',
  alter: (reply: Reply) => ({
    ...reply,
    body: Array.isArray(reply.body) ? reply.body.slice(0, -1) : reply.body,
  }),
}

function always(match: FaultMatch, respond: FaultResponse) {
  return ({ faults }: FakeGitHub) => {
    faults.push({ match, respond, times: Number.POSITIVE_INFINITY })
  }
}

function once(match: FaultMatch, respond: FaultResponse) {
  return ({ faults }: FakeGitHub) => {
    faults.push({ match, respond })
  }
}

const labelled = () => ({
  commits: [none],
  labels: ['ai:assisted'],
  labelEvents: [{ label: 'ai:assisted', actor: githubActions }],
})

/** Nobody listens there any more. */
const gone = await startFakeGitHub()
await gone.close()
const nowhere = { GITHUB_API_URL: gone.apiUrl, GITHUB_GRAPHQL_URL: gone.graphqlUrl }

const cases = {
  down: { pullRequest: labelled(), environment: nowhere },
  'down for a push': {
    event: 'push',
    payload: { ref: 'refs/heads/main', after: 'a'.repeat(40) },
    environment: nowhere,
  },
  busy: { pullRequest: labelled(), script: always(query, { kind: 'status', status: 503 }) },
  'a proxy that shows its own page': {
    pullRequest: labelled(),
    script: always(query, { kind: 'html' }),
  },
  'down after the first query': {
    pullRequest: labelled(),
    script: always(commits, { kind: 'reset' }),
  },
  'down for labels': {
    pullRequest: { commits: [claude] },
    repository: { labels: ['ai:assisted'] },
    script: always(adding, { kind: 'status', status: 502 }),
  },
  silent: { pullRequest: { commits: [claude] }, script: once(query, { kind: 'silence' }) },
  stalled: { pullRequest: { commits: [claude] }, script: once(commits, { kind: 'stalled-body' }) },
  lagging: {
    pullRequest: { commits: [none, claude] },
    script: once(commits, withoutNewest),
  },
  'lagging for long': {
    pullRequest: { ...labelled(), commits: [none, none] },
    script: always(commits, withoutNewest),
  },
  'pushed to meanwhile': {
    pullRequest: { commits: [claude] },
    script: ({ faults }, pullRequest) => {
      faults.push({ match: commits, before: () => forcePush(pullRequest, [none, none]) })
    },
  },
} satisfies Record<string, ActionCase>

const runs = new Map<keyof typeof cases, ReturnType<typeof tagCase>>()

beforeAll(() => {
  for (const name of Object.keys(cases) as (keyof typeof cases)[]) {
    const run = tagCase(cases[name])
    // A run that fails before its test awaits it must not end the process.
    run.catch(() => undefined)
    runs.set(name, run)
  }
})

function runOf(name: keyof typeof cases): ReturnType<typeof tagCase> {
  return runs.get(name) ?? Promise.reject(new Error(`${name} was not run`))
}

describe('GitHub does not give the pull request', { timeout: patience }, () => {
  test.each([
    { name: 'down', because: 'GitHub could not be reached: .*ECONNREFUSED.*' },
    { name: 'busy', because: 'GitHub answered 503' },
    {
      name: 'a proxy that shows its own page',
      because: "GitHub's reply to the GraphQL query was not understood: nothing instead of data",
    },
    { name: 'down after the first query', because: 'GitHub could not be reached: .*' },
  ] as const)(
    '$name: undeclared, with the reason, and no label moved',
    async ({ name, because }) => {
      const run = await runOf(name)
      expect(run.exitCode).toBe(0)
      expect(run.metadata).toMatchObject({
        assistance: 'undeclared',
        complete: false,
        head: null,
        totalCommits: 0,
        evidenceShare: null,
        reason: 'GitHub did not give the pull request, so nothing is known of it.',
      })
      expect(run.warnings).toEqual([
        expect.stringMatching(
          new RegExp(
            `^Nothing was concluded, and no label was moved: ${because}\\. Run the job again later\\.$`,
          ),
        ),
      ])
      expect(run.summary).toMatch(/^## Not read in full\n\nGitHub did not give the pull request/)
      expect(run.writes).toEqual([])
      expect(run.pullRequest.labels).toEqual(['ai:assisted'])
    },
  )

  test('a push is then left alone', async () => {
    const run = await runOf('down for a push')
    expect(run.exitCode).toBe(0)
    expect(run.warnings).toEqual([
      expect.stringMatching(/^Nothing was tagged: GitHub did not say which pull request/),
    ])
    expect(run.outputs).toEqual({})
  })
})

test('labels that GitHub does not take are a warning', { timeout: patience }, async () => {
  const run = await runOf('down for labels')
  expect(run.exitCode).toBe(0)
  expect(run.outputs).toMatchObject({ assistance: 'assisted', labels: '' })
  expect(run.warnings).toEqual([
    'Labels were not moved: GitHub answered 502. Run the job again later.',
  ])
  expect(run.writes).toHaveLength(4)
  expect(run.pullRequest.labels).toEqual([])
})

describe('a reply that never ends is asked for again', { timeout: patience }, () => {
  test.each(['silent', 'stalled'] as const)('%s', async (name) => {
    const run = await runOf(name)
    expect(run.metadata).toMatchObject({ assistance: 'assisted', complete: true })
    expect(run.pullRequest.labels).toEqual(['ai:assisted'])
    expect(run.commands).toEqual([])
  })
})

describe('the list of commits does not end with the head', { timeout: patience }, () => {
  test('at first: it is waited for', async () => {
    const { metadata, reads, commands, pullRequest } = await runOf('lagging')
    expect(metadata).toMatchObject({
      assistance: 'assisted',
      complete: true,
      totalCommits: 2,
      head: pullRequest.head.sha,
    })
    expect(reads.filter((read) => read.endsWith('/commits'))).toHaveLength(2)
    expect(commands).toEqual([])
  })

  test('because it was pushed to meanwhile: the new head is read', async () => {
    const { metadata, pullRequest } = await runOf('pushed to meanwhile')
    expect(metadata).toMatchObject({
      assistance: 'unassisted',
      complete: true,
      totalCommits: 2,
      head: pullRequest.head.sha,
    })
    expect(pullRequest.labels).toEqual(['ai:unassisted'])
  })

  test('for long: undeclared although all that was read declares no AI, and no label moved', async () => {
    const run = await runOf('lagging for long')
    expect(run.exitCode).toBe(0)
    expect(run.metadata).toMatchObject({ assistance: 'undeclared', complete: false })
    expect(run.warnings).toEqual([
      'GitHub did not list every commit up to the head of the pull request; it may have been pushed to meanwhile. Run the job again later.',
    ])
    expect(run.writes).toEqual([])
    expect(run.pullRequest.labels).toEqual(['ai:assisted'])
    expect(run.reads.filter((read) => read.endsWith('/commits'))).toHaveLength(4)
  })
})
