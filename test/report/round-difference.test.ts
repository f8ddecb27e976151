import { expect, test } from 'vitest'
import { roundDifference } from '../../src/report/round-difference.ts'

const ratio = (value: number, low: number, high: number) =>
  ({ scale: 'ratio', value, interval95: [low, high] }) as const
const shares = (value: number, low: number, high: number) =>
  ({ scale: 'difference', value, interval95: [low, high] }) as const

test.each([
  ['whole percent', ratio(0.8234, 0.7012, 0.9649), [-18, -30, -4]],
  ['no negative zero', ratio(0.9999, 0.92, 1.09), [0, -8, 9]],
  ['an end near none', ratio(0.97, 0.944, 0.9968), [-3, -6, 0]],
  ['all the same', ratio(1, 1, 1), [0, 0, 0]],
  ['all the same but for rounding', ratio(1 + 1e-15, 1 - 1e-15, 1 + 2e-15), [0, 0, 0]],
  ['exactly double', ratio(2, 2, 2), [100, 100, 100]],
])('%s', (_, difference, expected) => {
  const { unit, value, low, high } = roundDifference(difference, 'points')
  expect(unit).toBe('percent')
  expect([value, low, high]).toEqual(expected)
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
