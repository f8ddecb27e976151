import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Change,
  deriveChange,
  mergeRecords,
  type PullRequestRecord,
  PullRequestRecordSchema,
} from '../../src/delivery/index.ts'
import { openRepository, readPullRequestRecords } from '../../src/git/index.ts'
import { foldDeliveries, parseDelivery } from '../../src/github/index.ts'
import { fakeGitHubForTest } from '../support/fake-github/for-test.ts'
import type { FakeGitHub, PullRequestHistory } from '../support/fake-github/index.ts'
import { aHistory } from '../support/history/arbitrary-history.ts'
import { deliveriesOf, type RawDelivery, repositoryOf } from '../support/history/deliveries-of.ts'
import { writeRepository } from '../support/history/write-repository.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { permissions, pullRequestsIn, readAll, readAt, recording } from '../support/read-records.ts'

/** What every source tells of itself, and what hangs on how it tells things: never the same, and no part of the change. */
type OfTheReading =
  | 'version'
  | 'asOf'
  | 'readAt'
  | 'source'
  | 'registry'
  | 'truncated'
  | 'unreadable'
type Told = Exclude<keyof Change, OfTheReading | 'review' | 'size' | 'flags'>

/** Deliveries hold no commits, no merge method and no kinds of files: what rests on those, they cannot know. */
const toldByWebhooks = [
  'repository',
  'id',
  'number',
  'responsible',
  'state',
  'exclusion',
  'openedAt',
  'readyAt',
  'firstReviewAt',
  'firstBotReviewAt',
  'lastApprovalAt',
  'queuedAt',
  'mergedAt',
  'closedAt',
  'cycleSeconds',
  'pickupSeconds',
  'reviewSeconds',
  'mergeWaitSeconds',
  'queueWaitSeconds',
  'unphasedSeconds',
  'draftSeconds',
  'redraftSeconds',
  'openToMergeSeconds',
  'reopens',
  'reverted',
  'revertLinks',
  'outcome',
  'surviving',
] as const satisfies readonly Told[]

/** `laterPushes` is left out: only webhooks tell every push. */
const reviewToldByWebhooks = [
  'rounds',
  'byAnotherPerson',
  'changesRequested',
  'laterLines',
  'laterShare',
  'threads',
  'reviewers',
  'reviews',
  'botReviews',
  'aiReviews',
  'firstAiReviewAt',
] as const satisfies readonly (keyof Change['review'])[]

/** Of a deleted account's change the person is found in its commits, which deliveries do not hold: another person is not told. */
const restingOnThePerson: readonly string[] = [
  'responsible',
  'firstReviewAt',
  'lastApprovalAt',
  'pickupSeconds',
  'reviewSeconds',
  'mergeWaitSeconds',
  'queueWaitSeconds',
  'unphasedSeconds',
  'rounds',
  'byAnotherPerson',
  'changesRequested',
  'laterLines',
  'laterShare',
  'threads',
  'reviewers',
  'reviews',
]

/**
 * GitHub tells of force pushes alone: of what one replaced it cannot be told when it was pushed, so neither what was the head
 * when the change became ready, nor whether anybody did anything for a fortnight. Without `contents` it does not tell either
 * which head a review was of.
 */
function restingOnEveryPush(
  { events, draft = false }: PullRequestHistory,
  allowed: keyof typeof permissions,
): readonly string[] {
  const forced = events.some((event) => event.type === 'push' && event.forced === true)
  if (!forced) return []
  const ready = events.findIndex(({ type }) => type === 'ready')
  const reviewedInDraft =
    draft && events.slice(0, ready).some(({ type }) => type === 'review' || type === 'reply')
  return [
    'outcome',
    ...(reviewedInDraft ? ['rounds', 'changesRequested'] : []),
    ...(allowed === 'without contents' ? ['rounds'] : []),
  ]
}

/** A clone knows what was merged, of which commits, and when; of the pull request itself nothing. */
const toldByGit = [
  'number',
  'state',
  'mergedAt',
  'assistedCommits',
  'totalCommits',
  'complete',
  'firstCommitAt',
  'authoredToMergedSeconds',
  'reverted',
  'revertLinks',
] as const satisfies readonly Told[]

/** Where neither the opener nor the description, the branch or a label says anything of AI, a clone has all evidence. */
const toldByCommitsAlone = [
  'assistance',
  'agentAuthored',
  'intensity',
  'tier',
  'tools',
  'setAside',
] as const satisfies readonly Told[]

/** Which size it had when it became ready, a source without all pushes can only estimate. */
const sizeToldByAll = [
  'band',
  'files',
  'additions',
  'deletions',
] as const satisfies readonly (keyof NonNullable<Change['size']>)[]

function pick<Whole, Name extends keyof Whole>(whole: Whole, names: readonly Name[]) {
  return Object.fromEntries(names.map((name) => [name, whole[name]]))
}

function changeOf(record: PullRequestRecord, asOf: string = readAt): Change {
  return deriveChange(record, { marks: recording.marks, reverts: [], revertRole: null, asOf })
}

function sizeOf({ size }: Change) {
  return size && pick(size, sizeToldByAll)
}

/** Serves one history after another, each as if it were all that there is, without counting requests. */
async function readFromGitHub(
  github: FakeGitHub,
  history: PullRequestHistory,
): Promise<PullRequestRecord> {
  github.state.repositories = [repositoryOf(history)]
  github.state.rateLimits = null
  const [record] = pullRequestsIn(await readAll(github))
  if (record === undefined) throw new Error('GitHub told of no pull request')
  return record
}

function foldAll(raw: readonly RawDelivery[]): PullRequestRecord {
  const deliveries = raw.map(({ event, payload }) => {
    const parsed = parseDelivery(event, payload)
    if (!('delivery' in parsed)) throw new Error(JSON.stringify(parsed))
    return parsed.delivery
  })
  const record = foldDeliveries(deliveries, { recording })
  if (record === undefined) throw new Error('no deliveries')
  return PullRequestRecordSchema.parse(record)
}

interface Delivered {
  readonly history: PullRequestHistory
  /** In any order, some of them twice. */
  readonly raw: readonly RawDelivery[]
}

function delivered(): fc.Arbitrary<Delivered> {
  return aHistory().chain((history) => {
    const once = deliveriesOf(history)
    return fc
      .subarray(once)
      .chain((again) =>
        fc.shuffledSubarray([...once, ...again], { minLength: once.length + again.length }),
      )
      .map((raw) => ({ history, raw }))
  })
}

describe.each(['with contents', 'without contents'] as const)('read from GitHub %s', (allowed) => {
  it('and told by webhooks in any order, a history is the same change', async () => {
    const github = await fakeGitHubForTest({ permissions: permissions[allowed] })
    await fc.assert(
      fc.asyncProperty(delivered(), async ({ history, raw }) => {
        const record = foldAll(raw)
        // After the last delivery webhooks tell nothing, not even that nothing happened.
        const told = changeOf(record, record.readAt)
        const read = changeOf(await readFromGitHub(github, history), record.readAt)
        const unknown = [
          ...(history.author === null ? restingOnThePerson : []),
          ...restingOnEveryPush(history, allowed),
        ]
        const known = (name: string) => !unknown.includes(name)
        const own = toldByWebhooks.filter(known)
        const review = reviewToldByWebhooks.filter(known)
        expect(pick(told, own)).toEqual(pick(read, own))
        expect(pick(told.review, review)).toEqual(pick(read.review, review))
        expect(sizeOf(told)).toEqual(sizeOf(read))
      }),
      { numRuns: propertyRuns(60) },
    )
  })

  it('and completed by webhooks, of which some were lost, it stays that change', async () => {
    const github = await fakeGitHubForTest({ permissions: permissions[allowed] })
    const lossy = delivered().chain(({ history, raw }) =>
      fc.subarray([...raw], { minLength: 1 }).map((kept) => ({ history, kept })),
    )
    await fc.assert(
      fc.asyncProperty(lossy, async ({ history, kept }) => {
        const record = await readFromGitHub(github, history)
        const read = changeOf(record)
        const both = changeOf(mergeRecords(foldAll(kept), record))
        const unknown = restingOnEveryPush(history, allowed)
        const known = (name: string) => !unknown.includes(name)
        const own = toldByWebhooks.filter(known)
        const review = reviewToldByWebhooks.filter(known)
        expect(pick(both, own)).toEqual(pick(read, own))
        expect(pick(both, [...toldByGit, ...toldByCommitsAlone])).toEqual(
          pick(read, [...toldByGit, ...toldByCommitsAlone]),
        )
        expect(pick(both.review, review)).toEqual(pick(read.review, review))
        expect(sizeOf(both)).toEqual(sizeOf(read))
      }),
      { numRuns: propertyRuns(60) },
    )
  })
})

/** The same history with nothing said of AI outside its commits, merged into `main` at its end. */
function plain(history: PullRequestHistory): PullRequestHistory {
  const events = history.events.filter(
    ({ type }) => !['label', 'unlabel', 'retarget', 'merge'].includes(type),
  )
  const reopened = events.findLast(({ type }) => type === 'close' || type === 'reopen')
  const last = history.events.at(-1)
  // A head that was pushed on the branch as it is leaves nothing that tells it from any other push.
  const method = last?.type === 'merge' && last.method !== 'push' ? last.method : 'squash'
  const at = new Date(Date.parse(events.at(-1)?.at ?? history.openedAt) + 3_600_000)
  const time = (milliseconds: number) => new Date(milliseconds).toISOString().replace('.000Z', 'Z')
  return {
    ...history,
    body: null,
    branch: `change-${history.number}`,
    events: [
      ...events,
      ...(reopened?.type === 'close'
        ? [{ type: 'reopen' as const, at: time(at.getTime() - 60_000) }]
        : []),
      { type: 'merge', at: time(at.getTime()), method },
    ],
  }
}

describe('read from a clone', () => {
  it('a merged history is the same change as far as git knows it', {
    timeout: 60_000,
  }, async () => {
    const github = await fakeGitHubForTest({ permissions: permissions['with contents'] })
    await fc.assert(
      fc.asyncProperty(aHistory().map(plain), async (history) => {
        const read = changeOf(await readFromGitHub(github, history))
        const cloned = changeOf(await readFromClone(history))
        const known = toldByGit.filter((name) => !lostInAClone(history).includes(name))
        expect(pick(cloned, known)).toEqual(pick(read, known))
        expect(pick(cloned, toldByCommitsAlone)).toEqual(pick(read, toldByCommitsAlone))
        expect(cloned.exposure.atMerge?.group).toEqual(read.exposure.atMerge?.group)
        expect(sizeOf(cloned)).toEqual(sizeOf(read))
      }),
      { numRuns: propertyRuns(12) },
    )
  })
})

/** What a force push replaced is in no clone, and with it when the work began. */
function lostInAClone({ events }: PullRequestHistory): readonly Told[] {
  const forced = events.some((event) => event.type === 'push' && event.forced === true)
  return forced ? ['firstCommitAt', 'authoredToMergedSeconds'] : []
}

async function readFromClone(history: PullRequestHistory): Promise<PullRequestRecord> {
  const { directory, environment } = writeRepository(history)
  const repository = await openRepository(directory, { environment })
  const options = { recording, readAt, repositoryName: 'acme/widgets' }
  for await (const record of readPullRequestRecords(repository, options)) {
    if (record.record === 'pull-request') return record
  }
  throw new Error('the clone told of no pull request')
}
