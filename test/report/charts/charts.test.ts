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
import { frames, names, narrow, wide } from './frames.ts'
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

describe('mergedShare', () => {
  it('steps up at each hour and ends with the last share beside the mark of the group', () => {
    const merged = { hours: [1, 24], assisted: [0, 50], other: [25, 100] }
    const svg = String(mergedShare(merged, names, wide))
    expect(seriesOf(svg, 'assisted')).toBe('M34,268L650,268L650,156H664')
    expect(seriesOf(svg, 'other')).toBe('M34,212L650,212L650,44H664')
    expect(textsOf(svg)).toContain('50\u00a0%')
    expect(textsOf(svg)).toContain('100\u00a0%')
    expect(marksOf(svg, 'assisted')).toContainEqual([673, 156])
  })

  it('says both last shares where they are the same', () => {
    const merged = { hours: [1, 24], assisted: [0, 80], other: [0, 80] }
    const svg = String(mergedShare(merged, names, wide))
    expect(textsOf(svg).filter((text) => text === '80\u00a0%')).toHaveLength(2)
  })

  it.each([null, []])('draws no line of a group with %j', (assisted) => {
    const svg = String(mergedShare({ hours: [1, 24], assisted, other: [1, 2] }, names, wide))
    expect(seriesOf(svg, 'assisted')).toBe('')
    expect(textsOf(svg)).not.toContain('0\u00a0%')
  })

  it('can draw a single hour, and none', () => {
    for (const hours of [[24], [0], []]) {
      const shares = hours.map(() => 50)
      expect(() => mergedShare({ hours, assisted: shares, other: null }, names, wide)).not.toThrow()
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
            assisted: { value: 0, low: 0, high: 10 },
            other: { value: 10, low: null, high: null },
          },
        ],
        names,
        wide,
      ),
    )
    expect(marksOf(svg, 'assisted').at(-1)).toEqual([363, 250])
    expect(marksOf(svg, 'other').at(-1)).toEqual([391, 52])
    expect(textsOf(svg)).toContain('10.0')
  })

  it('clips an interval that would flatten all rates', () => {
    const svg = String(
      revertRates(
        [{ days: 7, assisted: { value: 2, low: 0, high: 900 }, other: null }],
        names,
        wide,
      ),
    )
    expect(textsOf(svg)).toContain('6')
    expect(textsOf(svg)).not.toContain('900')
    expect(svg).toMatch(/<path class="interval assisted"/)
  })

  it('leaves out what is not shown, and keeps its days', () => {
    const svg = String(revertRates(report.reverts?.rates ?? [], names, wide))
    // Three rates, and the key's mark.
    expect(marksOf(svg, 'assisted')).toHaveLength(3 + 1)
    expect(marksOf(svg, 'other')).toHaveLength(4 + 1)
    expect(textsOf(svg)).toContain('90 days')
  })
})

describe('weeklyMedians', () => {
  const week = (from: string, hours: number | null): Report['weeks'][number] => ({
    from,
    assisted: {
      changes: 40,
      median: hours === null ? null : { value: hours, low: hours, high: hours },
    },
    other: null,
    assistedPercent: null,
  })

  it('breaks the line at a week without a median', () => {
    const weeks = [10, 10, null, 10, 10].map((hours, index) => week(`2026-01-0${index + 1}`, hours))
    expect(
      seriesOf(String(weeklyMedians(weeks, names, wide)), 'assisted').match(/M/g),
    ).toHaveLength(2)
  })

  it('does not let a single week flatten all others', () => {
    const weeks = [10, 10, 900].map((hours, index) => week(`2026-01-0${index + 1}`, hours))
    const svg = String(weeklyMedians(weeks, names, wide))
    expect(textsOf(svg)).toContain('900\u00a0h')
    expect(textsOf(svg)).not.toContain('1,000')
    expect(svg).toMatch(/<path class="interval assisted"/)
  })

  it('stacks the changes of the two groups', () => {
    const svg = String(weeklyMedians(report.weeks, names, wide))
    const bars = [
      ...svg.matchAll(/<rect class="bar (\w+)" x="([^"]+)" y="([^"]+)"[^>]*height="([^"]+)"/g),
    ]
    const [assisted, other] = bars
    expect(assisted?.[1]).toBe('assisted')
    expect(other?.[2]).toBe(assisted?.[2])
    expect(Number(other?.[3]) + Number(other?.[4])).toBeCloseTo(Number(assisted?.[3]))
  })

  it('draws no bar for a week that is not shown', () => {
    const svg = String(weeklyMedians(report.weeks, names, wide))
    expect(svg.match(/<rect class="bar assisted"/g)).toHaveLength(11)
    expect(svg.match(/<rect class="bar other"/g)).toHaveLength(12)
  })

  it.each(frames)('has room for the days of half a year at a width of $width', (frame) => {
    const weeks = Array.from({ length: 26 }, (_, index) =>
      week(new Date(Date.UTC(2026, 0, 5 + 7 * index)).toISOString().slice(0, 10), 10),
    )
    const days = [
      ...String(weeklyMedians(weeks, names, frame)).matchAll(
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
    const texts = textsOf(String(durationSpread(report.quantiles, names, wide)))
    expect(texts).toContain('15\u00a0h')
    expect(texts).toContain('140\u00a0h')
    expect(texts).toContain('not shown')
  })

  it('cuts a name that would not fit', () => {
    const [first] = report.quantiles
    if (first === undefined) throw new Error('no example')
    const svg = String(durationSpread([{ ...first, label: 'x'.repeat(300) }], names, narrow))
    expect(textsOf(svg)).toContain(`${'x'.repeat(49)}…`)
  })
})

describe('funnel', () => {
  it('has bars as long as their percents', () => {
    const stages = {
      window: { from: '2026-01-05', until: '2026-04-06' },
      assisted: {
        ready: 100,
        merged: { value: 50, low: 40, high: 60 },
        surviving: { value: 25, low: 17, high: 34 },
      },
      other: null,
    }
    const svg = String(funnel(stages, names, wide))
    expect(barsOf(svg, 'assisted')).toEqual([538, 269, 134.5])
    expect(barsOf(svg, 'other')).toEqual([])
  })
})

describe('sizeMix', () => {
  it('reaches as far as the largest share', () => {
    const svg = String(
      sizeMix([{ band: '10-49', assistedPercent: 20, otherPercent: 40 }], names, wide),
    )
    expect(barsOf(svg, 'assisted')).toEqual([269])
    expect(barsOf(svg, 'other')).toEqual([538])
    expect(textsOf(svg)).toContain('10–49 lines')
  })
})

describe('evidenceCoverage', () => {
  it('says what is not shown and draws no bar for it', () => {
    if (report.coverage === null) throw new Error('no example')
    const svg = String(evidenceCoverage(report.coverage, wide))
    expect(barsOf(svg, 'all')).toHaveLength(5)
    expect(textsOf(svg).filter((text) => text === 'not shown')).toHaveLength(2)
    expect(textsOf(svg)).toContain('E2 written by a tool')
    expect(textsOf(svg)).toContain('Nothing recorded')
  })
})
