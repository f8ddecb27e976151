import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Frame, NARROW, WIDE } from '../../../src/report/charts/drawing.ts'
import { durationSpread } from '../../../src/report/charts/duration-spread.ts'
import { evidenceCoverage } from '../../../src/report/charts/evidence-coverage.ts'
import { forestPlot } from '../../../src/report/charts/forest-plot.ts'
import { funnel } from '../../../src/report/charts/funnel.ts'
import { mergedShare } from '../../../src/report/charts/merged-share.ts'
import { revertRates } from '../../../src/report/charts/revert-rates.ts'
import { sizeMix } from '../../../src/report/charts/size-mix.ts'
import { weeklyMedians } from '../../../src/report/charts/weekly-medians.ts'
import type { Markup } from '../../../src/report/html/markup.ts'
import * as parts from './arbitrary-parts.ts'
import { expectInside } from './expect-inside.ts'
import { wide } from './frames.ts'

/** A chart and what it may be asked to draw. */
function chart<T>(part: fc.Arbitrary<T>, draw: (part: T, frame: Frame) => Markup) {
  return fc
    .record({ part, width: fc.constantFrom(WIDE, NARROW), synthetic: fc.boolean() })
    .map(({ part, width, synthetic }) => String(draw(part, { id: 'chart', width, synthetic })))
}

const charts: readonly (readonly [string, fc.Arbitrary<string>])[] = [
  ['forest plot', chart(parts.comparisons, forestPlot)],
  ['merged share', chart(parts.merged, (part, frame) => mergedShare(part, frame))],
  ['revert rates', chart(parts.reverts, (part, frame) => revertRates(part, frame))],
  ['weekly medians', chart(parts.weeks, (part, frame) => weeklyMedians(part, frame))],
  ['durations', chart(parts.durations, (part, frame) => durationSpread(part, frame))],
  ['funnel', chart(parts.funnels, (part, frame) => funnel(part, frame))],
  ['sizes', chart(parts.sizes, (part, frame) => sizeMix(part, frame))],
  ['coverage', chart(parts.coverages, evidenceCoverage)],
]

describe.each(charts)('the chart of %s', (_, drawings) => {
  it('puts everything inside itself, whatever it draws', () => {
    fc.assert(fc.property(drawings, expectInside))
  })

  it('is an image with a name and a description, styled by classes alone', () => {
    fc.assert(
      fc.property(drawings, (svg) => {
        expect(svg).toMatch(
          /^<svg class="chart" [^>]*role="img" aria-labelledby="chart-title chart-desc"><title id="chart-title">[^<]+<\/title><desc id="chart-desc">[^<]+<\/desc>/,
        )
        expect(svg).not.toMatch(/ style=| fill=| stroke=|<script|href|url\(/)
      }),
      { numRuns: 20 },
    )
  })

  it('says that it is made up exactly where it is', () => {
    fc.assert(
      fc.property(drawings, (svg) => {
        const drawn = svg.includes('>Synthetic example</text>')
        expect(svg.includes('>Synthetic example: ')).toBe(drawn)
      }),
      { numRuns: 20 },
    )
  })
})

it('draws the same numbers the same way', () => {
  const [part] = fc.sample(parts.weeks, { numRuns: 1, seed: 1 })
  if (part === undefined) throw new Error('no sample')
  expect(String(weeklyMedians(part, wide))).toBe(String(weeklyMedians(part, wide)))
})
