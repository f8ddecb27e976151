import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RecordsFile } from '../../src/action/kept-records.ts'
import { LimitError } from '../../src/action/patience.ts'
import { type ReportReading, readReportRecords } from '../../src/action/report-records.ts'
import { type DeliveryRecord, formatRecord } from '../../src/delivery/index.ts'
import { fakeGitHubForTest } from '../support/fake-github/for-test.ts'
import {
  anAccount,
  aRepositoryOf,
  type FakeGitHub,
  graphqlRateLimit,
  minute,
  type PullRequestHistory,
  putLabel,
  type StraightCommit,
} from '../support/fake-github/index.ts'
import { temporaryDirectory } from '../support/git-repository.ts'
import { apiOf, permissions, recording } from '../support/read-records.ts'

const hours = 60
const week = 7 * 24 * hours
const start = Date.parse(minute(0))

/** A change that is open for a day, one every nine hours; every seventh is still open a week later. */
function history(number: number): PullRequestHistory {
  const opened = number * 9 * hours
  const days = number % 7 === 0 ? 9 : 1
  return {
    number,
    author: anAccount(`dev${number % 5}`),
    openedAt: minute(opened),
    commits: [{ message: `Change ${number}` }],
    events: [
      { type: 'review', at: minute(opened + hours), by: anAccount('eve'), state: 'APPROVED' },
      {
        type: 'merge',
        at: minute(opened + days * 24 * hours),
        by: anAccount('eve'),
        method: 'squash',
      },
    ],
  }
}

const straight: readonly StraightCommit[] = [1, 3].map((weeks) => ({
  at: minute(weeks * week - hours),
  commit: {
    message: `Revert "Change ${weeks}"\n\nThis reverts commit ${String(weeks).repeat(40)}.`,
    committer: { date: minute(weeks * week - hours) },
  },
}))

const histories = Array.from({ length: 60 }, (_, index) => history(index + 1))

/** The repository as it stood so many minutes after the start of the tests' time. */
function standingAt(minutes: number) {
  const now = minute(minutes)
  const known = histories
    .filter(({ openedAt }) => openedAt < now)
    .map((one) => ({ ...one, events: one.events.filter(({ at }) => at < now) }))
  return aRepositoryOf(
    known,
    straight.filter(({ at }) => at < now),
  )
}

/** A GitHub that goes through its time, and a reading of it from a clock of its own. */
async function setUp() {
  const github = await fakeGitHubForTest({
    repositories: [standingAt(week)],
    permissions: permissions['with contents'],
  })
  const said: string[] = []
  const path = join(temporaryDirectory(), 'records.ndjson')
  const read = (minutes: number, changes: Partial<ReportReading> = {}) =>
    readReportRecords({
      api: apiOf(github),
      repository: { owner: 'acme', name: 'widgets' },
      recording,
      trackedBranches: undefined,
      branchCommits: true,
      since: start,
      until: start + minutes * 60_000,
      file: new RecordsFile(path, 'fit'),
      now: () => start + minutes * 60_000,
      waitUntil: async (time) => {
        throw new LimitError(time)
      },
      say: (message) => said.push(message),
      ...changes,
    })
  return {
    github,
    said,
    read,
    /** The same without anything kept. */
    readAfresh: (minutes: number) => read(minutes, { file: undefined }),
    goTo: (minutes: number) => {
      github.state.repositories[0] = standingAt(minutes)
    },
  }
}

/** The records without what tells when they were read, in order. */
function told(records: readonly DeliveryRecord[]): string[] {
  return records
    .map((record) => formatRecord(record).replace(/"readAt":"[^"]*"/, '"readAt":""'))
    .toSorted()
}

function pagesIn(github: FakeGitHub, from: number): number {
  return github.requests
    .slice(from)
    .filter(({ body }) => JSON.stringify(body)?.includes('query PullRequestRecords')).length
}

describe('week after week', () => {
  test('what is kept and what is new are together what a whole reading gives', async () => {
    const { read, readAfresh, goTo, github } = await setUp()
    for (const weeks of [1, 2, 3, 4]) {
      goTo(weeks * week)
      const kept = await read(weeks * week)
      const from = github.requests.length
      const afresh = await readAfresh(weeks * week)
      expect(told(kept)).toEqual(told(afresh))
      expect(pagesIn(github, from)).toBeGreaterThan(0)
    }
  })

  test('what changed without an event of its own is read again too: a label, long after the merge', async () => {
    const { read, readAfresh, github } = await setUp()
    await read(week)
    const [repository] = github.state.repositories
    const changed = repository?.pullRequests[0]
    if (!repository || !changed) throw new Error('there is a first pull request')
    repository.labels.push({ id: 1, name: 'ai:assisted', color: 'ededed', description: null })
    putLabel(repository, changed, 'ai:assisted', {
      account: anAccount('dev1'),
      now: start + 2 * week * 60_000,
    })
    changed.updatedAt = minute(2 * week)
    const again = await read(2 * week + hours)
    expect(told(again)).toEqual(told(await readAfresh(2 * week + hours)))
    expect(JSON.stringify(again)).toContain('ai:assisted')
  })

  test('what is older than the time asked for is left out, and a longer time is read as a whole', async () => {
    const { read, said } = await setUp()
    const all = await read(week)
    const later = start + 4 * 24 * hours * 60_000
    const some = await read(week, { since: later })
    expect(some.length).toBeLessThan(all.length)
    expect(said.at(-1)).toContain(`${some.length} records in the report's time`)
    expect(told(await read(week))).toEqual(told(all))
  })

  test('few pages are read of what did not change', async () => {
    const { read, goTo, github } = await setUp()
    goTo(4 * week)
    await read(4 * week)
    const from = github.requests.length
    const records = await read(5 * week)
    expect(records.length).toBeGreaterThan(50)
    expect(pagesIn(github, from)).toBe(2)
  })
})

describe('a limit stops the reading', () => {
  test('and the next one goes on, and reads what changed in between', async () => {
    const { read, readAfresh, goTo, github, said } = await setUp()
    goTo(3 * week)
    const page = /query PullRequestRecords/
    github.faults.push({
      match: { graphql: page, nth: 2 },
      respond: graphqlRateLimit(9_999_999_999),
    })
    await expect(read(3 * week)).rejects.toThrow(LimitError)
    goTo(4 * week)
    const records = await read(4 * week)
    expect(said).toContain('Going on with the reading that an earlier run had to stop')
    expect(told(records)).toEqual(told(await readAfresh(4 * week)))
  })

  test('again and again: each run comes further', async () => {
    const { read, readAfresh, goTo, github } = await setUp()
    goTo(4 * week)
    const page = /query PullRequestRecords/
    const whole = told(await readAfresh(4 * week))
    let runs = 0
    for (let records: DeliveryRecord[] | undefined; records === undefined; runs += 1) {
      github.faults.push({
        match: { graphql: page, nth: 2 },
        respond: graphqlRateLimit(9_999_999_999),
      })
      records = await read(4 * week).catch((error: unknown) => {
        expect(error).toBeInstanceOf(LimitError)
        return undefined
      })
      if (records !== undefined) expect(told(records)).toEqual(whole)
      expect(runs).toBeLessThan(12)
    }
    expect(runs).toBeGreaterThan(2)
  })

  test('a checkpoint that is of no use any more is left, and all is read', async () => {
    const { read, readAfresh, github, said } = await setUp()
    const file = new RecordsFile(join(temporaryDirectory(), 'records.ndjson'), 'fit')
    await file.open(() => {})
    const [first] = await readAfresh(week)
    const stopped = {
      since: minute(0),
      updatedSince: null,
      startedAt: minute(week),
      checkpoint: 'no checkpoint',
    }
    await file.add(first ? [first] : [], { whole: null, reading: stopped })
    const records = await read(week, { file })
    expect(said.join('\n')).toContain('The checkpoint is damaged')
    expect(told(records)).toEqual(told(await readAfresh(week)))
    expect(github.contractErrors).toEqual([])
  })
})
