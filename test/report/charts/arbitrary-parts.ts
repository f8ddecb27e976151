import fc from 'fast-check'
import type { ReportComparison } from '../../../src/report/document/report-comparison.ts'
import type { Report } from '../../../src/report/document/report-document.ts'
import type { CohortValue, Estimate } from '../../../src/report/document/report-parts.ts'
import { exampleComparison } from '../example-comparison.ts'

/** Finite numbers as a document may hold them: usual, zero, tiny and absurd. */
const number = fc.oneof(
  fc.integer({ min: -100, max: 300 }),
  fc.constantFrom(0, 0.01, -100, -99.9, 1e6, -1e6, 1e12),
)
const amount = number.map(Math.abs)
const percent = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(0, 100))
const count = fc.option(fc.integer({ min: 0, max: 40_000 }).map((fives) => 5 * fives))

function both<T>(side: fc.Arbitrary<T>) {
  return { aiRecorded: fc.option(side), noneRecorded: fc.option(side) }
}

function ordered(values: readonly number[]): [number, number, number] {
  const [low = 0, value = 0, high = 0] = values.toSorted((a, b) => a - b)
  return [low, value, high]
}

const value: fc.Arbitrary<CohortValue> = fc
  .tuple(fc.array(amount, { minLength: 3, maxLength: 3 }), fc.boolean(), fc.boolean())
  .map(([values, below, above]) => {
    const [low, middle, high] = ordered(values)
    return { value: middle, low: below ? low : null, high: above ? high : null }
  })

function estimate(unit: Estimate['unit']): fc.Arbitrary<Estimate> {
  return fc.array(number, { minLength: 3, maxLength: 3 }).map((values) => {
    const [low, middle, high] = ordered(values)
    return { unit, value: middle, low, high }
  })
}

const comparison: fc.Arbitrary<ReportComparison> = fc
  .constantFrom('cycle-time' as const, 'review-rounds' as const, 'reverts' as const)
  .chain((outcome) => {
    const one = estimate(outcome === 'reverts' ? 'per-1000' : 'percent')
    return fc
      .record({ main: fc.option(one), same: fc.option(one), attested: fc.option(one) })
      .map(({ main, same, attested }) => {
        const example = exampleComparison(outcome, 'no_clear_difference')
        return {
          ...example,
          estimate: main,
          samePeople: same === null ? null : { people: '5-9' as const, estimate: same },
          attested:
            attested === null
              ? null
              : {
                  verdict: 'too_few' as const,
                  settled: false,
                  lead: 'Too few changes to tell.',
                  statement: 'Too few changes to tell.',
                  reason: null,
                  estimate: attested,
                  comparable: null,
                },
        }
      })
  })

export const comparisons = fc.array(comparison, { maxLength: 3 })

const window = fc.constant({ from: '2026-01-05', until: '2026-04-06' })

const percentValue: fc.Arbitrary<CohortValue> = fc
  .tuple(percent, percent, percent, fc.boolean())
  .map(([one, other, third, isKnown]) => {
    const [low, middle, high] = ordered([one, other, third])
    return { value: middle, low: isKnown ? low : null, high: isKnown ? high : null }
  })

export const merged: fc.Arbitrary<
  Pick<NonNullable<Report['merged']>, 'hours' | 'aiRecorded' | 'noneRecorded'>
> = fc.uniqueArray(fc.integer({ min: 0, max: 5000 }), { maxLength: 60 }).chain((hours) => {
  const shares = fc.array(percentValue, { minLength: hours.length, maxLength: hours.length })
  return fc.record({ hours: fc.constant(hours.toSorted((a, b) => a - b)), ...both(shares) })
})

export const reverts: fc.Arbitrary<NonNullable<Report['reverts']>['rates']> = fc
  .subarray([7, 14, 30, 90])
  .chain((days) =>
    fc.tuple(...days.map((one) => fc.record({ days: fc.constant(one), ...both(value) }))),
  )

export const weeks: fc.Arbitrary<Report['weeks']> = fc
  .array(
    fc.record({
      ...both(fc.record({ changes: count, median: fc.option(value) })),
      aiRecordedPercent: fc.option(percent),
    }),
    { maxLength: 26 },
  )
  .map((all) =>
    all.map((week, index) => ({
      from: new Date(Date.UTC(2026, 0, 5 + 7 * index)).toISOString().slice(0, 10),
      ...week,
    })),
  )

const quantiles = fc.record({
  changes: count,
  median: value,
  p75: fc.option(value),
  p90: fc.option(value),
})

export const durations: fc.Arbitrary<Report['quantiles']> = fc.array(
  fc.record({
    id: fc.constantFrom('cycle-time' as const, 'pickup' as const),
    label: fc.string({ minLength: 1, maxLength: 200 }),
    definition: fc.constant('What it is.'),
    window,
    ...both(quantiles),
  }),
  { maxLength: 5 },
)

const share = percent.map((one) => ({ value: one, low: one, high: 100 }))

export const funnels: fc.Arbitrary<NonNullable<Report['funnel']>> = fc.record({
  window,
  ...both(fc.record({ ready: count, merged: share, surviving: share })),
})

export const sizes: fc.Arbitrary<NonNullable<Report['sizes']>['bands']> = fc.array(
  fc.record({
    band: fc.string({ minLength: 1 }),
    aiRecordedPercent: percent,
    noneRecordedPercent: percent,
  }),
  { maxLength: 6 },
)

const assistance = ['assisted', 'unassisted', 'undeclared'] as const
const tiers = ['E1', 'E2', 'E3', 'none'] as const

export const coverages: fc.Arbitrary<NonNullable<Report['coverage']>> = fc.record({
  window,
  changes: count,
  assistance: fc.tuple(
    ...assistance.map((one) =>
      fc.record({
        assistance: fc.constant(one),
        label: fc.string({ minLength: 1 }),
        percent: fc.option(percent),
      }),
    ),
  ),
  tiers: fc.tuple(
    ...tiers.map((tier) =>
      fc.record({
        tier: fc.constant(tier),
        label: fc.string({ minLength: 1 }),
        percent: fc.option(percent),
      }),
    ),
  ),
  tools: fc.array(
    fc.record({
      tool: fc.string({ minLength: 1 }),
      label: fc.string({ minLength: 1 }),
      percent,
    }),
    { maxLength: 6 },
  ),
})
