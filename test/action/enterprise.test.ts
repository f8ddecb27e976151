import { describe, expect, test } from 'vitest'
import { type ActionCase, tagCase, withWorld } from '../support/action-case.ts'
import { copilotAgent, copilotCommit, gitAiNote, lines, messageWith } from '../support/ai-marks.ts'
import { forcePush, secondaryRateLimit } from '../support/fake-github/index.ts'
import { pullRequestEvent } from '../support/run-action.ts'

const claude = { message: messageWith(lines.claude) }
const none = { message: messageWith(lines.none) }

/** A GitHub Enterprise Server: its APIs below a path, and no rate limits in its headers. */
const onServer = (init: ActionCase): ActionCase => ({ ...init, form: 'ghes' })

describe('on a GitHub Enterprise Server', () => {
  test.each<{ name: string; init: ActionCase; expected: object; labels: readonly string[] }>([
    {
      name: 'assisted',
      init: { pullRequest: { commits: [claude] } },
      expected: { assistance: 'assisted', tier: 'E2' },
      labels: ['ai:assisted'],
    },
    {
      name: 'agent-authored',
      init: { pullRequest: { author: copilotAgent, commits: [copilotCommit] } },
      expected: { agentAuthored: true, tier: 'E1' },
      labels: ['ai:agent-authored'],
    },
    {
      name: 'unassisted',
      init: {
        repository: ({ head }) => ({ refs: { 'refs/notes/ai': { [head.sha]: gitAiNote() } } }),
      },
      expected: { assistance: 'unassisted', tier: 'E1' },
      labels: ['ai:unassisted'],
    },
    { name: 'undeclared', init: {}, expected: { assistance: 'undeclared' }, labels: [] },
    {
      name: 'pull_request_target',
      init: {
        pullRequest: { commits: [claude] },
        event: 'pull_request_target',
        payload: pullRequestEvent(7),
      },
      expected: { assistance: 'assisted' },
      labels: ['ai:assisted'],
    },
    {
      name: 'a merge that was pushed',
      init: {
        pullRequest: { commits: [claude], merged: true },
        event: 'push',
        payloadOf: ({ mergeCommit }) => ({ ref: 'refs/heads/main', after: mergeCommit?.sha }),
      },
      expected: { assistance: 'assisted' },
      labels: ['ai:assisted'],
    },
    {
      name: 'more commits than are listed',
      init: { pullRequest: { commits: [...Array.from({ length: 250 }, () => ({})), claude] } },
      expected: { assistance: 'assisted', totalCommits: 251, complete: true },
      labels: ['ai:assisted'],
    },
    {
      name: 'a passing limit',
      init: {
        pullRequest: { commits: [claude] },
        script: ({ faults }) => faults.push({ respond: secondaryRateLimit(1) }),
      },
      expected: { assistance: 'assisted' },
      labels: ['ai:assisted'],
    },
  ])('$name', async ({ init, expected, labels }) => {
    const { metadata, pullRequest, commands } = await tagCase(onServer(init))
    expect(metadata).toMatchObject(expected)
    expect(pullRequest.labels).toEqual(labels)
    expect(commands).toEqual([])
  })

  test('the label moves, and links lead to that server', async () => {
    await withWorld(
      onServer({ pullRequest: { commits: [claude] } }),
      async ({ github, pullRequest, run }) => {
        const { summary } = await run()
        expect(summary).toContain(`](${github.url}/acme/widgets/commit/${pullRequest.head.sha})`)
        forcePush(pullRequest, [none])
        await run()
        expect(pullRequest.labels).toEqual(['ai:unassisted'])
      },
    )
  })

  test('a read-only token is a notice', async () => {
    const { exitCode, outputs, notices } = await tagCase(
      onServer({
        pullRequest: { commits: [claude] },
        permissions: { 'pull-requests': 'read', contents: 'read' },
      }),
    )
    expect(exitCode).toBe(0)
    expect(outputs.assistance).toBe('assisted')
    expect(notices).toEqual([expect.stringMatching(/^No label was set/)])
  })

  test('an older server without job summaries still gets its outputs', async () => {
    const { exitCode, outputs } = await tagCase(
      onServer({
        pullRequest: { commits: [claude] },
        environment: { GITHUB_STEP_SUMMARY: undefined },
      }),
    )
    expect(exitCode).toBe(0)
    expect(outputs.assistance).toBe('assisted')
  })
})
