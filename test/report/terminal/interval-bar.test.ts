import { describe, expect, test } from 'vitest'
import { ratioScale } from '../../../src/report/charts/ratio-scale.ts'
import type { Estimate } from '../../../src/report/document/report-parts.ts'
import { intervalBar } from '../../../src/report/terminal/interval-bar.ts'

const bar = (value: number, low: number, high: number, unit: Estimate['unit'] = 'percent') =>
  intervalBar({ unit, value, low, high }, 41)

describe('intervalBar', () => {
  test('stands where it belongs on a scale that has no difference in its middle', () => {
    expect(bar(-3, -8, 1, 'points')).toEqual([
      '    ━━━━━━━━━━●━━━━━┿━━',
      '−10 points    no difference    +10 points',
    ])
  })

  test('of ratios is that of the charts: half as much is as far from no difference as twice', () => {
    expect(bar(-18, -30, -4)).toEqual([
      '  ━━━━━━━━●━━━━━━━━ │',
      '−33 %         no difference         +50 %',
    ])
    const [line = '', scale = ''] = bar(0, -50, 100)
    expect([line.indexOf('━'), line.lastIndexOf('━')]).toEqual([0, 40])
    expect(scale).toMatch(/^−50 % +no difference +\+100 %$/)
    const { ticks } = ratioScale([-18, -30, -4], [0, 40])
    expect(ticks.map(Math.round)).toEqual(expect.arrayContaining([-33, 50]))
  })

  test('crosses the middle in sight, and takes the first scale that holds it', () => {
    expect(bar(2, -8, 12)).toEqual([
      '             ━━━━━━━┿━●━━━━━━━━',
      '−20 %         no difference         +25 %',
    ])
    expect(bar(2.8, -5.9, 11.5, 'per-1000')[1]).toMatch(/^−20\.0 +no difference +\+20\.0$/)
  })

  test('ends in an arrow where it goes on beyond the widest scale', () => {
    const [line = ''] = bar(20, -70, 900)
    expect(line.endsWith('▸')).toBe(true)
    expect(line.startsWith('◂')).toBe(false)
    expect(bar(0, -90, 400)[0]).toMatch(/^◂━+●━+▸$/)
  })

  test('never touches no difference where the numbers do not', () => {
    expect(bar(-60, -96, -1)[0]?.at(20)).toBe('│')
    expect(bar(60, 1, 96)[0]?.at(20)).toBe('│')
    expect(bar(60, 0, 96)[0]?.at(20)).toBe('┿')
  })

  test('an interval of one point is its estimate', () => {
    expect(bar(0, 0, 0)[0]?.trim()).toBe('●')
  })

  test('is never narrower than can be read', () => {
    expect(intervalBar({ unit: 'points', value: 1, low: -3, high: 4 }, 5)[1]).toBe(
      '−5 points 0 +5 points',
    )
  })
})
