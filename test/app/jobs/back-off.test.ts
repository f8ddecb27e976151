import fc from 'fast-check'
import { expect, it } from 'vitest'
import { backOff } from '../../../src/app/jobs/back-off.ts'
import { tuning } from '../../../src/app/jobs/tuning.ts'

it('waits anywhere up to a bound that doubles, and never longer than two hours', () => {
  expect([1, 2, 3, 4].map((tries) => backOff(tries, 1))).toEqual([30_000, 60_000, 120_000, 240_000])
  expect(backOff(1, 0)).toBe(0)
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (tries, chance) => {
        expect(backOff(tries, chance)).toBeGreaterThanOrEqual(0)
        expect(backOff(tries, chance)).toBeLessThanOrEqual(tuning.longestBackOff)
      },
    ),
  )
})

it('outlasts an hour of an outage on average before a job is buried (P4)', () => {
  const tries = Array.from({ length: tuning.maximumTries - 1 }, (_, index) => index + 1)
  const mean = tries.reduce((sum, each) => sum + backOff(each, 0.5), 0)
  expect(mean).toBeGreaterThan(60 * 60_000)
})
