import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readInputs } from '../../src/action/inputs.ts'
import { runReport } from '../../src/action/run-report.ts'
import { connectGitHub, connectRest } from '../../src/github/index.ts'
import {
  type FakeGitHub,
  graphqlRateLimit,
  primaryRateLimit,
} from '../support/fake-github/index.ts'
import { temporaryDirectory } from '../support/git-repository.ts'
import { reportWorld } from '../support/report-case.ts'
import { parseOutputs } from '../support/run-action.ts'

const minute = 60_000
const allowed = { 'pull-requests': 'read', contents: 'read', issues: 'write' } as const
const creation = { method: 'POST', path: /\/issues$/ }

let log = ''
beforeEach(() => {
  log = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    log += text
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

/** A run in this process, whose clock moves only where it waits, and at once. */
async function runHere(github: FakeGitHub, inputs: Readonly<Record<string, string>> = {}) {
  const folder = temporaryDirectory()
  const output = join(folder, 'output')
  writeFileSync(output, '')
  vi.stubEnv('GITHUB_OUTPUT', output)
  const waits: number[] = []
  let clock = Date.now()
  const start = clock
  const now = () => clock
  const rest = connectRest({ token: github.state.token, baseUrl: github.apiUrl })
  const given = { mode: 'report', summary: 'false', 'github-token': 'unused', ...inputs }
  const ended = runReport({
    environment: { RUNNER_TEMP: folder },
    inputs: readInputs(
      Object.fromEntries(
        Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
      ),
    ),
    repository: { owner: 'acme', name: 'widgets' },
    api: connectGitHub(rest, { sleep: async () => {}, now, random: () => 0 }),
    now,
    sleep: async (milliseconds) => {
      waits.push(milliseconds)
      clock += milliseconds
    },
    randomBytes: (count) => new Uint8Array(count).fill(1),
  })
  const error: unknown = await ended.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  const told = error instanceof Error ? error.message : error
  return { start, waits, error: told, outputs: parseOutputs(readFileSync(output, 'utf8')) }
}

/** The second, as GitHub tells times, so many minutes from now. */
function secondIn(minutes: number): number {
  return Math.ceil((Date.now() + minutes * minute) / 1_000)
}

test('a limit at the very first call is waited for', async () => {
  const { github } = await reportWorld({ changes: 10 })
  const reset = secondIn(10)
  github.faults.push({ match: { nth: 1 }, respond: graphqlRateLimit(reset) })
  const { start, waits, error, outputs } = await runHere(github)
  expect(error).toBeUndefined()
  expect(waits).toEqual([reset * 1_000 - start])
  expect(log).toMatch(/rate limit is used up; waiting until \d{4}-\d\d-\d\d \d\d:\d\d UTC/)
  expect(outputs['report-html']).toBeDefined()
})

test('a limit that lasts longer at the very first call: nothing is said to be kept', async () => {
  const { github } = await reportWorld({ changes: 10 })
  github.faults.push({ match: { nth: 1 }, respond: graphqlRateLimit(secondIn(70)) })
  const { waits, error } = await runHere(github, { 'pseudonym-key': 'k'.repeat(32) })
  expect(waits).toEqual([])
  expect(error).toMatch(/^No report: .* a part is no report\. Run the job again later\.$/)
})

test('the waits of one run are counted together, wherever they are', async () => {
  const { github } = await reportWorld({ changes: 10 })
  github.faults.push({ match: { nth: 1 }, respond: graphqlRateLimit(secondIn(40)) })
  github.faults.push({
    match: { graphql: /PullRequestRecords/ },
    respond: graphqlRateLimit(secondIn(80)),
  })
  const { waits, error } = await runHere(github)
  expect(waits).toHaveLength(1)
  expect(error).toMatch(/^No report: GitHub limits the rate of calls until/)
})

test('a limit at the issue is waited for too, and one issue is made', async () => {
  const { github } = await reportWorld({ changes: 10, permissions: allowed })
  github.faults.push({ match: creation, respond: primaryRateLimit(secondIn(20)) })
  const { waits, error } = await runHere(github, { issue: 'true' })
  expect(error).toBeUndefined()
  expect(waits).toHaveLength(1)
  expect(log).toContain('Issue #11 was made')
  expect(github.state.repositories[0]?.issues).toHaveLength(1)
})

test('a limit at the issue that lasts longer: the report is there, and a warning says why the issue is not', async () => {
  const { github } = await reportWorld({ changes: 10, permissions: allowed })
  github.faults.push({ match: creation, respond: primaryRateLimit(secondIn(90)) })
  const { waits, error, outputs } = await runHere(github, { issue: 'true' })
  expect(error).toBeUndefined()
  expect(waits).toEqual([])
  expect(outputs['report-html']).toBeDefined()
  expect(log).toMatch(
    /::warning::The report was not put into an issue: GitHub limits the rate of calls until .* UTC\. Run/,
  )
})
