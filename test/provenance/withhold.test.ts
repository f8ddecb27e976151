import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assessCommit } from '../../src/provenance/assess-commit.ts'
import type { Commit } from '../../src/provenance/commit.ts'
import { findChangeEvidence } from '../../src/provenance/find-change-evidence.ts'
import data from '../../src/provenance/registry.json' with { type: 'json' }
import { indexRegistry } from '../../src/provenance/registry.ts'
import { RegistrySchema } from '../../src/provenance/registry-schema.ts'
import { withholdDescription, withholdText } from '../../src/provenance/withhold.ts'
import { nastyMessage } from '../support/git-trailers.ts'
import { maliciousTexts } from '../support/malicious-inputs.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { readingOf } from '../support/recorded-commit.ts'
import vectors from './trailer-vectors.json' with { type: 'json' }

const registry = RegistrySchema.parse(data)
const marks = indexRegistry(registry)

/** Stands for a person: as long as a real key. */
function personKey(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest('hex').slice(0, 32)
}

function withheld(text: string): string {
  return withholdText(text, marks, personKey)
}

const webFlow = { name: 'GitHub', email: 'noreply@github.com' }

/** What is read of a message by itself, and as what GitHub's page committed. */
function readings(message: string, known = marks) {
  return [{}, { committer: webFlow }].map((commit: Partial<Commit>) =>
    readingOf(assessCommit({ ...commit, message }, known)),
  )
}

function descriptionReading(description: string) {
  const { evidence } = findChangeEvidence({ commits: [], complete: true, description }, marks)
  return evidence.map(({ text: _, ...sign }) => sign)
}

function expectSameReading(message: string): string {
  const text = withheld(message)
  expect({ message, read: readings(text) }).toEqual({ message, read: readings(message) })
  expect(text.split('\n')).toHaveLength(message.split('\n').length)
  // Withholding what is withheld already takes nothing more away.
  expect(readings(withheld(text))).toEqual(readings(message))
  return text
}

const ada = 'Ada Lovelace <ada@example.com>'
const adasKey = personKey('ada@example.com')
const claude = 'Co-Authored-By: Claude <noreply@anthropic.com>'

describe('a message keeps its marks and trailers', () => {
  test.each([
    ['nobody’s words', 'Ask @ada about it\n\nShe knows.\n', '…\n\n…\n'],
    [
      'a person’s trailer',
      `Fix\n\nSigned-off-by: ${ada}`,
      `…\n\nSigned-off-by: person <${adasKey}@person.invalid>`,
    ],
    ['a mark', `Fix\n\n${claude}`, `…\n\n${claude}`],
    [
      'the model, which is no person',
      'Fix\n\nCo-Authored-By: Claude Opus 4.5 (1M context) <noreply@anthropic.com>',
      '…\n\nCo-Authored-By: Claude Opus 4.5 (1M context) <noreply@anthropic.com>',
    ],
    [
      'a person’s name at a tool’s address',
      'Fix\n\nCo-Authored-By: Ada Lovelace <noreply@anthropic.com>',
      '…\n\nCo-Authored-By: … <noreply@anthropic.com>',
    ],
    ['a tool’s prefix', 'aider: Tell Ada first', 'aider: aaaa …'],
    [
      'two such prefixes apart',
      'Fix\n\naider: Hear Ada\naider: Tell Ada',
      '…\n\naider: aaaa …\naider: aaaa ……',
    ],
    [
      'a key that is no word of ours',
      'Fix\n\nAda: see above\nhttps://ada.example.com',
      '…\n\nTrailer: …\nhttps:…',
    ],
    ['a plain key', 'Fix\n\nFixes: #12 for Ada\nChange-Id: I1234', '…\n\nFixes: …\nChange-Id: …'],
    ['a closed value', 'Fix\n\nReviewed: yes\nTested: 80%', '…\n\nReviewed: yes\nTested: 80%'],
    [
      'a folded value',
      `Fix\n\nReviewed-by: Ada Lovelace\n  <ada@example.com>\nSee: a\n b`,
      `…\n\nReviewed-by: person <${adasKey}@person.invalid>\n  …\nSee: …\n …`,
    ],
    [
      'several people',
      `Fix\n\nCc: ${ada}, bob@example.com`,
      `…\n\nCc: person <${adasKey}@person.invalid>, person <${personKey('bob@example.com')}@person.invalid>`,
    ],
    [
      'a bot',
      'Fix\n\nCo-authored-by: dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>',
      '…\n\nCo-authored-by: dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>',
    ],
    [
      'a hidden mark’s place',
      `Fix\n\n> ${claude}\n\n\`\`\`\n${claude}\n\`\`\``,
      '…\n\n…\n\n…\n…\n…',
    ],
    [
      'an accepted suggestion',
      `Update src/ada.ts\n\nCo-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>`,
      'Apply suggestions from …\n\nCo-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>',
    ],
    [
      'a local squash',
      `Squashed commit of the following:\n\ncommit 1\n\n    Ask Ada\n\n    ${claude}`,
      `Squashed commit of the following:\n\n…\n\n    …\n\n    ${claude}`,
    ],
    [
      'a picked commit',
      `Fix\n\nSigned-off-by: ${ada}\n(cherry picked from commit 0123456789abcdef)\nAda did it`,
      `…\n\nSigned-off-by: person <${adasKey}@person.invalid>\n(cherry picked from commit 0123456789abcdef)\n…`,
    ],
    [
      'a session without its number',
      'Fix\n\nAmp-Thread-ID: https://ampcode.com/threads/T-0198f3aa-1c2d-7b1e-9d7e-0a1b2c3d4e5f',
      '…\n\nAmp-Thread-ID: https://ampcode.com/threads/T-0000a0aa-0a0a-0a0a-0a0a-0a0a0a0a0a0a',
    ],
  ])('%s', (_, message, expected) => {
    expect(expectSameReading(message)).toBe(expected)
  })

  test('a squash merge, with what was only suggested', () => {
    const copilot = 'Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>'
    const message = [
      'Add it (#12)',
      '',
      '* Add it for Ada',
      '',
      '* Update src/ada.ts',
      '',
      copilot,
      '',
      '---------',
      '',
      copilot,
      `Co-authored-by: ${ada}`,
    ].join('\n')
    expect(expectSameReading(message)).toBe(
      [
        '…',
        '',
        '* …',
        '',
        '* Apply suggestions from …',
        '',
        copilot,
        '',
        '---------',
        '',
        copilot,
        `Co-authored-by: person <${adasKey}@person.invalid>`,
      ].join('\n'),
    )
  })
})

describe('the reading stays the same', () => {
  test.each(vectors.map(({ name, message }) => [name, message]))('trailers: %s', (_, message) => {
    expectSameReading(message)
  })

  const inMessages = registry.tools.flatMap((tool) =>
    tool.marks.flatMap((mark) =>
      [...mark.examples, ...mark.counterexamples].flatMap((text): [string, string][] => {
        const name = `${tool.id}/${mark.id}`
        if (mark.in === 'co-author') return [[name, `Co-authored-by: ${text}`]]
        if (mark.in === 'line') return [[name, text]]
        if (mark.in !== 'trailer') return []
        return mark.keys.map((key): [string, string] => [name, `${key}: ${text}`])
      }),
    ),
  )

  test.each([...Map.groupBy(inMessages, ([name]) => name)])('%s', (_, cases) => {
    for (const [, line] of cases) {
      for (const message of [
        line,
        `Zqfix\n\n${line}\n`,
        `Zqfix\n\nzqmore ${line}\n\nZqend.`,
        `Zqfix\n${line}\n${line}`,
        `Zqfix (#12)\n\n* Update zq.ts\n\n${line}\n\n---\n\n${line}\nSigned-off-by: ${ada}`,
        `Zqfix\\n\\n${line}`,
        `Zqfix\n\nSquashed commit of the following:\n\n    ${line}\n`,
        `Apply suggestion from @zq\n\n${line.replace(/^[^:]*/, (key) => key.toUpperCase())}`,
        `Zqfix\n\n\`\`\`\n${line}\n\`\`\`\n> ${line}\n<!--\n${line}\n-->`,
      ]) {
        expect(expectSameReading(message)).not.toMatch(/zq|lovelace/i)
        expect(descriptionReading(withholdDescription(message, marks, personKey))).toEqual(
          descriptionReading(message),
        )
      }
    }
  })

  test.each(maliciousTexts.map(({ name, text }) => [name, text]))('malicious: %s', (_, text) => {
    expectSameReading(text)
    expectSameReading(`s\n\n${text}`)
    expectSameReading(`s\n\nAssisted-by: ${text}\n`)
    expect(descriptionReading(withholdDescription(text, marks, personKey))).toEqual(
      descriptionReading(text),
    )
  })

  test('of any message', () => {
    fc.assert(
      fc.property(nastyMessage, (message) => {
        expectSameReading(message)
      }),
      { numRuns: propertyRuns(500) },
    )
  })

  const word = fc.constantFrom(
    'zqask',
    'Zqada',
    'ZQLOVELACE',
    'zq-bob',
    '@zqlogin',
    'zq.txt',
    'zqcafé',
  )
  const address = fc.constantFrom('zqada@zqhost.com', '12345678+zqada@users.noreply.github.com')
  const person = fc.tuple(word, word, address).map(([one, two, at]) => `${one} ${two} <${at}>`)
  const examples = inMessages.map(([, line]) => line).filter((line) => !/zq/i.test(line))
  const own = fc.constantFrom(
    ...examples,
    'Squashed commit of the following:',
    'Conflicts:',
    '# ------------------------ >8 ------------------------',
    '---------',
    '```',
    '<!-- zq',
    '-->',
    ...registry.reviewerBlocks.flatMap(({ start, end }) => [start, end]),
    'Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>',
    '* Update zq.ts',
    '* zqmore',
    '(cherry picked from commit 0123456789abcdef)',
    '# zq',
    '',
    '',
  )
  const line = fc.oneof(
    { weight: 3, arbitrary: own },
    fc.array(word, { maxLength: 5 }).map((words) => words.join(' ')),
    fc.tuple(word, person).map(([key, value]) => `${key.replace(/\W/g, '')}: ${value}`),
    fc
      .tuple(
        fc.constantFrom('Signed-off-by', 'Co-authored-by', 'Reviewed-by', 'AI-assisted'),
        person,
      )
      .map(([key, value]) => `${key}: ${value}`),
    fc
      .tuple(fc.constantFrom('    ', '\t', ' ', '> ', '\\n', '#', '-'), own)
      .map(([start, text]) => `${start}${text}`),
    fc.tuple(own, word).map(([text, more]) => `${text} ${more}`),
    fc.tuple(word, own).map(([one, two]) => `${one}\\n${two}`),
    own.map((text) => `${text}\r`),
  )
  const message = fc.array(line, { maxLength: 14 }).map((lines) => lines.join('\n'))

  test('and no word, name or address of a person is left', () => {
    fc.assert(
      fc.property(message, (text) => {
        expect(expectSameReading(text)).not.toMatch(/zq/i)
        const description = withholdDescription(text, marks, personKey)
        expect(description).not.toMatch(/zq/i)
        expect({ text, read: descriptionReading(description) }).toEqual({
          text,
          read: descriptionReading(text),
        })
      }),
      { numRuns: propertyRuns(2_000) },
    )
  })
})
