import { readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import * as z from 'zod'
import { formatRecord, syntheticOrganisation } from '../../../src/delivery/index.ts'
import { fakeGitHubForTest } from '../../support/fake-github/for-test.ts'
import {
  anAccount,
  aRepositoryOf,
  type PullRequestHistory,
} from '../../support/fake-github/index.ts'
import {
  isolatedEnvironment,
  TestRepository,
  temporaryDirectory,
  withGit,
} from '../../support/git-repository.ts'
import { permissions } from '../../support/read-records.ts'
import { hoursFromMonday } from '../../support/report-case.ts'
import { credentials, type RunningApp, runApp, startApp } from '../../support/start-app.ts'
import { rawConnection } from '../../support/webhook.ts'

// Each starts a process that starts another, and the machine may be busy.
vi.setConfig({ testTimeout: 90_000 })

/** Records of two repositories, in a file. */
function aRecordsFile(directory: string, keys: readonly string[] = []): string {
  const file = join(directory, 'records.ndjson')
  const init = { seed: 5, repositories: 2, people: 16, weeks: 16, changesPerWeek: 30 }
  const records = syntheticOrganisation({ ...init, asOf: '2026-06-22T00:00:00Z' })
  const lines = Array.from(records, (record, index) => {
    const keyId = keys[index % keys.length]
    return `${formatRecord(keyId === undefined ? record : { ...record, keyId })}\n`
  })
  writeFileSync(file, lines.join(''))
  return file
}

/** Ends with the test, whatever came of it. */
async function showing(...given: Parameters<typeof startApp>): Promise<RunningApp> {
  const app = await startApp(...given)
  onTestFinished(async () => {
    await app.stop()
  })
  return app
}

/** Waits until what it reads is read, and gives the first page. */
async function firstPage({ address }: RunningApp): Promise<Response> {
  const isReading = async () => {
    const answer = await fetch(`${address}/reading.json`)
    const state = z.object({ reading: z.boolean() }).parse(await answer.json())
    return state.reading
  }
  await expect.poll(isReading, { timeout: 60_000 }).toBe(false)
  return fetch(address)
}

describe('npm start -- SOURCE', () => {
  test('over a records file shows the whole and each repository, and keeps nothing', async () => {
    const directory = temporaryDirectory()
    aRecordsFile(directory)
    const app = await showing(directory, {}, ['records.ndjson'])
    const whole = await firstPage(app)
    expect(whole.url).toBe(`${app.address}/accounts/1`)
    const page = await whole.text()
    for (const [id, name] of [
      ['1', 'example/checkout'],
      ['2', 'example/search'],
    ]) {
      expect(page).toContain(`<a href="/accounts/1/repositories/${id}">${name}</a>`)
      expect((await fetch(`${app.address}/accounts/1/repositories/${id}`)).status).toBe(200)
    }
    for (const path of ['/accounts/2', '/accounts/1/repositories/3', '/setup']) {
      expect((await fetch(app.address + path)).status, path).toBe(404)
    }
    const posted = await fetch(`${app.address}/accounts/1/settings`, { method: 'POST' })
    expect(posted.status).toBe(403)
    expect(await posted.text()).toContain('Nothing is kept here')
    const { status, stderr } = await app.stop()
    expect(status).toBe(0)
    expect(stderr).toBe(
      `What Shipped reads records.ndjson: open ${app.address} on this machine\nWhat Shipped has read records.ndjson\n`,
    )
    expect(() => readFileSync(join(directory, 'data', 'what-shipped.sqlite'))).toThrow('ENOENT')
  })

  test('over a clone shows the repository', async () => {
    const source = new TestRepository({ name: 'widgets' })
    source.commitMany(30, (number) => `Change ${number} (#${number})\n`)
    const app = await showing(source.home, source.environment, ['widgets'])
    const page = await firstPage(app)
    expect(page.url).toBe(`${app.address}/accounts/1/repositories/1`)
    expect(await page.text()).toContain('widgets')
    const { status, stderr } = await app.stop()
    expect(status).toBe(0)
    // What the command has to say of it is said here too.
    expect(stderr).toMatch(/^what-shipped: the newest commit is of 20\d\d-/m)
  })

  test('over a repository on GitHub shows the same, with the token of the environment', async () => {
    const pullRequest = (number: number): PullRequestHistory => ({
      number,
      title: `Change ${number}`,
      author: anAccount('zqdev'),
      openedAt: hoursFromMonday(-100 * number),
      commits: [{ message: `Change ${number}` }],
      events: [
        {
          type: 'merge',
          at: hoursFromMonday(-100 * number + 2),
          by: anAccount('zqeve'),
          method: 'squash',
        },
      ],
    })
    const repository = aRepositoryOf([1, 2, 3].map(pullRequest))
    const github = await fakeGitHubForTest({
      repositories: [repository],
      permissions: permissions['with contents'],
    })
    const home = temporaryDirectory()
    const environment = {
      ...isolatedEnvironment(home),
      GITHUB_API_URL: github.apiUrl,
      GITHUB_TOKEN: github.state.token,
    }
    const name = `${repository.owner.login}/${repository.name}`
    const app = await showing(home, environment, [name])
    const page = await firstPage(app)
    expect(page.url).toBe(`${app.address}/accounts/1/repositories/1`)
    const shown = await page.text()
    expect(shown).toContain(name)
    expect(shown).not.toMatch(/zqdev|zqeve/)
    await app.stop()
  })

  test('is found from where npm was called', async () => {
    const directory = temporaryDirectory()
    aRecordsFile(directory)
    const environment = { npm_lifecycle_event: 'start', INIT_CWD: directory }
    const app = await showing(temporaryDirectory(), environment, ['records.ndjson'])
    expect((await firstPage(app)).status).toBe(200)
    await app.stop()
  })
})

describe('what cannot be read has a page with the command’s own line, and the terminal says it too', () => {
  test.each<[string, (directory: string) => string, RegExp]>([
    [
      'nothing there',
      () => 'no/such/directory',
      /there is no file or directory "no\/such\/directory"; name a clone/,
    ],
    ['no token', () => 'acme/widgets', /GITHUB_TOKEN is not set/],
    ['no clone', (directory) => directory, /is no git repository|not a git repository|no clone/],
    [
      'no records',
      (directory) => {
        writeFileSync(join(directory, 'broken'), 'canary\n{"record":\n')
        return 'broken'
      },
      /broken/,
    ],
    ['two keys', (directory) => aRecordsFile(directory, ['a'.repeat(16), 'b'.repeat(16)]), /key/],
    [
      'no pull requests',
      () => {
        const source = new TestRepository()
        source.commit({ message: 'Start\n' })
        return source.directory
      },
      /there is no pull request to report on/,
    ],
  ])('%s', async (_case, make, reason) => {
    const directory = temporaryDirectory()
    const app = await showing(directory, { HOME: directory }, [make(directory)])
    const page = await firstPage(app)
    expect(page.status).toBe(500)
    const shown = (await page.text()).replaceAll('&quot;', '"').replaceAll('&#39;', "'")
    expect(shown).toContain('This could not be read')
    expect(shown).toMatch(reason)
    const api = await fetch(`${app.address}/api/v1/accounts`)
    expect(api.status).toBe(503)
    expect(api.headers.get('content-type')).toBe('application/problem+json')
    const { status, stderr } = await app.stop()
    expect(status).toBe(1)
    const said = stderr.split('\n').filter((line) => line.startsWith('what-shipped: '))
    expect(said.at(-1)).toMatch(reason)
    expect(new Set(said).size).toBe(said.length)
    expect(stderr + shown).not.toMatch(/^ +at |canary/m)
  })

  test('a port that something else has: nothing is read', async () => {
    const directory = temporaryDirectory()
    const source = aRecordsFile(directory)
    const first = await showing(directory, {}, [source])
    const environment = { PORT: new URL(first.address).port }
    const { status, stderr } = await runApp(directory, environment, [source])
    expect(status).toBe(1)
    expect(stderr).toMatch(/^what-shipped: cannot listen on 127\.0\.0\.1, port \d+ [^\n]*\n$/)
    await first.stop()
  })

  test('a port that will not do', async () => {
    await expect(showing(temporaryDirectory(), { PORT: 'x' }, ['.'])).rejects.toThrow(/PORT/)
  })
})

describe('while it is being read', () => {
  /** A clone whose git answers after some seconds, and tells who asked. */
  function slowClone() {
    const source = new TestRepository()
    source.commitMany(3, (number) => `Change ${number} (#${number})\n`)
    const asked = join(source.home, 'asked')
    const environment = withGit(source.environment, `echo $PPID > ${asked}; exec sleep 10`)
    return { source, asked, environment }
  }

  test('pages say so, and SIGTERM ends the reading too', async () => {
    const { source, asked, environment } = slowClone()
    const app = await showing(source.home, environment, ['clone'])
    const reader = async () => Number(readFileSync(asked, 'utf8'))
    await expect.poll(reader, { timeout: 30_000 }).toBeGreaterThan(1)
    for (const path of ['/', '/accounts/1', '/accounts/1/repositories/1']) {
      const page = await fetch(app.address + path)
      expect(page.status).toBe(200)
      expect(await page.text()).toContain('Being read')
    }
    expect((await fetch(`${app.address}/api/v1/accounts`)).headers.get('retry-after')).toBe('2')
    expect((await fetch(`${app.address}/method`)).status).toBe(200)
    const { status, stderr } = await app.stop()
    expect(status).toBe(0)
    expect(stderr).not.toContain('has read')
    const pid = await reader()
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })
})

test('it is there for this machine alone, by its own names, and leaves the App’s settings alone', async () => {
  const directory = temporaryDirectory()
  aRecordsFile(directory)
  const environment = { ...credentials(), HOST: '0.0.0.0' }
  const app = await showing(directory, environment, ['records.ndjson'])
  const { port } = new URL(app.address)
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
  for (const { address } of outside) {
    await expect(rawConnection(`http://${address}:${port}`)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    })
  }
  await firstPage(app)
  for (const [headers, expected] of [
    [{ host: 'evil.example' }, 404],
    [{ host: `evil.example:${port}` }, 404],
    [{ 'x-forwarded-for': '203.0.113.7' }, 404],
    [{ host: `localhost:${port}` }, 200],
  ] as const) {
    expect(await statusOf(`${app.address}/accounts/1`, headers), JSON.stringify(headers)).toBe(
      expected,
    )
  }
  const { status, stderr } = await app.stop()
  expect(status).toBe(0)
  expect(stderr).toMatch(/^What is set for the App is left alone while a SOURCE is shown/)
  expect(stderr).not.toContain(credentials().WEBHOOK_SECRET)
})

/** As fetch does it, but with any header. */
function statusOf(address: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(address, { headers, agent: false }, (response) => {
      text(response).then(() => resolve(response.statusCode), reject)
    })
      .on('error', reject)
      .end()
  })
}
