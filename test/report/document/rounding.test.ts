import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  likeTwoDigits,
  oneDecimal,
  peopleBand,
  perThousand,
  ratioPercent,
  roundCount,
  twoDigits,
  wholePercent,
} from '../../../src/report/document/rounding.ts'

test.each<[number, number | null]>([
  [0, 0],
  [1, null],
  [4, null],
  [5, 5],
  [7, 5],
  [8, 10],
  [412, 410],
])('%i changes are told as %s', (changes, told) => {
  expect(roundCount(changes)).toBe(told)
})

test.each<[number, string | null]>([
  [0, null],
  [4, null],
  [5, '5-9'],
  [9, '5-9'],
  [10, '10-19'],
  [19, '10-19'],
  [20, '20+'],
  [5_000, '20+'],
])('%i people are told as %s', (people, band) => {
  expect(peopleBand(people)).toBe(band)
})

describe('numbers', () => {
  test.each<[(value: number) => number, number, number]>([
    [twoDigits, 17.46, 17],
    [twoDigits, 0.5832, 0.58],
    [twoDigits, 123_456, 120_000],
    [wholePercent, 0.4271, 43],
    [ratioPercent, 0.82, -18],
    [ratioPercent, 1.245, 25],
    [oneDecimal, 1.26, 1.3],
    [perThousand, 0.01234, 12.3],
  ])('%o of %f is %f', (round, value, rounded) => {
    expect(round(value)).toBe(rounded)
  })

  test.each([twoDigits, wholePercent, oneDecimal, perThousand])(
    'nothing has no sign, and rounding twice changes nothing: %o',
    (round) => {
      expect(Object.is(round(-0.000_01 * 0), 0)).toBe(true)
      fc.assert(
        fc.property(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), (value) => {
          expect(Object.is(round(value), -0)).toBe(false)
        }),
      )
    },
  )
})

test.each([
  [0.891, 1.004, 1],
  [0.891, 0.7849, 0.78],
  [9.34, 12.06, 12.1],
  [139, 123.4, 120],
  [0, 0.4567, 0.46],
  [-9.34, -0.04, 0],
])('like %d with two digits, %d is %d', (value, one, rounded) => {
  expect(likeTwoDigits(value)(one)).toBe(rounded)
})
