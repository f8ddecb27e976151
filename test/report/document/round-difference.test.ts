import fc from 'fast-check'
import { expect, test } from 'vitest'
import { roundDifference } from '../../../src/report/document/round-difference.ts'

const ratio = (value: number, low: number, high: number) =>
  ({ scale: 'ratio', value, interval95: [low, high] }) as const
const shares = (value: number, low: number, high: number) =>
  ({ scale: 'difference', value, interval95: [low, high] }) as const

test.each([
  ['whole percent', ratio(0.8234, 0.7012, 0.9649), [-18, -30, -4]],
  ['no negative zero', ratio(0.9999, 0.92, 1.09), [0, -8, 9]],
  ['an end near none', ratio(0.97, 0.944, 0.9968), [-3, -6, -0.3]],
  ['an end just off none', ratio(1.12, 1.0001, 1.25), [12, 0.1, 25]],
  ['an end just past none', ratio(1.12, 0.9999, 1.25), [12, 0, 25]],
  ['all of it near none', ratio(1.003, 1.0012, 1.0049), [0.3, 0.1, 0.5]],
  ['all the same', ratio(1, 1, 1), [0, 0, 0]],
  ['all the same but for rounding', ratio(1 + 1e-15, 1 - 1e-15, 1 + 2e-15), [0, 0, 0]],
  ['exactly double', ratio(2, 2, 2), [100, 100, 100]],
])('%s', (_, difference, expected) => {
  const { unit, value, low, high } = roundDifference(difference, 'points')
  expect(unit).toBe('percent')
  expect([value, low, high]).toEqual(expected)
})

test.each([
  ['points', shares(0.02, 0.0004, 0.04), [2, 0.1, 4]],
  ['points', shares(-0.02, -0.04, -0.0049), [-2, -4, -0.5]],
  ['per-1000', shares(0.004, 0.00002, 0.009), [4, 0.1, 9]],
] as const)('%s that leave none out are not 0', (unit, difference, expected) => {
  const { value, low, high } = roundDifference(difference, unit)
  expect([value, low, high]).toEqual(expected)
})

test('an interval that leaves "no difference" out does so in print, in order', () => {
  const log = fc.double({ min: 1e-6, max: 0.2, noNaN: true })
  fc.assert(
    fc.property(log, log, log, fc.constantFrom(1, -1), (one, two, three, side) => {
      const logs = [one, two, three].map((size) => side * size)
      const [low = 0, value = 0, high = 0] = logs.toSorted((a, b) => a - b).map(Math.exp)
      const printed = roundDifference(ratio(value, low, high), 'points')
      expect(Math.sign(printed.low)).toBe(Math.sign(printed.high))
      expect(printed.low).not.toBe(0)
      expect(printed.value).toBeGreaterThanOrEqual(printed.low)
      expect(printed.value).toBeLessThanOrEqual(printed.high)
    }),
  )
})

test('shares are in points, reverts per 1,000', () => {
  expect(roundDifference(shares(-0.021, -0.084, 0.043), 'points')).toEqual({
    unit: 'points',
    value: -2,
    low: -8,
    high: 4,
  })
  expect(roundDifference(shares(0.00281, -0.00592, 0.01149), 'per-1000')).toEqual({
    unit: 'per-1000',
    value: 2.8,
    low: -5.9,
    high: 11.5,
  })
})
