import { describe, expect, test } from 'vitest'
import { assessCommit } from '../../src/provenance/assess-commit.ts'
import type { Commit } from '../../src/provenance/commit.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/registry.ts'

const marks = indexRegistry(shippedRegistry())
const assess = (commit: Partial<Commit>) => assessCommit({ message: 'Add x\n', ...commit }, marks)

const claude = 'Co-Authored-By: Claude <noreply@anthropic.com>'
const copilotLine = 'Co-authored-by: Copilot <copilot@github.com>'
const dev = { name: 'Dev', email: 'dev@example.com' }
const gitHub = { name: 'GitHub', email: 'noreply@github.com' }
const agent = {
  name: 'Copilot',
  email: '198982749+Copilot@users.noreply.github.com',
}
const dependabot = {
  name: 'dependabot[bot]',
  email: '49699333+dependabot[bot]@users.noreply.github.com',
}
const badDay = Date.parse('2026-05-01T12:00:00Z')
const emptyNote = '---\n{"schema_version":"authorship/3.0.0","base_commit_sha":"","prompts":{}}'
const noteOf = (text: string) => new Map([['refs/notes/ai', text]])
const claudeNote = `a.ts\n  0123456789abcdef 1-3\n---\n${JSON.stringify({
  schema_version: 'authorship/3.0.0',
  base_commit_sha: '',
  prompts: { '0123456789abcdef': { agent_id: { tool: 'claude' } } },
})}`
const unknownNote =
  'a.ts\n  0123456789abcdef 1-3\n---\n{"schema_version":"authorship/3.0.0","base_commit_sha":"","prompts":{}}'

describe('one commit', () => {
  test.each<[string, Partial<Commit>, object]>([
    [
      'nothing',
      {},
      {
        assistance: 'undeclared',
        agentAuthored: false,
        tools: [],
        reason: 'nothing recorded, which does not show that no AI was used',
      },
    ],
    [
      'a tool’s mark',
      { message: `Add x\n\n${claude}\n` },
      {
        assistance: 'assisted',
        agentAuthored: false,
        tier: 'E2',
        tools: ['claude-code'],
        reason: 'carries the mark that an AI tool leaves',
      },
    ],
    [
      'a forged agent’s address',
      { author: agent },
      { assistance: 'assisted', agentAuthored: true, tier: 'E2', tools: ['copilot-coding-agent'] },
    ],
    [
      'a verified agent',
      {
        author: agent,
        committer: gitHub,
        verified: true,
        authorAccount: { id: 198982749, login: 'Copilot', bot: true },
      },
      {
        assistance: 'assisted',
        agentAuthored: true,
        tier: 'E1',
        tools: ['copilot-coding-agent'],
        reason: 'attested by a verified account or an authorship note',
      },
    ],
    [
      'a declaration, which names no tool',
      { message: 'Add x\n\nAI-Assistance: agent\n' },
      {
        assistance: 'assisted',
        agentAuthored: true,
        tier: 'E3',
        tools: [],
        reason: 'a person declared AI assistance',
      },
    ],
    [
      'a declaration of none',
      { message: 'Add x\n\nAI-Assistance: none\n' },
      {
        assistance: 'unassisted',
        tier: 'E3',
        tools: [],
        reason: 'a person declared that no AI was used',
      },
    ],
    [
      'a declaration against a mark',
      { message: `Add x\n\nAI-Assistance: none\n${claude}\n` },
      {
        assistance: 'assisted',
        tier: 'E2',
        tools: ['claude-code'],
        setAside: 'disputed',
        overruled: [expect.objectContaining({ tier: 'E3', claim: 'unassisted' })],
        reason: 'a tool left its mark and a person declared otherwise: disputed',
      },
    ],
    [
      'a note without AI',
      { notes: noteOf(emptyNote) },
      {
        assistance: 'unassisted',
        tier: 'E1',
        tools: [],
        reason: 'its authorship note saw no line by AI',
      },
    ],
    [
      'a note with a tool',
      { notes: noteOf(claudeNote) },
      { assistance: 'assisted', agentAuthored: false, tier: 'E1', tools: ['claude-code'] },
    ],
    [
      'a note whose tool is not known: the note is none',
      { notes: noteOf(unknownNote) },
      { assistance: 'assisted', tier: 'E1', tools: [] },
    ],
    [
      'a note without AI and a mark',
      { notes: noteOf(emptyNote), message: `Add x\n\n${claude}\n` },
      { assistance: 'assisted', tier: 'E2', overruled: [expect.objectContaining({ tier: 'E1' })] },
    ],
    [
      'a mark of bad days alone',
      { message: `Add x\n\n${copilotLine}\n`, authoredAt: badDay },
      {
        assistance: 'undeclared',
        tools: [],
        setAside: 'unreliable-mark',
        reason: 'the only mark comes from a time in which it was written without AI use',
      },
    ],
    [
      'a mark of bad days with another: that one counts',
      { message: `Add x\n\n${copilotLine}\n${claude}\n`, authoredAt: badDay },
      { assistance: 'assisted', tier: 'E2', tools: ['claude-code'] },
    ],
    [
      'the same mark before the bad days',
      { message: `Add x\n\n${copilotLine}\n`, authoredAt: Date.parse('2026-04-21') },
      { assistance: 'assisted', tier: 'E3', tools: ['copilot-vscode'] },
    ],
    [
      'an accepted suggestion',
      {
        author: dev,
        committer: gitHub,
        message:
          'Update a.ts\n\nCo-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>\n',
      },
      {
        assistance: 'undeclared',
        tools: [],
        reason: 'an AI review suggestion was accepted, which is not authorship',
      },
    ],
    [
      'a bot',
      { author: dependabot },
      {
        assistance: 'undeclared',
        automation: 'dependabot',
        reason: 'made by a bot that is not an AI tool',
      },
    ],
    [
      'a weak sign',
      { message: 'aider: fix: the parser\n' },
      {
        assistance: 'undeclared',
        tools: [],
        reason: 'only weak signs, which are never enough alone',
      },
    ],
  ])('%s', (_, commit, expected) => {
    expect(assess(commit)).toMatchObject(expected)
  })

  test('is set aside only where it must be', () => {
    expect(assess({ message: `Add x\n\n${claude}\n` }).setAside).toBeUndefined()
    expect(
      assess({ message: `Add x\n\n${copilotLine}\n${claude}\n`, authoredAt: badDay }).setAside,
    ).toBeUndefined()
  })

  test('carries its sha, its trailers and the registry’s version', () => {
    expect(assess({ sha: 'a'.repeat(40), message: `Add x\n\n${claude}\n` })).toMatchObject({
      sha: 'a'.repeat(40),
      trailers: [{ key: 'Co-Authored-By', value: 'Claude <noreply@anthropic.com>', line: 3 }],
      registry: marks.version,
    })
    expect(assess({}).sha).toBeUndefined()
  })
})

test('tools are named once and sorted', () => {
  const message = `Add x\n\nCo-authored-by: Cursor <cursoragent@cursor.com>\n${claude}\nClaude-Session: https://claude.ai/code/session_0123456789abcdef\n`
  expect(assess({ message }).tools).toEqual(['claude-code', 'cursor'])
})
