import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { visibleText } from '../../src/report/visible-text.ts'
import { maliciousTextsFor } from '../support/malicious-inputs.ts'
import { propertyRuns } from '../support/property-runs.ts'

const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u

const codePoints = (text: string) => Array.from(text).length

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc.string({
    unit: fc.constantFrom('a', ' ', '\u0301', '\u200b', '\ufeff', '\n', '👩‍👩‍👧', '\ud800', 'क्'),
    maxLength: 300,
  }),
)

describe('what is shown of a text', () => {
  test.each<[string, string, string]>([
    ['plain words', 'Assisted-by: Claude', 'Assisted-by: Claude'],
    ['every white space as one space', ' a\t\r\n\u00a0b\u2028c\u0085d\u3000', 'a b c d'],
    ['a zero-width space', 'Cla\u200bude', 'Cla<U+200B>ude'],
    ['a byte order mark, which is no white space', '\ufeffClaude\ufeff', '<U+FEFF>Claude<U+FEFF>'],
    ['a right-to-left override', 'Claude\u202egnissim', 'Claude<U+202E>gnissim'],
    ['a tag character', 'Claude\u{e0041}', 'Claude<U+E0041>'],
    ['a variation selector', 'Claude\ufe0f\u{e0100}', 'Claude<U+FE0F><U+E0100>'],
    ['a filler letter', 'Cl\u3164aude\u115f', 'Cl<U+3164>aude<U+115F>'],
    ['an escape sequence', '\u001b[2J\u0007', '<U+001B>[2J<U+0007>'],
    ['a control of the second set', 'a\u009b31m', 'a<U+009B>31m'],
    ['a NUL', 'a\0b', 'a<U+0000>b'],
    ['half a surrogate pair', 'a\ud800b', 'a\ufffdb'],
    ['a private character', '\ue000', '<U+E000>'],
    ['four combining marks of many', `e${'\u0301'.repeat(50)}x`, `e${'\u0301'.repeat(4)}x`],
    ['an emoji', '🤖 Generated', '🤖 Generated'],
    ['nothing', '', ''],
    ['only white space', ' \n\t ', ''],
  ])('%s', (_, text, shown) => {
    expect(visibleText(text)).toBe(shown)
  })

  test('what stands behind much white space is still shown', () => {
    expect(visibleText(`AI-Assistance:${' '.repeat(50_000)}none`)).toBe('AI-Assistance: none')
  })
})

describe('where a text is cut', () => {
  test.each<[string, string, number, string]>([
    ['not at its length', 'abcde', 5, 'abcde'],
    ['above it', 'abcdef', 5, 'abcd…'],
    ['counting code points, not code units', '🤖🤖🤖', 3, '🤖🤖🤖'],
    ['never inside a code point', '🤖🤖🤖🤖', 3, '🤖🤖…'],
    ['never between a letter and its marks', 'ae\u0301\u0301b', 3, 'a…'],
    ['after what became visible grew', '\u200b\u200b', 9, '<U+200B>…'],
  ])('%s', (_, text, maximum, shown) => {
    expect(visibleText(text, maximum)).toBe(shown)
  })
})

test.each(maliciousTextsFor('visible-text', 'one-log-line').map((one) => [one.name, one.text]))(
  'hostile text: %s',
  (_, text) => {
    const shown = visibleText(text)
    expect(shown).not.toMatch(hidden)
    expect(shown).not.toMatch(/\p{M}{5}/u)
    expect(codePoints(shown)).toBeLessThanOrEqual(120)
  },
)

test('any text becomes one short line of characters that can be seen', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 200 }), (text, maximum) => {
      const shown = visibleText(text, maximum)
      expect(shown).not.toMatch(hidden)
      expect(shown).not.toMatch(/\p{M}{5}|^\s|\s{2}|\s$/u)
      expect(shown.isWellFormed()).toBe(true)
      expect(codePoints(shown)).toBeLessThanOrEqual(maximum)
    }),
    { numRuns: propertyRuns(1_000) },
  )
})

test('what is visible already stays as it is', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const shown = visibleText(text, 10_000)
      expect(visibleText(shown, 10_000)).toBe(shown)
    }),
  )
})

test('a text of a million characters', () => {
  expect(visibleText('\u200b'.repeat(1_000_000))).toBe(`${'<U+200B>'.repeat(14)}<U+200B…`)
})
