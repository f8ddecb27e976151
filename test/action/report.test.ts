import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ReportSchema } from '../../src/report/document/report-document.ts'
import { temporaryDirectory } from '../support/git-repository.ts'
import {
  hoursFromMonday,
  type Reporting,
  reportWorld,
  tellsOfPeople,
  thisMonday,
} from '../support/report-case.ts'
import { runCli } from '../support/run-cli.ts'

const patience = { timeout: 60_000 }

/** Changes by which both groups are large enough to be shown and compared. */
const many = 200

/** Everything that somebody beside the job could see, and what stays on the runner's disk. */
function allTextOf(run: Reporting, temporary: string): string {
  const files = readdirSync(temporary, { recursive: true, encoding: 'utf8' })
    .map((name) => join(temporary, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'))
  const { stdout, stderr, outputs, summary } = run
  return [stdout, stderr, JSON.stringify(outputs), summary, ...files].join('\n')
}

function documentOf(run: Reporting) {
  return ReportSchema.parse(JSON.parse(run.fileOf('report-json') ?? ''))
}

function warningsOf(run: Reporting): string[] {
  return documentOf(run).warnings.map(({ code }) => code)
}

describe('an ordinary run', patience, () => {
  test('writes the summary, the two files and the outputs, and changes nothing on GitHub', async () => {
    const { run } = await reportWorld({ changes: many })
    const result = await run()
    expect(result.exitCode).toBe(0)
    expect(result.commands).toEqual([])
    const document = documentOf(result)
    expect(document).toMatchObject({
      asOf: new Date(thisMonday()).toISOString().replace('.000Z', 'Z'),
      scope: { kind: 'repository', name: 'acme/widgets', synthetic: false, sources: ['github'] },
      cohorts: { aiRecorded: { people: '10-19' }, noneRecorded: { people: '10-19' } },
    })
    const verdicts = Object.fromEntries(
      document.comparisons.map(({ outcome, verdict }) => [outcome, verdict]),
    )
    expect(result.outputs).toMatchObject({ headline: document.headline, ...verdicts })
    expect(warningsOf(result).filter((code) => code.startsWith('without-'))).toEqual([])
    expect(result.summary).toContain('acme/widgets')
    expect(result.summary).toContain(document.headline)
    expect(result.fileOf('report-html')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/)
    expect(result.stdout).toContain('200 records read in this run')
    expect(result.writes).toEqual([])
    // Settings, eight pages, a pass over what changed meanwhile, two pages of the branch.
    expect(result.reads).toHaveLength(12)
  })

  test('tells of no person, and keeps nothing of the records', async () => {
    const { run, temporary } = await reportWorld({ changes: many })
    const result = await run()
    expect(allTextOf(result, temporary)).not.toMatch(tellsOfPeople)
    expect(allTextOf(result, temporary)).not.toMatch(/\b[0-9a-f]{32}\b/)
    expect(readdirSync(join(temporary, 'what-shipped'))).toEqual([
      'what-shipped-report.html',
      'what-shipped-report.json',
    ])
  })

  test('on a GitHub Enterprise Server, which limits nothing', async () => {
    const { run } = await reportWorld({ changes: 10, form: 'ghes' })
    expect((await run()).exitCode).toBe(0)
  })

  test('for any event, and without a summary where none is wanted', async () => {
    const { run } = await reportWorld({ changes: 10 })
    const result = await run({ event: 'workflow_dispatch', inputs: { summary: 'false' } })
    expect(result.exitCode).toBe(0)
    expect(result.summary).toBe('')
    expect(result.fileOf('report-json')).toBeDefined()
  })
})

test(
  'the JSON is the command’s, byte for byte, whatever the time zone and the key',
  patience,
  async () => {
    const { run, github } = await reportWorld({ changes: many })
    const home = temporaryDirectory()
    const command = await runCli(['report', 'acme/widgets', '--format', 'json'], {
      directory: home,
      environment: {
        HOME: home,
        GITHUB_API_URL: github.apiUrl,
        GITHUB_TOKEN: github.state.token,
      },
    })
    expect(command.stderr).not.toContain('Error')
    const there = await run({ environment: { TZ: 'Pacific/Auckland', LC_ALL: 'de_DE.UTF-8' } })
    const here = await run({
      environment: { TZ: 'America/Los_Angeles' },
      inputs: { 'pseudonym-key': 'k'.repeat(40) },
    })
    expect(there.fileOf('report-json')).toBe(command.stdout)
    expect(here.fileOf('report-json')).toBe(command.stdout)
    expect(here.summary).toBe(there.summary)
    expect(here.fileOf('report-html')).toBe(there.fileOf('report-html'))
  },
)

describe('little to report on', patience, () => {
  test.each([
    ['an empty repository', 0],
    ['three changes', 3],
  ])('%s: a report that says so', async (_, changes) => {
    const { run, temporary } = await reportWorld({ changes })
    const result = await run()
    expect(result.exitCode).toBe(0)
    expect(result.commands).toEqual([])
    const document = documentOf(result)
    expect(document.comparisons.map(({ estimate }) => estimate)).toEqual([null, null, null])
    expect(document.scope.name).toBe('acme/widgets')
    expect(result.outputs['cycle-time']).toMatch(/^(hidden|too_few|not_known)$/)
    expect(result.summary).toContain(document.headline)
    expect(allTextOf(result, temporary)).not.toMatch(/NaN|undefined|Infinity/)
  })
})

describe('what is read', patience, () => {
  test('a revert that was pushed without a pull request counts, where contents may be read', async () => {
    const straight = [
      {
        at: hoursFromMonday(-30),
        commit: { message: 'Revert "Zqtitle of change 50 (#51)"\n\nThis reverts commit 1234567.' },
      },
    ]
    const { run, temporary } = await reportWorld({ straight })
    const key = 'k'.repeat(32)
    const result = await run({ inputs: { 'pseudonym-key': key } })
    expect(result.stdout).toContain('61 records read in this run')
    expect(allTextOf(result, temporary).replace(/::add-mask::.*\n/, '')).not.toContain(key)
  })

  test('without contents: each pull request by a call of its own, and a notice', async () => {
    const { run } = await reportWorld({ permissions: { 'pull-requests': 'read' } })
    const result = await run()
    expect(result.exitCode).toBe(0)
    expect(result.notices).toEqual([
      expect.stringMatching(
        /^The configuration file, and reverts .* give the job `contents: read`\.$/,
      ),
    ])
    expect(result.reads.filter((read) => read.endsWith('/commits'))).toHaveLength(60)
    expect(warningsOf(result)).toContain('without-contents')
    expect(result.summary).toContain('reverts that were pushed without a pull request')
    expect(documentOf(result).coverage?.assistance).toContainEqual(
      expect.objectContaining({ assistance: 'assisted', percent: 50 }),
    )
  })

  test('the configuration names the branches whose changes count, and tools of its own', async () => {
    const { run } = await reportWorld({
      changes: many,
      repository: { files: { '.github/what-shipped.yml': 'branches: [release/*]\n' } },
    })
    const result = await run()
    expect(result.exitCode).toBe(0)
    const { excluded, cohorts } = documentOf(result)
    expect(cohorts).toMatchObject({ aiRecorded: null, noneRecorded: null })
    expect(excluded.map(({ reason }) => reason)).toContain('untracked-base')
    expect(result.stdout).toContain(`${many} records read in this run`)
  })

  test('a configuration with a mistake is told and not used', async () => {
    const { run } = await reportWorld({
      changes: 10,
      repository: { files: { '.github/what-shipped.yml': 'branches: 7\n' } },
    })
    const result = await run()
    expect(result.exitCode).toBe(0)
    expect(result.warnings).toEqual([
      expect.stringMatching(/^\.github\/what-shipped\.yml was not used: /),
    ])
  })

  test('nothing from before the last months', async () => {
    const { run, github } = await reportWorld({ changes: 10 })
    for (const pullRequest of github.state.repositories[0]?.pullRequests.slice(5) ?? []) {
      const long = new Date(thisMonday() - 400 * 86_400_000).toISOString().replace('.000Z', 'Z')
      Object.assign(pullRequest, {
        createdAt: long,
        updatedAt: long,
        mergedAt: long,
        closedAt: long,
      })
      pullRequest.events = []
    }
    expect((await run()).stdout).toContain('5 records read in this run')
  })
})

describe('what cannot be done', patience, () => {
  test.each([
    [
      'the token may not read pull requests',
      { permissions: { contents: 'read' } },
      {},
      /^The token may not read the pull requests .* `permissions: pull-requests: read`\.$/,
    ],
    [
      'the token is wrong',
      {},
      { inputs: { 'github-token': 'wrong' } },
      /^GitHub does not accept the token.*\. Leave the input github-token out/,
    ],
    [
      'the repository is not there',
      {},
      { repository: 'acme/gadgets' },
      /^The token may not see this repository/,
    ],
    [
      'the key is too short',
      {},
      { inputs: { 'pseudonym-key': 'secret-but-short' } },
      /^Input pseudonym-key: use at least 32/,
    ],
  ] as const)('%s', async (_, world, init, message) => {
    const { run } = await reportWorld({ changes: 2, ...world })
    const result = await run(init)
    expect(result.exitCode).toBe(1)
    expect(result.errors).toEqual([expect.stringMatching(message)])
    expect(result.stdout).not.toContain('secret-but-short')
    expect(result.summary).toBe('')
  })

  test('a records file without a key: a notice, and nothing is kept', async () => {
    const { run, temporary } = await reportWorld({ changes: 2 })
    const file = join(temporary, 'kept.ndjson')
    const result = await run({ inputs: { 'records-file': file } })
    expect(result.exitCode).toBe(0)
    expect(result.notices).toEqual([expect.stringMatching(/^No records are kept: .*pseudonym-key/)])
    expect(readdirSync(temporary)).toEqual(['what-shipped'])
  })

  test('GitHub answers with a page of its own: no report', async () => {
    const { run, github } = await reportWorld({ changes: 2 })
    github.faults.push({
      match: { path: '/graphql', nth: 2 },
      times: Number.POSITIVE_INFINITY,
      respond: { kind: 'html', status: 403 },
    })
    const result = await run()
    expect(result.exitCode).toBe(1)
    expect(result.outputs).toEqual({})
  })
})
