import { expect, test } from 'vitest'
import type { Estimate } from '../../../src/report/document/report-parts.ts'
import {
  estimateText,
  limitsText,
  plainNumber,
  signedText,
} from '../../../src/report/text/estimate-text.ts'

test.each<[Estimate, string]>([
  [{ unit: 'percent', value: -18, low: -30, high: -4 }, '−18 % (−30 % to −4 %)'],
  [{ unit: 'percent', value: 2400, low: 0, high: 7800 }, '+2,400 % (0 % to +7,800 %)'],
  [{ unit: 'per-1000', value: -9.8, low: -17.2, high: 2 }, '−9.8 per 1,000 (−17.2 to +2.0)'],
  [{ unit: 'points', value: -2, low: -8, high: 4 }, '−2 points (−8 to +4)'],
  [{ unit: 'points', value: 1, low: -8, high: 4 }, '+1 point (−8 to +4)'],
])('an estimate has its unit and both limits: %#', (estimate, text) => {
  expect(estimateText(estimate)).toBe(text)
  expect(text).toContain(limitsText(estimate))
})

test('numbers are written alike on every machine', () => {
  expect(plainNumber(7800)).toBe('7,800')
  expect(signedText(0, 'percent')).toBe('0 %')
})
