import { describe, expect, it } from 'vitest'
import {
  ComparisonSchema,
  type ReportComparison,
  type ReportVerdict,
} from '../../src/report/document/report-comparison.ts'
import { ReportSchema } from '../../src/report/document/report-document.ts'
import { exampleComparison } from './example-comparison.ts'
import { cloneReport, exampleReport, hiddenReport } from './example-report.ts'

const outcomes: readonly ReportComparison['outcome'][] = ['cycle-time', 'review-rounds', 'reverts']
const verdicts: readonly ReportVerdict[] = ComparisonSchema.shape.verdict.options

describe('the made-up reports', () => {
  it.each([
    ['rich', exampleReport()],
    ['hidden', hiddenReport()],
    ['of a clone', cloneReport()],
  ])('%s is valid', (_, report) => {
    expect(ReportSchema.parse(report)).toEqual(report)
  })

  it.each(outcomes.flatMap((outcome) => verdicts.map((verdict) => [outcome, verdict] as const)))(
    '%s with %s is valid',
    (outcome, verdict) => {
      const comparison = exampleComparison(outcome, verdict)
      expect(ComparisonSchema.parse(comparison)).toEqual(comparison)
    },
  )
})
