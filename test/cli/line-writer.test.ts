import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { LineWriter } from '../../src/cli/line-writer.ts'
import { OutputClosed } from '../../src/cli/output-closed.ts'

/** A stream that keeps what it gets, piece by piece, and fails from the `failAt`-th piece on. */
function stream({ failAt = Number.POSITIVE_INFINITY, code = 'EPIPE' } = {}) {
  const pieces: string[] = []
  const writable = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      pieces.push(chunk)
      done(pieces.length >= failAt ? Object.assign(new Error(`write ${code}`), { code }) : null)
    },
  })
  return { pieces, writable }
}

test('lines come in large pieces, whole and in their order', async () => {
  const { pieces, writable } = stream()
  const writer = new LineWriter(writable)
  const lines = Array.from({ length: 1_000 }, (_, index) => `${index}: ${'ü'.repeat(200)}`)
  for (const line of lines) await writer.write([line])
  await writer.flush()
  await writer.flush()
  expect(pieces.join('')).toBe(lines.map((line) => `${line}\n`).join(''))
  expect(pieces).toHaveLength(4)
})

test('a slow reader is waited for', async () => {
  const waiting: (() => void)[] = []
  const slow = new Writable({ write: (_chunk, _encoding, done) => waiting.push(() => done()) })
  const writer = new LineWriter(slow)
  let written = false
  const writing = writer.write(['a'.repeat(100_000)]).then(() => {
    written = true
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect({ written, waiting: waiting.length }).toEqual({ written: false, waiting: 1 })
  waiting[0]?.()
  await writing
  expect(written).toBe(true)
})

describe('a stream that fails', () => {
  test.each(['EPIPE', 'ECONNRESET'])('with %s has no reader any more', async (code) => {
    const { writable } = stream({ failAt: 1, code })
    const writer = new LineWriter(writable)
    await writer.write(['one'])
    await expect(writer.flush()).rejects.toThrow(OutputClosed)
    await expect(writer.flush()).rejects.toThrow(OutputClosed)
  })

  test('with anything else says so', async () => {
    const { writable } = stream({ failAt: 1, code: 'ENOSPC' })
    const writer = new LineWriter(writable)
    await writer.write(['one'])
    await expect(writer.flush()).rejects.toMatchObject({
      message: 'the results could not be written (write ENOSPC); write them elsewhere',
      cause: { code: 'ENOSPC' },
    })
  })

  test('between two writes says so at the next', async () => {
    const { pieces, writable } = stream()
    const writer = new LineWriter(writable)
    await writer.write(['one'])
    writable.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
    await new Promise((resolve) => setImmediate(resolve))
    await expect(writer.flush()).rejects.toThrow(OutputClosed)
    expect(pieces).toEqual([])
  })
})
