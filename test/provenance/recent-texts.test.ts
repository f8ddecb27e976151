import { expect, test } from 'vitest'
import { RecentTexts, RecentTextsOf } from '../../src/provenance/recent-texts.ts'

test('makes something of a text once, as long as it is short and among the last', () => {
  const recent = new RecentTexts<string>()
  const made: string[] = []
  const ask = (text: string) =>
    recent.of(text, () => {
      made.push(text)
      return text.toUpperCase()
    })
  expect([ask('a'), ask('a'), ask('b')]).toEqual(['A', 'A', 'B'])
  expect(made).toEqual(['a', 'b'])
  const long = 'x'.repeat(501)
  expect(ask(long)).toBe(ask(long))
  expect(made).toEqual(['a', 'b', long, long])
  for (let number = 0; number < 5_000; number += 1) ask(`text ${number}`)
  expect(ask('a')).toBe('A')
  expect(made.filter((text) => text === 'a')).toHaveLength(2)
})

test('keeps what was made for one owner from another', () => {
  const recent = new RecentTextsOf<object, string>()
  const [one, other] = [{}, {}]
  expect(recent.of(one, 'a', () => 'of one')).toBe('of one')
  expect(recent.of(other, 'a', () => 'of the other')).toBe('of the other')
  expect(recent.of(one, 'a', () => 'made again')).toBe('of one')
})
