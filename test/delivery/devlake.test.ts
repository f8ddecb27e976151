import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  deriveChange,
  mergeRecords,
  type PullRequestRecord,
  PullRequestRecordSchema,
} from '../../src/delivery/index.ts'
import { aRecording } from '../support/a-recording.ts'
import {
  type ApiPullRequest,
  type GoldenCase,
  type GoldenRow,
  readApiPullRequests,
  readGoldenCase,
  readGoldenRows,
  recordApiPullRequest,
} from '../support/devlake.ts'

const directory = fileURLToPath(new URL('../../../shared/data/external/devlake/', import.meta.url))
const recording = aRecording()
const absent = '(skipped where ../shared/data/external/devlake is absent)'

/** DevLake counts whole minutes, rounded up, and none of what ran backwards. */
function minutesBetween(from: string, to: string): number | null {
  const minutes = Math.ceil((Date.parse(to) - Date.parse(from)) / 60_000)
  return minutes > 0 ? minutes : null
}

/**
 * DevLake's definitions, which are not ours: the first comment of anybody but the author starts the review, also before the
 * opening or after the merge; time runs to the deployment, which no record knows.
 */
function toGoldenRow({ id, record, commitNames, commentNames }: GoldenCase): GoldenRow[] {
  const asOf = record.readAt
  const change = deriveChange(record, {
    marks: recording.marks,
    reverts: [],
    revertRole: null,
    asOf,
  })
  const { openedAt, mergedAt, openToMergeSeconds } = change
  if (openedAt === null || mergedAt === null || openToMergeSeconds === null) return []
  const [first] = (record.commits ?? []).toSorted((one, other) =>
    (one.authoredAt ?? '') < (other.authoredAt ?? '') ? -1 : 1,
  )
  const [comment] = (record.reviewComments ?? [])
    .filter(({ by }) => JSON.stringify(by) !== JSON.stringify(record.author))
    .toSorted((one, other) => (one.at < other.at ? -1 : 1))
  // Where the first commit is younger than the opening, DevLake has no coding time, as we have no coding span.
  const coding =
    change.codingSpanSeconds === null ? null : Math.ceil(change.codingSpanSeconds / 60) || null
  return [
    {
      id,
      firstCommit: commitNames.get(first?.sha ?? '') ?? '',
      codingMinutes: coding,
      firstComment: comment === undefined ? null : (commentNames.get(comment.id) ?? null),
      pickupMinutes: comment === undefined ? null : minutesBetween(openedAt, comment.at),
      reviewMinutes: comment === undefined ? null : minutesBetween(comment.at, mergedAt),
      cycleMinutes: (coding ?? 0) + Math.ceil(openToMergeSeconds / 60),
    },
  ]
}

describe.skipIf(!existsSync(directory))(`DevLake's golden change lead time ${absent}`, () => {
  it('comes out of our records, by its definitions, without the time to the deployment', () => {
    const golden = readGoldenCase(directory, recording)
    expect(golden).toHaveLength(7)
    expect(golden.flatMap(toGoldenRow)).toEqual(readGoldenRows(directory))
  })

  it('has no row for the pull request that was not merged', () => {
    expect(
      readGoldenCase(directory, recording)
        .flatMap(toGoldenRow)
        .map(({ id }) => id),
    ).not.toContain('pr6')
  })
})

/** A list of facts by number, in any order. */
function byId<Fact extends { readonly id: number | string }>(facts: readonly Fact[] | null) {
  return new Map((facts ?? []).map((fact) => [fact.id, fact]))
}

const personOf = ({ login, id }: { login: string; id: number }) => ({
  kind: 'person',
  person: recording.pseudonyms.person(id),
  login,
})

/** What has to be found in the record of a pull request, fact by fact. */
function expectFacts(record: PullRequestRecord, raw: ApiPullRequest): void {
  const { pullRequest, commits, reviews, comments } = raw
  const merged = pullRequest.merged_at !== null
  const { sha, ref } = pullRequest.base
  expect(record).toMatchObject({
    id: pullRequest.id,
    number: pullRequest.number,
    repository: { name: pullRequest.base.repo.full_name },
    state: merged ? 'merged' : pullRequest.state,
    createdAt: pullRequest.created_at,
    closes: merged || pullRequest.closed_at === null ? [] : [{ at: pullRequest.closed_at }],
    labels: pullRequest.labels.map(({ name }) => name),
    base: { sha, name: ref, tracked: ref === 'master' },
    head: {
      sha: pullRequest.head.sha,
      fork:
        pullRequest.head.repo === null
          ? null
          : pullRequest.head.repo.id !== pullRequest.base.repo.id,
    },
  })
  expect(record.merge?.at ?? null).toBe(pullRequest.merged_at)
  expect(record.merge?.commit ?? null).toBe(merged ? pullRequest.merge_commit_sha : null)
  expect(record.author).toEqual(actorOf(pullRequest.user))
  expect(record.assignees).toEqual(pullRequest.assignees.map(actorOf))
  expect(record.titleKeys?.whole).toMatch(/^[0-9a-f]{16}$/)

  const distinct = new Map(commits.map((commit) => [commit.sha, commit]))
  expect(record.commits).toHaveLength(distinct.size)
  for (const commit of record.commits ?? []) {
    const told = distinct.get(commit.sha)
    expect(commit).toMatchObject({
      parents: told?.parents.length,
      authoredAt: told?.commit.author.date,
      committedAt: told?.commit.committer.date,
      verified: told?.commit.verification.verified,
      authorAccount: told?.author ? actorOf(told.author) : null,
    })
    expect(commit.author).toEqual(identityOf(told?.commit.author.email))
    expect(commit.committer).toEqual(identityOf(told?.commit.committer.email))
  }
  expect(byId(record.reviews)).toEqual(
    byId(
      reviews.map((review) => ({
        id: review.id,
        by: actorOf(review.user),
        state: review.state.toLowerCase().replace('_', '-'),
        submittedAt: review.submitted_at,
        dismissedAt: null,
        commit: review.commit_id,
      })),
    ),
  )
  expect(byId(record.reviewComments)).toEqual(
    byId(
      comments.map((comment) => ({
        id: comment.id,
        by: actorOf(comment.user),
        at: comment.created_at,
        commit: comment.original_commit_id,
      })),
    ),
  )
  const roots = comments.filter(({ in_reply_to_id: root }) => root === undefined)
  expect(record.threads?.map(({ id }) => id).toSorted()).toEqual(
    roots.map(({ id }) => String(id)).toSorted(),
  )
  const inThreads = record.threads?.reduce((sum, thread) => sum + (thread.comments ?? 0), 0)
  expect(inThreads).toBe(comments.length)
}

function actorOf(account: { readonly login: string; readonly id: number }) {
  const { login: _, ...actor } = personOf(account)
  return actor
}

function identityOf(email = '') {
  return email === 'noreply@github.com'
    ? { kind: 'known', name: expect.any(String), email }
    : { kind: 'person', person: recording.pseudonyms.person(email) }
}

describe.skipIf(!existsSync(directory))(`real pull requests of GitHub's API ${absent}`, () => {
  const all = () => readApiPullRequests(`${directory}github_api_panjf2000_ants.json`)

  it('become records that keep each fact', () => {
    const pullRequests = all()
    expect(pullRequests).toHaveLength(50)
    for (const raw of pullRequests) expectFacts(recordApiPullRequest(raw, recording), raw)
  })

  it('keep every commit, review and comment of the file', () => {
    const records = new Map(
      all().map((raw) => [raw.pullRequest.number, recordApiPullRequest(raw, recording)]),
    )
    const count = (list: 'commits' | 'reviews' | 'reviewComments') =>
      [...records.values()].reduce((sum, record) => sum + (record[list]?.length ?? 0), 0)
    // One of the 91 commits and one of the 31 reviews are in there twice.
    expect([count('commits'), count('reviews'), count('reviewComments')]).toEqual([90, 30, 16])
  })

  it('are one record where one was read twice', () => {
    const [one, other] = all()
      .filter(({ pullRequest }) => pullRequest.number === 4)
      .map((raw) => recordApiPullRequest(raw, recording))
    if (one === undefined || other === undefined) throw new Error('#4 is not in there twice')
    const merged = mergeRecords(one, other)
    expect(merged).toEqual({ ...one, titleKeys: merged.titleKeys })
    expect([one.titleKeys, other.titleKeys]).toContainEqual(merged.titleKeys)
  })

  it('hold no name, address, login, title or description', () => {
    for (const raw of all()) {
      const written = JSON.stringify(recordApiPullRequest(raw, recording))
      expect(written).not.toMatch(/user-[0-9a-f]{8}|@example\.invalid|chinese/)
      const parsed = PullRequestRecordSchema.parse(JSON.parse(written))
      expect(parsed.titleKeys).not.toBeNull()
    }
  })

  it('become changes', () => {
    const changes = all().map((raw) => {
      const record = recordApiPullRequest(raw, recording)
      return deriveChange(record, {
        marks: recording.marks,
        reverts: [],
        revertRole: null,
        asOf: '2023-05-01T00:00:00Z',
      })
    })
    const merged = changes.filter(({ state }) => state === 'merged')
    expect(merged).toHaveLength(27)
    for (const change of merged) {
      const { openToMergeSeconds, openedAt, mergedAt } = change
      const elapsed = (Date.parse(mergedAt ?? '') - Date.parse(openedAt ?? '')) / 1000
      expect(openToMergeSeconds).toBe(elapsed)
    }
  })
})
