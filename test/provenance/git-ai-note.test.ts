import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AuthorshipNote } from '../../src/provenance/authorship-note.ts'
import { gitAiNotes } from '../../src/provenance/git-ai-note.ts'
import { propertyRuns } from '../support/property-runs.ts'

const SESSION = 's_c9883b05a2487d'
const OTHER_SESSION = 's_e7f2a90b31cc48'
const PERSON = 'h_31dce776f88375'
const LEGACY = 'abcd1234abcd1234'
const SHA = '7734793b756b3921c88db5375a8c156e9532447b'

const record = (tool: string) => ({
  agent_id: { tool, id: '6ef2299e-a67f-432b-aa80-3d2fb4d28999', model: 'model-1' },
  human_author: 'Dev <dev@example.com>',
})

const prompt = (tool: string) => ({
  ...record(tool),
  total_additions: 25,
  total_deletions: 5,
  accepted_lines: 20,
  overriden_lines: 0,
})

const humans = { [PERSON]: { author: 'Dev <dev@example.com>' } }

function noteOf(attestations: readonly string[], members: object = {}): string {
  const metadata = {
    schema_version: 'authorship/3.0.0',
    git_ai_version: '1.4.5',
    base_commit_sha: SHA,
    prompts: {},
    ...members,
  }
  return [...attestations, '---', JSON.stringify(metadata, null, 2)].join('\n')
}

const read = (text: string) => gitAiNotes.read(text, { sha: SHA })

const ATTESTED = 'lines are attested to an AI session'
const UNATTESTED = 'an AI session is recorded, but no lines of it are attested'
const NO_SESSION = 'no AI session is recorded'
const ONLY_PEOPLE = 'lines are attested to people and none to an AI session'
const ONLY_TESTS = 'only a test tool is recorded'

describe('notes as the standard writes them', () => {
  test.each<{ name: string; text: string; expected: AuthorshipNote }>([
    {
      name: 'sessions',
      text: noteOf(
        [
          'src/main.rs',
          `  ${SESSION}::t_9f8e7d6c5b4a32 1-10,15-20`,
          `  ${SESSION}::t_a1b2c3d4e5f678 25,30-35`,
          `  ${PERSON} 42-50`,
          'src/lib.rs',
          `  ${OTHER_SESSION}::t_deadbeef012345 1-50`,
        ],
        { humans, sessions: { [SESSION]: record('cursor'), [OTHER_SESSION]: record('claude') } },
      ),
      expected: { finding: 'assisted', tools: ['cursor', 'claude'], reason: ATTESTED },
    },
    {
      name: 'legacy prompts',
      text: noteOf(
        [
          'src/main.rs',
          `  ${LEGACY} 1-10,15-20`,
          '  ef0b5678ef0b5678 25,30-35',
          'src/lib.rs',
          `  ${LEGACY} 1-50`,
        ],
        { prompts: { [LEGACY]: prompt('cursor'), ef0b5678ef0b5678: prompt('cursor') } },
      ),
      expected: { finding: 'assisted', tools: ['cursor'], reason: ATTESTED },
    },
    {
      name: 'prompts, sessions and people in one note',
      text: noteOf(
        [
          'src/main.rs',
          `  ${SESSION}::t_9f8e7d6c5b4a32 1-10`,
          `  ${PERSON} 15-20`,
          'src/lib.rs',
          `  ${LEGACY} 1-50`,
        ],
        {
          prompts: { [LEGACY]: prompt('cursor') },
          humans,
          sessions: { [SESSION]: record('claude') },
        },
      ),
      expected: { finding: 'assisted', tools: ['claude', 'cursor'], reason: ATTESTED },
    },
    {
      name: 'a quoted path and a path that looks like a divider',
      text: noteOf(['"src/my file.rs"', `  ${SESSION}::t_9f8e7d6c5b4a32 42`, '----'], {
        sessions: { [SESSION]: record('codex') },
      }),
      expected: { finding: 'assisted', tools: ['codex'], reason: ATTESTED },
    },
    {
      name: 'people only',
      text: noteOf(['README.md', `  ${PERSON} 66,132-133`], { humans }),
      expected: { finding: 'unassisted', tools: [], reason: ONLY_PEOPLE },
    },
    {
      name: 'nothing attested and nothing recorded',
      text: noteOf([]),
      expected: { finding: 'unassisted', tools: [], reason: NO_SESSION },
    },
    {
      name: 'a session whose lines are all gone',
      text: noteOf([], { sessions: { [SESSION]: record('claude') } }),
      expected: { finding: 'unknown', tools: [], reason: UNATTESTED },
    },
    {
      name: 'a prompt whose lines are all gone beside lines of a person',
      text: noteOf(['README.md', `  ${PERSON} 3`], {
        humans,
        prompts: { [LEGACY]: prompt('claude') },
      }),
      expected: { finding: 'unknown', tools: [], reason: UNATTESTED },
    },
  ])('$name', ({ text, expected }) => {
    expect(read(text)).toEqual(expected)
  })
})

describe('notes as git-ai wrote them in public repositories', () => {
  test.each<{ name: string; text: string; expected: AuthorshipNote }>([
    {
      name: 'ranges that are out of order',
      text: noteOf(['src/a.rs', `  ${SESSION}::t_013c07475d8e43 2,40-43,25-30,204,212,172-173`], {
        sessions: { [SESSION]: record('claude') },
      }),
      expected: { finding: 'assisted', tools: ['claude'], reason: ATTESTED },
    },
    {
      name: 'a session key without a record',
      text: noteOf(['src/a.rs', '  s_d46277b929576d::t_94d4be898beec9 195-197,209']),
      expected: { finding: 'assisted', tools: [], reason: ATTESTED },
    },
    {
      name: 'a seven character key without a record, the base is the parent, no version',
      text: noteOf(['src/a.rs', '  0a1efe2 1303-1304,1329'], {
        base_commit_sha: 'ededa38f24b3c944f46da14c43c540145aa01566',
        git_ai_version: undefined,
      }),
      expected: { finding: 'assisted', tools: [], reason: ATTESTED },
    },
    {
      name: 'a conversation id as key',
      text: noteOf(['src/a.rs', '  94341aa7-fe48-4948-ab50-4fa9abb78651 7'], {
        prompts: { '94341aa7-fe48-4948-ab50-4fa9abb78651': prompt('Cursor') },
      }),
      expected: { finding: 'assisted', tools: ['cursor'], reason: ATTESTED },
    },
    {
      name: 'the key ai_agent, which has no record',
      text: noteOf(['src/a.rs', '  ai_agent 1-9']),
      expected: { finding: 'assisted', tools: [], reason: ATTESTED },
    },
    {
      name: 'the key human of early versions, alone',
      text: noteOf(['tests/stats.rs', '  human 68,151,196']),
      expected: { finding: 'unassisted', tools: [], reason: ONLY_PEOPLE },
    },
    {
      name: 'the key human beside a prompt',
      text: noteOf(['tests/stats.rs', '  e61c0a4 67,131-148', '  human 68'], {
        prompts: { e61c0a4: prompt('cursor') },
      }),
      expected: { finding: 'assisted', tools: ['cursor'], reason: ATTESTED },
    },
    {
      name: 'a prompt whose tool is a person',
      text: noteOf(['src/a.rs', `  ${LEGACY} 1`], { prompts: { [LEGACY]: prompt('human') } }),
      expected: { finding: 'unassisted', tools: [], reason: ONLY_PEOPLE },
    },
    {
      name: 'a benchmark of git-ai',
      text: noteOf(['bench/generated/file_3.txt', `  ${SESSION}::t_5c68e0e75c5096 1-1000`], {
        sessions: { [SESSION]: record('mock_ai') },
      }),
      expected: { finding: 'unknown', tools: [], reason: ONLY_TESTS },
    },
    {
      name: 'a test agent, its key without a trace',
      text: noteOf(['beta.txt', `  ${SESSION} 1-2`], {
        sessions: { [SESSION]: record('test-agent') },
      }),
      expected: { finding: 'unknown', tools: [], reason: ONLY_TESTS },
    },
    {
      name: 'a test tool recorded without lines',
      text: noteOf([], { sessions: { [SESSION]: record('mock_ai') } }),
      expected: { finding: 'unknown', tools: [], reason: ONLY_TESTS },
    },
    {
      name: 'a test tool beside a real one',
      text: noteOf(
        ['a.txt', `  ${SESSION}::t_5c68e0e75c5096 1`, `  ${OTHER_SESSION}::t_deadbeef012345 2`],
        { sessions: { [SESSION]: record('mock_ai'), [OTHER_SESSION]: record('Claude') } },
      ),
      expected: { finding: 'assisted', tools: ['claude'], reason: ATTESTED },
    },
    {
      name: 'carriage returns and members that nobody knows',
      text: noteOf(['src/a.rs', `  ${SESSION}::t_5c68e0e75c5096 1`], {
        sessions: { [SESSION]: record('claude') },
        logical_commit_id: 'x',
      }).replaceAll('\n', '\r\n'),
      expected: { finding: 'assisted', tools: ['claude'], reason: ATTESTED },
    },
    {
      name: 'transcripts inside the prompts',
      text: noteOf(['src/a.rs', `  ${LEGACY} 1`], {
        prompts: {
          [LEGACY]: {
            ...prompt('claude'),
            messages: [{ type: 'user', text: '---\n  not an attestation\n---\n' }],
          },
        },
      }),
      expected: { finding: 'assisted', tools: ['claude'], reason: ATTESTED },
    },
  ])('$name', ({ text, expected }) => {
    expect(read(text)).toEqual(expected)
  })
})

describe('notes that are not what they should be', () => {
  const NO_DIVIDER = 'the line "---" before the metadata is missing'
  const NO_JSON = 'the metadata is not JSON'
  const INCOMPLETE = 'the metadata lacks its schema version or its sessions'
  const OTHER_SCHEMA = 'the schema version is not authorship/3'
  const NO_ENTRY = 'an attestation is not a key and line ranges'

  test.each([
    ['nothing', '', NO_DIVIDER],
    ['a divider with spaces', 'a.txt\n  abc 1\n --- \n{}', NO_DIVIDER],
    ['a divider alone', '---', NO_JSON],
    ['metadata that break off', '---\n{"schema_version": ', NO_JSON],
    ['two notes in one', `${noteOf([])}\n\n${noteOf([])}`, NO_JSON],
    ['null', '---\nnull', INCOMPLETE],
    ['no prompts', '---\n{"schema_version":"authorship/3.0.0"}', INCOMPLETE],
    ['no schema version', noteOf([], { schema_version: undefined }), INCOMPLETE],
    ['sessions that are a list', noteOf([], { sessions: [] }), INCOMPLETE],
    ['the schema of the first experiments', noteOf([], { schema_version: '0.0.1' }), OTHER_SCHEMA],
    ['the next schema', noteOf([], { schema_version: 'authorship/4.0.0' }), OTHER_SCHEMA],
    ['an entry before any path', noteOf(['  abc 1']), 'an attestation stands before any file'],
    ['an entry without ranges', noteOf(['a.txt', '  abc']), NO_ENTRY],
    ['an entry without a key', noteOf(['a.txt', '   1-2']), NO_ENTRY],
    ['ranges in words', noteOf(['a.txt', '  abc one to two']), NO_ENTRY],
    ['too much', 'x'.repeat(16 * 1024 * 1024 + 1), 'the note is longer than 16 MiB'],
  ])('%s', (_, text, invalid) => {
    expect(read(text)).toEqual({ invalid })
  })

  test('a later 3.x of the standard is read', () => {
    const text = noteOf(['a.txt', '  abc 1'], { schema_version: 'authorship/3.4.0' })
    expect(read(text)).toMatchObject({ finding: 'assisted' })
  })

  test.each([
    ['no agent', {}],
    ['a tool that is no string', { agent_id: { tool: 7 } }],
    ['a tool without a name', { agent_id: { tool: ' ' } }],
    ['a tool with a name beyond bounds', { agent_id: { tool: 'x'.repeat(65) } }],
    ['no object', 'claude'],
  ])('a record with %s leaves an AI session without a tool', (_, value) => {
    const members = { sessions: { [SESSION]: value } }
    expect(read(noteOf(['a.txt', `  ${SESSION}::t_1 1`], members))).toEqual({
      finding: 'assisted',
      tools: [],
      reason: ATTESTED,
    })
    expect(read(noteOf([], members))).toMatchObject({ finding: 'unknown', reason: UNATTESTED })
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'the key %s is a key like any other',
    (key) => {
      expect(read(noteOf(['a.txt', `  ${key} 1`]))).toEqual({
        finding: 'assisted',
        tools: [],
        reason: ATTESTED,
      })
    },
  )

  test('a note cannot make a list of tools without end', () => {
    const ids = Array.from({ length: 100 }, (_, index) => `${index}`)
    const note = read(
      noteOf(['a.txt', ...ids.map((id) => `  ${id} 1`)], {
        prompts: Object.fromEntries(ids.map((id) => [id, prompt(`tool-${id}`)])),
      }),
    )
    expect(note).toMatchObject({ finding: 'assisted' })
    expect('tools' in note && note.tools).toHaveLength(32)
  })

  test('half a million ranges in one attestation are read', () => {
    const ranges = Array.from({ length: 500_000 }, (_, index) => index * 2 + 1).join(',')
    expect(read(noteOf(['a.txt', `  abc ${ranges}`]))).toMatchObject({ finding: 'assisted' })
  })
})

describe('properties', () => {
  const REASONS = [ATTESTED, UNATTESTED, NO_SESSION, ONLY_PEOPLE, ONLY_TESTS]
  const hex = (length: number) =>
    fc.string({
      unit: fc.constantFrom(...'0123456789abcdef'),
      minLength: length,
      maxLength: length,
    })
  const ai = fc.oneof(
    hex(7),
    hex(16),
    fc.tuple(hex(14), hex(14)).map(([session, trace]) => `s_${session}::t_${trace}`),
  )
  const person = hex(14).map((id) => `h_${id}`)
  const ranges = fc
    .array(
      fc.oneof(
        fc.nat(),
        fc.tuple(fc.nat(), fc.nat()).map((pair) => pair.join('-')),
      ),
      {
        minLength: 1,
      },
    )
    .map((parts) => parts.join(','))
  const path = fc.oneof(fc.constant('src/main.rs'), fc.constant('"a file"'), fc.constant('----'))
  const entry = (key: fc.Arbitrary<string>) =>
    fc.tuple(key, ranges).map(([name, lines]) => `  ${name} ${lines}`)

  test('arbitrary text is read without throwing, and only the closed vocabulary comes back', () => {
    const metadata = fc.record(
      {
        schema_version: fc.oneof(fc.constant('authorship/3.0.0'), fc.string()),
        prompts: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue()),
        sessions: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .tuple(fc.array(fc.oneof(path, entry(ai), fc.string())), metadata)
        .map(([lines, json]) => [...lines, '---', JSON.stringify(json)].join('\n')),
    )
    fc.assert(
      fc.property(text, (note) => {
        const answer = read(note)
        if ('invalid' in answer) expect(answer.invalid).toMatch(/^(the|an) [\w "\-/]+$/)
        else {
          expect(REASONS).toContain(answer.reason)
          if (answer.finding !== 'assisted') expect(answer.tools).toEqual([])
        }
      }),
      { numRuns: propertyRuns(1000) },
    )
  })

  test('one attested AI session is enough, whatever else is attested', () => {
    fc.assert(
      fc.property(path, entry(ai), fc.array(entry(fc.oneof(ai, person))), (file, one, others) => {
        expect(read(noteOf([file, ...others, one]))).toMatchObject({ finding: 'assisted' })
      }),
    )
  })

  test('lines of people alone never say that AI took part', () => {
    fc.assert(
      fc.property(path, fc.array(entry(person), { minLength: 1 }), (file, entries) => {
        expect(read(noteOf([file, ...entries]))).toMatchObject({ finding: 'unassisted', tools: [] })
      }),
    )
  })
})

const clones = (process.env.WHAT_SHIPPED_CLONES ?? '').split(':').filter((path) => path !== '')

function git(clone: string, args: readonly string[], input = ''): Buffer {
  return execFileSync('git', ['-C', clone, ...args], { input, maxBuffer: 2 ** 30 })
}

/** Object ids of all notes, in the order of the commits they are for. */
function listNotes(clone: string): string[] {
  const known = git(clone, ['for-each-ref', '--format=%(refname)', gitAiNotes.ref]).length > 0
  if (!known) return []
  const entries = git(clone, ['ls-tree', '-r', '-z', gitAiNotes.ref]).toString('latin1')
  return Array.from(entries.matchAll(/blob ([0-9a-f]+)\t/g), ([, id = '']) => id)
}

function* readBlobs(clone: string, ids: readonly string[]): Generator<string> {
  const together = 20
  for (let start = 0; start < ids.length; start += together) {
    const batch = ids.slice(start, start + together)
    const output = git(clone, ['cat-file', '--batch'], batch.join('\n'))
    let at = 0
    while (at < output.length) {
      const end = output.indexOf('\n', at)
      const size = Number(output.toString('latin1', at, end).split(' ').at(-1))
      yield output.toString('utf8', end + 1, end + 1 + size)
      at = end + 1 + size + 1
    }
  }
}

describe('every note of the clones in WHAT_SHIPPED_CLONES', () => {
  test('none is invalid', { timeout: 120_000 }, async (context) => {
    const noted = clones.filter((clone) => listNotes(clone).length > 0)
    if (noted.length === 0) context.skip('WHAT_SHIPPED_CLONES names no clone with refs/notes/ai')
    const counts = { assisted: 0, unassisted: 0, unknown: 0, invalid: 0 }
    for (const clone of noted) {
      for (const text of readBlobs(clone, listNotes(clone))) {
        const note = read(text)
        counts['invalid' in note ? 'invalid' : note.finding] += 1
      }
    }
    await context.annotate(JSON.stringify(counts))
    expect(counts.invalid).toBe(0)
    expect(counts.assisted).toBeGreaterThan(0)
    expect(counts.unassisted).toBeGreaterThan(0)
  })
})
