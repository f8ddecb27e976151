import { describe, expect, test } from 'vitest'
import { tagCase } from '../support/action-case.ts'
import { lines, messageWith } from '../support/ai-marks.ts'
import { rootSha } from '../support/fake-github/index.ts'
import { pullRequestEvent } from '../support/run-action.ts'

const pullRequest = { commits: [{ message: messageWith(lines.claude) }] }

describe('events that name a pull request', () => {
  test.each([
    ...['opened', 'synchronize', 'reopened', 'ready_for_review', 'edited', 'closed'].map(
      (action) => ({ event: 'pull_request', payload: pullRequestEvent(7, action) }),
    ),
    { event: 'pull_request_target', payload: pullRequestEvent(7) },
    {
      event: 'merge_group',
      payload: {
        action: 'checks_requested',
        merge_group: { head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${'a'.repeat(40)}` },
      },
    },
  ])('$event $payload.action', async ({ event, payload }) => {
    const { outputs, pullRequest: tagged } = await tagCase({ pullRequest, event, payload })
    expect(outputs.assistance).toBe('assisted')
    expect(tagged.labels).toEqual(['ai:assisted'])
  })

  test.each([
    { event: 'workflow_dispatch', payload: { inputs: { number: '7' } } },
    { event: 'schedule', payload: { schedule: '0 0 * * 1' } },
    { event: 'pull_request', payload: pullRequestEvent(8) },
    { event: 'push', payload: { ref: 'refs/tags/v1', after: rootSha } },
  ])('$event with the input pull-request, which goes first', async ({ event, payload }) => {
    const { metadata } = await tagCase({
      pullRequest,
      event,
      payload,
      inputs: { 'pull-request': '7' },
    })
    expect(metadata).toMatchObject({ pullRequest: 7, assistance: 'assisted' })
  })

  test('with the input pull-request no event file is needed', async () => {
    const { exitCode, metadata } = await tagCase({
      pullRequest,
      event: 'workflow_dispatch',
      inputs: { 'pull-request': '7' },
      environment: { GITHUB_EVENT_PATH: undefined },
    })
    expect(exitCode).toBe(0)
    expect(metadata?.pullRequest).toBe(7)
  })
})

describe('a push', () => {
  test.each([
    { name: 'a merge commit', mergeCommit: null },
    { name: 'a squash', mergeCommit: { message: 'Change the widget (#7)' } },
  ])('of $name', async ({ mergeCommit }) => {
    const { metadata, pullRequest: tagged } = await tagCase({
      pullRequest: { ...pullRequest, merged: true, mergeCommit },
      event: 'push',
      payloadOf: (merged) => ({
        ref: 'refs/heads/main',
        after: merged.mergeCommit?.sha,
        deleted: false,
      }),
    })
    expect(metadata).toMatchObject({ pullRequest: 7, assistance: 'assisted' })
    expect(tagged.labels).toEqual(['ai:assisted'])
  })

  test('of a commit that came with no pull request', async () => {
    const { exitCode, notices, outputs, reads } = await tagCase({
      event: 'push',
      payload: { ref: 'refs/heads/main', after: rootSha },
    })
    expect(exitCode).toBe(0)
    expect(notices).toEqual(['Nothing to tag: the pushed commit came with no pull request.'])
    expect(outputs).toEqual({})
    expect(reads).toHaveLength(1)
  })

  test('of a commit of a pull request that is still open', async () => {
    const { notices, pullRequest: open } = await tagCase({
      pullRequest,
      event: 'push',
      payloadOf: ({ head }) => ({ ref: `refs/heads/${head.ref}`, after: head.sha }),
    })
    expect(notices).toEqual(['Nothing to tag: the pushed commit came with no pull request.'])
    expect(open.labels).toEqual([])
  })

  test('of a commit that GitHub does not know yet', async () => {
    const { exitCode, warnings, outputs } = await tagCase({
      event: 'push',
      payload: { ref: 'refs/heads/main', after: 'f'.repeat(40) },
    })
    expect(exitCode).toBe(0)
    expect(warnings).toEqual([
      `Nothing was tagged: GitHub did not say which pull request the pushed commit came with (GitHub refused: No commit found for SHA: ${'f'.repeat(40)} - https://docs.github.com/rest). Run the job again later.`,
    ])
    expect(outputs).toEqual({})
  })
})

describe('events about nothing that can be tagged end well', () => {
  test.each([
    {
      name: 'a tag',
      event: 'push',
      payload: { ref: 'refs/tags/v1', after: rootSha },
      because: 'nothing was pushed to a branch',
    },
    {
      name: 'a deleted branch',
      event: 'push',
      payload: { ref: 'refs/heads/old', after: '0'.repeat(40), deleted: true },
      because: 'nothing was pushed to a branch',
    },
    {
      name: 'a dispatch without a number',
      event: 'workflow_dispatch',
      payload: { inputs: null },
      because: 'the input pull-request was not given, and this event names none',
    },
    {
      name: 'a merge group of another queue',
      event: 'merge_group',
      payload: { merge_group: { head_ref: 'refs/heads/queue/main' } },
      because: 'the merge group names no pull request',
    },
    {
      name: 'a pull request event without one',
      event: 'pull_request',
      payload: { action: 'opened' },
      because: 'the event names no pull request',
    },
    ...['schedule', 'issue_comment', 'something_new'].map((event) => ({
      name: event,
      event,
      payload: {},
      because: `the event "${event}" is not one that this Action reads; the input pull-request makes it read one all the same`,
    })),
  ])('$name', async ({ event, payload, because }) => {
    const run = await tagCase({ event, payload })
    expect(run.exitCode).toBe(0)
    expect(run.notices).toEqual([`Nothing to tag: ${because}.`])
    expect(run.outputs).toEqual({})
    expect(run.summary).toBe('')
    expect([...run.reads, ...run.writes]).toEqual([])
  })
})

describe('outside a workflow', () => {
  test.each([
    {
      name: 'no event file',
      environment: { GITHUB_EVENT_PATH: undefined },
      error: 'GITHUB_EVENT_PATH is not set: run this as a step of a GitHub Actions workflow',
    },
    {
      name: 'an event file that is not there',
      environment: { GITHUB_EVENT_PATH: '/nowhere/event.json' },
      error: 'The event file that the runner wrote could not be read; run the job again',
    },
    {
      name: 'no repository',
      environment: { GITHUB_REPOSITORY: undefined },
      error: 'GITHUB_REPOSITORY is not set: run this as a step of a GitHub Actions workflow',
    },
    {
      name: 'a repository without an owner',
      environment: { GITHUB_REPOSITORY: 'widgets' },
      error: 'GITHUB_REPOSITORY is not set: run this as a step of a GitHub Actions workflow',
    },
  ])('$name', async ({ environment, error }) => {
    const { exitCode, errors, outputs } = await tagCase({ environment })
    expect(exitCode).toBe(1)
    expect(errors).toEqual([error])
    expect(outputs).toEqual({})
  })

  test.each([
    { name: 'an event file that is no JSON', inputs: {} },
    { name: 'the same where the input needs none', inputs: { 'pull-request': '7' } },
  ])('$name', async ({ inputs }) => {
    const { exitCode, errors } = await tagCase({ payload: '{"pull_request":', inputs })
    expect(exitCode).toBe(1)
    expect(errors).toEqual([
      'The event file that the runner wrote could not be read; run the job again',
    ])
  })
})
