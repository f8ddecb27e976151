import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { nothingKept, RecordsFile } from '../../src/action/kept-records.ts'
import { LimitError } from '../../src/action/patience.ts'
import { type ReportReading, readReportRecords } from '../../src/action/report-records.ts'
import { type DeliveryRecord, formatRecord } from '../../src/delivery/index.ts'
import { countingBytes } from '../support/counting-bytes.ts'
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
  const randomBytes = countingBytes()
  const secret = randomBytes(32)
  const path = join(temporaryDirectory(), 'records')
  const openFile = () => new RecordsFile({ path, secret, repository: '7', fit: 'fit', randomBytes })
  const readWith = async (
    file: RecordsFile | undefined,
    minutes: number,
    changes: Partial<ReportReading> = {},
  ) =>
    readReportRecords({
      api: apiOf(github),
      repository: { owner: 'acme', name: 'widgets' },
      recording,
      trackedBranches: undefined,
      branchCommits: true,
      since: start,
      until: start + minutes * 60_000,
      file,
      kept: (await file?.open((message) => said.push(message))) ?? nothingKept,
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
    path,
    openFile,
    read: (minutes: number, changes?: Partial<ReportReading>) =>
      readWith(openFile(), minutes, changes),
    /** The same without anything kept. */
    readAfresh: (minutes: number, changes?: Partial<ReportReading>) =>
      readWith(undefined, minutes, changes),
    goTo: (minutes: number) => {
      github.state.repositories[0] = standingAt(minutes)
    },
    /** There is a limit at the second page of pull requests. */
    limit: () => {
      github.faults.push({ match: { graphql: page, nth: 2 }, respond: limited })
    },
  }
}

const main = 'refs/heads/main'
const { keyId } = recording.pseudonyms
const page = /query PullRequestRecords/
const limited = graphqlRateLimit(9_999_999_999)

/** The records in order. */
function told(records: readonly DeliveryRecord[]): string[] {
  return records.map(formatRecord).toSorted()
}

function pagesIn(github: FakeGitHub, from: number): number {
  return github.requests.slice(from).filter(({ body }) => page.test(JSON.stringify(body) ?? ''))
    .length
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
      expect(new Set(kept.map(({ keyId }) => keyId))).toEqual(new Set([keyId]))
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

  test('a commit that was taken off the branch is gone', async () => {
    const { read, readAfresh, goTo, github } = await setUp()
    goTo(3 * week)
    const before = await read(3 * week)
    const [repository] = github.state.repositories
    const tip = repository?.commits.find(({ sha }) => sha === repository.refs[main])
    if (!repository || !tip) throw new Error('the branch has a tip')
    repository.refs[main] = tip.parents[0] ?? ''
    const after = await read(3 * week + hours)
    expect(after).toHaveLength(before.length - 1)
    expect(told(after)).toEqual(told(await readAfresh(3 * week + hours)))
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
    const { read, readAfresh, goTo, limit, said } = await setUp()
    goTo(3 * week)
    limit()
    await expect(read(3 * week)).rejects.toThrow(LimitError)
    goTo(4 * week)
    const records = await read(4 * week)
    expect(said).toContain('Going on with the reading that an earlier run had to stop')
    expect(told(records)).toEqual(told(await readAfresh(4 * week)))
  })

  test('again and again: each run comes further', async () => {
    const { read, readAfresh, goTo, limit } = await setUp()
    goTo(4 * week)
    const whole = told(await readAfresh(4 * week))
    let runs = 0
    for (let records: DeliveryRecord[] | undefined; records === undefined; runs += 1) {
      limit()
      records = await read(4 * week).catch((error: unknown) => {
        expect(error).toBeInstanceOf(LimitError)
        return undefined
      })
      if (records !== undefined) expect(told(records)).toEqual(whole)
      expect(runs).toBeLessThan(12)
    }
    expect(runs).toBeGreaterThan(2)
  })

  test('then more is asked for: what was stopped is of no use, nor what it built on', async () => {
    const { read, readAfresh, goTo, limit, said } = await setUp()
    const [earlier, later] = [start, start + 2 * week * 60_000]
    goTo(4 * week)
    const whole = told(await readAfresh(4 * week, { since: earlier }))
    const shorter = told(await readAfresh(4 * week, { since: later }))
    expect(shorter.length).toBeLessThan(whole.length)
    // The first reading is stopped.
    limit()
    await expect(read(4 * week, { since: later })).rejects.toThrow(LimitError)
    expect(told(await read(4 * week, { since: earlier }))).toEqual(whole)
    expect(said).toContain(
      'The kept records are of another time than is needed now; everything is read again',
    )
    // One that builds on a whole reading is stopped.
    expect(told(await read(4 * week, { since: later }))).toEqual(shorter)
    limit()
    await expect(read(5 * week, { since: later })).rejects.toThrow(LimitError)
    const again = await read(5 * week, { since: earlier })
    expect(told(again)).toEqual(told(await readAfresh(5 * week, { since: earlier })))
  })

  test('a clock that was ahead: nothing that it told is believed', async () => {
    const { read, readAfresh, goTo, said } = await setUp()
    await read(9 * week)
    goTo(2 * week)
    const records = await read(2 * week)
    expect(said).toContain(
      'The kept records are of another time than is needed now; everything is read again',
    )
    expect(told(records)).toEqual(told(await readAfresh(2 * week)))
  })
})

describe('GitHub does not answer at one place', () => {
  const beginsAgain = 'GitHub failed again at the same place: the next run reads from the start'
  const stops = {
    refused: {
      times: 4,
      respond: {
        kind: 'graphql-errors',
        data: 'none',
        errors: [{ message: '`gone` does not appear to be a valid cursor.' }],
      },
    },
    limited: { times: 1, respond: limited },
  } as const

  /** Two runs end at the same place, and the third comes through. */
  async function stoppedTwice(how: keyof typeof stops) {
    const { github, read, readAfresh, goTo, said } = await setUp()
    goTo(4 * week)
    for (const nth of [2, 1]) {
      github.faults.push({ match: { graphql: page, nth }, ...stops[how] })
      await expect(read(4 * week)).rejects.toThrow()
    }
    const from = github.requests.length
    expect(told(await read(4 * week))).toEqual(told(await readAfresh(4 * week)))
    const next = github.requests
      .slice(from)
      .map(({ body }) => body as { query: string; variables: { after: unknown } })
      .find(({ query }) => page.test(query))
    return { said, cursor: next?.variables.after }
  }

  test('twice: it may be the place, and the reading begins again', async () => {
    const { said, cursor } = await stoppedTwice('refused')
    expect(said).toContain(beginsAgain)
    expect(cursor).toBeNull()
  })

  test('because of a limit: it goes on there however often', async () => {
    const { said, cursor } = await stoppedTwice('limited')
    expect(said).not.toContain(beginsAgain)
    expect(cursor).toEqual(expect.any(String))
  })

  test('a checkpoint that no reading takes is left at the second time', async () => {
    const { read, readAfresh, openFile, said } = await setUp()
    const stopped = {
      since: new Date(start).toISOString(),
      updatedSince: null,
      startedAt: new Date(start + week * 60_000).toISOString(),
      checkpoint: 'no checkpoint',
      failures: 0,
    }
    await openFile().replace([], { whole: null, reading: stopped })
    await expect(read(week)).rejects.toThrow('The checkpoint is damaged')
    await expect(read(week)).rejects.toThrow('The checkpoint is damaged')
    expect(said).toContain(beginsAgain)
    expect(told(await read(week))).toEqual(told(await readAfresh(week)))
  })
})
