import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatRecord } from '../../src/delivery/index.ts'
import { aRecord } from '../support/a-record.ts'
import { anAccount, type FakeGitHub, graphqlRateLimit } from '../support/fake-github/index.ts'
import { type Reporting, reportWorld, tellsOfPeople } from '../support/report-case.ts'

const patience = { timeout: 60_000 }
const page = /query PullRequestRecords/
const key = 'a-secret-of-the-owner-of-the-repository'
const withKey = { inputs: { 'pseudonym-key': key } }

/** Cursors of the pages of pull requests that were asked for. */
function cursors(github: FakeGitHub, from = 0): unknown[] {
  return github.requests
    .slice(from)
    .filter(({ body }) => page.test(JSON.stringify(body) ?? ''))
    .map(({ body }) => (body as { variables: { after: unknown } }).variables.after)
}

function keptIn(run: Reporting): Buffer {
  return readFileSync(run.outputs['records-file'] ?? '')
}

/** The limit by the hour is used up at the n-th page of pull requests, and there is none for more than an hour. */
function limitAtPage(github: FakeGitHub, nth: number) {
  const resetAt = Math.ceil(Date.now() / 1_000) + 4_200
  github.faults.push({ match: { graphql: page, nth }, respond: graphqlRateLimit(resetAt) })
}

describe('with a key the records stay', patience, () => {
  test('in a file of which an output tells, and the next run reads only what is new', async () => {
    const { run, github, temporary } = await reportWorld()
    const first = await run(withKey)
    expect(first.exitCode).toBe(0)
    const path = join(temporary, 'what-shipped-records/records')
    expect(first.outputs['records-file']).toBe(path)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(temporary, 'what-shipped-records'))).toEqual(['records'])
    expect(readdirSync(join(temporary, 'what-shipped')).toSorted()).toEqual([
      'what-shipped-report.html',
      'what-shipped-report.json',
    ])
    const second = await run(withKey)
    expect(second.stdout).toContain('60 records kept from earlier runs')
    expect(second.stdout).toContain('0 records read in this run, 60 records in the report')
    expect(second.fileOf('report-json')).toBe(first.fileOf('report-json'))
    // Settings, one page that ends at once, a second look at it, the branch.
    expect(second.reads.length).toBeLessThan(first.reads.length)
    const [repository] = github.state.repositories
    const now = new Date().toISOString().replace(/\.\d+Z/, 'Z')
    const changed = repository?.pullRequests[20]
    changed?.events.push({ id: 1, type: 'reopened', actor: null, createdAt: now })
    Object.assign(changed ?? {}, { updatedAt: now })
    const third = await run(withKey)
    expect(third.stdout).toContain('1 record read in this run, 60 records in the report')
  })

  test('where the input says, and nobody reads them without the key', async () => {
    const { run, temporary } = await reportWorld({ changes: 20 })
    const file = join(temporary, 'elsewhere', 'kept')
    const result = await run({ inputs: { ...withKey.inputs, 'records-file': file } })
    expect(result.outputs['records-file']).toBe(file)
    const kept = keptIn(result).toString('latin1')
    expect(kept).toMatch(/^what-shipped kept records\n/)
    expect(kept).not.toMatch(tellsOfPeople)
    for (const clear of [key, 'pull-request', 'acme', 'widgets', 'mergedAt', '2026-']) {
      expect(kept).not.toContain(clear)
    }
  })

  test('never over a file of something else', async () => {
    const { run, temporary } = await reportWorld({ changes: 2 })
    const file = join(temporary, 'records.ndjson')
    const exported = `${formatRecord(aRecord())}\n`
    writeFileSync(file, exported)
    const result = await run({ inputs: { ...withKey.inputs, 'records-file': file } })
    expect(result.exitCode).toBe(1)
    expect(result.errors).toEqual([
      expect.stringMatching(
        /^The records file cannot be used \(.* holds something else\)\. Name another/,
      ),
    ])
    expect(readFileSync(file, 'utf8')).toBe(exported)
  })

  test('the key is masked and told nowhere', async () => {
    const { run } = await reportWorld({ changes: 2 })
    const { commands, stdout, outputs, summary } = await run(withKey)
    expect(commands).toEqual([{ name: 'add-mask', message: key }])
    const told = stdout.replace(`::add-mask::${key}\n`, '')
    expect([told, JSON.stringify(outputs), summary].join('\n')).not.toContain(key)
  })

  test.each([
    ['another key', { inputs: { 'pseudonym-key': 'k'.repeat(32) } }, () => {}],
    [
      'another configuration',
      withKey,
      ({ github }: { github: FakeGitHub }) => {
        const [root] = github.state.repositories[0]?.commits ?? []
        if (root) root.files = { '.github/what-shipped.yml': 'branches: [main]\n' }
      },
    ],
    [
      'another default branch',
      withKey,
      ({ github }: { github: FakeGitHub }) => {
        const [repository] = github.state.repositories
        if (repository === undefined) return
        repository.refs['refs/heads/develop'] = repository.refs['refs/heads/main'] ?? ''
        repository.defaultBranch = 'develop'
      },
    ],
    [
      'another account of the token',
      withKey,
      ({ github }: { github: FakeGitHub }) => {
        github.state.viewer = anAccount('zqbot[bot]')
      },
    ],
    [
      'another permission',
      withKey,
      ({ github }: { github: FakeGitHub }) => {
        github.state.permissions = { metadata: 'read', 'pull-requests': 'read' }
      },
    ],
  ])('they are of no use under %s, and all is read again', async (_, init, change) => {
    const world = await reportWorld({ changes: 30 })
    await world.run(withKey)
    change(world)
    const { stdout, fileOf } = await world.run(init)
    expect(stdout).toContain('The kept records are of another repository, key, configuration')
    expect(stdout).toContain('30 records read in this run')
    const afresh = await world.run()
    expect(fileOf('report-json')).toBe(afresh.fileOf('report-json'))
  })

  test.each([
    ['nothing but our first line', (kept: Buffer) => kept.subarray(0, kept.indexOf('\n') + 1)],
    ['the end cut off', (kept: Buffer) => kept.subarray(0, kept.length - 9)],
    ['a byte changed', (kept: Buffer) => Buffer.from(kept).fill('x', 3_000, 3_001)],
  ])('what a stranger made of them is of no use either: %s', async (_, forge) => {
    const { run } = await reportWorld({ changes: 20 })
    const first = await run(withKey)
    writeFileSync(first.outputs['records-file'] ?? '', forge(keptIn(first)))
    const again = await run(withKey)
    expect(again.exitCode).toBe(0)
    expect(again.fileOf('report-json')).toBe(first.fileOf('report-json'))
  })
})

describe('a rate limit that lasts longer than a run waits', patience, () => {
  test('with a key: no report of a part, and the next run goes on where it was', async () => {
    const undisturbed = await (await reportWorld()).run()
    const { run, github } = await reportWorld()
    limitAtPage(github, 2)
    const stopped = await run(withKey)
    expect(stopped.exitCode).toBe(1)
    expect(stopped.errors).toEqual([
      expect.stringMatching(
        /^No report: GitHub limits the rate of calls until .* UTC, longer than a run waits, and a part is no report\. What was read is kept: run the job again later/,
      ),
    ])
    expect(Object.keys(stopped.outputs)).toEqual(['records-file'])
    expect(stopped.summary).toBe('')
    const before = github.requests.length
    const next = await run(withKey)
    expect(next.exitCode).toBe(0)
    expect(next.stdout).toContain('25 records kept from earlier runs')
    expect(next.stdout).toContain('Going on with the reading that an earlier run had to stop')
    expect(next.fileOf('report-json')).toBe(undisturbed.fileOf('report-json'))
    // It goes on at the page where it stopped.
    expect(cursors(github, before)[0]).toEqual(cursors(github, 0)[1])
    expect((await run(withKey)).stdout).toContain('60 records kept from earlier runs')
  })

  test('without one: it says what to do, and nothing stays', async () => {
    const { run, github } = await reportWorld({ changes: 40 })
    limitAtPage(github, 2)
    const stopped = await run()
    expect(stopped.exitCode).toBe(1)
    expect(stopped.errors).toEqual([
      expect.stringMatching(
        /a part is no report\. Run the job again later\. With the input pseudonym-key /,
      ),
    ])
    expect(stopped.outputs).toEqual({})
  })

  test('GitHub tells beforehand that too few points are left', async () => {
    const resetAt = new Date(Date.now() + 4_200_000).toISOString().replace(/\.\d+Z/, 'Z')
    const limit = { limit: 1_000, remaining: 1_000, resetAt }
    const { run } = await reportWorld({
      rateLimits: { core: limit, graphql: { ...limit, remaining: 4 } },
    })
    const stopped = await run(withKey)
    expect(stopped.exitCode).toBe(1)
    expect(stopped.errors).toEqual([expect.stringMatching(/^No report: GitHub limits the rate/)])
  })

  test('calls of the token by REST run out: contents would need fewer of them', async () => {
    const resetAt = new Date(Date.now() + 4_200_000).toISOString().replace(/\.\d+Z/, 'Z')
    const limit = { limit: 1_000, remaining: 1_000, resetAt }
    const { run } = await reportWorld({
      changes: 30,
      permissions: { 'pull-requests': 'read' },
      rateLimits: { core: { ...limit, remaining: 12 }, graphql: limit },
    })
    const stopped = await run()
    expect(stopped.exitCode).toBe(1)
    expect(stopped.errors).toEqual([
      expect.stringMatching(/Give it `contents: read`: without that each pull request/),
    ])
  })
})

describe('killed', patience, () => {
  test.each([2, 3, 4, 5, 6])(
    'as soon as GitHub has done request %i, and run again, it ends as if nothing had been',
    async (nth) => {
      const undisturbed = await (await reportWorld()).run(withKey)
      const { run, github } = await reportWorld()
      let kill = () => {}
      github.faults.push({ match: { nth }, after: () => kill() })
      const killed = await run({
        ...withKey,
        onStart: (end) => {
          kill = end
        },
      })
      expect(killed.signal).toBe('SIGKILL')
      expect(killed.outputs['report-json']).toBeUndefined()
      const again = await run(withKey)
      expect(again.exitCode).toBe(0)
      expect(again.fileOf('report-json')).toBe(undisturbed.fileOf('report-json'))
    },
  )
})
