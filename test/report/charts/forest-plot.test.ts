import { describe, expect, it } from 'vitest'
import { forestPlot } from '../../../src/report/charts/forest-plot.ts'
import type { ReportComparison } from '../../../src/report/document/report-comparison.ts'
import { exampleComparison } from '../example-comparison.ts'
import { narrow, wide } from './frames.ts'
import { textsOf } from './read-svg.ts'

const time = exampleComparison('cycle-time', 'lower')
const rounds = exampleComparison('review-rounds', 'no_clear_difference')
const reverts = exampleComparison('reverts', 'no_clear_difference')

/** Middles of the squares, in the order of the rows. */
function squares(svg: string): number[] {
  return [...svg.matchAll(/<rect class="estimate \w+" x="([^"]+)" y="[^"]+" width="([^"]+)"/g)].map(
    ([, x, width]) => Number(x) + Number(width) / 2,
  )
}

/** Ends of the intervals, in the order of the rows. */
function intervals(svg: string): [number, number][] {
  return [
    ...svg.matchAll(
      /<line class="interval \w+" x1="([^"]+)" y1="([^"]+)" x2="([^"]+)" y2="\2"\/>/g,
    ),
  ].map(([, from, , to]) => [Number(from), Number(to)])
}

function withEstimate(value: number, low: number, high: number): ReportComparison {
  return {
    ...time,
    estimate: { unit: 'percent', value, low, high },
    samePeople: null,
    attested: null,
  }
}

describe('forestPlot', () => {
  it('has a row for all changes, the same people and the attested ones', () => {
    const texts = textsOf(String(forestPlot([time, rounds, reverts], wide)))
    expect(texts.filter((text) => text === 'All comparable changes')).toHaveLength(3)
    expect(texts.filter((text) => text === 'The same people')).toHaveLength(3)
    expect(texts.filter((text) => text === 'Against attested unassisted')).toHaveLength(1)
    expect(texts).toContain('−18\u00a0% (−30 to −4)')
    expect(texts).toContain('+2.8 (−5.9 to +11.5)')
    expect(texts.filter((text) => text === 'no difference')).toHaveLength(2)
  })

  it('puts a halving as far from no difference as a doubling', () => {
    const [halved = 0] = squares(String(forestPlot([withEstimate(-50, -50, -50)], wide)))
    const [doubled = 0] = squares(String(forestPlot([withEstimate(100, 100, 100)], wide)))
    const [none = 0] = squares(String(forestPlot([withEstimate(0, -50, 100)], wide)))
    expect(none - halved).toBeCloseTo(doubled - none, 6)
    expect(doubled).toBe(536)
    expect(halved).toBe(180)
  })

  it('keeps the order of the numbers', () => {
    const [[low = 0, high = 0] = []] = intervals(
      String(forestPlot([withEstimate(-18, -30, -4)], wide)),
    )
    const [middle = 0] = squares(String(forestPlot([withEstimate(-18, -30, -4)], wide)))
    expect([low, middle, high]).toEqual([low, middle, high].toSorted((a, b) => a - b))
  })

  it('ends an interval that leaves the scale in an arrow', () => {
    const svg = String(forestPlot([withEstimate(10, -99, 1900)], wide))
    expect(svg.match(/<path class="interval main"/g)).toHaveLength(2)
    expect(intervals(svg)).toEqual([[180, 536]])
  })

  it('leaves an arrow alone of an interval that lies beyond the scale', () => {
    const svg = String(forestPlot([withEstimate(640, 410, 2400)], wide))
    expect(squares(svg)).toEqual([])
    expect(intervals(svg)).toEqual([[522, 536]])
    expect(textsOf(svg)).toContain('+640\u00a0% (+410 to +2,400)')
  })

  it('lets the statements set the scale, and clips their companions', () => {
    const far = { unit: 'per-1000', value: 0, low: -1000, high: 1000 } as const
    const svg = String(
      forestPlot([{ ...reverts, samePeople: { people: '5-9', estimate: far } }], wide),
    )
    expect(textsOf(svg)).toContain('+20')
    expect(svg.match(/<path class="interval companion"/g)).toHaveLength(2)
  })

  it.each([
    ['hidden', 'not shown'],
    ['not_known', 'not known'],
  ] as const)('draws neither line nor scale for what is %s', (verdict, words) => {
    const svg = String(forestPlot([exampleComparison('cycle-time', verdict)], wide))
    expect(textsOf(svg)).toEqual(['Time to merge', 'All comparable changes', words])
    expect(svg).not.toMatch(/<(?:line|rect|path)/)
  })

  it('stays a drawing when there is nothing to compare', () => {
    expect(String(forestPlot([], wide))).toContain('viewBox="0 0 720 1"')
  })

  it('writes names and numbers above the lines where it is narrow', () => {
    const texts = textsOf(String(forestPlot([time], narrow)))
    expect(texts).toContain('Same people')
    expect(texts).toContain('Against attested')
    expect(texts).toContain('← less')
  })
})
