import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PackedNumbers } from '../../src/github/packed-numbers.ts'

function packed(numbers: readonly number[], onto = ''): PackedNumbers {
  const set = new PackedNumbers(onto)
  for (const number of numbers) set.add(number)
  return set
}

const some = fc.array(fc.integer({ min: 1, max: 1_000_000 }))

test('numbers come out of their packing as they went in, whenever that was', () => {
  fc.assert(
    fc.property(some, some, some, (numbers, later, others) => {
      const again = packed(later, packed(numbers).packed)
      for (const number of [...numbers, ...later]) expect(again.has(number)).toBe(true)
      const all = new Set([...numbers, ...later])
      for (const number of others) expect(again.has(number)).toBe(all.has(number))
      expect(again.packed).toBe(packed([...numbers, ...later]).packed)
    }),
  )
})

test('what is packed is only added to: it is never gone through again', () => {
  fc.assert(
    fc.property(some, some, (numbers, later) => {
      const before = packed(numbers).packed
      expect(packed(later, before).packed.startsWith(before)).toBe(true)
    }),
  )
})

test('ten thousand pull requests among as many issues take few characters', () => {
  const numbers = Array.from({ length: 10_000 }, (_, index) => 2 * index + 1)
  expect(packed(numbers).packed.length).toBeLessThanOrEqual(20_000)
  expect(packed(numbers.toReversed()).packed.length).toBeLessThanOrEqual(30_000 + 5)
})
