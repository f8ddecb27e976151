import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ObjectIds } from '../../src/git/object-ids.ts'
import { propertyRuns } from '../support/property-runs.ts'

test.each([
  ['sha1', 40],
  ['sha256', 64],
] as const)(
  '%s: ids have numbers in the order in which they come, and keep them',
  (format, digits) => {
    // Few different ends: by those ids are found, so that many meet in the table.
    const id = fc
      .tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 3 }))
      .map(([start, end]) => start.toString(16).padEnd(digits - 1, '0') + end.toString(16))
    fc.assert(
      fc.property(fc.array(id, { maxLength: 3_000, size: 'max' }), (ids) => {
        const numbers = new ObjectIds(format)
        const expected = new Map<string, number>()
        for (const one of ids) {
          expect(numbers.find(one)).toBe(expected.get(one))
          if (!expected.has(one)) expected.set(one, expected.size)
          expect(numbers.add(one)).toBe(expected.get(one))
        }
        expect(numbers.size).toBe(expected.size)
        for (const [one, number] of expected) {
          expect(numbers.find(one)).toBe(number)
          expect(numbers.id(number)).toBe(one)
        }
      }),
      { numRuns: propertyRuns(20) },
    )
  },
)

test.each(['', 'abc', 'z'.repeat(40), 'a'.repeat(64), 'a'.repeat(41)])('%j is no id', (text) => {
  const ids = new ObjectIds('sha1')
  expect(ids.find(text)).toBeUndefined()
  expect(() => ids.add(text)).toThrow(`${text} is no object id`)
})
