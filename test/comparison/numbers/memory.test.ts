import { expect, test } from 'vitest'
import { Memory } from '../../../src/comparison/numbers/memory.ts'

test('what was made once serves again, of the same thing and under the same name alone', () => {
  const memory = new Memory<string>()
  const [one, other] = [{}, {}]
  const made: string[] = []
  const ask = (of: object, name: string, what: string) =>
    memory.recall(of, name, () => {
      made.push(what)
      return what
    })
  expect(ask(one, 'ready', 'first')).toBe('first')
  expect(ask(one, 'ready', 'not made')).toBe('first')
  expect(ask(one, 'merged', 'second')).toBe('second')
  expect(ask(other, 'ready', 'third')).toBe('third')
  expect(ask(one, 'ready', 'not made')).toBe('first')
  expect(made).toEqual(['first', 'second', 'third'])
})

test('two memories of the same thing know nothing of each other', () => {
  const rows = Int32Array.of(1, 2)
  const [one, other] = [new Memory<number>(), new Memory<number>()]
  expect(one.recall(rows, 'sum', () => 3)).toBe(3)
  expect(other.recall(rows, 'sum', () => 4)).toBe(4)
})
