import { describe, expect, it } from 'vitest'
import { dayText, hoursText, shortDayText, windowText } from '../../../src/report/text/dates.ts'
import {
  countText,
  figure,
  isOf,
  middleText,
  peopleText,
  percentText,
  rangeText,
  shortEstimateText,
  shortIntervalText,
  signed,
  valueText,
} from '../../../src/report/text/figures.ts'
import { exampleComparison } from '../example-comparison.ts'

/** No-break spaces as spaces: they are a matter of layout. */
function plain(text: string | null): string | null {
  return text?.replaceAll('\u00a0', ' ') ?? null
}

describe('figure', () => {
  it.each([
    [17, 'hours', '17 h'],
    [0.25, 'hours', '15 min'],
    [0.99, 'hours', '59 min'],
    [0.001, 'hours', 'under 1 min'],
    [0, 'hours', 'under 1 min'],
    [1310, 'number', '1,310'],
    [-1310, 'number', '−1,310'],
    [14, 'per-1000', '14.0'],
    [84, 'percent', '84 %'],
    [-3, 'points', '−3 points'],
    [-1, 'points', '−1 point'],
    [1.3, 'rounds', '1.3'],
    [0, 'percent', '0 %'],
    [1e12, 'number', '1,000,000,000,000'],
  ] as const)('%d in %s is %s', (value, unit, text) => {
    expect(plain(figure(value, unit))).toBe(text)
  })
})

describe('signed', () => {
  it.each([
    [18, 'percent', '+18 %'],
    [-18, 'percent', '−18 %'],
    [0, 'percent', '0 %'],
    [2.8, 'per-1000', '+2.8'],
  ] as const)('%d in %s is %s', (value, unit, text) => {
    expect(plain(signed(value, unit))).toBe(text)
  })
})

describe('intervals', () => {
  const estimate = { unit: 'percent', value: -18, low: -30, high: 4 } as const

  it('have both ends with their signs', () => {
    expect(plain(shortEstimateText(estimate))).toBe('−18 % (−30 to +4)')
    expect(plain(shortEstimateText({ unit: 'points', value: -1, low: -5, high: 3 }))).toBe(
      '−1 point (−5 to +3)',
    )
    expect(plain(shortEstimateText({ unit: 'points', value: 0, low: 0, high: 0 }))).toBe(
      'under 1 point',
    )
    expect(plain(shortIntervalText(estimate))).toBe('−30 to +4 %')
    expect(plain(shortIntervalText({ ...estimate, unit: 'per-1000' }))).toBe('−30.0 to +4.0')
  })

  it.each([
    [12, 19, '12 to 19 h'],
    [12, null, '12 h or more'],
    [0.2, 19, '12 min to 19 h'],
    [null, 19, 'up to 19 h'],
    [null, null, null],
  ])('of one group from %j to %j are "%s"', (low, high, text) => {
    expect(plain(rangeText({ value: 15, low, high }, 'hours'))).toBe(text)
  })
})

describe('a number with its interval', () => {
  it.each([
    [{ value: 84, low: 80, high: 87 }, 'percent', '84 % (80 to 87)'],
    [{ value: 0.26, low: 0.23, high: 0.3 }, 'number', '0.26 (0.23 to 0.30)'],
    [{ value: 0.89, low: 0.78, high: 1 }, 'number', '0.89 (0.78 to 1.00)'],
    [{ value: 3, low: 2.5, high: 4 }, 'number', '3.0 (2.5 to 4.0)'],
    [{ value: 39, low: 23, high: 55 }, 'number', '39 (23 to 55)'],
    // Times have two digits, and are told to no more.
    [{ value: 9.3, low: 7.6, high: 12 }, 'hours', '9.3 h (7.6 to 12)'],
    [{ value: 9, low: 7.1, high: 12 }, 'hours', '9.0 h (7.1 to 12)'],
    [{ value: 0, low: 0, high: 0.4 }, 'hours', 'under 1 min (under 1 to 24)'],
    // Less than an hour is told in minutes, each number in its own unit.
    [{ value: 0.74, low: 0.5, high: 0.9 }, 'hours', '44 min (30 to 54)'],
    [{ value: 0.74, low: null, high: 1.3 }, 'hours', '44 min (up to 1.3 h)'],
    [{ value: 0.74, low: 0.5, high: 1.3 }, 'hours', '44 min (30 min to 1.3 h)'],
    [{ value: 5.3, low: 0.78, high: 42 }, 'hours', '5.3 h (47 min to 42 h)'],
    [{ value: 1, low: 0.5, high: 0.9 }, 'hours', '1 h (30 to 54 min)'],
    [{ value: 12, low: null, high: 19 }, 'hours', '12 h (up to 19 h)'],
    [{ value: 12, low: null, high: null }, 'hours', '12 h'],
    [{ value: 14, low: 8.1, high: 1024 }, 'per-1000', '14.0 (8.1 to 1,024.0)'],
    [{ value: 0, low: 0, high: 1 }, 'percent', '0 % (0 to 1)'],
    // Whether it is none or only few is not known from whole percents.
    [{ value: 0, low: 0, high: 0 }, 'percent', 'under 1 %'],
    [null, 'percent', 'not shown'],
  ] as const)('%j in %s is "%s"', (value, unit, text) => {
    expect(plain(valueText(value, unit))).toBe(text)
  })

  it('has the same digits in two lines', () => {
    const value = { value: 0.26, low: 0.23, high: 0.3 }
    expect([middleText(value, 'number'), rangeText(value, 'number')]).toEqual([
      '0.26',
      '0.23 to 0.30',
    ])
    const none = { value: 0, low: 0, high: 0 }
    expect(plain(middleText(none, 'percent'))).toBe('under 1 %')
    expect(rangeText(none, 'percent')).toBeNull()
  })
})

it('tells which group a measure is of', () => {
  const [, ofBoth] = exampleComparison('review-rounds', 'similar').measures
  if (ofBoth === undefined) throw new Error('no example')
  expect([isOf(ofBoth, 'aiRecorded'), isOf(ofBoth, 'noneRecorded')]).toEqual([true, true])
  const ofOther = { ...ofBoth, of: 'noneRecorded' } as const
  expect([isOf(ofOther, 'aiRecorded'), isOf(ofOther, 'noneRecorded')]).toEqual([false, true])
})

it('says counts, shares and people as the document has them', () => {
  expect(plain(countText(null))).toBe('fewer than 5')
  expect(countText(1310)).toBe('1,310')
  expect(percentText(null)).toBe('not shown')
  expect(plain(percentText(0))).toBe('0 %')
  expect(plain(peopleText('5-9'))).toBe('5 to 9 people')
  expect(plain(peopleText('20+'))).toBe('20 or more people')
})

it('says days in UTC, and a window by its first and last', () => {
  expect(plain(dayText('2026-06-22T00:00:00Z'))).toBe('22 June 2026')
  expect(shortDayText('2026-01-05')).toBe('5 Jan')
  expect([1, 36, 48, 336].map((hours) => plain(hoursText(hours)))).toEqual([
    '1 h',
    '36 h',
    '2 days',
    '14 days',
  ])
  expect(plain(windowText({ from: '2026-03-09', until: '2026-03-01' }))).toBe(
    'from 9 March 2026 to 28 February 2026',
  )
})
