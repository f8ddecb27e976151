import { describe, expect, test } from 'vitest'
import { reportWarnings, type Warned } from '../../../src/report/document/report-warnings.ts'
import { aChangeTable, monday } from '../../support/a-change-table.ts'
import { exampleComparison } from '../example-comparison.ts'

const day = 86_400_000
const noLimits = {
  withoutStart: 0,
  approximateStart: 0,
  approximateExposure: 0,
  truncated: 0,
  unknownSize: 0,
  assisted: 0.4,
}

function ofRepositories(count: number) {
  return aChangeTable(
    Array.from({ length: count }, (_, index) => ({ person: 'a', repository: `o/${index}` })),
  )
}

function warningsOf(warned: Partial<Warned> = {}) {
  return reportWarnings({
    table: aChangeTable([]),
    asOf: monday,
    isClone: false,
    readings: { latest: monday, behind: null },
    limits: noLimits,
    unread: { contents: 0, notes: 0 },
    step: null,
    comparisons: [exampleComparison('cycle-time', 'similar')],
    ...warned,
  })
}

test('of nothing wrong there are none', () => {
  expect(warningsOf()).toEqual([])
  expect(warningsOf({ limits: null, unread: null })).toEqual([])
})

test.each<[string, Partial<Warned>, string]>([
  ['no-reviews', { isClone: true }, 'A clone holds no reviews'],
  [
    'old-records',
    { readings: { latest: monday - 3 * day, behind: null } },
    'last read on 19 June 2026',
  ],
  [
    'some-old-records',
    {
      table: ofRepositories(6),
      readings: { latest: monday, behind: { repositories: 2, before: monday } },
    },
    '2 of 6 repositories were last read before 22 June 2026: what happened in them after that',
  ],
  [
    'some-old-records',
    {
      table: ofRepositories(3),
      readings: { latest: monday, behind: { repositories: 1, before: monday } },
    },
    '1 of 3 repositories was last read before 22 June 2026: what happened in it after that',
  ],
  ['future-dates', { table: aChangeTable([], { futureDated: 3 }) }, 'a clock was wrong'],
  [
    'several-registries',
    { table: aChangeTable([], { registries: ['b', 'a'] }) },
    'several versions of the registry of marks: a and b.',
  ],
  [
    'without-start',
    { limits: { ...noLimits, withoutStart: 0.3 } },
    'Of 30 % of the merged changes it is not known when they became ready',
  ],
  [
    'approximate-start',
    { limits: { ...noLimits, approximateStart: 0.124 } },
    'Of 12 % of the changes the time at which they became ready is taken from their opening',
  ],
  ['approximate-exposure', { limits: { ...noLimits, approximateExposure: 1 } }, 'For all of the'],
  ['truncated', { limits: { ...noLimits, truncated: 0.03 } }, 'Of 3 % of the changes a list'],
  [
    'without-contents',
    { limits: null, unread: { contents: 1, notes: 0 } },
    'Of all of the merged changes the token could not read the contents of the repository: reverts that were pushed without',
  ],
  [
    'without-notes',
    { unread: { contents: 0, notes: 0.5 } },
    'Of 50 % of the merged changes authorship notes could not be read',
  ],
  ['unknown-size', { limits: { ...noLimits, unknownSize: 0.5 } }, 'the size is not known'],
  [
    'not-adjusted-for-date',
    { comparisons: [exampleComparison('reverts', 'similar')] },
    'Not adjusted for date: reverts.',
  ],
  [
    'step-in-share',
    { step: { from: monday, before: 0.6, after: 0.2 } },
    'fell from 60 to 20 % in one week, that of 22 June 2026',
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
