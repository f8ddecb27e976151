import { describe, expect, test } from 'vitest'
import { tagCase } from '../support/action-case.ts'
import { gitAiNote, lines, messageWith } from '../support/ai-marks.ts'
import {
  type FaultMatch,
  type FaultResponse,
  githubActions,
  graphqlRateLimit,
  moved,
  primaryRateLimit,
  secondaryRateLimit,
  startFakeGitHub,
} from '../support/fake-github/index.ts'

const claude = { message: messageWith(lines.claude) }
const query: FaultMatch = { path: '/graphql' }
const commits: FaultMatch = { path: /\/pulls\/7\/commits$/ }
const soon = () => Math.floor(Date.now() / 1_000) + 1
const muchLater = () => Math.floor(Date.now() / 1_000) + 3_600

const somethingWrong: FaultResponse = {
  kind: 'graphql-errors',
  data: 'none',
  errors: [{ message: 'Something went wrong while executing your query.' }],
}

describe.concurrent('a fault that passes is not noticed', () => {
  test.each<{ name: string; match: FaultMatch; respond: FaultResponse }>([
    { name: 'a 502', match: query, respond: { kind: 'status', status: 502 } },
    { name: 'a 503 for the commits', match: commits, respond: { kind: 'status', status: 503 } },
    { name: 'a page of HTML', match: query, respond: { kind: 'html' } },
    {
      name: 'a page of HTML for the commits',
      match: commits,
      respond: { kind: 'html', status: 504 },
    },
    { name: 'JSON that breaks off', match: query, respond: { kind: 'truncated-json' } },
    { name: 'commits that break off', match: commits, respond: { kind: 'truncated-json' } },
    { name: 'a reset', match: query, respond: { kind: 'reset' } },
    { name: 'a reset for the commits', match: commits, respond: { kind: 'reset' } },
    { name: 'a body that is cut', match: commits, respond: { kind: 'cut-body' } },
    { name: 'an error of GraphQL', match: query, respond: somethingWrong },
    {
      name: 'partial data of GraphQL',
      match: query,
      respond: {
        kind: 'graphql-errors',
        data: 'kept',
        errors: [{ message: 'Timed out', path: ['repository', 'pullRequest', 'timelineItems'] }],
      },
    },
    { name: 'a limit of GraphQL', match: query, respond: graphqlRateLimit(soon()) },
    { name: 'a primary limit', match: commits, respond: primaryRateLimit(soon()) },
    { name: 'a secondary limit', match: commits, respond: secondaryRateLimit(1) },
    { name: 'a secondary limit of status 429', match: query, respond: secondaryRateLimit(1, 429) },
  ])('$name', async ({ match, respond }) => {
    const run = await tagCase({
      pullRequest: { commits: [claude] },
      script: (github) => github.faults.push({ match, respond }),
    })
    expect(run.metadata).toMatchObject({ assistance: 'assisted', complete: true })
    expect(run.pullRequest.labels).toEqual(['ai:assisted'])
    expect(run.commands).toEqual([])
    expect(run.github.faults.unused).toEqual([])
  })

  test.each<{ name: string; respond: FaultResponse }>([
    { name: 'with a 502', respond: { kind: 'status', status: 502, handled: true } },
    { name: 'in a reset', respond: { kind: 'reset', handled: true } },
    { name: 'in half a body', respond: { kind: 'truncated-json' } },
  ])('a label is set once where the answer is lost $name', async ({ respond }) => {
    const run = await tagCase({
      pullRequest: { commits: [claude] },
      script: ({ faults }) => {
        faults.push({ match: { method: 'POST', path: /\/widgets\/labels$/ }, respond })
        faults.push({ match: { method: 'POST', path: /\/7\/labels$/ }, respond })
      },
    })
    expect(run.commands).toEqual([])
    expect(run.outputs.labels).toBe('ai:assisted')
    expect(run.pullRequest.labelEvents).toHaveLength(1)
    expect(run.github.state.repositories[0]?.labels).toHaveLength(1)
    expect(run.writes).toHaveLength(4)
  })
})

describe('a limit that lasts is not waited for', () => {
  test.each([
    { name: 'primary', match: commits, respond: primaryRateLimit(muchLater()) },
    { name: 'primary, of GraphQL', match: query, respond: graphqlRateLimit(muchLater()) },
    { name: 'secondary', match: query, respond: secondaryRateLimit(3_600) },
  ])('$name', async ({ match, respond }) => {
    const run = await tagCase({
      pullRequest: {
        labels: ['ai:assisted'],
        labelEvents: [{ label: 'ai:assisted', actor: githubActions }],
      },
      script: ({ faults }) => faults.push({ match, respond, times: Number.POSITIVE_INFINITY }),
    })
    expect(run.exitCode).toBe(0)
    expect(run.metadata).toMatchObject({ assistance: 'undeclared', complete: false, head: null })
    expect(run.warnings).toEqual([
      expect.stringMatching(
        /^Nothing was concluded, and no label was moved: GitHub limits the rate of calls until about \d\d:\d\d UTC\. Run the job again later\.$/,
      ),
    ])
    expect(run.pullRequest.labels).toEqual(['ai:assisted'])
    expect(run.writes).toEqual([])
  })
})

describe('a redirect', () => {
  test('to another server is not followed, and the token not sent there', async () => {
    const elsewhere = await startFakeGitHub()
    try {
      const run = await tagCase({
        pullRequest: { commits: [claude] },
        script: ({ faults }) =>
          faults.push({ match: commits, respond: moved(`${elsewhere.apiUrl}/commits`) }),
      })
      expect(run.exitCode).toBe(0)
      expect(run.metadata).toMatchObject({ assistance: 'undeclared', complete: false })
      expect(run.warnings).toEqual([
        `Nothing was concluded, and no label was moved: GitHub redirected to another server (${elsewhere.url}); it was not followed. Run the job again later.`,
      ])
      expect(elsewhere.requests).toEqual([])
      expect(run.writes).toEqual([])
    } finally {
      await elsewhere.close()
    }
  })

  test('of a renamed repository is followed', async () => {
    const run = await tagCase({
      pullRequest: { commits: [claude] },
      script: ({ faults, apiUrl }) =>
        faults.push({
          match: commits,
          respond: moved(`${apiUrl}/repos/acme/widgets/pulls/7/commits?per_page=100`),
        }),
    })
    expect(run.metadata).toMatchObject({ assistance: 'assisted', complete: true })
    expect(run.commands).toEqual([])
  })

  test('of the second write leaves no label, and says so', async () => {
    const run = await tagCase({
      pullRequest: {
        commits: [claude],
        labels: ['ai:unassisted'],
        labelEvents: [{ label: 'ai:unassisted', actor: githubActions }],
      },
      repository: { labels: ['ai:assisted'] },
      script: ({ faults, apiUrl }) =>
        faults.push({
          match: { method: 'POST', path: /\/7\/labels$/ },
          respond: moved(`${apiUrl}/repos/acme/gadgets/issues/7/labels`),
        }),
    })
    expect(run.exitCode).toBe(0)
    expect(run.warnings).toEqual([expect.stringMatching(/^Labels were only half moved: /)])
    expect(run.pullRequest.labels).toEqual([])
    expect(run.outputs).toMatchObject({ assistance: 'assisted', labels: '' })
  })

  test('of a write changes nothing, and is a warning', async () => {
    const run = await tagCase({
      pullRequest: { commits: [claude] },
      repository: { labels: ['ai:assisted'] },
      script: ({ faults, apiUrl }) =>
        faults.push({
          match: { method: 'POST', path: /\/7\/labels$/ },
          respond: moved(`${apiUrl}/repos/acme/gadgets/issues/7/labels`),
        }),
    })
    expect(run.exitCode).toBe(0)
    expect(run.warnings).toEqual([
      expect.stringMatching(/^Labels were not moved: .* was redirected instead of carried out\./),
    ])
    expect(run.pullRequest.labels).toEqual([])
    expect(run.writes).toHaveLength(1)
  })
})

describe('what GitHub says of a failure', () => {
  const token = ['ghs', '0123456789abcdefghijklmnopqrstuvwxyz'].join('_')
  const key = ['-----BEGIN RSA', 'PRIVATE KEY-----\nMIIE'].join(' ')

  test.each([
    { name: 'a token', status: 401, message: `Bad credentials for ${token}`, secret: token },
    { name: 'a key', status: 403, message: `Refused: ${key}`, secret: 'MIIE' },
    { name: 'a key as a validation', status: 422, message: `Refused: ${key}`, secret: 'MIIE' },
  ])('$name in it is not shown', async ({ status, message, secret }) => {
    const { stdout, summary, commands } = await tagCase({
      script: ({ faults }) =>
        faults.push({ match: commits, respond: { kind: 'status', status, body: { message } } }),
    })
    expect(commands).toHaveLength(1)
    expect(stdout).toContain('[REDACTED]')
    expect(stdout + summary).not.toContain(secret)
  })

  test('a command in it is one line of ours', async () => {
    const message = 'No.\n::set-output name=assistance::x\r##[add-path]/tmp\u2028::stop-commands::a'
    const { stdout, commands, errors } = await tagCase({
      script: ({ faults }) =>
        faults.push({ match: query, respond: { kind: 'status', status: 403, body: { message } } }),
    })
    expect(commands).toHaveLength(1)
    expect(errors).toEqual([expect.stringMatching(/^The token may not read.*No\. ::set-output/)])
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  })
})

test('notes that cannot be read are said; what else was read stands, and nothing is unassisted', async () => {
  const none = { message: messageWith(lines.none) }
  for (const [commit, assistance] of [
    [claude, 'assisted'],
    [none, 'undeclared'],
  ] as const) {
    const { exitCode, metadata, warnings } = await tagCase({
      pullRequest: { commits: [commit] },
      repository: ({ head }) => ({ refs: { 'refs/notes/ai': { [head.sha]: gitAiNote() } } }),
      script: (github) =>
        github.faults.push({
          match: { graphql: /^\s*query Notes/ },
          respond: { kind: 'status', status: 422 },
        }),
    })
    expect(exitCode).toBe(0)
    expect(metadata).toMatchObject({ assistance, complete: false })
    expect(warnings).toEqual([expect.stringMatching(/^Authorship notes were not read: /)])
  }
})
