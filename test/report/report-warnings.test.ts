import { describe, expect, test } from 'vitest'
import { reportWarnings, type Warned } from '../../src/report/report-warnings.ts'
import { aChangeTable, monday } from '../support/a-change-table.ts'
import { exampleComparison } from './example-comparison.ts'

const day = 86_400_000
const noLimits = {
  approximateStart: 0,
  approximateExposure: 0,
  truncated: 0,
  unreadable: 0,
  unknownSize: 0,
  assisted: 0.4,
}

function warningsOf(warned: Partial<Warned> = {}) {
  return reportWarnings({
    table: aChangeTable([]),
    asOf: monday,
    isClone: false,
    limits: noLimits,
    step: null,
    comparisons: [exampleComparison('cycle-time', 'similar')],
    ...warned,
  })
}

test('of nothing wrong there are none', () => {
  expect(warningsOf()).toEqual([])
  expect(warningsOf({ limits: null })).toEqual([])
})

test.each<[string, Partial<Warned>, string]>([
  ['no-reviews', { isClone: true }, 'A clone holds no reviews'],
  [
    'old-records',
    { table: aChangeTable([], { latestReadAt: monday - 3 * day }) },
    'last read on 2026-06-19',
  ],
  ['future-dates', { table: aChangeTable([], { futureDated: 3 }) }, 'a clock was wrong'],
  [
    'several-registries',
    { table: aChangeTable([], { registries: ['b', 'a'] }) },
    'several versions of the registry of marks: a and b.',
  ],
  [
    'approximate-start',
    { limits: { ...noLimits, approximateStart: 0.124 } },
    'Of 12 % of the changes the time at which they became ready is taken from their opening',
  ],
  ['approximate-exposure', { limits: { ...noLimits, approximateExposure: 1 } }, 'Of all of the'],
  ['truncated', { limits: { ...noLimits, truncated: 0.03 } }, 'Of 3 % of the changes a list'],
  ['unreadable', { limits: { ...noLimits, unreadable: 0.5 } }, 'could not be read'],
  ['unknown-size', { limits: { ...noLimits, unknownSize: 0.5 } }, 'the size is not known'],
  [
    'not-adjusted-for-date',
    { comparisons: [exampleComparison('reverts', 'similar')] },
    'Not adjusted for date: reverts.',
  ],
  [
    'step-in-share',
    { step: { from: monday, before: 0.6, after: 0.2 } },
    'fell from 60 to 20 % in one week, that of 2026-06-22',
  ],
  [
    'step-in-share',
    { step: { from: monday, before: 0.2, after: 0.6 } },
    'rose from 20 to 60 % in one week',
  ],
  ['high-share', { limits: { ...noLimits, assisted: 0.91 } }, 'recorded on 91 % of the changes'],
])('%s', (code, warned, words) => {
  const warnings = warningsOf(warned)
  expect(warnings.map((one) => one.code)).toEqual([code])
  expect(warnings[0]?.text).toContain(words)
})

describe('does not warn', () => {
  test('of a part that rounds to nothing', () => {
    expect(warningsOf({ limits: { ...noLimits, truncated: 0.004 } })).toEqual([])
  })

  test('of a share of 90 %, or one that is not shown', () => {
    expect(warningsOf({ limits: { ...noLimits, assisted: 0.9 } })).toEqual([])
    expect(warningsOf({ limits: { ...noLimits, assisted: null } })).toEqual([])
  })

  test('of unknown starts of a clone twice', () => {
    const limits = { ...noLimits, approximateStart: 1 }
    expect(warningsOf({ isClone: true, limits })).toHaveLength(1)
  })
})
