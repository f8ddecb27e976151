import fc from 'fast-check'
import type { PullRequestRecord } from '../../src/delivery/record.ts'
import {
  aBot,
  aCommit,
  aMarkedCommit,
  aPerson,
  aRecord,
  aReview,
  aSha,
  codingAgent,
  hour,
  textKey,
  unknownActor,
} from './a-record.ts'

/** Hours from the opening, in steps of 36 seconds; also before it, as only a wrong clock says. */
const anyHours = fc.integer({ min: -500, max: 40_000 }).map((steps) => steps / 100)
const anyTime = anyHours.map(hour)
const anyHead = fc.constantFrom('first', 'second', 'third', 'fourth').map(aSha)

const anyActor = fc.constantFrom(
  aPerson('author'),
  aPerson('reviewer'),
  aPerson('another reviewer'),
  unknownActor,
  codingAgent,
  aBot('coderabbitai[bot]', 136622811),
  aBot('dependabot[bot]', 49699333),
  aBot('some-app[bot]', 77),
)

function events<Kind extends string>(...kinds: readonly Kind[]) {
  return fc.array(
    fc.tuple(anyTime, fc.constantFrom(...kinds)).map(([at, kind]) => ({ at, kind })),
    { maxLength: 5 },
  )
}

const anyCommit = fc
  .record({
    sha: anyHead,
    marked: fc.boolean(),
    parents: fc.constantFrom(null, 1, 1, 1, 2),
    authoredAt: fc.option(anyTime),
    committedAt: fc.option(anyTime),
    seenAt: fc.option(anyTime),
    authorAccount: fc.option(anyActor),
  })
  .map(({ marked, ...rest }) => (marked ? aMarkedCommit(rest) : aCommit(rest)))

const anyReview = fc
  .record({
    by: anyActor,
    state: fc.constantFrom('approved', 'changes-requested', 'commented', 'unknown'),
    submittedAt: anyTime,
    dismissedAt: fc.option(anyTime, { freq: 4 }),
    commit: fc.option(anyHead),
  })
  .map(aReview)

const anyPush = fc.record({
  at: anyTime,
  head: anyHead,
  before: fc.option(anyHead),
  forced: fc.option(fc.boolean()),
  by: fc.option(anyActor),
})

const size = fc.nat(2_000)

/** `null` now and then: what the source cannot know. */
function known<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(value, { freq: 9 })
}

/** A record with any history that GitHub, a clone or a wrong clock could tell. Events of one second are of one kind. */
export const randomRecord: fc.Arbitrary<PullRequestRecord> = fc
  .record({
    source: fc.constantFrom<PullRequestRecord['source'][]>('github', 'git', 'webhooks'),
    end: fc.constantFrom('merged', 'merged', 'merged', 'closed', 'open'),
    mergedAt: anyHours,
    method: fc.constantFrom('squash', 'merge', 'rebase', 'push', null),
    author: known(anyActor),
    assignees: known(fc.array(anyActor, { maxLength: 2 })),
    opened: known(fc.constant(hour(0))),
    openedAsDraft: known(fc.boolean()),
    draftEvents: known(events('draft', 'ready')),
    queueEvents: known(events('queued', 'unqueued', 'auto-merge-on', 'auto-merge-off')),
    labelEvents: known(
      fc.uniqueArray(
        fc.record({
          at: anyTime,
          label: fc.constantFrom('ai:assisted', 'ai:unassisted', 'claude-code-assisted', 'bug'),
          action: fc.constantFrom('added', 'removed'),
          by: fc.constantFrom('us', 'app', 'person'),
        }),
        { selector: ({ at }) => at, maxLength: 5 },
      ),
    ),
    labels: known(fc.subarray(['ai:assisted', 'claude-code-assisted', 'bug'])),
    closes: known(fc.array(anyTime, { maxLength: 3 })),
    reopens: known(fc.array(anyTime, { maxLength: 2 })),
    pushes: known(fc.uniqueArray(anyPush, { selector: ({ at }) => at, maxLength: 4 })),
    commits: known(fc.uniqueArray(anyCommit, { selector: ({ sha }) => sha, maxLength: 4 })),
    everSeenFirstCommitAt: known(anyTime),
    reviews: known(fc.uniqueArray(anyReview, { selector: ({ id }) => id, maxLength: 6 })),
    reviewComments: known(
      fc.array(fc.record({ id: fc.nat(), by: anyActor, at: anyTime, commit: fc.option(anyHead) }), {
        maxLength: 3,
      }),
    ),
    threads: known(
      fc.array(
        fc.record({
          id: fc.uuid(),
          openedBy: anyActor,
          openedAt: anyTime,
          comments: fc.option(fc.nat(9)),
          resolved: fc.option(fc.boolean()),
        }),
        { maxLength: 3 },
      ),
    ),
    headDiffs: known(
      fc.uniqueArray(
        fc.record({
          head: anyHead,
          key: fc.constantFrom('one', 'two').map(textKey),
          changedSince: fc.option(size),
          lines: size,
        }),
        { selector: ({ head }) => head, maxLength: 3 },
      ),
    ),
    editedAt: fc.option(anyTime),
    describesAi: fc.boolean(),
    total: known(fc.record({ files: size, additions: size, deletions: size })),
    truncated: fc.subarray(['commits', 'reviews', 'threads', 'timeline'] as const),
    readAt: fc.integer({ min: 40_000, max: 200_000 }).map((steps) => hour(steps / 100)),
  })
  .map((drawn) => {
    const { end, mergedAt, method, opened, editedAt, describesAi, total, truncated } = drawn
    const merge = aRecord({ mergedAfter: end === 'merged' ? mergedAt : null }).merge
    const at = (times: readonly string[] | null) => times?.map((time) => ({ at: time })) ?? null
    return aRecord({
      source: drawn.source,
      state: end === 'merged' ? 'merged' : end === 'closed' ? 'closed' : 'open',
      merge: merge === null ? null : { ...merge, method },
      author: drawn.author,
      assignees: drawn.assignees,
      createdAt: opened,
      openedAsDraft: drawn.openedAsDraft,
      draftEvents: drawn.draftEvents?.map(({ at: time, kind }) => ({ at: time, to: kind })) ?? null,
      queueEvents:
        drawn.queueEvents?.map(({ at: time, kind }) => ({ at: time, action: kind })) ?? null,
      labelEvents: drawn.labelEvents,
      labels: drawn.labels,
      closes: at(drawn.closes),
      reopens: at(drawn.reopens),
      pushes: drawn.pushes,
      commits: drawn.commits,
      everSeenFirstCommitAt: drawn.everSeenFirstCommitAt,
      reviews: drawn.reviews,
      reviewComments: drawn.reviewComments,
      threads: drawn.threads,
      headDiffs: drawn.headDiffs,
      description: { marks: describesAi ? 'AI-Assistance: assisted' : '…', editedAt },
      size: total === null ? null : { total, counted: total },
      truncated,
      readAt: drawn.readAt,
    })
  })
