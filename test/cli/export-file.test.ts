import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatRecord, mergeRecords } from '../../src/delivery/index.ts'
import { aRecord, hour } from '../support/a-record.ts'
import { temporaryDirectory } from '../support/git-repository.ts'
import { parseChangeLines, parseRecordLines } from '../support/read-lines.ts'
import { commandLine, runCli } from '../support/run-cli.ts'
import { runInProcess } from '../support/run-in-process.ts'

const one = aRecord({ number: 1, id: 1001 })
const two = aRecord({ number: 2, id: 1002 })
const three = aRecord({
  number: 3,
  id: 1003,
  createdAt: '2026-04-02T09:00:00Z',
  merge: null,
  state: 'open',
})

function fileOf(...lines: readonly string[]): { directory: string; path: string } {
  const directory = temporaryDirectory()
  const path = join(directory, 'records.ndjson')
  writeFileSync(path, lines.join('\n'))
  return { directory, path }
}

const [first, second, third] = [one, two, three].map(formatRecord) as [string, string, string]

test('a file is read, checked and written again', async () => {
  const { directory } = fileOf(first, second, '')
  const result = await runCli(['export', 'records.ndjson'], { directory })
  expect(result).toEqual({
    status: 0,
    stdout: `${first}\n${second}\n`,
    stderr: 'what-shipped: 2 pull requests written\n',
  })
  expect(readdirSync(directory)).toEqual(['records.ndjson'])
})

test('standard input, in whatever pieces, with a mark before it and other line ends', async () => {
  const text = Buffer.from(`\ufeff${first}\r\n\r\n  \n${second}`)
  const pieces = [text.subarray(0, 2), text.subarray(2, 700), text.subarray(700)]
  const result = await runCli(['export', '-'], { input: pieces })
  expect(result).toMatchObject({ status: 0, stdout: `${first}\n${second}\n` })
})

test('a pipe with a name is read as standard input is', () => {
  const { path } = fileOf(first, second)
  const script = 'file=$1; shift; "$@" export <(cat "$file")'
  const { status, stdout } = spawnSync(
    'bash',
    ['-c', script, 'bash', path, process.execPath, ...commandLine],
    { encoding: 'utf8' },
  )
  expect({ status, stdout }).toEqual({ status: 0, stdout: `${first}\n${second}\n` })
})

test('nothing at all is no error', async () => {
  expect(await runInProcess(['export', '-'])).toMatchObject({ status: 0, stdout: '' })
  expect(await runInProcess(['export', '-', '--changes'])).toMatchObject({
    status: 0,
    stdout: '',
    stderr: 'what-shipped: no changes written\n',
  })
})

describe('a bad line', () => {
  test('is told by its number and skipped, and the status says so', async () => {
    const { path } = fileOf(
      first,
      '{"record":',
      '',
      second,
      '{"record":"pull-request","version":9}',
    )
    const { status, stdout, stderr } = await runInProcess(['export', path])
    expect({ status, stdout }).toEqual({ status: 1, stdout: `${first}\n${second}\n` })
    expect(stderr).toBe(
      [
        'what-shipped: line 2 is skipped: it is no JSON',
        'what-shipped: line 5 is skipped: it is of version 9 of the format, and this reads version 1: use a newer what-shipped',
        'what-shipped: 2 pull requests written',
        'what-shipped: 2 lines were no records and were skipped; all others are written',
        '',
      ].join('\n'),
    )
  })

  test('does not stop --changes either', async () => {
    const { path } = fileOf('nonsense', first)
    const { status, stdout, stderr } = await runInProcess(['export', path, '--changes'])
    expect(status).toBe(1)
    expect(parseChangeLines(stdout)).toMatchObject([{ number: 1 }])
    expect(stderr).toMatch(/1 line was no record and was skipped; all others are written\n$/)
  })

  test('the first of many are told, and the others are counted', async () => {
    const { path } = fileOf(first, ...Array.from({ length: 1_000 }, (_, index) => `note ${index}`))
    const { status, stdout, stderr } = await runInProcess(['export', path])
    expect({ status, stdout }).toEqual({ status: 1, stdout: `${first}\n` })
    expect(stderr.match(/is skipped/g)).toHaveLength(3)
    expect(stderr).toContain('what-shipped: and 997 more lines are skipped\n')
    expect(stderr).toMatch(
      /1,000 lines were no records and were skipped; all others are written\n$/,
    )
  })

  test('shows nothing of what is in it', async () => {
    const { path } = fileOf(
      first,
      '\u001b[2Jsecret',
      `{"record":"pull-request","version":1,"source":"secret"}`,
    )
    const { stderr } = await runInProcess(['export', path])
    expect(stderr).not.toContain('secret')
    expect(stderr).not.toContain('\u001b')
  })
})

describe('what is no file of records is said in one line', () => {
  const advice =
    'no line of it is one; name what "what-shipped export SOURCE" wrote, without --changes'

  test.each([
    ['other text', Array.from({ length: 1_000 }, (_, index) => `note ${index}`)],
    ['changes', ['{"version":1,"repository":{"id":1,"name":"octo/widgets"},"number":1}']],
    ['one long line', ['x'.repeat(2_000_000)]],
  ])('%s', async (_, lines) => {
    const { path } = fileOf(...lines)
    expect(await runInProcess(['export', path])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: `what-shipped: ${JSON.stringify(path)} is no file of records: ${advice}\n`,
    })
  })

  test('on standard input too', async () => {
    const { stderr } = await runInProcess(['export', '-', '--changes'], { input: ['note\n'] })
    expect(stderr).toBe(`what-shipped: standard input is no file of records: ${advice}\n`)
  })
})

describe('records that were made with different keys', () => {
  const keyed = (number: number, keyId?: string) =>
    formatRecord(aRecord({ number, id: 1000 + number, ...(keyId === undefined ? {} : { keyId }) }))

  test.each([[[]], [['--changes']]])('are refused, with %j', async (options) => {
    const { path } = fileOf(keyed(1, '0a1b2c3d'), keyed(2), keyed(3, '4e5f6a7b'))
    const { status, stdout, stderr } = await runInProcess(['export', path, ...options])
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(
      /^what-shipped: the records in \S+ were made with different keys \(0a1b2c3d, 4e5f6a7b\), .* with one --key-file\n$/,
    )
  })

  test('are no trouble where they do not tell their key', async () => {
    const { path } = fileOf(keyed(1, '0a1b2c3d'), keyed(2))
    expect(await runInProcess(['export', path])).toMatchObject({ status: 0 })
  })
})

describe('several records of one pull request', () => {
  const earlier = aRecord({ number: 1, id: 1001, readAt: hour(30), reviews: null })
  const later = aRecord({ number: 1, id: 1001, readAt: hour(60), source: 'git', description: null })

  test('become one, where the first stands', async () => {
    const { path } = fileOf(...[earlier, two, later].map(formatRecord))
    const { status, stdout } = await runInProcess(['export', path])
    expect(status).toBe(0)
    expect(parseRecordLines(stdout)).toEqual([mergeRecords(earlier, later), two])
  })

  test('also where one source knows the repository’s number, and the other its name', async () => {
    const named = { ...later, repository: { id: null, name: 'Octo/Widgets' } }
    const { path } = fileOf(...[named, earlier].map(formatRecord))
    const { stdout } = await runInProcess(['export', path])
    expect(parseRecordLines(stdout)).toHaveLength(1)
  })

  test('and of other repositories stay apart', async () => {
    const elsewhere = { ...earlier, repository: { id: 2, name: 'octo/gadgets' } }
    const renamed = { ...later, repository: { id: null, name: 'octo/gizmos' } }
    const { path } = fileOf(...[earlier, elsewhere, renamed].map(formatRecord))
    const { stdout } = await runInProcess(['export', path])
    expect(parseRecordLines(stdout)).toEqual([earlier, elsewhere, renamed])
  })

  test('a bad one among them is skipped', async () => {
    const bad = JSON.stringify({ ...earlier, state: 'lost' })
    const { path } = fileOf(bad, formatRecord(later))
    const { status, stdout } = await runInProcess(['export', path])
    expect(status).toBe(1)
    expect(parseRecordLines(stdout)).toEqual([later])
  })
})

test('--since and --until take the records to which anything happened in that time', async () => {
  const { path } = fileOf(first, third)
  const { stdout } = await runInProcess(['export', path, '--since', '2026-04-01'])
  expect(stdout).toBe(`${third}\n`)
})

test('a file that cannot be read is said in one line', async () => {
  const directory = mkdtempSync(join(temporaryDirectory(), 'empty-'))
  const { status, stdout, stderr } = await runInProcess(['export', 'records.ndjson'], { directory })
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toBe(
    'what-shipped: there is no file or directory "records.ndjson"; name a clone\'s directory, owner/name on GitHub, or a records file\n',
  )
})
