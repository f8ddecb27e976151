import { delimiter } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  recordActor,
  recordCommit,
  recordDescription,
  recordHeadBranch,
  recordIdentity,
  recordTime,
} from '../../src/delivery/index.ts'
import { openRepository, readCommits } from '../../src/git/index.ts'
import { assessCommit, type Commit } from '../../src/provenance/index.ts'
import data from '../../src/provenance/registry.json' with { type: 'json' }
import { RegistrySchema } from '../../src/provenance/registry-schema.ts'
import { gitAiNote } from '../support/ai-marks.ts'
import {
  readingOf,
  shippedMarks,
  testPseudonyms,
  testRecording,
  throughRecord,
} from '../support/recorded-commit.ts'

const registry = RegistrySchema.parse(data)
const sha = '1'.repeat(40)
const ada = { name: 'Ada Lovelace', email: 'ada@example.com' }
const adasKey = testPseudonyms.person('ada@example.com')

describe('an identity', () => {
  test('of a person is the key of the address', () => {
    expect(recordIdentity(ada, testRecording)).toEqual({ kind: 'person', person: adasKey })
  })

  test('with an account’s number is the key of the account', () => {
    const email = '12345678+ada@users.noreply.github.com'
    expect(recordIdentity({ name: 'Ada', email }, testRecording)).toEqual({
      kind: 'person',
      person: testPseudonyms.person(12345678),
    })
    expect(recordActor({ id: 12345678, login: 'ada', bot: false }, testRecording)).toEqual({
      kind: 'person',
      person: testPseudonyms.person(12345678),
    })
  })

  test.each([
    ['a tool', { name: 'Claude', email: 'noreply@anthropic.com' }, undefined],
    ['GitHub itself', { name: 'GitHub', email: 'noreply@github.com' }, undefined],
    [
      'a bot',
      { name: 'renovate[bot]', email: '29139614+renovate[bot]@users.noreply.github.com' },
      undefined,
    ],
    [
      'an app that nobody knows',
      { name: 'zq-app[bot]', email: '12+zq-app[bot]@users.noreply.github.com' },
      undefined,
    ],
    [
      'a tool with a person’s name',
      { name: 'Ada Lovelace', email: 'noreply@anthropic.com' },
      { name: '…', email: 'noreply@anthropic.com' },
    ],
    [
      'a person’s with a tool’s suffix',
      { name: 'Ada Lovelace (aider)', email: 'ada@example.com' },
      { name: '… (aider)', email: `${adasKey}@person.invalid` },
    ],
  ])('of %s is kept without people', (_, identity, expected) => {
    expect(recordIdentity(identity, testRecording)).toEqual({
      kind: 'known',
      ...(expected ?? identity),
    })
  })

  const identities = registry.tools.flatMap((tool) =>
    tool.marks.flatMap((mark) => {
      if (mark.in !== 'author' && mark.in !== 'committer' && mark.in !== 'co-author') return []
      return [...mark.examples, ...mark.counterexamples].map((text) => [tool.id, text] as const)
    }),
  )

  test.each([...Map.groupBy(identities, ([tool]) => tool)])('reads as before: %s', (_, cases) => {
    for (const [, text] of cases) {
      const [, name = text, email = ''] = /^(.*?)\s*<([^<>]*)>$/.exec(text) ?? []
      for (const who of [
        { name, email },
        { name: `Zq ${name}`, email },
        { name, email: email.includes('[bot]') ? 'zq@example.com' : `zq${email}` },
      ]) {
        const commit: Commit = { sha, message: 'Add it', author: who, committer: who }
        const recorded = throughRecord(commit)
        expect({ who, read: readingOf(assessCommit(recorded, shippedMarks)) }).toEqual({
          who,
          read: readingOf(assessCommit(commit, shippedMarks)),
        })
        expect(JSON.stringify(recorded)).not.toMatch(/zq/i)
      }
    }
  })
})

describe('an account', () => {
  test.each([
    ['deleted', undefined, { kind: 'unknown' }],
    [
      'an app',
      { id: 5, login: 'zq[bot]', bot: true },
      { kind: 'bot', id: 5, login: 'zq[bot]', app: true },
    ],
    [
      'a robot with a person’s account',
      { id: 6, login: 'BrewTestBot', bot: false },
      { kind: 'bot', id: 6, login: 'BrewTestBot', app: false },
    ],
    [
      'a person',
      { id: 7, login: 'ada', bot: false },
      { kind: 'person', person: testPseudonyms.person(7) },
    ],
  ])('%s', (_, account, expected) => {
    expect(recordActor(account, testRecording)).toEqual(expected)
  })
})

describe('a branch', () => {
  test.each([
    ['main', 'main', true],
    ['release/1.2', 'release/1.2', true],
    ['v2.x', 'v2.x', true],
    ['Branch_2260', null, false],
    ['4711', null, false],
    ['fix-adas-login', null, false],
    ['release-notes-for-ada', null, false],
    ['copilot/fix-adas-login', 'copilot/…', false],
    ['claude/fix-adas-login', 'claude/…', false],
    ['vk/1a2b-ask-ada', 'vk/1a2b-…', false],
    ['revert-12-adas-branch', 'revert-12-…', false],
  ])('%s', (name, kept, longLived) => {
    expect(recordHeadBranch(name, testRecording)).toEqual({ name: kept, longLived })
  })
})

test('a description keeps its marks on their lines, and ends with the last', () => {
  const footer = '🤖 Generated with [Claude Code](https://claude.com/claude-code)'
  expect(
    recordDescription(`For Ada\n\n- a\n\n${footer}\n\nThanks, Ada`, null, testRecording),
  ).toEqual({
    marks: `…\n\n…\n\n${footer}`,
    editedAt: null,
  })
  expect(recordDescription('For Ada', '2026-01-01T00:00:00Z', testRecording)).toEqual({
    marks: '',
    editedAt: '2026-01-01T00:00:00Z',
  })
})

test.each([
  ['lines by a tool', gitAiNote('claude')],
  ['lines by a tool that nobody knows', gitAiNote('zq-tool')],
  ['none', gitAiNote()],
  ['people alone', 'src/zq.ts\n  h_1 1-3\n---\n{"schema_version":"authorship/3.0.0","prompts":{}}'],
  [
    'a session without lines',
    '---\n{"schema_version":"authorship/3.0.0","prompts":{"a":{"agent_id":{"tool":"codex"},"human_author":"Zq <zq@example.com>","messages":[{"text":"zq"}]}}}',
  ],
  [
    'a test tool',
    'src/zq.ts\n  a 1\n---\n{"schema_version":"authorship/3.0.0","prompts":{"a":{"agent_id":{"tool":"mock_ai"}}}}',
  ],
  ['no note at all', 'zq'],
])('an authorship note reads as before: %s', (_, note) => {
  const commit: Commit = {
    sha,
    message: 'Add it',
    notes: new Map([
      ['refs/notes/ai', note],
      ['refs/notes/zq', 'zq'],
    ]),
  }
  const recorded = recordCommit({ sha, ...commit }, null, testRecording)
  expect(JSON.stringify(recorded)).not.toMatch(/zq|widget/)
  expect(readingOf(assessCommit(throughRecord(commit), shippedMarks))).toEqual(
    readingOf(assessCommit(commit, shippedMarks)),
  )
})

test.each([
  [undefined, null],
  [0, '1970-01-01T00:00:00Z'],
  [1_500, '1970-01-01T00:00:01.500Z'],
  [Number.NaN, null],
  [9e15, null],
  [-9e14, null],
])('the time %s is %s', (milliseconds, expected) => {
  expect(recordTime(milliseconds)).toBe(expected)
})

describe('every commit of the clones in WHAT_SHIPPED_CLONES', () => {
  const clones = (process.env.WHAT_SHIPPED_CLONES ?? '').split(delimiter).filter(Boolean)

  test.skipIf(clones.length > 0)('is recorded', ({ skip }) => {
    skip('name the directories of clones in WHAT_SHIPPED_CLONES to record their histories too')
  })

  test.each(clones)(
    'reads as before and names nobody: %s',
    { timeout: 600_000 },
    async (directory) => {
      const repository = await openRepository(directory, { environment: process.env })
      const people = new Set<string>()
      const texts: string[] = []
      let commits = 0
      for await (const commit of readCommits(repository, { revisions: ['HEAD'] })) {
        commits += 1
        const recorded = recordCommit({ sha: '', ...commit }, null, testRecording)
        const read = readingOf(assessCommit(throughRecord(commit), shippedMarks))
        const expected = readingOf(assessCommit(commit, shippedMarks))
        if (JSON.stringify(read) !== JSON.stringify(expected)) expect(read).toEqual(expected)
        for (const [who, kept] of [
          [commit.author, recorded.author],
          [commit.committer, recorded.committer],
        ] as const) {
          if (who !== undefined && kept?.kind === 'person') people.add(who.email).add(who.name)
        }
        texts.push(JSON.stringify(recorded).toLowerCase())
      }
      expect(commits).toBeGreaterThan(0)
      const all = texts.join('\n')
      // A short name, or one word, may be a tool's too.
      const found = [...people].filter(
        (name) => /.\s.|@/.test(name) && all.includes(name.toLowerCase()),
      )
      expect(found).toEqual([])
    },
  )
})
