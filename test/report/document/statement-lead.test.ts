import { expect, test } from 'vitest'
import { ComparisonSchema } from '../../../src/report/document/report-comparison.ts'
import { isSettled, leadOf } from '../../../src/report/document/statement-lead.ts'

test.each([
  [
    'Signs of shorter time to merge with AI recorded: −18 % (−30 % to −4 %), not settled.',
    'Signs of shorter time to merge with AI recorded:',
  ],
  ['No clear difference. Comparable changes had 2.8 more.', 'No clear difference.'],
  ['About the same.', 'About the same.'],
  ['Per 1.000 of 2:3', 'Per 1.000 of 2:3'],
])('%s begins with "%s"', (statement, lead) => {
  expect(leadOf(statement)).toBe(lead)
})

test('what says that there is a difference, or hardly any, is settled', () => {
  expect(ComparisonSchema.shape.verdict.options.filter(isSettled)).toEqual([
    'similar',
    'lower',
    'higher',
  ])
})
