import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Progress, RecordsFile } from '../../src/action/kept-records.ts'
import type { DeliveryRecord } from '../../src/delivery/index.ts'
import { aRecord } from '../support/a-record.ts'
import { temporaryDirectory } from '../support/git-repository.ts'
import { parseRecordLines } from '../support/read-lines.ts'

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
  },
}

function recordsOf(...numbers: readonly number[]): DeliveryRecord[] {
  return numbers.map((number) => aRecord({ number }))
}

function numbersOf(records: readonly DeliveryRecord[]): unknown[] {
  return records.map((record) => (record.record === 'pull-request' ? record.number : record.sha))
}

/** A file that is opened again and again, as by one run after another. */
function setUp() {
  const path = join(temporaryDirectory(), 'deeper', 'records.ndjson')
  const said: string[] = []
  const open = async (fit = 'fit') => {
    const file = new RecordsFile(path, fit)
    return { file, kept: await file.open((message) => said.push(message)) }
  }
  return { path, statePath: `${path}.state.json`, said, open }
}

test('at first there is nothing, and that needs no word', async () => {
  const { open, said } = setUp()
  expect((await open()).kept).toEqual({ records: [], whole: null, reading: null })
  expect(said).toEqual([])
})

test('what is added is there in the next run, with how far it reaches', async () => {
  const { open, path, statePath } = setUp()
  const { file } = await open()
  await file.add(recordsOf(1, 2), stopped)
  await file.add(recordsOf(3), stopped)
  const next = await open()
  expect(numbersOf(next.kept.records)).toEqual([1, 2, 3])
  expect(next.kept).toMatchObject(stopped)
  await next.file.replace(recordsOf(3, 4), progress)
  const last = await open()
  expect(numbersOf(last.kept.records)).toEqual([3, 4])
  expect(last.kept).toMatchObject(progress)
  for (const written of [path, statePath]) expect(statSync(written).mode & 0o777).toBe(0o600)
})

test('it is a records file like any other', async () => {
  const { open, path } = setUp()
  const { file } = await open()
  await file.add(recordsOf(1, 2), progress)
  expect(numbersOf(parseRecordLines(readFileSync(path, 'utf8')))).toEqual([1, 2])
})

test('more records than are written at once', async () => {
  const { open } = setUp()
  const { file } = await open()
  const numbers = Array.from({ length: 1_201 }, (_, index) => index + 1)
  await file.replace(recordsOf(...numbers), progress)
  expect(numbersOf((await open()).kept.records)).toEqual(numbers)
})

test('what was appended after the last state, by a run that was killed, is cut off', async () => {
  const { open, path } = setUp()
  const { file } = await open()
  await file.add(recordsOf(1), stopped)
  const whole = readFileSync(path, 'utf8')
  appendFileSync(path, whole + whole.slice(0, 40))
  const next = await open()
  expect(numbersOf(next.kept.records)).toEqual([1])
  expect(readFileSync(path, 'utf8')).toBe(whole)
  await next.file.add(recordsOf(2), stopped)
  expect(numbersOf((await open()).kept.records)).toEqual([1, 2])
})

describe('what is of no use is told, and all is read again', () => {
  const damages: readonly (readonly [string, (paths: ReturnType<typeof setUp>) => void, RegExp])[] =
    [
      [
        'no state',
        ({ statePath }) => rmSync(statePath),
        /^Of the records file and its .* cache both/,
      ],
      ['no records', ({ path }) => rmSync(path), /^Of the records file and its .* cache both/],
      ['records cut off', ({ path }) => writeFileSync(path, '{"rec'), /does not fit its/],
      ['a state cut off', ({ statePath }) => writeFileSync(statePath, '{"ver'), /does not fit its/],
      [
        'a state of something else',
        ({ statePath }) => writeFileSync(statePath, '7'),
        /does not fit/,
      ],
      [
        'a line that is no record',
        ({ path }) =>
          writeFileSync(path, readFileSync(path, 'utf8').replace('"record"', '"recorD"')),
        /are damaged/,
      ],
    ]

  test.each(damages)('%s', async (_, damage, problem) => {
    const { open, said, ...paths } = setUp()
    await (await open()).file.add(recordsOf(1, 2), progress)
    damage({ open, said, ...paths })
    expect((await open()).kept.records).toEqual([])
    expect(said).toEqual([expect.stringMatching(problem)])
    expect(said[0]).toMatch(/; everything is read again$/)
    expect((await open()).kept.records).toEqual([])
  })

  test.each([
    ['a file of something else', (path: string) => writeFileSync(path, '# Read me\n')],
    ['a directory', (path: string) => mkdirSync(path)],
  ])('%s is left as it is', async (_, make) => {
    const { open, path } = setUp()
    mkdirSync(dirname(path))
    make(path)
    const before = statSync(path)
    await expect(open()).rejects.toThrow(
      /^The records file cannot be used \(.*\)\. Name another with the input records-file\.$/,
    )
    expect(statSync(path)).toMatchObject({ size: before.size, mtimeMs: before.mtimeMs })
  })

  test('other settings', async () => {
    const { open, said } = setUp()
    await (await open()).file.add(recordsOf(1), progress)
    expect((await open('other')).kept.records).toEqual([])
    expect(said).toEqual([
      expect.stringMatching(/^The kept records are of another repository, key/),
    ])
  })
})
