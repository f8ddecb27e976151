import { expect, test } from 'vitest'
import { elapsedText } from '../../../src/report/check/elapsed-text.ts'

test.each([
  [0, 'under a minute'],
  [59, 'under a minute'],
  [60, '1 min'],
  [90 * 60, '90 min'],
  [90 * 60 + 1, '2 h'],
  [47.4 * 3600, '47 h'],
  [48 * 3600, '2 days'],
  [56 * 3600, '2.3 days'],
  [30 * 86_400, '30 days'],
])('%d seconds are told as %s', (seconds, text) => {
  expect(elapsedText(seconds)).toBe(text)
})
