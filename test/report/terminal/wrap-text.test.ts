import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textWidth } from '../../../src/report/terminal/text-width.ts'
import { wrapText } from '../../../src/report/terminal/wrap-text.ts'

describe('wrapText', () => {
  test.each<[string, number, string[]]>([
    ['', 10, ['']],
    ['one two three', 7, ['one two', 'three']],
    ['one  two', 20, ['one two']],
    ['took −18\u00a0% of it', 8, ['took', '−18 % of', 'it']],
    ['abcdefghij kl', 4, ['abcd', 'efgh', 'ij', 'kl']],
    ['港湾の光', 4, ['港湾', 'の光']],
  ])('%j in %i columns', (text, columns, lines) => {
    expect(wrapText(text, columns)).toEqual(lines)
  })

  test('the first line and the others begin as told', () => {
    expect(wrapText('one two three', 9, { first: '- ', rest: '  ' })).toEqual([
      '- one two',
      '  three',
    ])
  })

  test('no line is too wide, and no word is lost', () => {
    const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(words, fc.integer({ min: 6, max: 60 }), (all, columns) => {
        const text = all.join(' ')
        const lines = wrapText(text, columns, { first: '', rest: '  ' })
        expect(lines.every((line) => textWidth(line) <= columns)).toBe(true)
        const bare = (one: string) => one.replaceAll(/[ \u00a0]/g, '')
        expect(bare(lines.join(''))).toBe(bare(text))
      }),
    )
  })
})
