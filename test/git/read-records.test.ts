import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRecords } from '../../src/git/read-records.ts'
import { propertyRuns } from '../support/property-runs.ts'

async function* chunksOf(bytes: Buffer, sizes: Iterable<number>): AsyncGenerator<Buffer> {
  let at = 0
  for (const size of sizes) {
    if (at >= bytes.length) return
    yield bytes.subarray(at, at + size)
    at += size
  }
  if (at < bytes.length) yield bytes.subarray(at)
}

async function read(chunks: AsyncIterable<Buffer>, width: number): Promise<string[][]> {
  const records: string[][] = []
  for await (const batch of readRecords(chunks, width)) {
    expect(batch.length).toBeGreaterThan(0)
    records.push(...batch)
  }
  return records
}

describe('readRecords', () => {
  test('wherever the stream is cut, the records are the same', async () => {
    const field = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', ''))
    const cases = fc.integer({ min: 1, max: 10 }).chain((width) =>
      fc.record({
        width: fc.constant(width),
        records: fc.array(fc.array(field, { minLength: width, maxLength: width })),
        sizes: fc.array(fc.integer({ min: 1, max: 40 })),
      }),
    )
    await fc.assert(
      fc.asyncProperty(cases, async ({ width, records, sizes }) => {
        const bytes = Buffer.from(records.map((fields) => `${fields.join('\0')}\0`).join(''))
        const expected = records.map((fields) => fields.map((text) => text.toWellFormed()))
        expect(await read(chunksOf(bytes, sizes), width)).toEqual(expected)
        expect(
          await read(
            chunksOf(
              bytes,
              bytes.map(() => 1),
            ),
            width,
          ),
        ).toEqual(expected)
      }),
      { numRuns: propertyRuns(200) },
    )
  })

  test('a character that is cut by the end of a chunk is whole', async () => {
    const bytes = Buffer.from('🚢\0é\0')
    for (let size = 1; size < bytes.length; size += 1) {
      expect(await read(chunksOf(bytes, Array(9).fill(size)), 2)).toEqual([['🚢', 'é']])
    }
  })

  test('a broken character at the end of a field takes nothing of the next', async () => {
    const bytes = Buffer.from([0xf0, 0x9f, 0x00, 0x61, 0x00, 0xc3, 0x00, 0x62, 0x00])
    expect(await read(chunksOf(bytes, []), 2)).toEqual([
      ['\ufffd', 'a'],
      ['\ufffd', 'b'],
    ])
  })

  test('nothing at all is no record', async () => {
    expect(await read(chunksOf(Buffer.alloc(0), []), 3)).toEqual([])
  })

  test.each(['a', 'a\0', 'a\0b\0c', 'a\0b\0c\0d\0'])(
    'a stream that ends in the middle of a record, %j, is an error',
    async (text) => {
      await expect(read(chunksOf(Buffer.from(text), [2]), 3)).rejects.toMatchObject({
        reason: 'failed',
        message: 'git ended in the middle of a commit; run "git fsck" in the clone',
      })
    },
  )

  test('a record of 64 MiB is given up, not held', async () => {
    let given = 0
    async function* endless(): AsyncGenerator<Buffer> {
      const chunk = Buffer.alloc(1024 * 1024, 'x')
      for (;;) {
        given += 1
        yield chunk
      }
    }
    await expect(read(endless(), 2)).rejects.toMatchObject({
      reason: 'too-large',
      message: 'a commit is larger than 64 MiB with its note; leave it out by naming revisions',
    })
    expect(given).toBe(65)
  })
})
