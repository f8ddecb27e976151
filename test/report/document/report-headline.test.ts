import { describe, expect, test } from 'vitest'
import { gateThresholds } from '../../../src/comparison/index.ts'
import { gateText } from '../../../src/report/document/gate-words.ts'
import {
  ComparisonSchema,
  type ReportVerdict,
} from '../../../src/report/document/report-comparison.ts'
import { reportHeadline } from '../../../src/report/document/report-headline.ts'

const outcomes = ['cycle-time', 'review-rounds', 'reverts'] as const

function headlineOf(...verdicts: readonly ReportVerdict[]): string {
  const stated = verdicts.flatMap((verdict, index) => {
    const outcome = outcomes[index]
    return outcome === undefined ? [] : [{ outcome, verdict }]
  })
  return reportHeadline(stated, gateText(gateThresholds))
}

test.each<[ReportVerdict, ReportVerdict, ReportVerdict, string]>([
  [
    'lower',
    'no_clear_difference',
    'too_few_events',
    'Changes with AI recorded took less time to merge than comparable changes with none. No clear difference in review rounds. Too few to tell: reverts.',
  ],
  [
    'lower',
    'higher',
    'lower',
    'Changes with AI recorded took less time to merge, had more review rounds and were reverted less often than comparable changes with none.',
  ],
  [
    'leaning_higher',
    'similar',
    'mixed',
    'Signs, not settled, that changes with AI recorded took more time to merge than comparable changes with none. Mixed answers on reverts. About the same: review rounds.',
  ],
  [
    'too_few',
    'too_few',
    'too_few_events',
    'Too few to tell: time to merge, review rounds and reverts.',
  ],
  [
    'not_known',
    'not_known',
    'similar',
    'About the same: reverts. Not known: time to merge and review rounds.',
  ],
  [
    'hidden',
    'hidden',
    'hidden',
    'Nothing can be compared: a group, or what it leaves of the whole, has fewer than 5 people or 20 changes, or one person made more than half of it.',
  ],
  [
    'not_known',
    'not_known',
    'hidden',
    'Nothing can be compared: a group, or what it leaves of the whole, has fewer than 5 people or 20 changes, or one person made more than half of it. The source does not tell time to merge and review rounds.',
  ],
])('%s, %s, %s', (time, rounds, reverts, words) => {
  expect(headlineOf(time, rounds, reverts)).toBe(words)
})

describe('whatever the verdicts', () => {
  const verdicts = ComparisonSchema.shape.verdict.options
  const all = verdicts.flatMap((time) =>
    verdicts.flatMap((rounds) => verdicts.map((reverts) => [time, rounds, reverts] as const)),
  )

  test('each outcome is spoken of once, in sentences', () => {
    for (const three of all) {
      const words = headlineOf(...three)
      expect(words).toMatch(/^[A-Z].*\.$/)
      expect(words.split('. ').length).toBeLessThanOrEqual(3)
      expect(words).not.toContain(';')
      if (three.every((one) => one === 'hidden' || one === 'not_known')) continue
      for (const outcome of [/time to merge/g, /review rounds/g, /reverted|reverts/g]) {
        expect(words.match(outcome)).toHaveLength(1)
      }
    }
  })
})
