import { expect, test } from 'vitest'
import { riskBounds, tippingShare } from '../../src/comparison/statistics/contamination-bounds.ts'
import {
  changesNeeded,
  detectableRatio,
} from '../../src/comparison/statistics/detectable-difference.ts'
import { eValue } from '../../src/comparison/statistics/e-value.ts'
import { miettinenNurminen } from '../../src/comparison/statistics/miettinen-nurminen.ts'
import { normalCdf, normalQuantile } from '../../src/comparison/statistics/normal-distribution.ts'
import { quantile } from '../../src/comparison/statistics/quantile.ts'
import { shareDifference } from '../../src/comparison/statistics/share-difference.ts'
import {
  studentCdf,
  studentQuantile,
} from '../../src/comparison/statistics/student-distribution.ts'
import { correctForUndeclared } from '../../src/comparison/statistics/undeclared-use.ts'
import { wilsonInterval } from '../../src/comparison/statistics/wilson-interval.ts'

// The examples in the functions' own comments.
test('normal distribution', () => {
  expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 14)
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
  expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY)
  expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY)
  expect(normalQuantile(1.1)).toBeNaN()
  expect(normalCdf(Number.NaN)).toBeNaN()
  expect(normalCdf(-50)).toBe(0)
})

test("Student's distribution", () => {
  expect(studentCdf(2.228138851986274, 10)).toBeCloseTo(0.975, 14)
  expect(studentQuantile(0.975, 10)).toBeCloseTo(2.228138851986274, 12)
  expect(studentQuantile(0.975, 1e12)).toBe(normalQuantile(0.975))
  expect(studentQuantile(0.975, 0)).toBeNaN()
  expect(studentQuantile(1, 5)).toBeNaN()
  expect(studentCdf(1, 0)).toBeNaN()
})

test('quantile', () => {
  expect(quantile(Float64Array.of(3, 6, 7, 8), 0.5)).toBe(6.5)
  expect(quantile(Float64Array.of(3), 0.9)).toBe(3)
})

test('shares and their difference', () => {
  const share = wilsonInterval(81 / 263, 263, 0.95)
  expect([share.lower, share.upper].map((limit) => limit.toFixed(4))).toEqual(['0.2553', '0.3662'])
  const newcombe = shareDifference(wilsonInterval(0.8, 70, 0.95), wilsonInterval(0.6, 80, 0.95))
  expect(newcombe.difference).toBeCloseTo(0.2, 12)
  expect([newcombe.lower, newcombe.upper].map((limit) => limit.toFixed(4))).toEqual([
    '0.0524',
    '0.3339',
  ])
  const score = miettinenNurminen({ events: 56, changes: 70 }, { events: 48, changes: 80 }, 0.95)
  expect([score.lower, score.upper].map((limit) => limit.toFixed(4))).toEqual(['0.0528', '0.3382'])
})

test('sensitivity', () => {
  const { point, limit } = eValue({ ratio: 2, lower: 1.2, upper: 3.3 })
  expect([point, limit].map((value) => value.toFixed(2))).toEqual(['3.41', '1.69'])
  expect(correctForUndeclared(-0.2, 0.1, 0)).toBeCloseTo(-0.2222, 4)
  expect(correctForUndeclared(-0.2, 0.6, 0.3)).toBeNull()
})

test('what this much data would show', () => {
  expect(detectableRatio(0.1, 20, 0.95, 0.8)).toBeCloseTo(1.343, 3)
  expect(changesNeeded(0.006, 0.003, 0.95, 0.8)).toBeCloseTo(7_800, -2)
})

test('how much undeclared use would undo a difference', () => {
  const few = { events: 12, changes: 400 }
  const many = { events: 90, changes: 900 }
  const boundsAt = (undeclared: number) => riskBounds(few, many, undeclared)
  const share = tippingShare(boundsAt) ?? Number.NaN
  expect(boundsAt(share).upper).toBeGreaterThanOrEqual(0)
  expect(boundsAt(share - 0.001).upper).toBeLessThan(0)
  expect(tippingShare(() => ({ lower: -1, upper: 1 }))).toBe(0)
  expect(tippingShare(() => ({ lower: 1, upper: 2 }))).toBeNull()
})
