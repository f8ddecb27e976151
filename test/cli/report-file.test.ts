import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type DeliveryRecord,
  formatRecord,
  type PullRequestRecord,
  syntheticOrganisation,
} from '../../src/delivery/index.ts'
import { ReportSchema } from '../../src/report/document/report-document.ts'
import { reportFormats } from '../report/report-texts.ts'
import { aBot, aRecord, hour } from '../support/a-record.ts'
import { temporaryDirectory } from '../support/git-repository.ts'
import { markdownReaders } from '../support/markdown-html.ts'
import { runCli } from '../support/run-cli.ts'
import { runInProcess } from '../support/run-in-process.ts'

const organisation = [
  ...syntheticOrganisation({
    seed: 7,
    asOf: '2026-11-16T00:00:00Z',
    people: 30,
    repositories: 2,
    changesPerWeek: 40,
    weeks: 36,
  }),
]

function fileOf(records: readonly DeliveryRecord[]): string {
  return fileOfLines(records.map(formatRecord))
}

function fileOfLines(lines: readonly string[]): string {
  const path = join(temporaryDirectory(), 'records.ndjson')
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''))
  return path
}

const folder = mkdtempSync(join(tmpdir(), 'what-shipped-'))
const records = join(folder, 'records.ndjson')
beforeAll(() =>
  writeFileSync(
    records,
    organisation
      .map(
        (one) => `${formatRecord(one)}
`,
      )
      .join(''),
  ),
)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const jsonOf = async (path: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = await runInProcess([
    'report',
    path,
    '--format',
    'json',
    ...args,
  ])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return ReportSchema.parse(JSON.parse(stdout))
}

describe('every format of a records file', () => {
  test('the terminal by default', async () => {
    const { status, stdout, stderr } = await runCli(['report', records])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^What Shipped: example\n {2}2 repositories · as of \d+ \w+ 2026 · /)
    expect(stdout).toContain('\nTime to merge\n')
    expect(stdout).toMatch(/it does not prove that AI caused the difference/)
    expect(stdout).not.toContain('\u001b')
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  test('html, md, csv and json', async () => {
    const html = await runInProcess(['report', records, '--format', 'html'])
    expect(html.stdout).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/i)
    const md = await runInProcess(['report', records, '--format', 'md'])
    expect(md.stdout).toMatch(/^## What Shipped: example\n/)
    for (const [, toHtml] of markdownReaders) expect(toHtml(md.stdout)).toContain('<table>')
    const csv = await runInProcess(['report', records, '--format', 'csv'])
    expect(csv.stdout).toMatch(/^section,item,group,value,low,high,unit\r\n(?:.*\r\n)+$/)
    expect(await jsonOf(records)).toMatchObject({
      scope: { kind: 'organisation', name: 'example' },
    })
  })

  test('--explain tells how', async () => {
    const short = await runInProcess(['report', records])
    const long = await runInProcess(['report', records, '--explain'])
    expect(long.stdout.length).toBeGreaterThan(short.stdout.length)
    expect(long.stdout).toContain('What the words mean')
  })

  test('standard input too', async () => {
    const { status, stdout } = await runCli(['report', '-', '--format', 'json'], {
      input: [readFileSync(records)],
    })
    expect(status).toBe(0)
    expect(stdout).toBe((await runCli(['report', records, '--format', 'json'])).stdout)
  })
})

test('the same bytes in another time zone and language, on another day, in another order', async () => {
  const json = async (path: string, environment: Record<string, string>) =>
    (await runCli(['report', path, '--format', 'json'], { environment })).stdout
  const first = await json(records, { TZ: 'UTC', LANG: 'C' })
  expect(first).toContain('"asOf": "2026-')
  expect(await json(records, { TZ: 'Pacific/Chatham', LC_ALL: 'de_CH.UTF-8' })).toBe(first)
  expect(await json(records, { TZ: 'America/Los_Angeles', LANG: 'ar_EG.UTF-8' })).toBe(first)
})

test('several records of one pull request count as one, wherever they stand', async () => {
  const lines = organisation.map(formatRecord)
  const repeated = lines.filter((_, index) => index % 7 === 0)
  const path = fileOfLines([...repeated.slice(0, 50), ...lines, ...repeated.slice(50)])
  expect(await jsonOf(path)).toEqual(await jsonOf(records))
})

describe('what it is of', () => {
  const ofRepository = (name: string) =>
    organisation.filter(({ repository }) => repository.name === name)
  const [one, two] = new Set(organisation.map(({ repository }) => repository.name ?? ''))

  test('one repository goes by its name', async () => {
    const { scope } = await jsonOf(fileOf(ofRepository(one ?? '')))
    expect(scope).toMatchObject({ kind: 'repository', name: one, repositories: 1 })
  })

  test('several of different owners go by their number', async () => {
    const elsewhere = ofRepository(two ?? '').map((record) => ({
      ...record,
      repository: { id: 5, name: 'other/place' },
    }))
    const { scope } = await jsonOf(fileOf([...ofRepository(one ?? ''), ...elsewhere]))
    expect(scope).toMatchObject({ kind: 'organisation', name: '2 repositories', repositories: 2 })
  })
})

describe('--as-of', () => {
  test('goes back to the Monday before', async () => {
    const [monday, sunday] = await Promise.all([
      jsonOf(records, '--as-of', '2026-10-19'),
      jsonOf(records, '--as-of', '2026-10-25T23:59:59Z'),
    ])
    expect(sunday).toEqual(monday)
    expect(Date.parse(monday.asOf)).toBeLessThanOrEqual(Date.parse('2026-10-19'))
    expect(monday.kept?.since ?? monday.asOf).toBe('2026-10-19T00:00:00Z')
  })

  test.each([
    [
      '2030-01-01',
      '--as-of 2030-01-01 is later than the newest record, which was read on 2026-11-16; name that day or an earlier one',
    ],
    [
      '2001-01-01',
      /^--as-of 2001-01-01 is before all changes: the first is of 2026-\d\d-\d\d; name a later day$/,
    ],
  ])('%s cannot be known', async (day, problem) => {
    const { status, stdout, stderr } = await runInProcess(['report', records, '--as-of', day])
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr.trimEnd().replace('what-shipped: ', '')).toMatch(problem)
  })
})

describe('--out', () => {
  test('writes the report into a file, and nothing else anywhere', async () => {
    const directory = temporaryDirectory()
    const args = ['report', records, '--format', 'html', '--out', 'report.html']
    expect(await runCli(args, { directory })).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(readFileSync(join(directory, 'report.html'), 'utf8')).toMatch(/<\/html>\n$/i)
    expect(readdirSync(directory)).toEqual(['report.html'])
  })

  test('replaces a file with its rights, and follows a link', async () => {
    const directory = temporaryDirectory()
    const [file, link] = [join(directory, 'old.json'), join(directory, 'link.json')]
    writeFileSync(file, 'old')
    chmodSync(file, 0o600)
    symlinkSync(file, link)
    const { status } = await runInProcess(['report', records, '--format', 'json', '--out', link])
    expect(status).toBe(0)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: 1 })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(directory).sort()).toEqual(['link.json', 'old.json'])
  })

  test('leaves a file as it is where there is no report', async () => {
    const directory = temporaryDirectory()
    const file = join(directory, 'old.md')
    writeFileSync(file, 'old')
    const { status } = await runInProcess(['report', fileOf([]), '--out', file])
    expect(status).toBe(1)
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(readdirSync(directory)).toEqual(['old.md'])
  })

  test.each([
    ['a directory', (directory: string) => directory, /is a directory; name a file/],
    ['no ordinary file', () => '/dev/null', /"\/dev\/null" is no ordinary file; name a file/],
    [
      'in no directory',
      (directory: string) => join(directory, 'not', 'x'),
      /there is no directory ".*not"; make it first/,
    ],
    [
      'in a file',
      (directory: string) => {
        writeFileSync(join(directory, 'file'), '')
        return join(directory, 'file', 'x')
      },
      /cannot be written \(ENOTDIR/,
    ],
  ])('%s is refused before anything is read', async (_what, pathIn, problem) => {
    const directory = temporaryDirectory()
    mkdirSync(join(directory, 'sub'))
    const out = pathIn(join(directory, 'sub'))
    const { status, stdout, stderr } = await runInProcess([
      'report',
      'no-such-source',
      '--out',
      out,
    ])
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(problem)
  })
})

describe('wrong usage', () => {
  test.each([
    [[], 'report needs a SOURCE'],
    [['a', 'b'], 'report reads one SOURCE'],
    [['a', '--format', 'pdf'], '--format needs one of terminal, html, md, json, ndjson, csv'],
    [['a', '--out', ''], '--out needs a file'],
    [['a', '--as-of', 'yesterday'], '--as-of needs a day such as'],
    [['a', '--as-of', '2026-02-30'], '--as-of names a time that does not exist'],
    [['a', '--since', '2026-01-01'], "Unknown option '--since'"],
  ])('%j', async (args, problem) => {
    const { status, stdout, stderr } = await runInProcess(['report', ...args])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(`what-shipped: ${problem}`)
  })
})

describe('bad input', () => {
  const oneLine = async (path: string) => {
    const { status, stdout, stderr } = await runInProcess(['report', path])
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/^what-shipped: [^\n]+\n$/)
    return stderr
  }

  test('an empty file', async () => {
    expect(await oneLine(fileOf([]))).toContain('there is no pull request to report on')
  })

  test('a file that is not there', async () => {
    expect(await oneLine('/no/such/records.ndjson')).toContain('there is no file or directory')
  })

  test('a file of something else', async () => {
    expect(await oneLine(fileOfLines(['hello', 'world']))).toContain('is no file of records')
  })

  test('one bad line is told by its number and skipped, and the status says so', async () => {
    const lines = organisation.map(formatRecord)
    const broken = fileOfLines([...lines.slice(0, 3), '{"record":', ...lines.slice(3)])
    const { status, stdout, stderr } = await runInProcess(['report', broken, '--format', 'json'])
    expect(status).toBe(1)
    expect(ReportSchema.parse(JSON.parse(stdout))).toEqual(await jsonOf(records))
    expect(stderr).toBe(
      [
        'what-shipped: line 4 is skipped: it is no JSON',
        'what-shipped: 1 line was no record and was skipped; all others are counted',
        '',
      ].join('\n'),
    )
  })

  const pullRequests = organisation.filter(
    (record): record is PullRequestRecord => record.record === 'pull-request',
  )
  const person = pullRequests.flatMap(({ author }) =>
    author?.kind === 'person' ? [author] : [],
  )[0]

  test.each<[string, readonly DeliveryRecord[]]>([
    ['one pull request', [aRecord()]],
    ['one that is still open', [aRecord({ mergedAfter: null })]],
    ['all of bots', pullRequests.map((record) => ({ ...record, author: aBot('renovate[bot]') }))],
    ['one person only', pullRequests.map((record) => ({ ...record, author: person ?? null }))],
    [
      'one group empty',
      pullRequests.filter(({ commits }) => !JSON.stringify(commits).includes('o-')),
    ],
    [
      'a thousand of the same',
      Array.from({ length: 1_000 }, (_, index) => aRecord({ number: index + 1, id: index + 1 })),
    ],
    [
      'times that cannot be',
      [
        aRecord({ createdAt: '2031-01-01T00:00:00Z', number: 1, id: 1 }),
        aRecord({ createdAt: '0001-01-01T00:00:00Z', number: 2, id: 2 }),
        aRecord({ number: 3, id: 3, mergedAfter: 24 * 365 * 500 }),
        aRecord({ number: 4, id: 4, readAt: hour(-1) }),
      ],
    ],
  ])('%s gives a clear report', async (_name, some) => {
    const document = await jsonOf(fileOf(some))
    expect(document.headline).not.toBe('')
    for (const render of reportFormats.values()) {
      expect(render(document)).not.toMatch(/\bNaN\b|undefined|Infinity|\[object/)
    }
  })
})
