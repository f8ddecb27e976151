import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom, runningSums } from '../../../src/delivery/synthetic/random.ts'

const count = 40_000

function draw<Drawn>(of: () => Drawn): Drawn[] {
  return Array.from({ length: count }, of)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function variance(values: readonly number[]): number {
  const middle = mean(values)
  return mean(values.map((value) => (value - middle) ** 2))
}

describe('random numbers', () => {
  test('are the same for the same seed and stream, and others for another', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31), fc.nat(2 ** 31), (seed, stream) => {
        const first = (...of: Parameters<typeof createRandom>) => createRandom(...of).hex(32)
        expect(first(seed, stream)).toBe(first(seed, stream))
        expect(first(seed, stream)).not.toBe(first(seed + 1, stream))
        expect(first(seed, stream)).not.toBe(first(seed, stream + 1))
        expect(first(seed, stream)).not.toBe(first(seed, stream + 2 ** 40))
        expect(first(seed, stream)).not.toBe(first(seed))
      }),
    )
  })

  // A change here changes every synthetic organisation.
  test('stay what they are', () => {
    expect(createRandom(1).hex(48)).toMatchInlineSnapshot(
      `"1a55383e249fb8e862027656c9ecbb16406ca90bd3639f9a"`,
    )
    expect(createRandom(1, 2, 3).hex(16)).toMatchInlineSnapshot(`"4bd916a7e52e4c0e"`)
  })

  test('fill the unit evenly', () => {
    const { next } = createRandom(1)
    const values = draw(next)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...values)).toBeLessThan(1)
    expect(mean(values)).toBeCloseTo(1 / 2, 2)
    expect(variance(values)).toBeCloseTo(1 / 12, 2)
    const after = mean(values.slice(1).map((value, i) => (value - 0.5) * ((values[i] ?? 0) - 0.5)))
    expect(after).toBeCloseTo(0, 2)
  })

  test('have the means and variances that they are drawn with', () => {
    const random = createRandom(2)
    const normal = draw(() => random.normal())
    expect(mean(normal)).toBeCloseTo(0, 1)
    expect(variance(normal)).toBeCloseTo(1, 1)
    const few = draw(() => random.poisson(1.3))
    expect(mean(few)).toBeCloseTo(1.3, 1)
    expect(variance(few)).toBeCloseTo(1.3, 1)
    expect(mean(draw(() => Number(random.chance(0.2))))).toBeCloseTo(0.2, 1)
    expect(mean(draw(() => random.between(-2, 4)))).toBeCloseTo(1, 1)
    expect(random.poisson(0)).toBe(0)
    // Far past the mean at which exp(−mean) is no number above 0 any more.
    const many = Array.from({ length: 200 }, () => random.poisson(2_000))
    expect(mean(many)).toBeGreaterThan(1_985)
    expect(mean(many)).toBeLessThan(2_015)
  })

  test('are drawn by weight', () => {
    const random = createRandom(3)
    const sums = runningSums([1, 0, 3])
    expect(sums).toEqual([1, 1, 4])
    const drawn = draw(() => random.weighted(sums))
    expect(new Set(drawn)).toEqual(new Set([0, 2]))
    expect(drawn.filter((number) => number === 2).length / count).toBeCloseTo(0.75, 1)
    expect(new Set(draw(() => random.pick(['a', 'b'])))).toEqual(new Set(['a', 'b']))
    expect(new Set(draw(() => random.below(3)))).toEqual(new Set([0, 1, 2]))
  })
})
