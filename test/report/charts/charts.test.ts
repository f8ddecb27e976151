import { describe, expect, it } from 'vitest'
import { durationSpread } from '../../../src/report/charts/duration-spread.ts'
import { evidenceCoverage } from '../../../src/report/charts/evidence-coverage.ts'
import { funnel } from '../../../src/report/charts/funnel.ts'
import { mergedShare } from '../../../src/report/charts/merged-share.ts'
import { revertRates } from '../../../src/report/charts/revert-rates.ts'
import { sizeMix } from '../../../src/report/charts/size-mix.ts'
import { weeklyMedians } from '../../../src/report/charts/weekly-medians.ts'
import type { Report } from '../../../src/report/document/report-document.ts'
import { exampleReport } from '../example-report.ts'
import { frames, narrow, wide } from './frames.ts'
import { marksOf, textsOf } from './read-svg.ts'

const report = exampleReport()

/** Widths of the bars of a kind, in the order in which they are drawn; the key's is left out. */
function barsOf(svg: string, kind: string): number[] {
  return [...svg.matchAll(new RegExp(`<rect class="bar ${kind}"[^>]* width="([^"]+)"`, 'g'))]
    .map(([, width]) => Number(width))
    .filter((width) => width !== 22)
}

function seriesOf(svg: string, group: string): string {
  return new RegExp(`<path class="series ${group}" d="([^"]*)"`).exec(svg)?.[1] ?? ''
}

function bandOf(svg: string, group: string): string | null {
  return new RegExp(`<path class="band ${group}" d="([^"]*)"`).exec(svg)?.[1] ?? null
}

describe('mergedShare', () => {
  const shares = (...all: number[]) => all.map((value) => ({ value, low: value, high: value }))

  it('steps up at each hour and ends with the last share beside the mark of the group', () => {
    const merged = { hours: [1, 24], aiRecorded: shares(0, 50), noneRecorded: shares(25, 100) }
    const svg = String(mergedShare(merged, wide))
    expect(seriesOf(svg, 'aiRecorded')).toBe('M34,268L650,268L650,156H664')
    expect(seriesOf(svg, 'noneRecorded')).toBe('M34,212L650,212L650,44H664')
    expect(textsOf(svg)).toContain('50\u00a0%')
    expect(textsOf(svg)).toContain('100\u00a0%')
    expect(marksOf(svg, 'aiRecorded')).toContainEqual([673, 156])
  })

  it('has a band from the lower to the upper ends of the intervals, as far as the line goes', () => {
    const aiRecorded = [
      { value: 25, low: 0, high: 50 },
      { value: 50, low: 25, high: 75 },
    ]
    const svg = String(mergedShare({ hours: [1, 24], aiRecorded, noneRecorded: null }, wide))
    // Its upper side there, its lower side back.
    expect(bandOf(svg, 'aiRecorded')).toBe(
      'M34,156L650,156L650,100L664,100L664,100L664,212L664,212L650,212L650,268L34,268Z',
    )
    expect(svg.indexOf('class="band')).toBeLessThan(svg.indexOf('class="series aiRecorded" d='))
  })

  it('has no width where an interval is not known', () => {
    const noneRecorded = [{ value: 50, low: null, high: null }]
    const svg = String(mergedShare({ hours: [24], aiRecorded: null, noneRecorded }, wide))
    const heights = [...(bandOf(svg, 'noneRecorded') ?? '').matchAll(/,([\d.]+)/g)]
    expect(new Set(heights.map(([, y]) => y))).toEqual(new Set(['156']))
  })

  it('says both last shares where they are the same', () => {
    const merged = { hours: [1, 24], aiRecorded: shares(0, 80), noneRecorded: shares(0, 80) }
    const svg = String(mergedShare(merged, wide))
    expect(textsOf(svg).filter((text) => text === '80\u00a0%')).toHaveLength(2)
  })

  it.each([null, []])('draws no line of a group with %j', (aiRecorded) => {
    const svg = String(
      mergedShare({ hours: [1, 24], aiRecorded, noneRecorded: shares(1, 2) }, wide),
    )
    expect(seriesOf(svg, 'aiRecorded')).toBe('')
    expect(bandOf(svg, 'aiRecorded')).toBeNull()
    expect(textsOf(svg)).not.toContain('0\u00a0%')
  })

  it('can draw a single hour, and none', () => {
    for (const hours of [[24], [0], []]) {
      const all = shares(...hours.map(() => 50))
      expect(() => mergedShare({ hours, aiRecorded: all, noneRecorded: null }, wide)).not.toThrow()
    }
  })
})

describe('revertRates', () => {
  it('puts the marks of the two groups beside each other, as high as their rates', () => {
    const svg = String(
      revertRates(
        [
          {
            days: 30,
            aiRecorded: { value: 0, low: 0, high: 10 },
            noneRecorded: { value: 10, low: null, high: null },
          },
        ],
        wide,
      ),
    )
    expect(marksOf(svg, 'aiRecorded').at(-1)).toEqual([363, 250])
    expect(marksOf(svg, 'noneRecorded').at(-1)).toEqual([391, 52])
    expect(textsOf(svg)).toContain('10.0')
  })

  it('clips an interval that would flatten all rates', () => {
    const svg = String(
      revertRates(
        [{ days: 7, aiRecorded: { value: 2, low: 0, high: 900 }, noneRecorded: null }],
        wide,
      ),
    )
    expect(textsOf(svg)).toContain('6')
    expect(textsOf(svg)).not.toContain('900')
    expect(svg).toMatch(/<path class="interval aiRecorded"/)
  })

  it('leaves out what is not shown, and keeps its days', () => {
    const svg = String(revertRates(report.reverts?.rates ?? [], wide))
    // Three rates, and the key's mark.
    expect(marksOf(svg, 'aiRecorded')).toHaveLength(3 + 1)
    expect(marksOf(svg, 'noneRecorded')).toHaveLength(4 + 1)
    expect(textsOf(svg)).toContain('90 days')
  })
})

describe('weeklyMedians', () => {
  const week = (from: string, hours: number | null): Report['weeks'][number] => ({
    from,
    aiRecorded: {
      changes: 40,
      median: hours === null ? null : { value: hours, low: hours, high: hours },
    },
    noneRecorded: null,
    aiRecordedPercent: null,
  })

  it('breaks the line at a week without a median', () => {
    const weeks = [10, 10, null, 10, 10].map((hours, index) => week(`2026-01-0${index + 1}`, hours))
    expect(seriesOf(String(weeklyMedians(weeks, wide)), 'aiRecorded').match(/M/g)).toHaveLength(2)
  })

  it('does not let a single week flatten all others', () => {
    const weeks = [10, 10, 900].map((hours, index) => week(`2026-01-0${index + 1}`, hours))
    const svg = String(weeklyMedians(weeks, wide))
    expect(textsOf(svg)).toContain('900\u00a0h')
    expect(textsOf(svg)).not.toContain('1,000')
    expect(svg).toMatch(/<path class="interval aiRecorded"/)
  })

  it('has a row of bars for each group, on one scale and each on its own ground', () => {
    const bars = (cohort: string) =>
      [
        ...String(weeklyMedians(report.weeks, wide)).matchAll(
          new RegExp(
            `<rect class="bar ${cohort}" x="([^"]+)" y="([^"]+)"[^>]*height="([^"]+)"`,
            'g',
          ),
        ),
      ].map(([, x, y, height]) => ({ x, y: Number(y), height: Number(height) }))
    const [ai, none] = [bars('aiRecorded'), bars('noneRecorded')]
    expect(none[0]?.x).toBe(ai[0]?.x)
    expect((none[0]?.height ?? 0) / (ai[0]?.height ?? 1)).toBeCloseTo(100 / 30, 1)
    for (const row of [ai, none]) {
      expect(new Set(row.map(({ y, height }) => Math.round(y + height))).size).toBe(1)
    }
    expect(none[0]?.y).toBeGreaterThan((ai[0]?.y ?? 0) + (ai[0]?.height ?? 0))
  })

  it('draws a dash for a week that is not shown, and the bar of the other group all the same', () => {
    const svg = String(weeklyMedians(report.weeks, wide))
    expect(svg.match(/<rect class="bar aiRecorded"/g)).toHaveLength(11)
    expect(svg.match(/<rect class="bar noneRecorded"/g)).toHaveLength(12)
    const hidden = report.weeks.map((one) => ({ ...one, aiRecorded: null }))
    const bars = (drawn: string) => drawn.match(/<rect class="bar noneRecorded"[^>]*>/g)
    expect(bars(String(weeklyMedians(hidden, wide)))).toEqual(bars(svg))
    // The ground of either row and of the medians, and the dashes.
    expect(svg.match(/<line class="axis"/g)).toHaveLength(3 + 3)
  })

  it.each(frames)('has room for the days of half a year at a width of $width', (frame) => {
    const weeks = Array.from({ length: 26 }, (_, index) =>
      week(new Date(Date.UTC(2026, 0, 5 + 7 * index)).toISOString().slice(0, 10), 10),
    )
    const days = [
      ...String(weeklyMedians(weeks, frame)).matchAll(
        /x="([^"]+)" y="[^"]+" text-anchor="middle">\d+ \w{3}</g,
      ),
    ].map(([, x]) => Number(x))
    expect(days.length).toBeGreaterThanOrEqual(4)
    for (const [index, x] of days.slice(1).entries()) {
      expect(x - (days[index] ?? 0)).toBeGreaterThan(42)
    }
  })
})

describe('durationSpread', () => {
  it('says the median before the mark and the last known quantile behind the line', () => {
    const texts = textsOf(String(durationSpread(report.quantiles, wide)))
    expect(texts).toContain('15\u00a0h')
    expect(texts).toContain('140\u00a0h')
    expect(texts).toContain('not shown')
  })

  it('cuts a name that would not fit', () => {
    const [first] = report.quantiles
    if (first === undefined) throw new Error('no example')
    const svg = String(durationSpread([{ ...first, label: 'x'.repeat(300) }], narrow))
    expect(textsOf(svg)).toContain(`${'x'.repeat(49)}…`)
  })
})

describe('funnel', () => {
  it('has bars as long as their percents', () => {
    const stages = {
      window: { from: '2026-01-05', until: '2026-04-06' },
      aiRecorded: {
        ready: 100,
        merged: { value: 50, low: 40, high: 60 },
        surviving: { value: 25, low: 17, high: 34 },
      },
      noneRecorded: null,
    }
    const svg = String(funnel(stages, wide))
    expect(barsOf(svg, 'aiRecorded')).toEqual([482.5, 241.3, 120.6])
    expect(barsOf(svg, 'noneRecorded')).toEqual([])
  })
})

describe('sizeMix', () => {
  it('reaches as far as the largest share', () => {
    const svg = String(
      sizeMix([{ band: '10-49', aiRecordedPercent: 20, noneRecordedPercent: 40 }], wide),
    )
    expect(barsOf(svg, 'aiRecorded')).toEqual([269])
    expect(barsOf(svg, 'noneRecorded')).toEqual([538])
    expect(textsOf(svg)).toContain('10–49 lines')
  })
})

describe('evidenceCoverage', () => {
  it('says what is not shown and draws no bar for it', () => {
    if (report.coverage === null) throw new Error('no example')
    const svg = String(evidenceCoverage(report.coverage, wide))
    expect(barsOf(svg, 'all')).toHaveLength(9)
    expect(textsOf(svg).filter((text) => text === 'not shown')).toHaveLength(2)
    expect(textsOf(svg)).toContain('Claude Code')
    expect(textsOf(svg)).toContain('E2 written by a tool')
    expect(textsOf(svg)).toContain('Nothing recorded')
  })

  it('draws no tools where none may be told', () => {
    if (report.coverage === null) throw new Error('no example')
    const svg = String(evidenceCoverage({ ...report.coverage, tools: [] }, wide))
    expect(barsOf(svg, 'all')).toHaveLength(5)
    expect(svg).not.toContain('Tools')
  })
})
