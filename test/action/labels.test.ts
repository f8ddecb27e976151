import { describe, expect, test } from 'vitest'
import { tagCase, withWorld } from '../support/action-case.ts'
import { copilotAgent, copilotCommit, lines, messageWith } from '../support/ai-marks.ts'
import { aLabel, aPullRequest, forcePush, githubActions } from '../support/fake-github/index.ts'

const claude = { message: messageWith(lines.claude) }
const none = { message: messageWith(lines.none) }
const byUs = (label: string) => ({ label, actor: githubActions })

describe('a label that the repository lacks is created', () => {
  test.each([
    {
      pullRequest: { commits: [claude] },
      label: {
        name: 'ai:assisted',
        color: '1d76db',
        description: 'Recorded: made with AI assistance',
      },
    },
    {
      pullRequest: { author: copilotAgent, commits: [copilotCommit] },
      label: {
        name: 'ai:agent-authored',
        color: '5319e7',
        description: 'Recorded: authored by an AI agent',
      },
    },
    {
      pullRequest: { commits: [none] },
      label: {
        name: 'ai:unassisted',
        color: 'bfd4f2',
        description: 'Declared or attested: made without AI',
      },
    },
  ])('$label.name', async ({ pullRequest, label }) => {
    const { github, pullRequest: tagged } = await tagCase({ pullRequest })
    expect(github.state.repositories[0]?.labels).toEqual([expect.objectContaining(label)])
    expect(tagged.labels).toEqual([label.name])
  })

  test('one that is there keeps its looks, whatever its case', async () => {
    const { github, pullRequest, outputs, writes } = await tagCase({
      pullRequest: { commits: [claude] },
      repository: { labels: [aLabel({ name: 'AI:Assisted', color: 'ff0000' })] },
    })
    expect(github.state.repositories[0]?.labels).toMatchObject([{ color: 'ff0000' }])
    expect(pullRequest.labels).toEqual(['AI:Assisted'])
    expect(outputs.labels).toBe('ai:assisted')
    expect(writes).toHaveLength(1)
  })
})

describe('inputs', () => {
  test.each([
    { prefix: 'origin/', label: 'origin/assisted' },
    { prefix: 'AI ', label: 'AI assisted' },
    { prefix: 'x', label: 'xassisted' },
  ])('label-prefix "$prefix"', async ({ prefix, label }) => {
    const { pullRequest, outputs } = await tagCase({
      pullRequest: { commits: [claude], labels: ['ai:unassisted'] },
      inputs: { 'label-prefix': prefix },
    })
    expect(pullRequest.labels).toEqual(['ai:unassisted', label])
    expect(outputs.labels).toBe(label)
  })

  test('tool-labels follow the tools', async () => {
    await withWorld(
      {
        pullRequest: { commits: [claude, { message: messageWith(lines.cursor) }] },
        inputs: { 'tool-labels': 'true' },
      },
      async ({ pullRequest, run }) => {
        await run()
        expect(pullRequest.labels).toEqual(['ai:assisted', 'ai:tool:claude-code', 'ai:tool:cursor'])
        forcePush(pullRequest, [claude])
        const { outputs, writes } = await run()
        expect(pullRequest.labels).toEqual(['ai:assisted', 'ai:tool:claude-code'])
        expect(outputs.labels).toBe('ai:assisted,ai:tool:claude-code')
        expect(writes).toHaveLength(1)
      },
    )
  })

  test('labels: false leaves them alone, and tells those that are there', async () => {
    const { pullRequest, outputs, writes } = await tagCase({
      pullRequest: {
        commits: [none],
        labels: ['ai:assisted'],
        labelEvents: [byUs('ai:assisted')],
      },
      inputs: { labels: 'false', 'tool-labels': 'true' },
    })
    expect(pullRequest.labels).toEqual(['ai:assisted'])
    expect(outputs).toMatchObject({ assistance: 'unassisted', labels: 'ai:assisted' })
    expect(writes).toEqual([])
  })
})

describe('the label follows the answer', () => {
  test('from one answer to the next, and to none', async () => {
    await withWorld({ pullRequest: { commits: [claude] } }, async ({ pullRequest, run }) => {
      await run()
      expect(pullRequest.labels).toEqual(['ai:assisted'])
      forcePush(pullRequest, [none])
      await run()
      expect(pullRequest.labels).toEqual(['ai:unassisted'])
      forcePush(pullRequest, [copilotCommit])
      await run()
      expect(pullRequest.labels).toEqual(['ai:agent-authored'])
      forcePush(pullRequest, [{}])
      const last = await run()
      expect(pullRequest.labels).toEqual([])
      expect(last.outputs.labels).toBe('')
      expect((await run()).writes).toEqual([])
    })
  })

  test('a second run changes nothing', async () => {
    await withWorld({ pullRequest: { commits: [claude] } }, async ({ pullRequest, run }) => {
      const first = await run()
      const second = await run()
      expect(second.writes).toEqual([])
      expect(second.outputs.metadata).toBe(first.outputs.metadata)
      expect(second.outputs.labels).toBe('ai:assisted')
      expect(pullRequest.labelEvents).toHaveLength(1)
    })
  })

  test('a label that another app set is not ours to move', async () => {
    const bot = { id: 77, login: 'triage[bot]', type: 'Bot' } as const
    const { pullRequest, writes } = await tagCase({
      pullRequest: {
        commits: [none],
        labels: ['ai:assisted'],
        labelEvents: [{ label: 'ai:assisted', actor: bot }],
      },
    })
    expect(pullRequest.labels).toEqual(['ai:assisted', 'ai:unassisted'])
    expect(writes.filter((write) => write.startsWith('DELETE'))).toEqual([])
  })

  test('labels that are not ours stay, even where they begin as ours do', async () => {
    const foreign = ['bug', 'ai:needs-review', 'ai', 'assisted', 'AI:', 'ai:tools', 'approved']
    await withWorld(
      {
        pullRequest: {
          commits: [claude],
          labels: [...foreign],
          labelEvents: foreign.map(byUs),
        },
        inputs: { 'tool-labels': 'true' },
      },
      async ({ pullRequest, run }) => {
        await run()
        expect(pullRequest.labels).toEqual([...foreign, 'ai:assisted', 'ai:tool:claude-code'])
        forcePush(pullRequest, [{}])
        await run()
        expect(pullRequest.labels).toEqual(foreign)
      },
    )
  })
})

test('a pull request with all the labels that GitHub allows is a warning, and no failure', async () => {
  const labels = Array.from({ length: 100 }, (_, index) => `area ${index}`)
  const run = await tagCase({ pullRequest: { commits: [claude], labels } })
  expect(run.exitCode).toBe(0)
  expect(run.warnings).toEqual([
    expect.stringMatching(/^Labels were not moved: .*more than 100 labels/),
  ])
  expect(run.outputs).toMatchObject({ assistance: 'assisted', labels: '' })
  expect(run.pullRequest.labels).toEqual(labels)
})

test('nothing is written to other pull requests', async () => {
  const other = aPullRequest({
    number: 8,
    labels: ['ai:assisted'],
    labelEvents: [byUs('ai:assisted')],
  })
  const { pullRequest } = await tagCase({
    pullRequest: { commits: [none] },
    script: (github) => github.state.repositories[0]?.pullRequests.push(other),
  })
  expect(pullRequest.labels).toEqual(['ai:unassisted'])
  expect(other.labels).toEqual(['ai:assisted'])
})
