import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fakeGitHubForTest } from '../support/fake-github/for-test.ts'
import {
  anAccount,
  aRepositoryOf,
  type FakeGitHub,
  type FakeGitHubOptions,
  type FaultMatch,
  graphqlRateLimit,
  minute,
  type PullRequestHistory,
} from '../support/fake-github/index.ts'
import { isolatedEnvironment, temporaryDirectory } from '../support/git-repository.ts'
import { parseChangeLines, parseRecordLines } from '../support/read-lines.ts'
import { permissions } from '../support/read-records.ts'
import { commandLine, runCli } from '../support/run-cli.ts'
import { runInProcess } from '../support/run-in-process.ts'

const page = /query PullRequestRecords/

function history(number: number): PullRequestHistory {
  return {
    number,
    title: `Change the widget for Zqada ${number}`,
    author: anAccount('zqdev'),
    openedAt: minute(number * 60),
    commits: [{ message: `Change ${number} for Zqada` }],
    events: [
      { type: 'review', at: minute(number * 60 + 10), by: anAccount('zqeve'), state: 'APPROVED' },
      { type: 'merge', at: minute(number * 60 + 30), by: anAccount('zqeve'), method: 'squash' },
    ],
  }
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

/** A fake GitHub with so many pull requests, and a user who exports from it. */
async function setUp(count: number, options: FakeGitHubOptions = {}) {
  const github = await fakeGitHubForTest({
    repositories: [aRepositoryOf(upTo(count).map(history))],
    permissions: permissions['with contents'],
    ...options,
  })
  const home = temporaryDirectory()
  const environment: Record<string, string> = {
    ...isolatedEnvironment(home),
    GITHUB_API_URL: github.apiUrl,
    GITHUB_TOKEN: github.state.token,
  }
  const spools = join(home, '.cache', 'what-shipped', 'exports')
  return {
    github,
    environment,
    home,
    spools: () => (existsSync(spools) ? readdirSync(spools) : []).map((name) => join(spools, name)),
    run: (...args: readonly string[]) =>
      runCli(['export', 'acme/widgets', ...args], { directory: home, environment }),
  }
}

function numbersIn(stdout: string): (number | undefined)[] {
  return parseRecordLines(stdout).map((record) =>
    record.record === 'pull-request' ? record.number : undefined,
  )
}

function cursors(github: FakeGitHub): unknown[] {
  return github.requests
    .filter(({ body }) => page.test(JSON.stringify(body) ?? ''))
    .map(({ body }) => (body as { variables: { after: unknown } }).variables.after)
}

/** Starts an export and kills it when its n-th page is asked for. */
function killedAtPage(
  nth: number,
  user: Awaited<ReturnType<typeof setUp>>,
  args: readonly string[] = [],
): Promise<string> {
  return killedAt({ graphql: page, nth }, user, args)
}

async function killedAt(
  match: FaultMatch,
  { github, home, environment }: Awaited<ReturnType<typeof setUp>>,
  args: readonly string[] = [],
): Promise<string> {
  const fault = github.faults.push({ match, respond: { kind: 'hold' } })
  const child = spawn(process.execPath, [...commandLine, 'export', 'acme/widgets', ...args], {
    cwd: home,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  const closed = once(child, 'close')
  await fault.reached
  child.kill('SIGKILL')
  await closed
  fault.release()
  return stdout
}

test('every record, and nothing is left behind', async () => {
  const user = await setUp(30)
  const { status, stdout, stderr } = await user.run()
  expect({ status, numbers: numbersIn(stdout) }).toEqual({ status: 0, numbers: upTo(30) })
  expect(stdout).not.toMatch(/zq/i)
  expect(stderr).toMatch(
    /^what-shipped: made the key .*\nwhat-shipped: 30 pull requests written\n$/,
  )
  expect(user.spools()).toEqual([])
})

test('with --changes, what happened to each', async () => {
  const user = await setUp(3)
  const { status, stdout } = await user.run('--changes')
  expect(status).toBe(0)
  expect(parseChangeLines(stdout)).toMatchObject(
    upTo(3).map((number) => ({ number, cycleSeconds: 1_800, pickupSeconds: 600 })),
  )
  expect(stdout).not.toMatch(/zq/i)
})

describe('with --diffs', () => {
  /** Reviewed with one line, merged with two. */
  const pushedTo: PullRequestHistory = {
    ...history(4),
    commits: [{ files: { 'src/widget.ts': 'zqone()\n' } }],
    files: [{ path: 'src/widget.ts', additions: 2, deletions: 0 }],
    events: [
      { type: 'review', at: minute(250), by: anAccount('zqeve'), state: 'COMMENTED' },
      {
        type: 'push',
        at: minute(260),
        commits: [{ files: { 'src/widget.ts': 'zqone()\nzqtwo()\n' } }],
      },
      { type: 'merge', at: minute(300), by: anAccount('zqeve'), method: 'squash' },
    ],
  }
  const repositories = () => [aRepositoryOf([...upTo(3).map(history), pushedTo])]
  const laterLines = (stdout: string) =>
    parseChangeLines(stdout).map(({ review }) => review.laterLines)

  test('the lines after the first review are read, and without it they are not known', async () => {
    const user = await setUp(0, { repositories: repositories() })
    const { status, stdout } = await user.run('--changes', '--diffs')
    expect({ status, lines: laterLines(stdout) }).toEqual({ status: 0, lines: [0, 0, 0, 1] })
    expect(stdout).not.toMatch(/zq/i)
    expect(laterLines((await user.run('--changes')).stdout)).toEqual([0, 0, 0, null])
  })

  test('killed at a comparison, it goes on, and what was read without is not taken for it', async () => {
    const user = await setUp(0, { repositories: repositories() })
    const comparison = { path: /\/compare\// }
    await killedAt(comparison, user, ['--diffs'])
    const [spool = ''] = user.spools()
    expect(parseRecordLines(readFileSync(join(spool, 'records.ndjson'), 'utf8'))).toHaveLength(3)
    const without = await user.run()
    expect(without.stderr).not.toContain('going on')
    const { stdout, stderr } = await user.run('--diffs')
    expect(stderr).toContain('3 pull requests are read already')
    expect(numbersIn(stdout)).toEqual(upTo(4))
    expect(parseRecordLines(stdout)).toMatchObject(
      [0, 0, 0, 2].map((length) => ({ headDiffs: { length } })),
    )
  })

  test('a token without contents gives what it can', async () => {
    const user = await setUp(0, {
      repositories: repositories(),
      permissions: permissions['without contents'],
    })
    const { status, stdout } = await user.run('--changes', '--diffs')
    expect(status).toBe(0)
    expect(parseChangeLines(stdout).at(-1)).toMatchObject({
      review: { laterLines: null },
      unreadable: ['contents', 'diffs'],
    })
  })

  test('a report has them read where it is asked, and no comparison made otherwise', async () => {
    const user = await setUp(0, { repositories: repositories() })
    const report = (...args: readonly string[]) =>
      runInProcess(['report', 'acme/widgets', '--as-of', minute(14 * 24 * 60), ...args], {
        directory: user.home,
        environment: user.environment,
      })
    const comparisons = () =>
      user.github.requests.filter(({ path }) => path.includes('/compare/')).length
    expect(await report()).toMatchObject({ status: 0 })
    expect(comparisons()).toBe(0)
    expect(await report('--diffs')).toMatchObject({ status: 0 })
    expect(comparisons()).toBe(2)
  })

  test('a clone or a file has none', async () => {
    for (const source of ['.', '-']) {
      const { status, stdout, stderr } = await runInProcess(['export', source, '--diffs'])
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(stderr).toMatch(/^what-shipped: --diffs needs owner\/name on GitHub: .*\n$/)
    }
  })
})

describe('killed', () => {
  test('it goes on where it was, asks for nothing twice, and prints everything', async () => {
    const user = await setUp(70)
    await killedAtPage(2, user)
    const [spool = ''] = user.spools()
    expect(readdirSync(spool).toSorted()).toEqual([
      expect.stringMatching(/^lock-\d+-/),
      'records.ndjson',
      'state.json',
    ])
    for (const name of ['records.ndjson', 'state.json']) {
      expect(statSync(join(spool, name)).mode & 0o777).toBe(0o600)
      expect(readFileSync(join(spool, name), 'utf8')).not.toMatch(/zq/i)
    }
    expect(statSync(spool).mode & 0o777).toBe(0o700)
    const { status, stdout, stderr } = await user.run()
    expect({ status, numbers: numbersIn(stdout) }).toEqual({ status: 0, numbers: upTo(70) })
    expect(stderr).toMatch(
      /^what-shipped: going on with the export that began at \d{4}-\d\d-\d\d \d\d:\d\d UTC: 25 pull requests are read already\nwhat-shipped: 70 pull requests written\n$/,
    )
    // The page at which it was killed is asked for again, and no other.
    expect(cursors(user.github).filter((cursor) => cursor === null)).toHaveLength(1)
    expect(new Set(cursors(user.github)).size).toBe(cursors(user.github).length - 1)
    expect(user.spools()).toEqual([])
  })

  test('in the middle of a page that is being kept, the page is read again', async () => {
    const user = await setUp(30)
    await killedAtPage(2, user)
    const [spool = ''] = user.spools()
    writeFileSync(join(spool, 'records.ndjson'), '{"record":"pull-req', { flag: 'a' })
    expect(numbersIn((await user.run()).stdout)).toEqual(upTo(30))
  })

  test.each([
    ['the state is cut off', (spool: string) => writeFileSync(join(spool, 'state.json'), '{"byt')],
    ['the records are gone', (spool: string) => writeFileSync(join(spool, 'records.ndjson'), '')],
    [
      'it was long ago',
      (spool: string) => {
        const path = join(spool, 'state.json')
        const state = JSON.parse(readFileSync(path, 'utf8'))
        writeFileSync(path, JSON.stringify({ ...state, startedAt: Date.now() - 8 * 86_400_000 }))
      },
    ],
  ])('it begins again where %s', async (_, harm) => {
    const user = await setUp(30)
    await killedAtPage(2, user)
    harm(user.spools()[0] ?? '')
    const { status, stdout, stderr } = await user.run()
    expect({ status, numbers: numbersIn(stdout) }).toEqual({ status: 0, numbers: upTo(30) })
    expect(stderr).toBe('what-shipped: 30 pull requests written\n')
  })

  test.each([
    ['damaged', 'x', 'the checkpoint is damaged'],
    ['of another version', '{"version":99}', 'the checkpoint is of version 99, not 1'],
  ])('it says so and begins again where the checkpoint is %s', async (_, checkpoint, reason) => {
    const user = await setUp(30)
    await killedAtPage(2, user)
    const path = join(user.spools()[0] ?? '', 'state.json')
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), checkpoint }))
    const { status, stdout, stderr } = await user.run()
    expect({ status, numbers: numbersIn(stdout) }).toEqual({ status: 0, numbers: upTo(30) })
    expect(stderr).toBe(
      `what-shipped: what was kept of an earlier export is of no use (${reason}); it begins again\n` +
        'what-shipped: 30 pull requests written\n',
    )
  })

  test('another time or another question does not mix with it', async () => {
    const user = await setUp(30)
    await killedAtPage(2, user)
    const { stdout, stderr } = await user.run('--since', '2020-01-01')
    expect(numbersIn(stdout).toSorted((one = 0, other = 0) => one - other)).toEqual(upTo(30))
    expect(stderr).not.toContain('going on')
    expect(user.spools()).toHaveLength(1)
  })

  test('it goes on where a week later is asked from a later time on, and prints no more than that', async () => {
    const user = await setUp(70)
    await killedAtPage(2, user, ['--since', minute(0)])
    const { status, stdout, stderr } = await user.run('--since', minute(40 * 60))
    expect(status).toBe(0)
    expect(stderr).toContain('25 pull requests are read already')
    expect(numbersIn(stdout).toSorted((one = 0, other = 0) => one - other)).toEqual(
      upTo(70).slice(39),
    )
    expect(user.spools()).toEqual([])
  })

  test('another key is refused, and not made', async () => {
    const user = await setUp(30)
    await killedAtPage(2, user)
    const result = await user.run('--key-file', 'other.key')
    expect(result).toEqual({
      status: 1,
      stdout: '',
      stderr: `what-shipped: this export was begun with another key; name that as --key-file, or delete ${user.spools()[0]} to begin again\n`,
    })
    expect(existsSync(join(user.home, 'other.key'))).toBe(false)
    expect(numbersIn((await user.run()).stdout)).toEqual(upTo(30))
  })

  test('with --changes, what was read for records counts too', async () => {
    const user = await setUp(30)
    await killedAtPage(2, user, ['--changes'])
    const { stdout, stderr } = await user.run('--changes')
    expect(parseChangeLines(stdout).map(({ number }) => number)).toEqual(upTo(30))
    expect(stderr).toContain('25 pull requests are read already')
  })
})

test('a report that was stopped goes on in the next week, which asks for a later time', async () => {
  const user = await setUp(30)
  const week = 7 * 24 * 60
  const report = (asOf: number) =>
    runInProcess(['report', 'acme/widgets', '--as-of', minute(asOf * week), '--format', 'json'], {
      directory: user.home,
      environment: user.environment,
    })
  user.github.faults.push({
    match: { graphql: page, nth: 2 },
    times: 4,
    respond: { kind: 'html', status: 503 },
  })
  const stopped = await report(2)
  expect(stopped).toMatchObject({ status: 1, stdout: '' })
  expect(user.spools()).toHaveLength(1)
  const { status, stderr } = await report(3)
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringContaining('25 pull requests are read already'),
  })
  expect(user.spools()).toEqual([])
})

test('two of the same at once do not mix: the second is refused', async () => {
  const user = await setUp(30)
  const fault = user.github.faults.push({
    match: { graphql: page, nth: 2 },
    respond: { kind: 'hold' },
  })
  const first = user.run()
  await fault.reached
  const second = await user.run()
  expect({ status: second.status, stdout: second.stdout }).toEqual({ status: 1, stdout: '' })
  expect(second.stderr).toMatch(/the same export is running already \(process \d+\); wait for it/)
  fault.release()
  expect(numbersIn((await first).stdout)).toEqual(upTo(30))
})

describe('nothing is laid down before its key is', () => {
  test('two first exports at once: the second to end is told to run again, and can', async () => {
    const user = await setUp(30)
    const fault = user.github.faults.push({ match: { graphql: page }, respond: { kind: 'hold' } })
    const second = user.run()
    await fault.reached
    const folder = join(user.home, '.config', 'what-shipped')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'people.key'), 'ab'.repeat(32), { mode: 0o600 })
    fault.release()
    expect(await second).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/another export made the key .* meanwhile; run this one again/),
    })
    const { status, stdout } = await user.run()
    expect({ status, numbers: numbersIn(stdout) }).toEqual({ status: 0, numbers: upTo(30) })
  })

  test.skipIf(!existsSync('/proc/self'))(
    'a key that cannot be made keeps no other from being used',
    async () => {
      const user = await setUp(3)
      const failed = await user.run('--key-file', '/proc/nowhere/people.key')
      expect(failed).toMatchObject({
        status: 1,
        stdout: '',
        stderr: expect.stringMatching(/could not be made \(.*\); name another --key-file/),
      })
      const { status, stdout } = await user.run('--key-file', 'my.key')
      expect({ status, numbers: numbersIn(stdout) }).toEqual({ status: 0, numbers: upTo(3) })
    },
  )
})

test('a rate limit is waited for, and told', async () => {
  const user = await setUp(30)
  const resetAt = Math.ceil(Date.now() / 1_000) + 600
  user.github.faults.push({
    match: { graphql: page, nth: 2 },
    respond: graphqlRateLimit(resetAt),
  })
  const { status, stdout, stderr } = await runInProcess(['export', 'acme/widgets'], {
    directory: user.home,
    environment: user.environment,
  })
  expect({ status, numbers: numbersIn(stdout) }).toEqual({ status: 0, numbers: upTo(30) })
  const until = new Date(resetAt * 1_000).toISOString().slice(11, 16)
  expect(stderr).toContain(`GitHub's rate limit is used up; waiting until ${until} UTC\n`)
})

describe('what cannot be done is said in one line with what to do', () => {
  test('a token that is missing', async () => {
    const user = await setUp(1)
    const { GITHUB_TOKEN: _, ...environment } = user.environment
    const result = await runCli(['export', 'acme/widgets'], { directory: user.home, environment })
    expect(result).toMatchObject({ status: 1, stdout: '' })
    expect(result.stderr).toMatch(/what-shipped: GITHUB_TOKEN is not set, .*\n$/)
    expect(user.github.requests).toEqual([])
  })

  test('a token that is wrong', async () => {
    const user = await setUp(1)
    const environment = { ...user.environment, GITHUB_TOKEN: 'ghp_wrong' }
    const result = await runCli(['export', 'acme/widgets'], { directory: user.home, environment })
    expect(result).toMatchObject({ status: 1, stdout: '' })
    expect(result.stderr).toMatch(/^what-shipped: GitHub: .*; check GITHUB_TOKEN\n$/)
    expect(result.stderr).not.toContain('ghp_wrong')
  })

  test('a repository that is not there', async () => {
    const user = await setUp(1)
    const result = await runCli(['export', 'acme/gadgets'], {
      directory: user.home,
      environment: user.environment,
    })
    expect(result).toMatchObject({ status: 1, stdout: '' })
    expect(result.stderr).toMatch(
      /^what-shipped: GitHub: .*; check the name acme\/gadgets, that it is on 127\.0\.0\.1:\d+, and that the token may see it\n$/,
    )
    expect(existsSync(join(user.home, '.config'))).toBe(false)
  })

  test('GitHub does not answer any more: what was read is written and kept', async () => {
    const user = await setUp(30)
    user.github.faults.push({
      match: { graphql: page, nth: 2 },
      times: Number.POSITIVE_INFINITY,
      respond: { kind: 'html', status: 503 },
    })
    const result = await runInProcess(['export', 'acme/widgets'], {
      directory: user.home,
      environment: user.environment,
    })
    expect(result.status).toBe(1)
    expect(numbersIn(result.stdout)).toEqual(upTo(25))
    expect(result.stderr).toMatch(
      /what-shipped: GitHub: .*; run the same command again: it goes on where it stopped\n$/,
    )
    expect(readdirSync(user.spools()[0] ?? '').toSorted()).toEqual(['records.ndjson', 'state.json'])
  })

  test('a user without a home', async () => {
    const user = await setUp(1)
    const { HOME: _, ...environment } = user.environment
    const result = await runCli(['export', 'acme/widgets', '--key-file', 'a.key'], {
      directory: user.home,
      environment,
    })
    expect(result.stderr).toMatch(/there is no home directory .*; set XDG_CACHE_HOME/)
  })
})

test('a GitHub Enterprise Server is asked at its own address', async () => {
  const user = await setUp(2, { form: 'ghes' })
  const { status, stdout } = await user.run()
  expect({ status, numbers: numbersIn(stdout) }).toEqual({ status: 0, numbers: [1, 2] })
})
