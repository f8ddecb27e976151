import { describe, expect, test } from 'vitest'
import {
  comparisonFacts,
  samePeopleText,
  undeclaredHeadings,
  undeclaredRows,
} from '../../../src/report/text/comparison-facts.ts'
import { exampleComparison } from '../example-comparison.ts'

const time = exampleComparison('cycle-time', 'lower')
const reverts = exampleComparison('reverts', 'no_clear_difference')

/** What is said under a label, with spaces that may break. */
function factOf(comparison: typeof time, label: string): string | undefined {
  const fact = comparisonFacts(comparison).find((one) => one.label === label)
  return fact?.text.replaceAll('\u00a0', ' ')
}

describe('how a statement was made', () => {
  test.each([
    [time, 'Changes', 'ready from 9 March 2026 to 7 June 2026'],
    [reverts, 'Changes', 'merged from 22 December 2025 to 22 May 2026'],
    [
      time,
      'Like for like',
      'changes of the same repository, size (six bands) and four weeks are compared',
    ],
    [
      time,
      'Would show',
      'differences of about −22 % or +28 % and beyond would usually (4 in 5) be noticed',
    ],
    [
      time,
      'Undeclared use',
      'in the worst case, above 7 % of the changes with no AI recorded it could undo the difference',
    ],
    [
      time,
      'Hidden difference',
      'could explain the estimate if it were tied 1.7 times as strongly to both AI use and the outcome, the nearer end of its interval 1.2 times (E-values)',
    ],
    [reverts, 'Reverted', '11 with AI recorded, 19 with no AI recorded'],
    [reverts, 'Too young', '245 changes, merged too recently'],
    [reverts, 'As a ratio', '+25 % (−35 % to +141 %)'],
    [reverts, 'Hidden difference', undefined],
    [exampleComparison('reverts', 'hidden'), 'People', undefined],
  ])('%#: %s is %s', (comparison, label, text) => {
    expect(factOf(comparison, label)).toBe(text)
  })

  test('an end that includes no difference needs nothing hidden to explain it', () => {
    const sensitivity = time.sensitivity && {
      ...time.sensitivity,
      hidden: { estimate: 1.7, limit: null },
    }
    expect(factOf({ ...time, sensitivity }, 'Hidden difference')).toMatch(
      /1\.7 times .* the outcome \(E-values\)$/,
    )
  })

  test('fewer than none cannot be noticed', () => {
    const detectable = { unit: 'per-1000', low: null, high: 13 } as const
    expect(factOf({ ...reverts, detectable }, 'Would show')).toBe(
      'differences of about +13.0 per 1,000 and beyond would usually (4 in 5) be noticed',
    )
  })
})

test('the same people, or why they are not compared', () => {
  expect(samePeopleText(time)?.replaceAll('\u00a0', ' ')).toBe(
    '−15 % (−27 % to −1 %), each of 10 to 19 people compared to themselves',
  )
  const without = { ...time, samePeople: null, noSamePeople: 'too few people work both ways' }
  expect(samePeopleText(without)).toBe('too few people work both ways')
  expect(samePeopleText(exampleComparison('reverts', 'hidden'))).toBeNull()
})

test('undeclared use, alike and at the extremes', () => {
  const rows = undeclaredRows(time).map((row) => row.map((cell) => cell.replaceAll('\u00a0', ' ')))
  expect(undeclaredHeadings).toHaveLength(3)
  expect(rows).toEqual([
    ['10 %', '−18 % (−30 % to −4 %)', '−90 % to −12 %'],
    ['25 %', '−18 % (−30 % to −4 %)', '−90 % to −12 %'],
    ['50 %', '−36 % (−60 % to −8 %)', '−90 % or more'],
  ])
  const sensitivity = time.sensitivity && { ...time.sensitivity, undeclared: [] }
  expect(undeclaredRows({ ...time, sensitivity })[0]?.[1]).toBe('too little left to tell')
  expect(undeclaredRows(exampleComparison('reverts', 'hidden'))).toEqual([])
})
