import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  meanBounds,
  tippingShare,
} from '../../../src/comparison/statistics/contamination-bounds.ts'
import { likeForLikeMedians } from '../../../src/comparison/statistics/like-for-like-medians.ts'
import { othersLessBaseline } from '../../../src/comparison/statistics/others-less-baseline.ts'
import {
  sumsOfSmallest,
  weightedMedian,
} from '../../../src/comparison/statistics/prefix-of-values.ts'
import { tippingShareOfMeans } from '../../../src/comparison/statistics/tipping-share-of-means.ts'
import { worstCaseOfMeans } from '../../../src/comparison/statistics/worst-case-of-means.ts'
import { layOut } from '../../../src/comparison/strata/layout.ts'
import { propertyRuns } from '../../support/property-runs.ts'

const value = fc.oneof(
  fc.integer({ min: -20, max: 20 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
)
const weighted = fc.array(
  fc.record({ value, weight: fc.integer({ min: 1, max: 9 }).map((tenths) => tenths / 10) }),
  { minLength: 1, maxLength: 1_500, size: 'max' },
)

test('the weighted median is the one that sorting gives', () => {
  fc.assert(
    fc.property(weighted, (rows) => {
      const sorted = rows.toSorted((one, other) => one.value - other.value)
      const half = rows.reduce((sum, { weight }) => sum + weight, 0) / 2
      let before = 0
      const expected = sorted.find(({ weight }) => {
        before += weight
        return before >= half - 1e-6
      })
      const found = weightedMedian(
        Float64Array.from(rows, (row) => row.value),
        Float64Array.from(rows, ({ weight }) => weight),
      )
      expect(found).toBe(expected?.value)
    }),
    { numRuns: propertyRuns(40), endOnFailure: true },
  )
})

test('nothing has no median, and one value is its own', () => {
  expect(weightedMedian(new Float64Array(0), new Float64Array(0))).toBeNaN()
  expect(weightedMedian(new Float64Array(9_999).fill(3), new Float64Array(9_999).fill(1))).toBe(3)
})

const oneStratum = fc.record({
  assisted: fc.array(value, { minLength: 1, maxLength: 40 }),
  other: fc.array(value, { minLength: 2, maxLength: 400, size: 'max' }),
})

test('in one stratum the tipping share is that of the bounds of Horowitz and Manski', () => {
  fc.assert(
    fc.property(oneStratum, ({ assisted, other }) => {
      const [ones, others] = [Float64Array.from(assisted), Float64Array.from(other)]
      const values = Float64Array.of(...ones, ...others)
      const layout = layOut({
        assisted: Uint8Array.from(values, (_, i) => Number(i < ones.length)),
        stratum: new Int32Array(values.length),
        person: new Int32Array(values.length),
      })
      const mean = (some: Float64Array) => some.reduce((sum, one) => sum + one, 0) / some.length
      const difference = mean(ones) - mean(others)
      fc.pre(Math.abs(difference) > 1e-3)
      const expected = tippingShare((undeclared) => meanBounds(ones, others, undeclared))
      const found = tippingShareOfMeans(othersLessBaseline(layout, values, difference), difference)
      if (expected === null) expect(found ?? 1).toBeGreaterThan(0.4999)
      else expect(found ?? 0.5).toBeCloseTo(expected, 4)
    }),
    { numRuns: propertyRuns(60), endOnFailure: true },
  )
})

test('sums of the smallest are those that sorting gives', () => {
  const values = fc.array(value, { minLength: 1, maxLength: 1_500, size: 'max' })
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (some, share) => {
      const sorted = some.toSorted((one, other) => one - other)
      const count = share * some.length
      const whole = Math.floor(count)
      const sum = sorted.slice(0, whole).reduce((total, one) => total + one, 0)
      const expected = sum + (count - whole) * (sorted[whole] ?? 0)
      const [found, all] = sumsOfSmallest(Float64Array.from(some), [count, some.length])
      const scale = some.reduce((total, one) => total + Math.abs(one), 1)
      expect(Math.abs((found ?? Number.NaN) - expected)).toBeLessThan(1e-9 * scale)
      const total = some.reduce((one, other) => one + other, 0)
      expect(Math.abs((all ?? Number.NaN) - total)).toBeLessThan(1e-9 * scale)
    }),
    { numRuns: propertyRuns(40), endOnFailure: true },
  )
  expect(sumsOfSmallest(Float64Array.of(4, 1, 2), [1, 2.5])).toEqual([1, 5])
  expect(sumsOfSmallest(new Float64Array(5_000).fill(3), [1.5])).toEqual([4.5])
})

test('in one stratum the worst case is that of the bounds of Horowitz and Manski', () => {
  fc.assert(
    fc.property(oneStratum, ({ assisted, other }) => {
      const [ones, others] = [Float64Array.from(assisted), Float64Array.from(other)]
      const values = Float64Array.of(...ones, ...others)
      const layout = layOut({
        assisted: Uint8Array.from(values, (_, i) => Number(i < ones.length)),
        stratum: new Int32Array(values.length),
        person: new Int32Array(values.length),
      })
      const mean = (some: Float64Array) => some.reduce((sum, one) => sum + one, 0) / some.length
      const difference = mean(ones) - mean(others)
      const scale = 1e-9 * (1 + Math.max(...values.map(Math.abs)))
      const shares = [0.1, 0.25, 0.5]
      const found = worstCaseOfMeans(
        othersLessBaseline(layout, values, difference),
        difference,
        shares,
      )
      for (const { share, lowest, highest } of found) {
        const expected = meanBounds(ones, others, share)
        expect(Math.abs(lowest.assisted - lowest.other - expected.lower)).toBeLessThan(scale)
        expect(Math.abs(highest.assisted - highest.other - expected.upper)).toBeLessThan(scale)
        expect(Math.abs(highest.other + mean(others) - expected.otherLeast)).toBeLessThan(scale)
      }
      expect(found.map(({ share }) => share)).toEqual(shares)
    }),
    { numRuns: propertyRuns(60), endOnFailure: true },
  )
})

test('medians weigh each stratum by what the other group has of it', () => {
  // Small changes: 3 of 4 with AI recorded. Large ones: 1 of 4. Alike, each group would have half of either.
  const layout = layOut({
    assisted: Uint8Array.of(1, 1, 1, 0, 1, 0, 0, 0),
    stratum: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1),
    person: new Int32Array(8),
  })
  const outcome = Float64Array.of(1, 2, 3, 2, 11, 10, 11, 12)
  expect(likeForLikeMedians(layout, outcome)).toEqual({ assisted: 3, other: 2 })
})
