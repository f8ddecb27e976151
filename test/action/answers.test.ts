import { describe, expect, test } from 'vitest'
import type { Metadata } from '../../src/action/metadata.ts'
import { type ActionCase, tagCase } from '../support/action-case.ts'
import {
  acceptedSuggestion,
  copilotAgent,
  copilotCommit,
  dependabot,
  dependabotCommit,
  gitAiNote,
  lines,
  messageWith,
} from '../support/ai-marks.ts'
import { githubActions } from '../support/fake-github/index.ts'

interface Answer {
  readonly name: string
  readonly case: ActionCase
  readonly expected: Partial<Metadata>
  /** Labels on the pull request afterwards. */
  readonly labels: readonly string[]
}

const claude = { message: messageWith(lines.claude) }
const none = { message: messageWith(lines.none) }

const assisted: readonly Answer[] = [
  {
    name: "a tool's line in one commit of three is light",
    case: { pullRequest: { commits: [{}, claude, { message: 'Mend it' }] } },
    expected: {
      intensity: 'light',
      tier: 'E2',
      tools: ['claude-code'],
      assistedCommits: 1,
      totalCommits: 3,
    },
    labels: ['ai:assisted'],
  },
  {
    name: 'half of the commits are heavy',
    case: { pullRequest: { commits: [{}, claude] } },
    expected: { intensity: 'heavy', assistedCommits: 1, totalCommits: 2, evidenceShare: 0.5 },
    labels: ['ai:assisted'],
  },
  {
    name: 'two tools',
    case: {
      pullRequest: { commits: [claude, { message: messageWith(lines.cursor) }] },
      inputs: { 'tool-labels': 'true' },
    },
    expected: { tools: ['claude-code', 'cursor'], tier: 'E2', intensity: 'heavy' },
    labels: ['ai:assisted', 'ai:tool:claude-code', 'ai:tool:cursor'],
  },
  {
    name: "a person's declaration in the description",
    case: { pullRequest: { body: `A change.\n\n${lines.assisted}\n` } },
    expected: { tier: 'E3', tools: [], intensity: 'light', assistedCommits: 0 },
    labels: ['ai:assisted'],
  },
  {
    name: "a validated note of git-ai's",
    case: {
      pullRequest: { commits: [{}] },
      repository: ({ head }) => ({
        refs: { 'refs/notes/ai': { [head.sha]: gitAiNote('cursor') } },
      }),
    },
    expected: { tier: 'E1', tools: ['cursor'], intensity: 'heavy' },
    labels: ['ai:assisted'],
  },
  {
    name: 'a mark that only the squash commit carries',
    case: {
      pullRequest: {
        commits: [{}],
        merged: true,
        mergeCommit: { message: messageWith(lines.claude) },
      },
    },
    expected: { tier: 'E2', tools: ['claude-code'], intensity: 'light', assistedCommits: 0 },
    labels: ['ai:assisted'],
  },
  {
    name: "a vendor's label that its app set",
    case: {
      pullRequest: {
        labels: ['claude-code-assisted'],
        labelEvents: [
          { label: 'claude-code-assisted', actor: { id: 5, login: 'claude[bot]', type: 'Bot' } },
        ],
      },
    },
    expected: { tier: 'E2', tools: ['claude-code'] },
    labels: ['claude-code-assisted', 'ai:assisted'],
  },
  {
    name: "a vendor's label that a person set is a declaration",
    case: { pullRequest: { labels: ['claude-code-assisted'] } },
    expected: { tier: 'E3', tools: ['claude-code'] },
    labels: ['claude-code-assisted', 'ai:assisted'],
  },
  {
    name: "the editor's line outside the time in which it was false",
    case: {
      pullRequest: {
        commits: [{ message: messageWith(lines.vsCode), author: { date: '2026-05-11T00:00:00Z' } }],
      },
    },
    expected: { tier: 'E3', tools: ['copilot-vscode'], setAside: null },
    labels: ['ai:assisted'],
  },
]

const agentAuthored: readonly Answer[] = [
  {
    name: "GitHub's coding agent opened it and signed its commits",
    case: { pullRequest: { author: copilotAgent, commits: [copilotCommit] } },
    expected: { tier: 'E1', tools: ['copilot-coding-agent'], intensity: 'heavy' },
    labels: ['ai:agent-authored'],
  },
  {
    name: 'the agent only opened it',
    case: { pullRequest: { author: copilotAgent, commits: [{}, {}] } },
    expected: { tier: 'E1', intensity: 'light', assistedCommits: 0, totalCommits: 2 },
    labels: ['ai:agent-authored'],
  },
  {
    name: 'a person opened it, and the agent made half of its commits',
    case: { pullRequest: { commits: [copilotCommit, { message: 'Mend it' }] } },
    expected: { tier: 'E1', intensity: 'heavy', assistedCommits: 1 },
    labels: ['ai:agent-authored'],
  },
  {
    name: 'an unsigned commit with the address of the agent proves less',
    case: { pullRequest: { commits: [{ ...copilotCommit, verified: false }] } },
    expected: { tier: 'E2', tools: ['copilot-coding-agent'] },
    labels: ['ai:agent-authored'],
  },
  {
    name: 'declared by a person',
    case: { pullRequest: { body: lines.agent } },
    expected: { tier: 'E3', tools: [] },
    labels: ['ai:agent-authored'],
  },
]

const unassisted: readonly Answer[] = [
  {
    name: 'declared on every commit',
    case: { pullRequest: { commits: [none, { ...none, author: { name: 'Other' } }] } },
    expected: { tier: 'E3', assistedCommits: 0, totalCommits: 2 },
    labels: ['ai:unassisted'],
  },
  {
    name: 'declared in the description',
    case: { pullRequest: { body: `## What\n\n- ${lines.none}\n\n${lines.none}` } },
    expected: { tier: 'E3' },
    labels: ['ai:unassisted'],
  },
  {
    name: 'empty notes on every commit',
    case: {
      pullRequest: { commits: [{}, { message: 'Mend it' }] },
      repository: ({ commits }) => ({
        refs: { 'refs/notes/ai': Object.fromEntries(commits.map(({ sha }) => [sha, gitAiNote()])) },
      }),
    },
    expected: { tier: 'E1', totalCommits: 2 },
    labels: ['ai:unassisted'],
  },
]

const undeclared: readonly Answer[] = [
  { name: 'nothing', case: {}, expected: { totalCommits: 1, evidence: [] }, labels: [] },
  {
    name: 'a declaration on some commits only',
    case: { pullRequest: { commits: [none, {}] } },
    expected: {
      reason:
        'Some commits are declared or attested to be made without AI; the others say nothing.',
    },
    labels: [],
  },
  {
    name: 'an accepted suggestion',
    case: { pullRequest: { commits: [{}, acceptedSuggestion] } },
    expected: {
      reason:
        'An AI review suggestion was accepted, which is not authorship; nothing else is recorded.',
      assistedCommits: 0,
    },
    labels: [],
  },
  {
    name: 'a dependency bot',
    case: { pullRequest: { author: dependabot, commits: [dependabotCommit] } },
    expected: { automation: 'dependabot', reason: 'It was made by a bot that is not an AI tool.' },
    labels: [],
  },
  {
    name: 'a marked merge of the base branch',
    case: {
      pullRequest: { commits: [{}, { ...claude, parents: ['a'.repeat(40), 'b'.repeat(40)] }] },
    },
    expected: { totalCommits: 1, evidence: [] },
    labels: [],
  },
  {
    name: "a branch named as a tool's",
    case: { pullRequest: { head: { ref: 'claude/mend-the-widget-a1b2c' } } },
    expected: {
      reason: 'There are only weak signs, which are never enough alone.',
      evidence: [
        {
          tool: 'claude-code',
          mark: 'claude-code/branch',
          tier: 'E4',
          claim: 'assisted',
          where: { in: 'branch' },
        },
      ],
    },
    labels: [],
  },
  {
    name: "the editor's false line",
    case: {
      pullRequest: {
        commits: [{ message: messageWith(lines.vsCode), author: { date: '2026-05-10T23:59:59Z' } }],
      },
    },
    expected: { setAside: 'unreliable-mark' },
    labels: [],
  },
  {
    name: 'a deleted account and a deleted fork',
    case: { pullRequest: { author: null, head: { repository: null } } },
    expected: { complete: true },
    labels: [],
  },
]

describe.each([
  { what: 'assisted', answers: assisted, common: { assistance: 'assisted', agentAuthored: false } },
  {
    what: 'agent-authored',
    answers: agentAuthored,
    common: { assistance: 'assisted', agentAuthored: true },
  },
  {
    what: 'unassisted',
    answers: unassisted,
    common: { assistance: 'unassisted', agentAuthored: false, intensity: null, tools: [] },
  },
  {
    what: 'undeclared',
    answers: undeclared,
    common: {
      assistance: 'undeclared',
      agentAuthored: false,
      intensity: null,
      tools: [],
      tier: null,
    },
  },
])('$what', ({ answers, common }) => {
  test.each(answers)('$name', async ({ case: init, expected, labels }) => {
    const { metadata, pullRequest, outputs, commands } = await tagCase(init)
    expect(metadata).toMatchObject({ complete: true, ...common, ...expected })
    expect([...pullRequest.labels].sort()).toEqual([...labels].sort())
    const ours = labels.filter((label) => label.startsWith('ai:'))
    expect(outputs.labels).toBe(ours.join(','))
    expect(commands).toEqual([])
  })
})

test('a disputed answer is shown and gets no label', async () => {
  const { metadata, pullRequest, summary } = await tagCase({
    pullRequest: {
      commits: [claude],
      body: lines.none,
      labels: ['ai:assisted'],
      labelEvents: [{ label: 'ai:assisted', actor: githubActions }],
    },
  })
  expect(metadata).toMatchObject({ assistance: 'assisted', tier: 'E2', setAside: 'disputed' })
  expect(pullRequest.labels).toEqual([])
  expect(summary).toMatch(/^## .*disputed/)
  expect(summary).toContain(lines.none)
})

test('where a policy forbids marks, the summary says that their absence means nothing', async () => {
  const { metadata, summary } = await tagCase({
    repository: { owner: 'kubernetes', name: 'kubernetes' },
  })
  expect(metadata).toMatchObject({ repository: 'kubernetes/kubernetes', assistance: 'undeclared' })
  expect(summary).toContain('Here the absence of a mark means nothing.')
})

describe('an ordinary pull request', () => {
  const labels = ['ai:assisted', 'ai:agent-authored', 'ai:unassisted']

  test('takes two reads, and a write for the label', async () => {
    const { reads, writes } = await tagCase({
      pullRequest: { commits: [claude] },
      repository: { labels },
    })
    expect(reads).toEqual(['POST /graphql', 'GET /repos/acme/widgets/pulls/7/commits'])
    expect(writes).toEqual(['POST /repos/acme/widgets/issues/7/labels'])
  })

  test('takes no write where no label changes', async () => {
    const { reads, writes } = await tagCase({ repository: { labels } })
    expect(reads).toHaveLength(2)
    expect(writes).toEqual([])
  })

  test('takes one read and one write more, once, to create the label', async () => {
    const { reads, writes } = await tagCase({ pullRequest: { commits: [claude] } })
    expect(reads).toHaveLength(3)
    expect(writes).toEqual([
      'POST /repos/acme/widgets/labels',
      'POST /repos/acme/widgets/issues/7/labels',
    ])
  })

  test('takes one write for a label that goes and one for the label that comes', async () => {
    const { reads, writes } = await tagCase({
      pullRequest: {
        commits: [none],
        labels: ['ai:assisted'],
        labelEvents: [{ label: 'ai:assisted', actor: githubActions }],
      },
      repository: { labels },
    })
    expect(reads).toHaveLength(2)
    expect(writes).toEqual([
      'DELETE /repos/acme/widgets/issues/7/labels/ai%3Aassisted',
      'POST /repos/acme/widgets/issues/7/labels',
    ])
  })
})
