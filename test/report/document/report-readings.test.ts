import { describe, expect, test } from 'vitest'
import type { ReportVerdict } from '../../../src/report/document/report-comparison.ts'
import type { Report } from '../../../src/report/document/report-document.ts'
import { reportReadings } from '../../../src/report/document/report-readings.ts'
import { exampleComparison } from '../example-comparison.ts'
import { cloneReport, exampleReport, hiddenReport } from '../example-report.ts'

function readingsOf(changes: Partial<Report>): Report['readings'] {
  return reportReadings(exampleReport(changes))
}

test('every part says what it shows', () => {
  expect(exampleReport().readings).toMatchInlineSnapshot(`
    {
      "coverage": "Of 3,350 changes merged from 22 December 2025 to 21 June 2026: AI recorded 29 %, attested unassisted 4 %, nothing recorded 67 %.",
      "differences": "The interval of time to merge leaves "no difference" out. The interval of review rounds includes "no difference", so either way is possible.",
      "durations": "Ready → merged: half of those with AI recorded took at most 15 h (12 to 19), half of those with none took at most 20 h (17 to 23).",
      "funnel": "Changes that became ready from 26 January 2026 to 26 April 2026. Of 480 changes with AI recorded, 86 % (82 to 89) were merged within 30 days, and 85 % (81 to 88) were merged so and not reverted within 30 more. Of 1,290 changes with no AI recorded, 88 % (86 to 90) were merged within 30 days, and 87 % (85 to 89) were merged so and not reverted within 30 more.",
      "merged": "Merged within a day: 56 % (52 to 60) with AI recorded and 51 % (48 to 54) with none; within 14 days: 84 % (80 to 88) with AI recorded and 86 % (83 to 89) with none.",
      "repositories": "3 of 4 repositories are shown. In each of the others a group, or what it leaves of the whole, has fewer than 5 people or 20 changes, or one person made more than half of it, or too little can be compared, or too few people stand behind what is new.",
      "reverts": "Of all that were merged, young ones counted for as long as they were followed, not adjusted: by 30 days, of 1,000 with AI recorded 14.1 (8.1 to 24.0) were reverted, of 1,000 with none 11.3 (7.4 to 17.3) were reverted.",
      "sizes": "The most common size with AI recorded is 50–199 lines (31 %); with none it is 10–49 lines (31 %).",
      "weeks": "Of 13 weeks 11 are shown with AI recorded, and 12 with none. In the week from 1 June 2026, the median time to merge with AI recorded is 14 h (9 to 24) and with none 19 h (14 to 27). 34 % of that week's changes had AI recorded.",
    }
  `)
})

test('what shows nothing says nothing', () => {
  expect(Object.values(hiddenReport().readings)).toEqual(Array(9).fill(null))
  const { merged, funnel, durations } = cloneReport().readings
  expect([merged, funnel]).toEqual([null, null])
  expect(durations).toMatch(/^First commit/)
})

describe('the intervals are told by what may be said of them', () => {
  const differences = (...verdicts: readonly [ReportVerdict, ReportVerdict, ReportVerdict]) => {
    const [time, rounds, reverts] = verdicts
    return readingsOf({
      comparisons: [
        exampleComparison('cycle-time', time),
        exampleComparison('review-rounds', rounds),
        exampleComparison('reverts', reverts),
      ],
    }).differences
  }

  test.each<[ReportVerdict, ReportVerdict, ReportVerdict, string | null]>([
    [
      'lower',
      'leaning_higher',
      'mixed',
      'The intervals of time to merge, review rounds and reverts leave "no difference" out.',
    ],
    [
      'similar',
      'no_clear_difference',
      'too_few',
      'The interval of time to merge lies close to "no difference" with both its ends. The interval of review rounds includes "no difference", so either way is possible. The interval of reverts is too wide to tell anything.',
    ],
    [
      'no_clear_difference',
      'hidden',
      'too_few_events',
      'The interval of time to merge includes "no difference", so either way is possible.',
    ],
    ['hidden', 'not_known', 'hidden', null],
  ])('%s, %s, %s', (time, rounds, reverts, words) => {
    expect(differences(time, rounds, reverts)).toBe(words)
  })
})

describe('reverts by age', () => {
  const rate = (aiRecorded: number, noneRecorded: number): Report['reverts'] => ({
    window: { from: '2025-12-22', until: '2026-06-22' },
    changes: { aiRecorded: 980, noneRecorded: 2370 },
    rates: [
      {
        days: 30,
        aiRecorded: { value: aiRecorded, low: 1, high: 30 },
        noneRecorded: { value: noneRecorded, low: 1, high: 30 },
      },
    ],
  })
  const compared = (verdict: ReportVerdict) => [exampleComparison('reverts', verdict)]

  test('are told where they point the same way as the comparison', () => {
    expect(readingsOf({ reverts: rate(14, 11), comparisons: compared('higher') }).reverts).toMatch(
      /of 1,000 with AI recorded 14.0 \(1.0 to 30.0\) were reverted/,
    )
    expect(readingsOf({ reverts: rate(11, 14), comparisons: compared('lower') }).reverts).toMatch(
      /of 1,000 with none 14.0/,
    )
  })

  test('are left to the table where they point the other way', () => {
    expect(readingsOf({ reverts: rate(14, 11), comparisons: compared('lower') }).reverts).toBeNull()
    expect(
      readingsOf({ reverts: rate(11, 14), comparisons: compared('higher') }).reverts,
    ).toBeNull()
  })

  test('are told of one group where the other is hidden', () => {
    const [one] = rate(14, 11)?.rates ?? []
    if (one === undefined) throw new Error('no rate')
    const reverts = { ...exampleReport().reverts, rates: [{ ...one, noneRecorded: null }] }
    expect(
      readingsOf({ reverts: { ...rate(14, 11), ...reverts } as Report['reverts'] }).reverts,
    ).toContain('of 1,000 with none the number is not shown.')
  })
})

describe('weeks', () => {
  test('say how many of each group are shown, and tell of the latest that has both', () => {
    const weeks = exampleReport().weeks.map((one, index) =>
      index > 10 ? { ...one, noneRecorded: null } : one,
    )
    expect(readingsOf({ weeks }).weeks).toMatch(
      /^Of 13 weeks 11 are shown with AI recorded, and 10 with none\. In the week from 18 May 2026,/,
    )
    const whole = weeks.slice(0, 3)
    expect(readingsOf({ weeks: whole }).weeks).toMatch(/^All 3 weeks are shown\./)
    const alone = whole.map((one) => ({ ...one, noneRecorded: null }))
    expect(readingsOf({ weeks: alone }).weeks).toMatch(/16 h \(9 to 24\) and with none not shown/)
  })

  test('of a clone are of another time, and say so', () => {
    expect(cloneReport().readings.weeks).toContain('the median time from the first commit')
  })
})

describe('repositories', () => {
  const [one] = exampleReport().repositories
  test.each([
    [4, 'All 4 repositories are shown.'],
    [
      1,
      '1 of 4 repositories are shown. In each of the others a group, or what it leaves of the whole, has fewer than 5 people',
    ],
    [
      0,
      'None of the 4 repositories is shown. In each a group, or what it leaves of the whole, has fewer than 5 people',
    ],
  ])('%i of 4', (shown, words) => {
    if (one === undefined) throw new Error('no example')
    const repositories = Array<typeof one>(shown).fill(one)
    expect(readingsOf({ repositories }).repositories).toContain(words)
  })
})

test('a hidden side is not told', () => {
  const { funnel, quantiles, merged } = exampleReport()
  const readings = readingsOf({
    funnel: funnel && { ...funnel, noneRecorded: null },
    quantiles: quantiles.map((one) => ({ ...one, aiRecorded: null })),
    merged: merged && { ...merged, aiRecorded: null },
  })
  expect(readings.funnel).toMatch(/Changes with no AI recorded are not shown\.$/)
  expect(readings.durations).toMatch(/of those with AI recorded it is not shown/)
  expect(readings.merged).toBe(
    'Merged within a day: not shown with AI recorded and 51 % (48 to 54) with none; within 14 days: not shown with AI recorded and 86 % (83 to 89) with none.',
  )
})

test('no reading holds a space that does not break, which a document has nowhere', () => {
  expect(JSON.stringify(exampleReport())).not.toContain('\u00a0')
})
