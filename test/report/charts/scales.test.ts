import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differenceScale } from '../../../src/report/charts/difference-scale.ts'
import { hoursAxis } from '../../../src/report/charts/hours-axis.ts'
import { clip } from '../../../src/report/charts/marks.ts'
import { ratioScale } from '../../../src/report/charts/ratio-scale.ts'
import { spreadLabels } from '../../../src/report/charts/spread-labels.ts'
import { wide } from './frames.ts'
import { textsOf } from './read-svg.ts'

const range = [100, 300] as const

describe('ratioScale', () => {
  it.each([
    [[0], [-20, -9, 0, 10, 25]],
    [
      [-18, -30, -4],
      [-33, -20, 0, 25, 50],
    ],
    [[60], [-50, -33, -20, 0, 25, 50, 100]],
    [[1000], [-75, -50, -33, 0, 50, 100, 300]],
    [[-100], [-75, -50, -33, 0, 50, 100, 300]],
    [[], [-20, -9, 0, 10, 25]],
  ])('for %j has the ticks %j', (percents, ticks) => {
    expect(ratioScale(percents, range).ticks.map(Math.round)).toEqual(ticks)
  })

  it('has no difference in the middle, and a tenth at the mirror of tenfold', () => {
    const { position } = ratioScale([1000], range)
    expect(position(0)).toBe(200)
    expect(200 - position(-90)).toBeCloseTo(position(900) - 200)
  })

  it('never turns back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100, max: 5000 })), (percents) => {
        const { position } = ratioScale(percents, range)
        const places = percents.toSorted((a, b) => a - b).map(position)
        expect(places).toEqual(places.toSorted((a, b) => a - b))
        expect(places.every(Number.isFinite)).toBe(true)
      }),
    )
  })
})

describe('differenceScale', () => {
  it('reaches as far to both sides as the furthest value, in round steps', () => {
    const { position, ticks } = differenceScale([2.8, -5.9, 11.5], range)
    expect(ticks).toEqual([-20, -10, 0, 10, 20])
    expect([position(-20), position(0), position(20)]).toEqual([100, 200, 300])
  })

  it('reaches somewhere when all is nothing', () => {
    expect(differenceScale([0, 0, 0], range).position(0)).toBe(200)
    expect(differenceScale([], range).ticks).toContain(0)
  })
})

describe('clip', () => {
  it.each([
    [150, { at: 150, beyond: 0 }],
    [100, { at: 100, beyond: 0 }],
    [99, { at: 100, beyond: -1 }],
    [301, { at: 300, beyond: 1 }],
  ])('puts %d at %j', (position, clipped) => {
    expect(clip(position, range)).toEqual(clipped)
    expect(clip(position, [300, 100])).toEqual(clipped)
  })
})

describe('spreadLabels', () => {
  it.each([
    [
      [10, 50],
      [10, 50],
    ],
    [
      [50, 10],
      [50, 10],
    ],
    [
      [50, 52],
      [50, 65],
    ],
    [
      [98, 99],
      [85, 100],
    ],
    [
      [0, 0],
      [0, 15],
    ],
    [[], []],
  ])('puts %j at %j', (wanted, places) => {
    expect(spreadLabels(wanted, 15, [0, 100])).toEqual(places)
  })

  it('keeps two labels apart and inside, wherever they belong', () => {
    const place = fc.integer({ min: -50, max: 500 })
    fc.assert(
      fc.property(place, place, (one, other) => {
        const [first = 0, second = 0] = spreadLabels([one, other], 15, [44, 268])
        expect(Math.abs(first - second)).toBeGreaterThanOrEqual(15)
        for (const at of [first, second]) expect(at >= 44 && at <= 268).toBe(true)
        if (one < other) expect(first).toBeLessThan(second)
      }),
    )
  })
})

describe('hoursAxis', () => {
  it('names the times that matter most first, as many as fit', () => {
    const axis = (position: (hours: number) => number) =>
      textsOf(hoursAxis([1, 720], position, 0, wide).drawn.join(''))
    expect(axis((hours) => hours)).toEqual(['1 day', '1 week', '30 days', '2 weeks'])
    expect(axis((hours) => 100 * Math.log(hours))).toContain('12 h')
    expect(axis(() => 5)).toEqual(['1 day'])
  })

  it('names nothing outside its span', () => {
    expect(hoursAxis([2, 3], (hours) => 100 * hours, 0, wide)).toEqual({ places: [], drawn: [] })
  })
})
