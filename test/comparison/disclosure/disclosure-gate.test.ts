import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Cell,
  disclose,
  isPublishable,
} from '../../../src/comparison/disclosure/disclosure-gate.ts'

const people = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { maxLength: 40 })
const cells: fc.Arbitrary<Cell[]> = fc
  .array(fc.record({ assisted: people, other: people }), { maxLength: 6 })
  .map((parts) => parts.map((part, index) => ({ id: `part-${index}`, ...part })))

test('what is hidden cannot be had by taking what is shown from the total', () => {
  fc.assert(
    fc.property(cells, (parts) => {
      const { total, shown } = disclose(parts)
      if (!total) {
        expect(shown).toEqual([])
        return
      }
      for (const cohort of ['assisted', 'other'] as const) {
        const hidden = parts
          .filter(({ id }) => !shown.includes(id))
          .flatMap((cell) => [...cell[cohort]])
        expect(hidden.length === 0 || isPublishable(hidden)).toBe(true)
      }
      for (const cell of parts.filter(({ id }) => shown.includes(id))) {
        expect(isPublishable(cell.assisted) && isPublishable(cell.other)).toBe(true)
      }
    }),
    { numRuns: 1_000 },
  )
})

test('shows the same whatever the order of the parts', () => {
  fc.assert(
    fc.property(cells, (parts) => {
      expect(disclose(parts.toReversed())).toEqual(disclose(parts))
    }),
  )
})

test.each([
  [5, 4, true],
  [4, 5, false],
  [5, 3, false],
])('%i people with %i changes each: %s', (number, each, shown) => {
  const group = Array.from({ length: number * each }, (_, index) => `person-${index % number}`)
  expect(isPublishable(group)).toBe(shown)
})

test('a group that is mostly one person is not shown', () => {
  const others = Array.from({ length: 19 }, (_, index) => `person-${index}`)
  expect(isPublishable([...others, ...Array(19).fill('one')])).toBe(true)
  expect(isPublishable([...others, ...Array(20).fill('one')])).toBe(false)
})
