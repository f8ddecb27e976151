import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { TestRepository } from '../support/git-repository.ts'
import { parseChangeLines, parseRecordLines } from '../support/read-lines.ts'
import { commandLine, runCli } from '../support/run-cli.ts'

const day = 86_400

/** A history in which #1 is marked, #2 is by a person and reverted by #3 a day later. */
function aClone(): TestRepository {
  const source = new TestRepository()
  source.git(['config', 'remote.origin.url', 'https://github.com/acme/widgets.git'])
  let seconds = 1_750_000_000
  const commit = (message: string, path: string) => {
    seconds += day
    const who = `Ada Lovelace <ada@example.com> ${seconds} +0000`
    const blob = source.git(['hash-object', '-w', '--stdin'], `${path}\n`)
    const tree = source.git(['mktree'], `100644 blob ${blob}\t${path}\n`)
    return source.commit({ message, tree, author: who, committer: who })
  }
  commit('Start\n', 'a')
  commit('Add a cache for widgets (#1)\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n', 'b')
  const reverted = commit('Rename every widget (#2)\n\nAsk Ada Lovelace about it.\n', 'c')
  commit(`Revert "Rename every widget (#2)" (#3)\n\nThis reverts commit ${reverted}.\n`, 'b')
  return source
}

const exported = (source: TestRepository, ...args: readonly string[]) =>
  runCli(['export', source.directory, ...args], {
    directory: source.home,
    environment: source.environment,
  })

test('gives a record of each pull request, and makes the key', async () => {
  const source = aClone()
  const { status, stdout, stderr } = await exported(source)
  const records = parseRecordLines(stdout)
  expect(status).toBe(0)
  expect(records.map((record) => record.record === 'pull-request' && record.number)).toEqual([
    3, 2, 1,
  ])
  expect(records[0]).toMatchObject({
    source: 'git',
    readAt: '2025-06-19T15:06:40Z',
    repository: { id: null, name: 'acme/widgets' },
  })
  const path = join(source.home, '.config', 'what-shipped', 'people.key')
  expect(stderr).toBe(
    [
      'what-shipped: the newest commit is of 2025-06-19, and nothing later is known; git fetch brings it',
      'what-shipped: reading the branch "main"',
      `what-shipped: made the key ${path}, by which records tell people apart: keep it secret, and keep it`,
      'what-shipped: 3 pull requests written',
      "what-shipped: 3 of 3 are known by what reached the branch alone, without their own commits; git fetch origin 'refs/pull/*/head:refs/pull/*/head' brings those that GitHub has",
      '',
    ].join('\n'),
  )
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(stdout + stderr).not.toContain(readFileSync(path, 'utf8').trim())
})

test('nobody’s name, address or words are in it', async () => {
  const source = aClone()
  for (const more of [[], ['--changes']]) {
    const { stdout } = await exported(source, ...more)
    expect(stdout).toMatch(/claude/i)
    expect(stdout).not.toMatch(/\bada\b|lovelace|widget |cache|rename/i)
  }
})

test('with --changes, what happened to each', async () => {
  const { status, stdout, stderr } = await exported(aClone(), '--changes')
  const changes = parseChangeLines(stdout)
  expect(status).toBe(0)
  expect(
    changes.map(({ number, assistance, exclusion, reverted }) => ({
      number,
      assistance,
      exclusion,
      revertedAt: reverted?.at,
    })),
  ).toEqual([
    { number: 3, assistance: 'undeclared', exclusion: 'revert', revertedAt: null },
    {
      number: 2,
      assistance: 'undeclared',
      exclusion: null,
      revertedAt: '2025-06-19T15:06:40Z',
    },
    { number: 1, assistance: 'assisted', exclusion: null, revertedAt: null },
  ])
  expect(stderr).toMatch(
    /^what-shipped: 3 changes written, as of 2025-06-19 15:06 UTC; excluded: revert 1; 1 of 1 revert leads to a change here$/m,
  )
})

test('the same clone gives the same twice, and through a file of records', async () => {
  const source = aClone()
  const { stdout } = await exported(source)
  expect((await exported(source)).stdout).toBe(stdout)
  writeFileSync(join(source.home, 'records.ndjson'), stdout)
  const options = { directory: source.home, environment: source.environment }
  expect((await runCli(['export', 'records.ndjson'], options)).stdout).toBe(stdout)
  const changes = await exported(source, '--changes')
  expect((await runCli(['export', 'records.ndjson', '--changes'], options)).stdout).toBe(
    changes.stdout,
  )
})

test('another key gives other people, and nothing else changes', async () => {
  const source = aClone()
  const [one, other] = await Promise.all(
    ['one.key', 'other.key'].map((key) => exported(source, '--key-file', key)),
  )
  const withoutKeys = (text = '') =>
    text.replace(/"(?:[0-9a-f]{8}|[0-9a-f]{16}|[0-9a-f]{32})"/g, '"…"')
  expect(one?.stdout).not.toBe(other?.stdout)
  expect(withoutKeys(one?.stdout)).toBe(withoutKeys(other?.stdout))
  const keyIds = [one, other].map((result) =>
    parseRecordLines(result?.stdout ?? '').map(({ keyId }) => keyId),
  )
  expect(keyIds.map((ids) => new Set(ids).size)).toEqual([1, 1])
  expect(keyIds[0]?.[0]).not.toBe(keyIds[1]?.[0])
  expect(statSync(join(source.home, 'one.key')).mode & 0o777).toBe(0o600)
})

test('--since and --until take what reached the branch in that time', async () => {
  const { stdout } = await exported(aClone(), '--since', '2025-06-18', '--until', '2025-06-19')
  expect(parseRecordLines(stdout)).toMatchObject([{ number: 2 }])
})

test('of the changes before --until everything is known that came after it', async () => {
  const { stdout } = await exported(aClone(), '--until', '2025-06-19', '--changes')
  expect(parseChangeLines(stdout)).toMatchObject([
    { number: 2, asOf: '2025-06-19T15:06:40Z', reverted: { at: '2025-06-19T15:06:40Z' } },
    { number: 1 },
  ])
})

describe('what cannot be done is said in one line', () => {
  test('a directory that is no clone', async () => {
    const source = new TestRepository({ bare: true })
    const { status, stdout, stderr } = await runCli(['export', '.'], {
      directory: source.home,
      environment: source.environment,
    })
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/is not a git repository; name the directory of a clone\n$/)
    expect(existsSync(join(source.home, '.config'))).toBe(false)
  })

  test('a key that is none: it is refused before anything is read', async () => {
    const source = aClone()
    writeFileSync(join(source.home, 'bad.key'), 'secret', { mode: 0o600 })
    const { status, stdout, stderr } = await exported(source, '--key-file', 'bad.key')
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(
      /^what-shipped: the key \S+bad\.key is not made of hexadecimal digits;.*\n$/,
    )
  })

  test.each([
    [['export'], 'export needs a SOURCE'],
    [['export', ''], 'SOURCE is empty'],
    [['export', 'a', 'b'], 'export reads one SOURCE'],
    [['export', '.', '--key-file='], '--key-file needs a file'],
    [['export', '.', '--since', 'monday'], '--since needs a day'],
    [['export', '.', '--json'], "Unknown option '--json'"],
  ])('%j is wrong usage', async (args, complaint) => {
    const source = new TestRepository()
    const { status, stdout, stderr } = await runCli(args, {
      directory: source.home,
      environment: source.environment,
    })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(`what-shipped: ${complaint}`)
    expect(stderr).toContain('"what-shipped help export" tells how it is used')
    expect(existsSync(join(source.home, '.config'))).toBe(false)
  })
})

test('a pipe whose reader has enough is no error', () => {
  const source = new TestRepository()
  source.commitMany(3_000, (number) => `Change ${number} (#${number})\n`)
  const script = `"$@" | head -n 1; echo "status \${PIPESTATUS[0]}"`
  const command = [process.execPath, ...commandLine, 'export', source.directory]
  const { stdout } = spawnSync('bash', ['-c', script, 'bash', ...command], {
    encoding: 'utf8',
    env: source.environment,
  })
  const [first = '', ...rest] = stdout.split('\n')
  expect(parseRecordLines(first)).toHaveLength(1)
  expect(rest).toEqual(['status 0', ''])
})
