import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PullRequestRecord, PullRequestRecordSchema } from '../../src/delivery/index.ts'
import { type PullRequestDelivery, parseDelivery } from '../../src/github/delivery-schema.ts'
import { foldDeliveries } from '../../src/github/fold-deliveries.ts'
import { aRecording } from '../support/a-recording.ts'
import { anAccount, minute, type PullRequest } from '../support/fake-github/index.ts'
import {
  type PullRequestHistory,
  playHistory,
} from '../support/fake-github/pull-request-history.ts'
import { aHistory, people } from '../support/history/arbitrary-history.ts'
import { deliveriesOf, type RawDelivery } from '../support/history/deliveries-of.ts'
import { propertyRuns } from '../support/property-runs.ts'

const recording = aRecording()

function parseAll(raw: readonly RawDelivery[]): PullRequestDelivery[] {
  return raw.map(({ event, payload }) => {
    const parsed = parseDelivery(event, payload)
    if (!('delivery' in parsed)) throw new Error(JSON.stringify(parsed))
    return parsed.delivery
  })
}

function fold(raw: readonly RawDelivery[]): PullRequestRecord {
  const record = foldDeliveries(parseAll(raw), { recording })
  if (record === undefined) throw new Error('no deliveries')
  return PullRequestRecordSchema.parse(record)
}

/** The same deliveries in another order, some of them more than once. */
function anyOrder(raw: readonly RawDelivery[]): fc.Arbitrary<RawDelivery[]> {
  return fc
    .subarray([...raw])
    .chain((again) =>
      fc.shuffledSubarray([...raw, ...again], { minLength: raw.length + again.length }),
    )
}

/** What any source has to find in the pull request as it stands. */
function expectStanding(record: PullRequestRecord, pullRequest: PullRequest): void {
  expect(record.state).toBe(pullRequest.merged ? 'merged' : pullRequest.state)
  expect(record.merge?.at ?? null).toBe(pullRequest.mergedAt)
  expect(record.merge?.commit ?? null).toBe(pullRequest.mergeCommit?.sha ?? null)
  expect(record.head.sha).toBe(pullRequest.head.sha)
  expect(record.labels?.toSorted()).toEqual(pullRequest.labels.toSorted())
  expect(
    record.reviews?.map(({ id, submittedAt, commit }) => ({ id, submittedAt, commit })),
  ).toEqual(
    pullRequest.reviews
      .map(({ id, submittedAt, commit }) => ({ id, submittedAt, commit }))
      .toSorted(
        (one, other) =>
          Date.parse(one.submittedAt ?? '') - Date.parse(other.submittedAt ?? '') ||
          one.id - other.id,
      ),
  )
  expect(
    new Map(record.threads?.map(({ id, comments, resolved }) => [id, [comments, resolved]])),
  ).toEqual(
    new Map(
      pullRequest.threads.map(({ comments, resolved }) => [
        String(comments[0]?.id),
        [comments.length, resolved],
      ]),
    ),
  )
  const timesOf = (type: string) =>
    pullRequest.events
      .filter((event) => event.type === type)
      .map(({ createdAt }) => ({ at: createdAt }))
  expect(record.closes).toEqual(timesOf('closed').filter(({ at }) => at !== pullRequest.mergedAt))
  expect(record.reopens).toEqual(timesOf('reopened'))
  expect(record.baseChanges).toEqual(timesOf('base_ref_changed'))
  expect(record.reviewRequests).toEqual(timesOf('review_requested'))
}

describe('a random history', () => {
  it('gives the same record in any order and with deliveries that came twice', () => {
    const shuffled = aHistory().chain((history) => {
      const raw = deliveriesOf(history)
      return anyOrder(raw).map((disordered) => ({ raw, disordered }))
    })
    fc.assert(
      fc.property(shuffled, ({ raw, disordered }) => {
        expect(fold(disordered)).toEqual(fold(raw))
      }),
    )
  })

  it('is told as it was, and nothing of it seems lost', () => {
    fc.assert(
      fc.property(aHistory(), (history) => {
        const record = fold(deliveriesOf(history))
        const { pullRequest } = playHistory(history)
        expectStanding(record, pullRequest)
        expect(record.truncated).toEqual([])
        expect(record.openedAsDraft).toBe(history.draft ?? false)
        expect(record.draftEvents).toEqual(
          history.events
            .filter(({ type }) => type === 'ready' || type === 'draft')
            .map(({ at, type }) => ({ at, to: type })),
        )
        expect(record.pushes?.map(({ at }) => at)).toEqual(
          history.events.filter(({ type }) => type === 'push').map(({ at }) => at),
        )
      }),
    )
  })

  it('with losses invents nothing, and still stands as the newest delivery tells', () => {
    const lossy = aHistory().chain((history) => {
      const raw = deliveriesOf(history)
      const newest = raw.slice(-1)
      return fc.subarray(raw.slice(0, -1)).map((kept) => ({ raw, kept: [...kept, ...newest] }))
    })
    fc.assert(
      fc.property(lossy, ({ raw, kept }) => {
        const whole = fold(raw)
        const record = fold(kept)
        expect(record).toMatchObject({
          state: whole.state,
          labels: whole.labels,
          base: whole.base,
          readAt: whole.readAt,
        })
        for (const list of ['draftEvents', 'pushes', 'labelEvents', 'closes', 'reopens'] as const) {
          for (const event of record[list] ?? []) expect(whole[list]).toContainEqual(event)
        }
        const ids = whole.reviews?.map(({ id }) => id)
        for (const { id } of record.reviews ?? []) expect(ids).toContain(id)
      }),
      { numRuns: propertyRuns(200) },
    )
  })

  it('shows that something was lost wherever the rest shows it', () => {
    const shown = [
      'opened',
      'ready_for_review',
      'converted_to_draft',
      'synchronize',
      'closed',
      'reopened',
    ]
    const lossy = fc.record({ history: aHistory(), which: fc.nat({ max: 20 }) })
    fc.assert(
      fc.property(lossy, ({ history, which }) => {
        const raw = deliveriesOf(history)
        const telling = raw.slice(0, -1).filter(({ event, payload }) => {
          return event === 'pull_request' && shown.includes(String(field(payload, 'action')))
        })
        fc.pre(telling.length > 0)
        const lost = telling[which % telling.length]
        expect(fold(raw.filter((delivery) => delivery !== lost)).truncated).toContain('timeline')
      }),
    )
  })
})

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? value[name as keyof typeof value]
    : undefined
}

/** A history of these tests: opened ready by a person at minute 10. */
function aLife(events: PullRequestHistory['events'], init: Partial<PullRequestHistory> = {}) {
  return deliveriesOf({
    number: 7,
    author: people.author,
    openedAt: minute(10),
    commits: [{ message: 'Add a widget' }],
    events,
    ...init,
  })
}

/** A delivery with other values at some paths of its payload, as `pull_request.user`. */
function altered(raw: RawDelivery, changes: Readonly<Record<string, unknown>>): RawDelivery {
  const payload = structuredClone(raw.payload)
  for (const [path, value] of Object.entries(changes)) {
    const names = path.split('.')
    const last = names.pop() ?? ''
    const parent = names.reduce(field, payload)
    if (typeof parent !== 'object' || parent === null) throw new Error(`no ${path}`)
    Object.assign(parent, { [last]: value })
  }
  return { ...raw, payload }
}

function lastOf(raw: readonly RawDelivery[]): RawDelivery {
  const last = raw.at(-1)
  if (last === undefined) throw new Error('no deliveries')
  return last
}

describe('what happened', () => {
  it('is a person by key, and a deleted account nobody', () => {
    expect(fold(aLife([])).author).toEqual({
      kind: 'person',
      person: recording.pseudonyms.person(people.author.id),
    })
    expect(fold(aLife([], { author: null })).author).toEqual({ kind: 'unknown' })
    const gone = altered(lastOf(aLife([])), { 'pull_request.user': null })
    expect(fold([gone]).author).toEqual({ kind: 'unknown' })
  })

  it('keeps no text of a person', () => {
    const raw = aLife([], { title: 'Secret title', body: 'Secret words', branch: 'secret-branch' })
    expect(JSON.stringify(fold(raw)).toLowerCase()).not.toContain('secret')
  })

  it('knows a head in a fork, and not where the fork is gone', () => {
    const fork = { id: 99, owner: anAccount('dev'), name: 'widgets', private: false }
    expect(fold(aLife([], { from: fork })).head.fork).toBe(true)
    expect(fold(aLife([])).head.fork).toBe(false)
    expect(fold(aLife([], { from: null })).head.fork).toBeNull()
  })

  it('orders pushes of one second by what each was put upon', () => {
    const raw = aLife([
      { type: 'push', at: minute(20), commits: [{ message: 'One' }] },
      { type: 'push', at: minute(20), commits: [{ message: 'Two' }] },
      { type: 'push', at: minute(20), commits: [{ message: 'Three' }] },
    ])
    const record = fold(raw)
    expect(record.truncated).toEqual([])
    expect(record.pushes?.slice(1).map(({ before }) => before)).toEqual(
      record.pushes?.slice(0, -1).map(({ head }) => head),
    )
    expect(record.head.sha).toBe(record.pushes?.at(-1)?.head)
    expect(fold(raw.toReversed())).toEqual(record)
  })

  it('tells who labelled: this tool, another app or a person', () => {
    const raw = aLife([
      { type: 'label', at: minute(20), by: people.bot, label: 'one' },
      { type: 'label', at: minute(21), by: people.aiReviewer, label: 'two' },
      { type: 'unlabel', at: minute(22), by: people.reviewer, label: 'one' },
    ])
    const record = foldDeliveries(parseAll(raw), { recording, ownAccount: people.bot.id })
    expect(record?.labels).toEqual(['two'])
    expect(record?.labelEvents).toEqual([
      { label: 'one', action: 'added', by: 'us', at: minute(20) },
      { label: 'two', action: 'added', by: 'app', at: minute(21) },
      { label: 'one', action: 'removed', by: 'person', at: minute(22) },
    ])
  })

  it('remembers what a dismissed review was, if it saw that', () => {
    const raw = aLife([
      { type: 'review', at: minute(20), by: people.reviewer, state: 'APPROVED' },
      { type: 'dismiss', at: minute(30), review: 0 },
    ])
    const dismissed = { submittedAt: minute(20), dismissedAt: minute(30) }
    expect(fold(raw).reviews).toMatchObject([{ ...dismissed, state: 'approved' }])
    expect(fold(raw.slice(-1)).reviews).toMatchObject([{ ...dismissed, state: 'unknown' }])
  })

  it('drops a comment that was deleted, and the thread with its last one', () => {
    const raw = aLife([
      { type: 'review', at: minute(20), by: people.reviewer, state: 'COMMENTED', threads: 1 },
    ])
    expect(fold(raw)).toMatchObject({
      reviewComments: [{ at: minute(20) }],
      threads: [{ comments: 1 }],
    })
    const deleted = altered(lastOf(raw), { action: 'deleted' })
    expect(fold([...raw, deleted])).toMatchObject({ reviewComments: [], threads: [] })
    expect(fold([deleted, ...raw])).toEqual(fold([...raw, deleted]))
  })

  it('says that comments are missing where GitHub counts more', () => {
    const raw = aLife([
      { type: 'review', at: minute(20), by: people.reviewer, state: 'COMMENTED', threads: 2 },
      { type: 'close', at: minute(30) },
    ])
    const lost = raw.findIndex(({ event }) => event === 'pull_request_review_comment')
    expect(fold(raw.toSpliced(lost, 1)).truncated).toEqual(['reviewComments', 'threads'])
  })

  it('says that a thread is missing where only a reply to it came', () => {
    const raw = aLife([
      { type: 'review', at: minute(20), by: people.reviewer, state: 'COMMENTED', threads: 1 },
      { type: 'reply', at: minute(30), thread: 0 },
    ])
    const lost = raw.findIndex(({ event }) => event === 'pull_request_review_comment')
    expect(fold(raw.toSpliced(lost, 1))).toMatchObject({ threads: [], truncated: ['threads'] })
  })

  it('says that a review is missing where only a comment of it came', () => {
    const raw = aLife([
      { type: 'review', at: minute(20), by: people.reviewer, state: 'COMMENTED', threads: 1 },
    ])
    const comment = altered(lastOf(raw), { 'comment.pull_request_review_id': 5 })
    expect(fold([...raw.slice(0, 1), comment]).truncated).toEqual(['reviews'])
  })

  it('dates a description by the last edit of a person', () => {
    const raw = aLife([{ type: 'retarget', at: minute(20), base: 'release/1' }])
    const edited = (by: object, at: string) =>
      altered(lastOf(raw), {
        sender: by,
        changes: { body: { from: 'Old words' } },
        'pull_request.updated_at': at,
        'pull_request.body': 'New words',
      })
    const byPerson = edited(people.author, minute(30))
    const byBot = edited(people.bot, minute(40))
    expect(fold([...raw, byPerson, byBot]).description?.editedAt).toBe(minute(30))
    expect(fold([...raw, byBot]).description?.editedAt).toBeNull()
  })

  it('reads claims of a revert, and sizes as they were told', () => {
    const raw = aLife([{ type: 'push', at: minute(20), commits: [{ message: 'More' }] }], {
      title: 'Revert "Add a widget (#5)"',
      body: 'Reverts acme/widgets#5',
      branch: 'revert-5-add-a-widget',
    })
    const grown = altered(lastOf(raw), { 'pull_request.additions': 5 })
    const record = fold([...raw.slice(0, 1), grown])
    expect(record.revertClaims.map(({ numbers }) => numbers)).toContainEqual([5])
    expect(record.sizeHistory).toEqual([
      { at: minute(10), files: 1, additions: 1, deletions: 0 },
      { at: minute(20), files: 1, additions: 5, deletions: 0 },
    ])
    expect(record.size).toEqual({ total: { files: 1, additions: 5, deletions: 0 }, counted: null })
  })

  it('counts changes into the default branch unless told otherwise', () => {
    const raw = aLife([{ type: 'retarget', at: minute(20), base: 'release/1' }])
    expect(fold(raw.slice(0, 1)).base).toMatchObject({ name: 'main', tracked: true })
    expect(fold(raw).base).toMatchObject({ name: 'release/1', tracked: false })
    const isTracked = (branch: string) => branch.startsWith('release/')
    expect(foldDeliveries(parseAll(raw), { recording, isTracked })?.base.tracked).toBe(true)
  })

  it('takes in an action that nobody knows for what it shows', () => {
    const raw = aLife([{ type: 'label', at: minute(20), label: 'one' }])
    const unheard = altered(lastOf(raw), {
      action: 'teleported',
      'pull_request.updated_at': minute(50),
      'pull_request.title': 'Another title',
    })
    const record = fold([...raw, unheard])
    expect(record.readAt).toBe(minute(50))
    expect(record.titleKeys).not.toEqual(fold(raw).titleKeys)
  })
})

describe('deliveries', () => {
  it('make nothing where there are none', () => {
    expect(foldDeliveries([], { recording })).toBeUndefined()
  })

  it('of two pull requests are not one record', () => {
    const other = aLife([], { number: 8 })
    expect(() => fold([...aLife([]), ...other])).toThrow('fold those of each by themselves')
  })

  it('of another event are ignored', () => {
    expect(parseDelivery('push', {})).toEqual({ ignored: true })
    expect(parseDelivery('__proto__', null)).toEqual({ ignored: true })
  })

  it.each([null, 'x', [], {}])('that hold %j say what is wrong', (payload) => {
    expect(parseDelivery('pull_request', payload)).toEqual({ problem: expect.any(String) })
  })

  it('under the header of another event are refused by their shape', () => {
    const [opened] = aLife([])
    expect(parseDelivery('pull_request_review', opened?.payload)).toEqual({
      problem: expect.stringContaining('review'),
    })
  })
})

const payloads = fileURLToPath(new URL('../../../shared/data/external/payloads/', import.meta.url))

describe.skipIf(!existsSync(payloads))(
  'real deliveries (skipped where ../shared/data/external/payloads is absent)',
  () => {
    const real = (event: string, file: string): RawDelivery => ({
      event,
      payload: JSON.parse(readFileSync(`${payloads}bors-${file}.json`, 'utf8')),
    })

    it('tell a pull request that was made ready and merged, without its opening', () => {
      const record = fold([
        real('pull_request', 'pull-request-merged'),
        real('pull_request', 'pull-request-ready-for-review'),
      ])
      expect(record).toMatchObject({
        number: 5,
        state: 'merged',
        createdAt: '2025-03-18T09:16:55Z',
        readAt: '2025-03-18T12:40:17Z',
        openedAsDraft: null,
        draftEvents: [{ at: '2025-03-18T10:08:49Z', to: 'ready' }],
        closes: [],
        merge: {
          at: '2025-03-18T12:40:17Z',
          commit: '8c1c06a1a89e8278937a7d22d8ba1a834bd4c8a1',
          by: { kind: 'person' },
          method: null,
        },
        base: { name: 'main', tracked: true },
        size: { total: { files: 1, additions: 1, deletions: 1 }, counted: null },
        truncated: ['timeline'],
      })
    })

    it('tell a pull request that was opened and never touched whole', () => {
      expect(fold([real('pull_request', 'pull-request-opened')])).toMatchObject({
        number: 2,
        state: 'open',
        openedAsDraft: false,
        pushes: [],
        truncated: [],
      })
    })

    it('tell a push', () => {
      expect(fold([real('pull_request', 'pull-request-synchronize')]).pushes).toEqual([
        {
          at: '2024-07-25T04:38:08Z',
          head: 'bedf96270622ff19b4711dd7df3f19f4be1cba93',
          before: 'a52a52552fada5ebc6d7446a112ebcab8789f21c',
          forced: null,
          by: expect.objectContaining({ kind: 'person' }),
        },
      ])
    })

    it('tell a close without a merge', () => {
      expect(fold([real('pull_request', 'pull-request-closed')])).toMatchObject({
        state: 'closed',
        merge: null,
        closes: [{ at: '2025-03-16T08:22:47Z' }],
      })
    })

    it('tell a review', () => {
      expect(fold([real('pull_request_review', 'pull-request-review')])).toMatchObject({
        number: 6,
        reviews: [
          {
            id: 1476702458,
            state: 'commented',
            submittedAt: '2023-06-13T09:32:36Z',
            commit: 'dd929458c62ac2a2958a5dadde1465732dff6f90',
          },
        ],
        size: null,
        sizeHistory: null,
      })
    })

    it('of other events are ignored', () => {
      const push = real('push', 'push')
      expect(parseDelivery(push.event, push.payload)).toEqual({ ignored: true })
    })
  },
)
