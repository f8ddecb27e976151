import { describe, expect, test } from 'vitest'
import { tagCase } from '../support/action-case.ts'
import {
  acceptedSuggestion,
  dependabot,
  dependabotCommit,
  gitAiNote,
  lines,
  messageWith,
} from '../support/ai-marks.ts'
import { type Answer, expectAnswer } from '../support/expect-answer.ts'

const claude = { message: messageWith(lines.claude) }
const none = { message: messageWith(lines.none) }
const common = { agentAuthored: false, intensity: null, tools: [] }

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

describe('unassisted', () => {
  test.each(unassisted)('$name', (answer) =>
    expectAnswer({
      ...answer,
      expected: { ...common, assistance: 'unassisted', ...answer.expected },
    }),
  )
})

describe('undeclared', () => {
  test.each(undeclared)('$name', (answer) =>
    expectAnswer({
      ...answer,
      expected: { ...common, assistance: 'undeclared', tier: null, ...answer.expected },
    }),
  )
})

test('where a policy forbids marks, the summary says that their absence means nothing', async () => {
  const { metadata, summary } = await tagCase({
    repository: { owner: 'kubernetes', name: 'kubernetes' },
  })
  expect(metadata).toMatchObject({ repository: 'kubernetes/kubernetes', assistance: 'undeclared' })
  expect(summary).toContain('Here the absence of a mark means nothing.')
})
