import { describe, expect, test } from 'vitest'
import { padded, takeColumns, textWidth } from '../../../src/report/terminal/text-width.ts'

describe('textWidth', () => {
  test.each([
    ['', 0],
    ['harbour', 7],
    ['−18 %', 5],
    ['港', 2],
    ['港 harbour', 10],
    ['ﾊﾟ', 2],
    ['Ａ', 2],
    ['é', 1],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 2],
    ['🇨🇭', 2],
    ['❤️', 2],
    ['●', 1],
    ['\u200b', 0],
  ])('%j takes %i columns', (text, columns) => {
    expect(textWidth(text)).toBe(columns)
  })
})

test('takeColumns never cuts inside a character, and takes one at least', () => {
  expect(takeColumns('港湾の光', 5)).toBe('港湾')
  expect(takeColumns('港湾', 1)).toBe('港')
  expect(takeColumns('ae\u0301b', 2)).toBe('ae\u0301')
})

test('padded fills up by columns, not by characters', () => {
  expect(padded('港', 4)).toBe('港  ')
  expect(padded('12', 4, 'right')).toBe('  12')
  expect(padded('too long', 4)).toBe('too long')
})
