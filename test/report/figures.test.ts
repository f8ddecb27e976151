import { describe, expect, it } from 'vitest'
import { dayText, shortDayText, windowText } from '../../src/report/dates.ts'
import {
  countText,
  estimateText,
  figure,
  intervalText,
  peopleText,
  percentText,
  rangeText,
  shortIntervalText,
  signed,
} from '../../src/report/figures.ts'

/** No-break spaces as spaces: they are a matter of layout. */
function plain(text: string | null): string | null {
  return text?.replaceAll('\u00a0', ' ') ?? null
}

describe('figure', () => {
  it.each([
    [17, 'hours', '17 h'],
    [0.25, 'hours', '0.25 h'],
    [1310, 'number', '1,310'],
    [-1310, 'number', '−1,310'],
    [14, 'per-1000', '14.0'],
    [84, 'percent', '84 %'],
    [-3, 'points', '−3 points'],
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
    expect(plain(estimateText(estimate))).toBe('−18 % (−30 % to +4 %)')
    expect(plain(intervalText(estimate))).toBe('−30 % to +4 %')
    expect(plain(shortIntervalText(estimate))).toBe('−30 to +4 %')
    expect(plain(shortIntervalText({ ...estimate, unit: 'per-1000' }))).toBe('−30.0 to +4.0')
  })

  it.each([
    [12, 19, '12 to 19 h'],
    [12, null, '12 h or more'],
    [null, 19, 'up to 19 h'],
    [null, null, null],
  ])('of one group from %j to %j are "%s"', (low, high, text) => {
    expect(plain(rangeText({ value: 15, low, high }, 'hours'))).toBe(text)
  })
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
  expect(plain(windowText({ from: '2026-03-09', until: '2026-03-01' }))).toBe(
    '9 March 2026 to 28 February 2026',
  )
})
