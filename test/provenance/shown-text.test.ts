import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexRegistry } from '../../src/provenance/registry.ts'
import { shownText } from '../../src/provenance/shown-text.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { smallRegistry } from '../support/small-registry.ts'

const marks = indexRegistry(
  smallRegistry([
    {
      id: 'claude-code',
      marks: [{ id: 'co-author', in: 'co-author', emails: ['noreply@anthropic.com'], tier: 'E2' }],
    },
    {
      id: 'devin',
      kind: 'agent',
      marks: [
        { id: 'author', in: 'author', accounts: [158243242], tier: 'E2' },
        { id: 'committer', in: 'committer', emails: ['agent@devin.example'], tier: 'E4' },
      ],
    },
  ]),
)

describe('people’s addresses', () => {
  test.each<[string, string]>([
    ['Signed-off-by: Dev <dev@example.com>', 'Signed-off-by: Dev <…>'],
    ['dev@example.com', '…'],
    ['(dev@example.com)', '…'],
    ['A <a@example.com>, B <b@example.com>', 'A <…>, B <…>'],
    ['Dev <1+dev@users.noreply.github.com>', 'Dev <…>'],
    ['[x](mailto:dev@example.com) and more', '… and more'],
    ['Claude <NoReply@Anthropic.com>', 'Claude <NoReply@Anthropic.com>'],
    [
      'Devin <158243242+devin-ai-integration[bot]@users.noreply.github.com>',
      'Devin <158243242+devin-ai-integration[bot]@users.noreply.github.com>',
    ],
    ['<agent@devin.example>', '<agent@devin.example>'],
    ['Claude <noreply@anthropic.com>,dev@example.com', 'Claude <noreply@anthropic.com>…'],
    ['@octocat at 12@ and @', '@octocat at 12@ and @'],
    ['no address', 'no address'],
    ['', ''],
  ])('%s', (text, shown) => {
    expect(shownText(text, marks)).toBe(shown)
  })

  test('are never shown, whatever stands around them', () => {
    const filler = fc.string({
      unit: fc.constantFrom(
        'a',
        ' ',
        '<',
        '>',
        '(',
        ')',
        '[',
        ']',
        ',',
        ';',
        ':',
        '"',
        '@',
        '🤖',
        '…',
      ),
      maxLength: 250,
    })
    fc.assert(
      fc.property(filler, fc.emailAddress(), filler, (before, email, after) => {
        const shown = shownText(`${before} ${email} ${after}`, marks)
        expect(shown).not.toContain(email)
        expect(shown).not.toContain(email.slice(0, email.indexOf('@') + 1))
      }),
      { numRuns: propertyRuns(1_000) },
    )
  })

  test('are not left in half where the text is cut', () => {
    const text = `${'x '.repeat(98)}dev.example.of.a.long.name@example.com`
    expect(shownText(text, marks)).toBe(`${'x '.repeat(98)}…`)
  })
})

describe('the length', () => {
  test('two hundred characters are shown whole, more are cut', () => {
    expect(shownText('x'.repeat(200), marks)).toBe('x'.repeat(200))
    expect(shownText('x'.repeat(201), marks)).toBe(`${'x'.repeat(199)}…`)
  })

  test('no code point is cut', () => {
    const shown = shownText('🤖'.repeat(150), marks)
    expect(shown).toBe(`${'🤖'.repeat(99)}…`)
  })

  test('a text of a million characters', () => {
    expect(shownText('x'.repeat(1_000_000), marks)).toHaveLength(200)
    expect(shownText('a@b '.repeat(250_000), marks)).toHaveLength(200)
    expect(shownText(`${'@'.repeat(1_000_000)}x`, marks)).toBe('…')
  })
})
