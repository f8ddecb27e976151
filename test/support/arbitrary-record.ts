import fc from 'fast-check'
import {
  type Actor,
  type PullRequestRecord,
  PullRequestRecordSchema,
  RECORD_VERSION,
  type RecordedCommit,
  type RevertClaim,
} from '../../src/delivery/record.ts'
import { aBot, aPerson, aSha, hour, personKey, textKey, unknownActor } from './a-record.ts'

/** Few of everything, so that two records often speak of the same thing and say different things of it. */
const times = fc.integer({ min: 0, max: 9 }).map((index) => hour(index / 2))
const shas = fc.integer({ min: 0, max: 4 }).map((index) => aSha(`any ${index}`))
const actors = fc.constantFrom<Actor>(
  aPerson('one'),
  aPerson('two'),
  aBot('helper[bot]', 5),
  unknownActor,
)
const identities = fc.constantFrom(
  { kind: 'person' as const, person: personKey('one') },
  { kind: 'known' as const, name: 'Helper', email: 'helper@example.com' },
)
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { freq: 3 })
const listOf = <Value>(item: fc.Arbitrary<Value>) => maybe(fc.array(item, { maxLength: 3 }))
const flag = maybe(fc.boolean())

const commits: fc.Arbitrary<RecordedCommit> = fc.record({
  sha: shas,
  parents: maybe(fc.integer({ min: 0, max: 2 })),
  authoredAt: maybe(times),
  committedAt: maybe(times),
  seenAt: maybe(times),
  author: maybe(identities),
  committer: maybe(identities),
  authorAccount: maybe(actors),
  verified: flag,
  message: fc.constantFrom('…\n', '…\n\nAssisted-by: Helper\n', '…\n\n…\n'),
  notes: fc.dictionary(fc.constantFrom('refs/notes/ai', 'refs/notes/other'), fc.string(), {
    maxKeys: 2,
    noNullPrototype: true,
  }),
})

const sizes = fc.record({
  files: fc.integer({ min: 0, max: 2 }),
  additions: fc.integer({ min: 0, max: 2 }),
  deletions: fc.integer({ min: 0, max: 2 }),
})

const claims: fc.Arbitrary<RevertClaim> = fc.record({
  in: fc.constantFrom('branch', 'title', 'description', 'message', 'content', 'correction'),
  kind: fc.constantFrom('revert', 'reland', 'not-a-revert'),
  partial: fc.boolean(),
  aside: fc.boolean(),
  shas: fc.constant([]),
  numbers: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 1 }),
  titles: fc.constant([]),
  coverage: fc.constant(null),
})

const titles = fc.constantFrom('one title', 'another title').map((title) => ({
  whole: textKey(title),
  bare: textKey(`bare ${title}`),
  start: [],
}))

const distinct = <Item>(items: readonly Item[] | null, key: (item: Item) => unknown) =>
  items && [...new Map(items.map((item) => [key(item), item])).values()]

/** Any record that the schema allows of one and the same pull request, by any source at any time, with any parts unknown. */
export function anyRecord(): fc.Arbitrary<PullRequestRecord> {
  const branch = {
    name: maybe(fc.constantFrom('main', 'release/1')),
    longLived: flag,
    sha: maybe(shas),
  }
  return fc
    .record({
      record: fc.constant('pull-request' as const),
      version: fc.constant(RECORD_VERSION),
      source: fc.constantFrom('github', 'git', 'webhooks'),
      readAt: times,
      registry: fc.constantFrom('2026-10-01', '2026-11-22'),
      repository: fc.record({
        id: maybe(fc.constant(1)),
        name: maybe(fc.constantFrom('octo/widgets', 'octo/gadgets')),
      }),
      id: maybe(fc.constant(1_007)),
      number: fc.constant(7),
      author: maybe(actors),
      assignees: listOf(actors),
      state: fc.constantFrom('open', 'closed', 'merged'),
      titleKeys: maybe(titles),
      base: fc.record({ ...branch, tracked: flag }),
      head: fc.record(
        { ...branch, fork: flag, firstSha: shas },
        { requiredKeys: ['name', 'longLived', 'sha', 'fork'] },
      ),
      createdAt: maybe(times),
      openedAsDraft: flag,
      draftEvents: listOf(fc.record({ at: times, to: fc.constantFrom('draft', 'ready') })),
      baseChanges: listOf(fc.record({ at: times })),
      pushes: listOf(
        fc.record({
          at: times,
          head: shas,
          before: maybe(shas),
          forced: flag,
          by: maybe(actors),
        }),
      ),
      commits: listOf(commits),
      everSeenFirstCommitAt: maybe(times),
      description: maybe(
        fc.record({ marks: fc.constantFrom('…', 'Mark'), editedAt: maybe(times) }),
      ),
      reviews: listOf(
        fc.record({
          id: fc.integer({ min: 1, max: 3 }),
          by: actors,
          state: fc.constantFrom('approved', 'changes-requested', 'commented', 'unknown'),
          submittedAt: times,
          dismissedAt: maybe(times),
          commit: maybe(shas),
        }),
      ),
      reviewComments: listOf(
        fc.record({
          id: fc.integer({ min: 1, max: 3 }),
          by: actors,
          at: times,
          commit: maybe(shas),
        }),
      ),
      threads: listOf(
        fc.record({
          id: fc.constantFrom('1', '2', '3'),
          openedBy: actors,
          openedAt: times,
          comments: maybe(fc.integer({ min: 1, max: 3 })),
          resolved: flag,
        }),
      ),
      reviewRequests: listOf(fc.record({ at: times })),
      headDiffs: listOf(
        fc.record({
          head: shas,
          key: fc.constantFrom(textKey('one'), textKey('two')),
          changedSince: maybe(fc.integer({ min: 0, max: 2 })),
          lines: fc.integer({ min: 0, max: 2 }),
        }),
      ),
      labels: listOf(fc.constantFrom('ai', 'bug')),
      labelEvents: listOf(
        fc.record({
          label: fc.constantFrom('ai', 'bug'),
          action: fc.constantFrom('added', 'removed'),
          by: fc.constantFrom('us', 'app', 'person'),
          at: times,
        }),
      ),
      queueEvents: listOf(
        fc.record({
          at: times,
          action: fc.constantFrom('queued', 'unqueued', 'auto-merge-on', 'auto-merge-off'),
        }),
      ),
      closes: listOf(fc.record({ at: times })),
      reopens: listOf(fc.record({ at: times })),
      merge: maybe(
        fc.record({
          at: times,
          by: maybe(actors),
          commit: maybe(shas),
          method: maybe(fc.constantFrom('squash', 'merge', 'rebase', 'push')),
          authoredAt: maybe(times),
          author: maybe(identities),
          message: maybe(fc.constantFrom('…\n', '…\n\nAssisted-by: Helper\n')),
        }),
      ),
      size: maybe(fc.record({ total: sizes, counted: maybe(sizes) })),
      sizeHistory: listOf(fc.tuple(sizes, times).map(([size, at]) => ({ ...size, at }))),
      revertClaims: fc.array(claims, { maxLength: 3 }),
      truncated: fc.subarray([
        'commits',
        'reviews',
        'reviewComments',
        'threads',
        'timeline',
        'labels',
        'files',
      ]),
      unreadable: fc.subarray(['contents', 'diffs', 'blobs']),
      declarations: maybe(
        fc.array(
          fc.record({
            claim: fc.constantFrom('assisted', 'agent-authored', 'unassisted'),
            by: fc.constantFrom('author', 'writer'),
            at: times,
            undoneAt: maybe(times),
          }),
          { maxLength: 3 },
        ),
      ).map((declarations) => declarations ?? undefined),
    })
    .map((record) =>
      PullRequestRecordSchema.parse({
        ...record,
        commits: distinct(record.commits, ({ sha }) => sha),
        reviews: distinct(record.reviews, ({ id }) => id),
        reviewComments: distinct(record.reviewComments, ({ id }) => id),
        threads: distinct(record.threads, ({ id }) => id),
        headDiffs: distinct(record.headDiffs, ({ head }) => head),
        ...(record.declarations === undefined
          ? {}
          : {
              declarations: distinct(
                record.declarations,
                ({ claim, by, at }) => `${claim} ${by} ${at}`,
              ),
            }),
      }),
    )
}
