import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureMergedShares } from '../../../bench/simulation/single-cohort.ts'
import { ordinaryWorld } from '../../../bench/simulation/world.ts'
import { numberPeople } from '../../../src/comparison/numbers/number-people.ts'
import { aalenJohansen } from '../../../src/comparison/statistics/aalen-johansen.ts'
import { cohortMean } from '../../../src/comparison/statistics/cohort-mean.ts'
import type { Ended } from '../../../src/comparison/statistics/incidence-curve.ts'
import { mergedShares } from '../../../src/comparison/statistics/merged-shares.ts'

interface Change {
  readonly time: number
  readonly cause: number
  readonly by: number
}

const times = [1, 3, 8, 20]

function endedOf(changes: readonly Change[]): Ended {
  return {
    time: Float64Array.from(changes, ({ time }) => time),
    cause: Uint8Array.from(changes, ({ cause }) => cause),
    ...numberPeople(Int32Array.from(changes, ({ by }) => by)),
  }
}

/** The share merged by the book, every change with a weight: at each time those who merge of those still there. */
function plainShare(changes: readonly Change[], until: number, weight: (by: number) => number) {
  const sum = (some: readonly Change[]) => some.reduce((total, { by }) => total + weight(by), 0)
  let open = 1
  let merged = 0
  for (const now of [...new Set(changes.map(({ time }) => time))].sort((a, b) => a - b)) {
    if (now > until) break
    const atRisk = sum(changes.filter(({ time }) => time >= now))
    if (atRisk === 0) break
    const ending = (cause: number) =>
      sum(changes.filter((one) => one.time === now && one.cause === cause))
    merged += (open * ending(1)) / atRisk
    open *= 1 - (ending(1) + ending(2)) / atRisk
  }
  return merged
}

const everyone = () => 1
const without = (left: number) => (by: number) => Number(by !== left)

/** Changes of several people, with ties, closed ones and some lost to sight. */
function changesWith(causes: readonly number[], { most = 7, minLength = 4 } = {}) {
  const change = fc.record({
    time: fc.integer({ min: 0, max: 24 }),
    cause: fc.constantFrom(...causes),
    by: fc.nat(most),
  })
  return fc
    .array(change, { minLength, maxLength: 3 * minLength + 20 })
    .filter((all) => new Set(all.map(({ by }) => by)).size > 1)
}

describe("each person's pull", () => {
  test('is what the share changes by with the weight of that person', () => {
    fc.assert(
      fc.property(changesWith([0, 1, 1, 2]), (changes) => {
        const people = [...new Set(changes.map(({ by }) => by))]
        const found = aalenJohansen(endedOf(changes), times)
        for (const [index, time] of times.entries()) {
          const { merged, pulls } = found[index] ?? { merged: Number.NaN, pulls: [] }
          expect(merged).toBeCloseTo(plainShare(changes, time, everyone), 12)
          for (const [number, own] of people.entries()) {
            const tilted = (by: number) => (tilt: number) =>
              plainShare(changes, time, (one) => (one === by ? 1 + tilt : 1))
            const slope = (tilted(own)(1e-5) - tilted(own)(-1e-5)) / 2e-5
            expect(pulls[number]).toBeCloseTo(slope, 8)
          }
        }
      }),
    )
  })

  test('gives the share without that person where nothing was lost to sight', () => {
    fc.assert(
      fc.property(changesWith([1, 1, 2]), (changes) => {
        const people = [...new Set(changes.map(({ by }) => by))]
        const found = aalenJohansen(endedOf(changes), times)
        for (const [index, time] of times.entries()) {
          const { merged = 0, pulls = new Float64Array() } = found[index] ?? {}
          for (const [number, own] of people.entries()) {
            const made = changes.filter(({ by }) => by === own).length
            const left = merged - ((pulls[number] ?? 0) * changes.length) / (changes.length - made)
            expect(left).toBeCloseTo(plainShare(changes, time, without(own)), 12)
          }
        }
      }),
    )
  })
})

/** Standard error by leaving out one person at a time, everything worked out again. */
function plainError(changes: readonly Change[], time: number): number {
  const people = [...new Set(changes.map(({ by }) => by))]
  const all = plainShare(changes, time, everyone)
  const squares = people.map((own) => (plainShare(changes, time, without(own)) - all) ** 2)
  const sum = squares.reduce((total, square) => total + square, 0)
  return Math.sqrt((sum * (people.length - 1)) / people.length)
}

test('with some lost to sight the error is nearly that of leaving out one person at a time', () => {
  fc.assert(
    fc.property(changesWith([0, 1, 1, 1, 1, 1, 2], { most: 9, minLength: 60 }), (changes) => {
      const ended = endedOf(changes)
      const own = new Float64Array(ended.people)
      for (const person of ended.person) own[person] = (own[person] ?? 0) + 1
      for (const [index, time] of times.entries()) {
        const { pulls = new Float64Array() } = aalenJohansen(ended, times)[index] ?? {}
        const moved = pulls.map(
          (pull, person) => (pull * changes.length) / (changes.length - (own[person] ?? 0)),
        )
        const error = Math.hypot(...moved) * Math.sqrt((own.length - 1) / own.length)
        const exact = plainError(changes, time)
        expect(Math.abs(error - exact)).toBeLessThan(0.1 * exact + 0.002)
      }
    }),
  )
})

describe('the interval', () => {
  test('is that of a plain share where nothing was lost to sight', () => {
    fc.assert(
      fc.property(changesWith([1, 1, 2], { minLength: 20 }), (changes) => {
        const ended = endedOf(changes)
        for (const [index, time] of times.entries()) {
          const members = { person: ended.person, assisted: new Uint8Array(changes.length) }
          const outcome = Float64Array.from(changes, (one) =>
            Number(one.cause === 1 && one.time <= time),
          )
          const plain = cohortMean(members, outcome, 0, 'share')
          const { value, lower, upper } = mergedShares(ended, times)[index] ?? {}
          expect(value).toBeCloseTo(plain?.value ?? Number.NaN, 12)
          expect(lower).toBeCloseTo(plain?.lower ?? Number.NaN, 9)
          expect(upper).toBeCloseTo(plain?.upper ?? Number.NaN, 9)
        }
      }),
    )
  })

  test('holds the share, stays within none and all, and is there for both of them', () => {
    fc.assert(
      fc.property(changesWith([0, 1, 1, 2]), (changes) => {
        for (const { value, lower, upper } of mergedShares(endedOf(changes), times)) {
          expect(lower).toBeGreaterThanOrEqual(0)
          expect(lower).toBeLessThanOrEqual(value)
          expect(upper).toBeGreaterThanOrEqual(value)
          expect(upper).toBeLessThanOrEqual(1)
          expect(upper).toBeGreaterThan(lower ?? 1)
        }
      }),
    )
  })

  test('of none and of all has one end', () => {
    const changes = Array.from({ length: 40 }, (_, index) => ({ time: 2, cause: 1, by: index % 8 }))
    const [none, all] = mergedShares(endedOf(changes), [1, 3])
    // Wilson's with t² = 2.3646² of eight people: t² / (40 + t²).
    expect(none).toEqual({ value: 0, lower: 0, upper: expect.closeTo(0.1226, 4) })
    expect(all).toEqual({ value: 1, lower: expect.closeTo(0.8774, 4), upper: 1 })
  })

  test('of all, of whom half were lost to sight before, rests on the other half', () => {
    const changes = Array.from({ length: 80 }, (_, index) => ({
      time: index < 40 ? 2 : 1,
      cause: index < 40 ? 1 : 0,
      by: index % 8,
    }))
    const [all] = mergedShares(endedOf(changes), [3])
    expect(all).toEqual({ value: 1, lower: expect.closeTo(0.8774, 4), upper: 1 })
  })

  test('of one person is not known', () => {
    const changes = Array.from({ length: 30 }, (_, index) => ({ time: index, cause: 1, by: 0 }))
    const [share] = mergedShares(endedOf(changes), [14])
    expect(share).toEqual({ value: 0.5, lower: null, upper: null })
  })

  test('is as wide with three times the changes where all of a person end alike', () => {
    const widths = [5, 15].map((each) => {
      const changes = Array.from({ length: 12 * each }, (_, index) => ({
        time: 2,
        cause: 1 + (index % 2),
        by: index % 12,
      }))
      const [share] = mergedShares(endedOf(changes), [3])
      return (share?.upper ?? 0) - (share?.lower ?? 0)
    })
    expect(widths[1]).toBeCloseTo(widths[0] ?? Number.NaN, 12)
    expect(widths[0]).toBeGreaterThan(0.5)
  })
})

test('contains the true share about as often as it says, also with uneven people and some lost to sight', () => {
  const uneven = { ...ordinaryWorld, activitySpread: 1.5 }
  for (const lost of [0, 0.3]) {
    const found = measureMergedShares('merged', { world: uneven, lost }, { seed: 1, runs: 300 })
    for (const share of found.values()) {
      // Three Monte-Carlo errors below 95 %.
      expect(share.value).toBeGreaterThan(0.912)
    }
  }
})
