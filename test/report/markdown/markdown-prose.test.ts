import { expect, test } from 'vitest'
import { markdownProse } from '../../../src/report/markdown/markdown-prose.ts'

test.each([
  ['−18 % (−30 % to −4 %), 95 % interval', '−18 % (−30 % to −4 %), 95 % interval'],
  ['took 1,310 changes; 4.2 h, 14.0', 'took 1,310 changes; 4.2 h, 14.0'],
  ['Ready → merged · E1 attested', 'Ready → merged · E1 attested'],
  ["another person's review, first-rate", "another person's review, first-rate"],
  ['the week of 2026-05-04.', 'the week of 2026-05-04.'],
  ['20+ people, 5-9 of them', '20+ people, 5-9 of them'],
  ['in acme/app today', 'in ` acme/app ` today'],
  ['see docs/method.md. It', 'see ` docs/method.md. ` It'],
  ['+ a list', '` + ` a list'],
  ['1. a list', '1. a list'],
  ['a <b> & c', 'a ` <b> & ` c'],
  ['', ''],
])('%j becomes %j', (text, markdown) => {
  expect(markdownProse(text, 100)).toBe(markdown)
})

test('long texts are cut', () => {
  expect(markdownProse('word '.repeat(100), 20).length).toBeLessThanOrEqual(22)
})
