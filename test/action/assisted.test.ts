import { describe, test } from 'vitest'
import { copilotAgent, copilotCommit, gitAiNote, lines, messageWith } from '../support/ai-marks.ts'
import { type Answer, expectAnswer } from '../support/expect-answer.ts'

const claude = { message: messageWith(lines.claude) }

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

describe('assisted', () => {
  test.each(assisted)('$name', (answer) =>
    expectAnswer({
      ...answer,
      expected: { assistance: 'assisted', agentAuthored: false, ...answer.expected },
    }),
  )
})

describe('agent-authored', () => {
  test.each(agentAuthored)('$name', (answer) =>
    expectAnswer({
      ...answer,
      expected: { assistance: 'assisted', agentAuthored: true, ...answer.expected },
    }),
  )
})
