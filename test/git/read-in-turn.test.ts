import { describe, expect, test } from 'vitest'
import { readInTurn } from '../../src/git/read-in-turn.ts'

/** Sources that note what happens to them. */
function setUp(...lengths: readonly number[]) {
  const log: string[] = []
  async function* source(name: number, length: number) {
    log.push(`begin ${name}`)
    try {
      for (let index = 0; index < length; index += 1) yield `${name}.${index}`
    } finally {
      log.push(`end ${name}`)
    }
  }
  return { log, items: readInTurn(lengths.map((length, name) => source(name, length))) }
}

describe('sources that are read in turn', () => {
  test.each([[[]], [[0]], [[3]], [[2, 0, 3]], [[1, 1, 1, 1]]])(
    'give all of their items in order: %j',
    async (lengths) => {
      const { items, log } = setUp(...lengths)
      const expected = lengths.flatMap((length, name) =>
        Array.from({ length }, (_, index) => `${name}.${index}`),
      )
      expect(await Array.fromAsync(items)).toEqual(expected)
      expect(log.filter((line) => line.startsWith('end'))).toHaveLength(lengths.length)
    },
  )

  test('one is at work while the one before it is read, and no more', async () => {
    const { items, log } = setUp(2, 2, 2)
    await items.next()
    expect(log).toEqual(['begin 0', 'begin 1'])
    await items.next()
    await items.next()
    expect(log).toEqual(['begin 0', 'begin 1', 'end 0', 'begin 2'])
  })

  test('a reader that has enough ends those that have begun', async () => {
    const { items, log } = setUp(2, 2, 2)
    await items.next()
    await items.return()
    expect(log.toSorted()).toEqual(['begin 0', 'begin 1', 'end 0', 'end 1'])
  })

  test('what one throws is thrown when its turn comes, and the next is ended', async () => {
    const { items: others, log } = setUp(1)
    // biome-ignore lint/correctness/useYield: it fails before it has anything to give
    async function* failing(): AsyncGenerator<string, void, undefined> {
      throw new Error('no luck')
    }
    async function* first() {
      yield 'one'
    }
    const items = readInTurn([first(), failing(), others])
    expect(await items.next()).toEqual({ done: false, value: 'one' })
    await expect(items.next()).rejects.toThrow('no luck')
    expect(log).toEqual(['begin 0', 'end 0'])
  })
})
