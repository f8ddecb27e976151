import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nothingKept, RecordsFile } from '../../src/action/kept-records.ts'
import { makeReport } from '../../src/action/make-report.ts'
import { LimitError } from '../../src/action/patience.ts'
import { readReportRecords } from '../../src/action/report-records.ts'
import { recordsSince, snapToMonday } from '../../src/comparison/index.ts'
import { type DeliveryRecord, formatRecord } from '../../src/delivery/index.ts'
import { lines, messageWith } from '../support/ai-marks.ts'
import { countingBytes } from '../support/counting-bytes.ts'
import { fakeGitHubForTest } from '../support/fake-github/for-test.ts'
import {
  anAccount,
  aRepositoryOf,
  graphqlRateLimit,
  type HistoryEvent,
  type PullRequestHistory,
  type StraightCommit,
} from '../support/fake-github/index.ts'
import { temporaryDirectory } from '../support/git-repository.ts'
import { apiOf, permissions, recording } from '../support/read-records.ts'

const hour = 3_600_000
const week = 168 * hour
const start = Date.parse('2026-01-05T00:00:00Z')

/** So many hours after the first change, as GitHub writes it. */
function at(hours: number): string {
  return new Date(start + hours * hour).toISOString().replace('.000Z', 'Z')
}

/**
 * A change a day, of twelve people who work both ways, and what becomes of it. Most are merged within a day and
 * never touched again; others are left open, closed, made ready late, commented on or labelled weeks after their merge.
 */
function history(number: number): PullRequestHistory {
  const opened = number * 24
  const person = (step: number) => anAccount(`dev${(Math.floor(number / 2) + step) % 12}`)
  const label = { type: 'label', label: 'ai:assisted', by: person(0) } as const
  const then = (hours: number) => ({ at: at(opened + hours) })
  const merge: HistoryEvent = {
    ...then(3 + ((number * 7) % 20)),
    type: 'merge',
    by: person(1),
    method: 'squash',
  }
  const fates: Readonly<Record<number, readonly HistoryEvent[]>> = {
    0: [],
    1: [{ ...then(30), type: 'close' }],
    2: [{ ...then(700), type: 'close' }],
    3: [{ ...then(400), type: 'ready' }],
    4: [merge, { ...then(500), type: 'review', by: person(2), state: 'COMMENTED', threads: 1 }],
    5: [merge, { ...then(900), ...label }],
    6: [{ ...then(2), ...label }, merge, { ...then(600), ...label, type: 'unlabel' }],
    7: [{ ...then(600), type: 'review', by: person(1), state: 'APPROVED' }],
    8: [
      { ...then(30), type: 'close' },
      { ...then(800), type: 'reopen' },
    ],
  }
  const review: HistoryEvent = {
    ...then(1),
    type: 'review',
    by: person(1),
    state: number % 3 === 0 ? 'CHANGES_REQUESTED' : 'APPROVED',
  }
  const title = `Change ${number}`
  return {
    number,
    title,
    author: person(0),
    openedAt: at(opened),
    draft: number % 40 === 3,
    commits: [{ message: number % 2 === 0 ? messageWith(lines.claude) : title }],
    files: [{ path: 'src/widget.ts', additions: 5 + ((number * 13) % 200), deletions: number % 9 }],
    events: [review, ...(fates[number % 40] ?? [merge])],
  }
}

const histories = Array.from({ length: 52 * 7 - 1 }, (_, index) => history(index + 1))

/** Reverts on the branch, of merged changes of both kinds: every third is pushed five weeks after it was made. */
const reverts: readonly StraightCommit[] = histories
  .filter(({ number }) => number % 5 === 4)
  .map(({ number }) => {
    const made = number * 24 + 14 * 24
    const late = number % 3 === 0 ? 35 * 24 : 0
    const commit = {
      message: `Revert "Change ${number} (#${number})"\n\nIt broke the widget.`,
      author: { date: at(made) },
      committer: { date: at(made) },
      size: { files: 1, additions: 1, deletions: 5 },
    }
    return { at: at(made + late), commit }
  })

function standingAt(time: number) {
  const now = at((time - start) / hour)
  return aRepositoryOf(
    histories
      .filter(({ openedAt }) => openedAt < now)
      .map((one) => ({ ...one, events: one.events.filter((event) => event.at < now) })),
    reverts.filter((one) => one.at < now),
  )
}

function inOrder(records: readonly DeliveryRecord[]): string[] {
  return records.map(formatRecord).toSorted()
}

test('over half a year of weekly runs, kept records give what a fresh reading gives, byte for byte', {
  timeout: 180_000,
}, async () => {
  const github = await fakeGitHubForTest({
    permissions: permissions['with contents'],
    rateLimits: null,
  })
  const randomBytes = countingBytes()
  const secret = randomBytes(32)
  const path = join(temporaryDirectory(), 'records')
  const said: string[] = []
  const read = async (now: number, file?: RecordsFile) =>
    readReportRecords({
      api: apiOf(github),
      repository: { owner: 'acme', name: 'widgets' },
      recording,
      trackedBranches: undefined,
      branchCommits: true,
      since: recordsSince(snapToMonday(now)),
      until: snapToMonday(now),
      file,
      kept: (await file?.open((message) => said.push(message))) ?? nothingKept,
      now: () => now,
      waitUntil: async (time) => {
        throw new LimitError(time)
      },
      say: (message) => said.push(message),
    })
  const reportOf = async (records: readonly DeliveryRecord[], now: number) => {
    const askedFor = snapToMonday(now)
    return makeReport(records, { marks: recording.marks, askedFor, repository: 'acme/widgets' })
  }
  let last: Awaited<ReturnType<typeof reportOf>> | undefined
  for (let weeks = 30; weeks <= 51; weeks += 1) {
    const now = start + weeks * week + 5 * hour
    github.state.repositories = [standingAt(now)]
    const open = () => new RecordsFile({ path, secret, repository: '7', fit: 'fit', randomBytes })
    // The first run, and each fifth later, meets a limit; the tenth later does so again.
    const stops = weeks === 30 ? 3 : weeks % 10 === 0 ? 2 : weeks % 5 === 0 ? 1 : 0
    for (let stop = 0; stop < stops; stop += 1) {
      github.faults.push({
        match: { graphql: /query (PullRequestRecords|BranchCommits)/, nth: 2 },
        respond: graphqlRateLimit(9_999_999_999),
      })
      await expect(read(now - (stops - stop) * hour, open())).rejects.toThrow(LimitError)
    }
    const kept = await read(now, open())
    const fresh = await read(now)
    if (stops === 0) expect(inOrder(kept)).toEqual(inOrder(fresh))
    const [one, other] = [await reportOf(kept, now), await reportOf(fresh, now)]
    expect(one.json).toBe(other.json)
    last = one
  }
  expect(said.filter((message) => message.startsWith('Going on'))).toHaveLength(9)
  expect(said.filter((message) => message.includes('everything is read again'))).toEqual([])
  // A report in which there is something to differ.
  const { comparisons, funnel } = last?.document ?? {}
  expect(comparisons?.map(({ estimate }) => estimate === null)).toEqual([false, false, false])
  expect(comparisons?.[2]?.events).not.toEqual({ aiRecorded: 0, noneRecorded: 0 })
  expect(funnel).not.toBeNull()
})
