import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LeaningReason } from '../../../src/comparison/index.ts'
import { enoughFor } from '../../../src/report/document/enough.ts'
import type {
  ReportComparison,
  ReportVerdict,
} from '../../../src/report/document/report-comparison.ts'
import { ComparisonSchema } from '../../../src/report/document/report-comparison.ts'
import type { Told } from '../../../src/report/document/what-is-short.ts'
import { type Pace, paceOf } from '../../../src/report/document/when-enough.ts'
import { aChangeTable, monday } from '../../support/a-change-table.ts'
import { findForbiddenWords, findWordsThatJudge } from '../../support/forbidden-words.ts'
import { propertyRuns } from '../../support/property-runs.ts'
import { smallOrganisations } from '../../support/small-organisations.ts'
import { reportOf, twoGroups } from '../built-reports.ts'
import { exampleComparison } from '../example-comparison.ts'
import { exampleReport } from '../example-report.ts'

const day = 86_400_000
const nothing: Told = {
  reasons: [],
  noRatio: false,
  tooFewComparable: { aiRecorded: false, noneRecorded: false },
}
/** Groups of 530 and 1,310 changes in 13 weeks go on growing. */
const growing: Pace = { aiRecorded: 120, noneRecorded: 240 }
const shrinking: Pace = { aiRecorded: 10, noneRecorded: 240 }
const unknown: Pace = { aiRecorded: null, noneRecorded: 240 }

function of(
  outcome: ReportComparison['outcome'],
  verdict: ReportVerdict,
  changes: Partial<ReportComparison> = {},
) {
  return { ...exampleComparison(outcome, verdict), ...changes }
}

function enough(comparison: ReportComparison, pace: Pace, told: Partial<Told> = {}) {
  return enoughFor(comparison, { ...nothing, ...told }, { pace, asOf: monday })
}

describe('nothing would make surer', () => {
  test.each<ReportVerdict>(['hidden', 'not_known', 'similar', 'lower', 'higher'])(
    '%s',
    (verdict) => {
      expect(enough(of('cycle-time', verdict), growing)).toBeNull()
    },
  )
})

const few = { aiRecorded: { used: 15, all: 40 }, noneRecorded: { used: 200, all: 260 } }
const fewAssisted = { tooFewComparable: { aiRecorded: true, noneRecorded: false } }

test.each<
  [
    what: string,
    comparison: ReportComparison,
    pace: Pace,
    told: Partial<Told>,
    expected: readonly [short: string, times: number | null, from: string | null],
    says: RegExp,
  ]
>([
  [
    // 80 are needed of 40 held; 13 weeks at 10 a week hold 130: after 13 · 40 / 90 weeks, which is 6.
    'comparable changes, soon there',
    of('cycle-time', 'too_few', { comparable: few, estimate: null }),
    { aiRecorded: 10, noneRecorded: 20 },
    fewAssisted,
    ['changes', 2, '2026-08-03'],
    /^Each group needs 30 .* about 2 times as many\. At the pace of .*, the 13 weeks .* about 3 August 2026 on\.$/,
  ],
  [
    'comparable changes, never there',
    of('cycle-time', 'too_few', { comparable: few, estimate: null }),
    { aiRecorded: 5, noneRecorded: 20 },
    fewAssisted,
    ['changes', 2, null],
    /never hold that many\. More repositories would, or more changes in which the use of AI is recorded\.$/,
  ],
  [
    'comparable changes, and too few weeks are shown',
    of('cycle-time', 'too_few', { comparable: few, estimate: null }),
    { aiRecorded: null, noneRecorded: null },
    fewAssisted,
    ['changes', 2, null],
    /cannot be told from the weeks that are shown\.$/,
  ],
  [
    'comparable changes, of which it is not told how many there are',
    of('cycle-time', 'too_few', { comparable: null, estimate: null }),
    growing,
    {},
    ['changes', null, null],
    /^More changes in both groups that are alike/,
  ],
  [
    'review rounds of which there are none',
    of('review-rounds', 'too_few', { estimate: null }),
    growing,
    { noRatio: true },
    ['changes', null, null],
    /^More changes/,
  ],
  [
    'people',
    of('cycle-time', 'too_few', { estimate: null }),
    growing,
    {},
    ['people', null, null],
    /^More people .* little more\.$/,
  ],
  [
    // Half of ln(1.89 / 0.59) is 0.582; (0.582 / ln 1.5)² is 2.06.
    'an interval that tells nothing',
    of('cycle-time', 'too_few'),
    growing,
    {},
    ['interval', 2.1, '2026-08-31'],
    /^An interval narrow enough to tell anything takes about 2\.1 times/,
  ],
  [
    'an interval down to nothing',
    of('cycle-time', 'too_few', {
      estimate: { unit: 'percent', value: 0, low: -100, high: 300 },
    }),
    growing,
    {},
    ['interval', null, null],
    /cannot be told/,
  ],
  [
    'reverts',
    of('reverts', 'too_few_events', { events: { aiRecorded: 1, noneRecorded: 3 } }),
    growing,
    {},
    ['reverts', 2.5, '2026-09-07'],
    /^At least 10 reverts .* about 2\.5 times as many changes\./,
  ],
  [
    'reverts, of which there are none',
    of('reverts', 'too_few_events', { events: { aiRecorded: 0, noneRecorded: 0 } }),
    growing,
    {},
    ['reverts', null, null],
    /so far there is none/,
  ],
  [
    // −9 % lies 0.0943 from none and 0.0880 from −1/1.2; half of ln(1.08 / 0.76) is 0.1757: (0.1757 / 0.0880)² is 4.
    'no clear difference',
    of('cycle-time', 'no_clear_difference'),
    shrinking,
    {},
    ['interval', 4, null],
    /^If the difference stays where it is, a clear answer takes about 4 times .* never/,
  ],
  [
    'a difference of which one is not sure',
    of('cycle-time', 'leaning_lower'),
    unknown,
    { reasons: ['not-sure', 'not-two-weeks'] },
    ['interval', 1.1, null],
    /about 1\.1 times .* cannot be told from the weeks/,
  ],
  [
    'a second week',
    of('cycle-time', 'leaning_lower'),
    unknown,
    { reasons: ['not-two-weeks'] },
    ['weeks', null, '2026-06-29'],
    /^The same has to be seen in a second week running\. The earliest Monday that can tell is 29 June 2026\.$/,
  ],
  ...(
    [
      'same-people-differ',
      'same-people-opposite',
      'too-few-work-both-ways',
      'same-people-undefined',
    ] as const
  ).map(
    (reason: LeaningReason) =>
      [
        reason,
        of('cycle-time', 'leaning_lower'),
        growing,
        { reasons: [reason, 'not-two-weeks'] },
        ['same-people', null, null],
        /by the same people/,
      ] as [string, ReportComparison, Pace, Partial<Told>, readonly [string, null, null], RegExp],
  ),
  [
    'who uses AI',
    of('cycle-time', 'mixed'),
    growing,
    {},
    ['same-people', null, null],
    /by the same people/,
  ],
])('%s', (_what, comparison, pace, told, [short, times, from], says) => {
  const made = enough(comparison, pace, told)
  expect(made).toMatchObject({ short, times, from })
  expect(made?.text).toMatch(says)
  expect(findForbiddenWords(made?.text ?? '')).toEqual([])
  expect(findWordsThatJudge(made?.text ?? '')).toEqual([])
  expect(() => ComparisonSchema.parse({ ...comparison, enough: made })).not.toThrow()
})

describe('the pace', () => {
  test('is of the last four weeks that are shown, as far as they merge', () => {
    const report = exampleReport()
    // 30 + 5 · (0, 1, 2, 3 in turn) with AI; 84 % of them merge within 14 days.
    expect(paceOf(report)).toEqual({
      aiRecorded: expect.closeTo(0.84 * 37.5, 9),
      noneRecorded: expect.closeTo(0.86 * 96.25, 9),
    })
  })

  test('is none of three weeks', () => {
    const report = exampleReport()
    const weeks = report.weeks.map((week, index) =>
      index < 10 ? { ...week, aiRecorded: null } : week,
    )
    expect(paceOf({ ...report, weeks }).aiRecorded).toBeNull()
  })
})

test('the faster the pace, the sooner; never before the next Monday, nor after the window has gone round', () => {
  const events = fc.record({ aiRecorded: fc.nat(4), noneRecorded: fc.nat(5) })
  fc.assert(
    fc.property(
      events,
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 0, max: 1_000 }),
      fc.integer({ min: 0, max: 1_000 }),
      (reverted, size, pace, more) => {
        const comparison = of('reverts', 'too_few_events', {
          events: reverted,
          comparable: {
            aiRecorded: { used: 5 * size, all: 10 * size },
            noneRecorded: { used: 10 * size, all: 15 * size },
          },
        })
        const at = (perWeek: number) => {
          const from = enough(comparison, { aiRecorded: perWeek, noneRecorded: perWeek })?.from
          return from == null ? Number.POSITIVE_INFINITY : Date.parse(from)
        }
        const [slow, fast] = [at(pace), at(pace + more)]
        expect(fast).toBeLessThanOrEqual(slow)
        expect(fast).toBeGreaterThanOrEqual(monday + 7 * day)
        if (Number.isFinite(slow)) {
          expect((slow - monday) % (7 * day)).toBe(0)
          expect(slow).toBeLessThanOrEqual(monday + 23 * 7 * day)
        }
      },
    ),
    { numRuns: propertyRuns(200) },
  )
})

/** What a statement says of itself in words, as far as it has to do with numbers. */
function toldBy({ statement, comparable, enough: one }: ReportComparison): Told {
  const isFew = /fewer than 30/.test(statement)
  const side = (group: 'aiRecorded' | 'noneRecorded') =>
    isFew && (comparable?.[group]?.used ?? 0) <= 30
  return {
    reasons: one?.short === 'interval' ? ['not-sure'] : [],
    noRatio: false,
    tooFewComparable: { aiRecorded: side('aiRecorded'), noneRecorded: side('noneRecorded') },
  }
}

test('all of it can be worked out again from what is printed: nothing hidden has a part in it', () => {
  let seen = 0
  fc.assert(
    fc.property(smallOrganisations, (rows) => {
      const report = reportOf(aChangeTable(rows))
      for (const comparison of report.comparisons) {
        const { enough: one, verdict } = comparison
        if (verdict === 'hidden' || verdict === 'not_known') expect(one).toBeNull()
        if (one === null || one.times === null) continue
        seen += 1
        expect(enough(comparison, paceOf(report), toldBy(comparison))).toEqual(one)
      }
    }),
    { numRuns: propertyRuns(40) },
  )
  expect(seen).toBeGreaterThan(0)
})

test('a growing organisation is told when, and where too few are reverted that it never will', () => {
  const told = (everySoMany: number) => {
    const rows = twoGroups((index) =>
      index % everySoMany === 0 ? { revertedAfter: 3, hours: 20 } : { hours: 20 },
    )
    return reportOf(aChangeTable(rows)).comparisons[2]?.enough ?? null
  }
  // Changes came for 13 weeks; 22 weeks are counted.
  expect(told(90)).toMatchObject({ short: 'reverts', from: expect.stringMatching(/^2026-0[789]-/) })
  expect(told(190)).toMatchObject({ short: 'reverts', from: null })
  expect(told(190)?.text).toMatch(/never hold that many/)
})
