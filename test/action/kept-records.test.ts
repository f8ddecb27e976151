import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Progress } from '../../src/action/kept-frame.ts'
import { RecordsFile } from '../../src/action/kept-records.ts'
import { FrameSeal, saltBytes } from '../../src/action/sealed-frames.ts'
import { type DeliveryRecord, formatRecord } from '../../src/delivery/index.ts'
import { aRecord } from '../support/a-record.ts'
import { countingBytes } from '../support/counting-bytes.ts'
import { temporaryDirectory } from '../support/git-repository.ts'

const progress: Progress = {
  whole: { since: '2026-01-05T00:00:00.000Z', until: '2026-06-01T00:00:00.000Z' },
  reading: null,
}
const stopped: Progress = {
  whole: null,
  reading: {
    since: '2026-01-05T00:00:00.000Z',
    updatedSince: null,
    startedAt: '2026-06-01T00:00:00.000Z',
    checkpoint: 'here',
    failures: 0,
  },
}
const head = { fit: 'fit', published: null, ...progress }
const nothing = { records: [], whole: null, reading: null }
const useless =
  'The kept records are of another repository, key, configuration, permission or version, or damaged; everything is read again'

function recordsOf(...numbers: readonly number[]): DeliveryRecord[] {
  return numbers.map((number) => aRecord({ number }))
}

function numbersOf(records: readonly DeliveryRecord[]): unknown[] {
  return records.map((record) => (record.record === 'pull-request' ? record.number : record.sha))
}

/** A file that is opened again and again, as by one run after another. */
function setUp() {
  const path = join(temporaryDirectory(), 'deeper', 'records')
  const said: string[] = []
  const randomBytes = countingBytes()
  const open = async ({ fit = 'fit', secret = 's'.repeat(32), repository = '7' } = {}) => {
    const keeping = { path, secret: Buffer.from(secret), repository, fit, randomBytes }
    const file = new RecordsFile(keeping)
    return { file, kept: await file.open((message) => said.push(message)) }
  }
  return { path, draft: `${path}.new`, said, open }
}

/** Where each part of the file ends: what stands before the first frame, and each frame. */
function endsOf(content: Buffer): number[] {
  const ends = ['what-shipped kept records\n'.length + saltBytes]
  for (let end = ends[0] ?? 0; end < content.length; ends.push(end)) {
    end += 4 + content.readUInt32BE(end)
  }
  return ends
}

/** The file with its frames in another order. */
function reordered(content: Buffer, order: readonly number[]): Buffer {
  const ends = endsOf(content)
  const frames = order.map((frame) => content.subarray(ends[frame], ends[frame + 1]))
  return Buffer.concat([content.subarray(0, ends[0]), ...frames])
}

test('at first there is nothing, and that needs no word and no file', async () => {
  const { open, said, path } = setUp()
  const { file, kept } = await open()
  expect(kept).toEqual(nothing)
  expect(file.holdsSome).toBe(false)
  expect(said).toEqual([])
  expect(existsSync(path)).toBe(false)
})

test('what is added is there in the next run, with how far it reaches', async () => {
  const { open, path } = setUp()
  const { file } = await open()
  await file.replace([], stopped)
  expect(file.holdsSome).toBe(false)
  await file.add(recordsOf(1, 2), stopped)
  await file.add(recordsOf(3), stopped)
  expect(file.holdsSome).toBe(true)
  const next = await open()
  expect(numbersOf(next.kept.records)).toEqual([1, 2, 3])
  expect(next.kept).toMatchObject(stopped)
  expect(next.file.holdsSome).toBe(true)
  await next.file.replace(recordsOf(3, 4), progress)
  const last = await open()
  expect(numbersOf(last.kept.records)).toEqual([3, 4])
  expect(last.kept).toMatchObject(progress)
  expect(readdirSync(dirname(path))).toEqual(['records'])
})

test('more records than are sealed at once', async () => {
  const { open } = setUp()
  const { file } = await open()
  const numbers = Array.from({ length: 1_201 }, (_, index) => index + 1)
  await file.replace(recordsOf(...numbers), progress)
  expect(numbersOf((await open()).kept.records)).toEqual(numbers)
})

test('it is for its owner alone, whatever a cache made of it', async () => {
  const { open, path } = setUp()
  await (await open()).file.replace(recordsOf(1), progress)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700)
  chmodSync(path, 0o644)
  await open()
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('nothing of it can be read without the key', async () => {
  const { open, path } = setUp()
  const records = recordsOf(1)
  const { file } = await open()
  await file.replace(records, stopped)
  await file.add(records, stopped)
  const content = readFileSync(path)
  const clear = formatRecord(records[0] ?? aRecord()) + JSON.stringify(stopped)
  const words = clear.match(/\w{4,}/g) ?? []
  expect(words.length).toBeGreaterThan(20)
  const sealed = content.subarray(endsOf(content)[0])
  expect(words.filter((word) => sealed.includes(word))).toEqual([])
  // The same records twice, and nothing in common.
  const [header = 0, first = 0, second = 0] = endsOf(content)
  const text = content.subarray(header + 4, first).toString('hex')
  expect(content.subarray(first + 4, second).toString('hex')).not.toBe(text)
})

describe('cut off or changed, it is as it was at an earlier moment', () => {
  async function kept() {
    const world = setUp()
    const { file } = await world.open()
    await file.replace(recordsOf(1), stopped)
    await file.add(recordsOf(2), stopped)
    await file.add(recordsOf(3), progress)
    return { ...world, content: readFileSync(world.path) }
  }

  test('by a run that was killed: the next one goes on', async () => {
    const { open, path, content } = await kept()
    appendFileSync(path, content.subarray(0, 40))
    const next = await open()
    expect(numbersOf(next.kept.records)).toEqual([1, 2, 3])
    expect(readFileSync(path)).toEqual(content)
    await next.file.add(recordsOf(4), progress)
    expect(numbersOf((await open()).kept.records)).toEqual([1, 2, 3, 4])
  })

  test('anywhere', async () => {
    const { open, path, content, said } = await kept()
    const ends = endsOf(content)
    for (let length = content.length; length >= 0; length -= 7) {
      writeFileSync(path, content.subarray(0, length))
      const { records, whole } = (await open()).kept
      const frames = ends.slice(1).filter((end) => end <= length).length
      expect(numbersOf(records)).toEqual([1, 2, 3].slice(0, frames))
      expect(whole).toEqual(frames === 3 ? progress.whole : null)
    }
    expect(new Set(said)).toEqual(new Set([useless]))
  })

  test('in any byte', async () => {
    const { open, path, content } = await kept()
    const ends = endsOf(content)
    const magic = (ends[0] ?? 0) - saltBytes
    const byte = fc.integer({ min: magic, max: content.length - 1 })
    await fc.assert(
      fc.asyncProperty(byte, fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const forged = Buffer.from(content)
        forged[at] = (forged[at] ?? 0) ^ change
        writeFileSync(path, forged)
        const { records } = (await open()).kept
        const frames = ends.slice(1).filter((end) => end <= at).length
        expect(numbersOf(records)).toEqual(at < (ends[0] ?? 0) ? [] : [1, 2, 3].slice(0, frames))
      }),
    )
  })

  test.each([
    ['frames in another order', [1, 0, 2], []],
    ['one left out', [0, 2], [1]],
    ['one given twice', [0, 1, 1], [1, 2]],
  ])('%s', async (_, order, expected) => {
    const { open, path, content } = await kept()
    writeFileSync(path, reordered(content, order))
    expect(numbersOf((await open()).kept.records)).toEqual(expected)
  })

  test('a frame of another file under the same key', async () => {
    const { open, path, content } = await kept()
    await (await open()).file.replace(recordsOf(7), stopped)
    const other = readFileSync(path)
    const [, firstEnd] = endsOf(content)
    const [header] = endsOf(other)
    writeFileSync(path, Buffer.concat([content.subarray(0, firstEnd), other.subarray(header)]))
    expect(numbersOf((await open()).kept.records)).toEqual([1])
  })

  test('while it was begun again: nothing passes for the whole', async () => {
    const { open, path, said } = setUp()
    const numbers = Array.from({ length: 1_001 }, (_, index) => index + 1)
    await (await open()).file.replace(recordsOf(...numbers), progress)
    truncateSync(path, endsOf(readFileSync(path)).at(-2) ?? 0)
    expect((await open()).kept).toEqual(nothing)
    expect(said).toEqual([useless])
  })
})

describe('what is of no use is told, and begun again', () => {
  test.each([
    ['other settings', { fit: 'other' }],
    ['another key', { secret: 'k'.repeat(32) }],
    ['another repository', { repository: '8' }],
  ])('%s', async (_, other) => {
    const { open, said } = setUp()
    await (await open()).file.replace(recordsOf(1), progress)
    const next = await open(other)
    expect(next.kept).toEqual(nothing)
    expect(said).toEqual([useless])
    await next.file.replace(recordsOf(2), progress)
    expect(numbersOf((await open(other)).kept.records)).toEqual([2])
  })

  test.each([
    ['no frame of ours', ['{"whole":null}'], []],
    ['a line that is no record', [JSON.stringify(head), '{"record":"pull-request"}'], []],
    ['after a good one', [JSON.stringify(head), formatRecord(aRecord())], [aRecord().number]],
  ])('a frame of another version: %s', async (_, lines, expected) => {
    const { open, path } = setUp()
    const randomBytes = countingBytes()
    const salt = randomBytes(saltBytes)
    const secret = Buffer.from('s'.repeat(32))
    const seal = new FrameSeal(secret, salt, 'kept records\n7', randomBytes)
    mkdirSync(dirname(path))
    const frames = [seal.seal(lines.join('\n'), 0), seal.seal('{}', 1)]
    writeFileSync(
      path,
      Buffer.concat([Buffer.from('what-shipped kept records\n'), salt, ...frames]),
    )
    expect(numbersOf((await open()).kept.records)).toEqual(expected)
  })
})

describe('which report was published last', () => {
  const monday = '2026-06-22'

  /** A file as a run leaves it that came to its end. */
  async function published() {
    const world = setUp()
    const { file } = await world.open()
    expect(file.published).toBeNull()
    await file.replace(recordsOf(1), progress)
    await file.notePublished(monday)
    return world
  }

  test('is there in the next run, beside the records and in the file that it begins again', async () => {
    const { open } = await published()
    const next = await open()
    expect(next.file.published).toBe(monday)
    expect(next.kept).toEqual({ records: recordsOf(1), ...progress })
    await next.file.replace(recordsOf(2), stopped)
    expect((await open()).file.published).toBe(monday)
  })

  test('outlives the records where they are of other settings', async () => {
    const { open } = await published()
    const next = await open({ fit: 'other' })
    expect(next.kept).toEqual(nothing)
    expect(next.file.published).toBe(monday)
    await next.file.replace(recordsOf(2), progress)
    const last = await open({ fit: 'other' })
    expect(last.file.published).toBe(monday)
    expect(numbersOf(last.kept.records)).toEqual([2])
  })

  test.each([
    ['of another repository', { repository: '8' }],
    ['of another key', { secret: 'k'.repeat(32) }],
  ])('is not taken from a file %s', async (_, other) => {
    const { open } = await published()
    expect((await open(other)).file.published).toBeNull()
  })

  test('is the one before where the end was cut off, and nobody can change it', async () => {
    const { open, path } = await published()
    await (await open()).file.notePublished('2026-06-29')
    const content = readFileSync(path)
    writeFileSync(path, content.subarray(0, -1))
    expect((await open()).file.published).toBe(monday)
    content[content.length - 1] = (content.at(-1) ?? 0) ^ 1
    writeFileSync(path, content)
    expect((await open()).file.published).toBe(monday)
  })
})

describe('a file of something else is left as it is, byte for byte', () => {
  const contents: readonly (readonly [string, string])[] = [
    ['words', '# Read me\n'],
    ['records, as the command exports them', `${formatRecord(aRecord())}\n`],
    ['a line', '\n'],
    ['what almost begins as ours', 'what-shipped kept recordz\n'],
  ]

  test.each(contents)('%s', async (_, content) => {
    const { open, path, said } = setUp()
    mkdirSync(dirname(path))
    writeFileSync(path, content)
    await expect(open()).rejects.toThrow(
      /^The records file cannot be used \(".*records" holds something else\)\. Name another with the input records-file\.$/,
    )
    expect(readFileSync(path, 'utf8')).toBe(content)
    expect(said).toEqual([])
  })

  test.each(contents)('%s, where the draft would stand', async (_, content) => {
    const { open, path, draft } = setUp()
    const { file } = await open()
    await file.replace(recordsOf(1), progress)
    const kept = readFileSync(path)
    writeFileSync(draft, content)
    await expect(open()).rejects.toThrow('records.new" holds something else')
    await expect(file.replace(recordsOf(2), progress)).rejects.toThrow(/cannot be used \(EEXIST/)
    expect(readFileSync(draft, 'utf8')).toBe(content)
    expect(readFileSync(path)).toEqual(kept)
  })

  test('files beside it', async () => {
    const { open, path } = setUp()
    mkdirSync(dirname(path))
    writeFileSync(`${path}.state.json`, '{"mine":true}')
    await (await open()).file.replace(recordsOf(1), progress)
    await (await open({ fit: 'other' })).file.replace(recordsOf(1), progress)
    expect(readFileSync(`${path}.state.json`, 'utf8')).toBe('{"mine":true}')
  })

  test('a directory', async () => {
    const { open, path } = setUp()
    mkdirSync(path, { recursive: true })
    await expect(open()).rejects.toThrow(/cannot be used \(".*" is no ordinary file\)/)
  })

  test.each([
    ['an empty file', Buffer.alloc(0)],
    ['the beginning of one of ours', Buffer.from('what-shipped ke')],
  ])('but %s has nothing to lose', async (_, content) => {
    const { open, path, draft } = setUp()
    mkdirSync(dirname(path))
    for (const written of [path, draft]) writeFileSync(written, content)
    await (await open()).file.replace(recordsOf(1), progress)
    expect(numbersOf((await open()).kept.records)).toEqual([1])
  })
})

test('a file that goes away while it is used is told', async () => {
  const { open, path } = setUp()
  const { file } = await open()
  rmSync(dirname(path), { recursive: true })
  await expect(file.replace([], stopped)).rejects.toThrow(
    /^The records file cannot be used \(ENOENT/,
  )
})

test('a file is begun before it is added to', async () => {
  const { open } = setUp()
  const { file } = await open()
  await expect(file.add([], stopped)).rejects.toThrow('a file is begun before it is added to')
})
