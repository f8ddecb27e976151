import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeRecords } from '../../src/delivery/merge-records.ts'
import { type PullRequestRecord, PullRequestRecordSchema } from '../../src/delivery/record.ts'
import {
  aBot,
  aCommit,
  aMarkedCommit,
  aPerson,
  aRecord,
  aReview,
  aSha,
  hour,
  unknownActor,
} from '../support/a-record.ts'
import { anyRecord } from '../support/arbitrary-record.ts'
import { propertyRuns } from '../support/property-runs.ts'

describe('in any order, any number of times', () => {
  it('gives the same whichever comes first', () => {
    fc.assert(
      fc.property(anyRecord(), anyRecord(), (one, other) => {
        expect(mergeRecords(one, other)).toEqual(mergeRecords(other, one))
      }),
      { numRuns: propertyRuns(300) },
    )
  })

  it('gives the same however three are grouped', () => {
    fc.assert(
      fc.property(anyRecord(), anyRecord(), anyRecord(), (one, two, three) => {
        const left = mergeRecords(mergeRecords(one, two), three)
        expect(left).toEqual(mergeRecords(one, mergeRecords(two, three)))
      }),
      { numRuns: propertyRuns(500) },
    )
  })

  it('learns nothing from what it was told already', () => {
    fc.assert(
      fc.property(anyRecord(), anyRecord(), (one, other) => {
        const merged = mergeRecords(one, other)
        expect(mergeRecords(merged, merged)).toEqual(merged)
        expect(mergeRecords(merged, one)).toEqual(merged)
        expect(mergeRecords(other, merged)).toEqual(merged)
      }),
      { numRuns: propertyRuns(300) },
    )
  })

  it('gives a record that the schema takes, and that comes back whole from JSON', () => {
    fc.assert(
      fc.property(anyRecord(), anyRecord(), (one, other) => {
        const merged = mergeRecords(one, other)
        expect(PullRequestRecordSchema.parse(JSON.parse(JSON.stringify(merged)))).toEqual(merged)
      }),
    )
  })

  it('leaves a record that stands alone as it is', () => {
    const record = aRecord({
      draftEvents: [
        { at: hour(1), to: 'draft' },
        { at: hour(2), to: 'ready' },
      ],
      commits: [aCommit(), aMarkedCommit()],
      reviews: [aReview(), aReview({ submittedAt: hour(3), state: 'approved' })],
    })
    expect(mergeRecords(record, record)).toEqual(record)
  })
})

/** What a clone knows of the same pull request: nothing that git does not hold. */
function inAClone(init: Parameters<typeof aRecord>[0] = {}): PullRequestRecord {
  return aRecord({
    source: 'git',
    id: null,
    author: null,
    assignees: null,
    createdAt: null,
    openedAsDraft: null,
    draftEvents: null,
    baseChanges: null,
    pushes: null,
    description: null,
    reviews: null,
    reviewComments: null,
    threads: null,
    reviewRequests: null,
    labels: null,
    labelEvents: null,
    queueEvents: null,
    closes: null,
    reopens: null,
    sizeHistory: null,
    ...init,
  })
}

describe('two sources', () => {
  it('fills what one cannot know from the other', () => {
    const commit = aCommit({ notes: { 'refs/notes/ai': 'note' }, authorAccount: null })
    const clone = inAClone({ readAt: hour(2_000), commits: [commit] })
    const github = aRecord({
      commits: [aCommit({ verified: true })],
      size: null,
      unreadable: ['contents', 'diffs'],
    })
    const merged = mergeRecords(clone, github)
    expect(merged.createdAt).toBe(github.createdAt)
    expect(merged.size).toEqual(clone.size)
    expect(merged.commits).toEqual([aCommit({ verified: true, notes: commit.notes })])
    expect(merged.unreadable).toEqual([])
    expect(merged.source).toBe('github')
    expect(merged.mergedFrom?.sources).toEqual(['git', 'github'])
    expect(merged.mergedFrom?.parts['size.total']).toEqual({
      source: 'git',
      readAt: clone.readAt,
    })
  })

  it("believes GitHub's time of the merge before a clone's, however late that was read", () => {
    const clone = inAClone({ readAt: hour(2_000), mergedAfter: 23 })
    expect(mergeRecords(clone, aRecord({ mergedAfter: 24 })).merge?.at).toBe(hour(24))
  })

  it('keeps each push that a webhook told, once', () => {
    const told = { head: aSha('b'), before: aSha('a'), forced: null, by: aPerson('author') }
    const webhooks = aRecord({
      source: 'webhooks',
      pushes: [
        { ...told, at: hour(1) },
        { ...told, at: hour(2), head: aSha('c'), before: aSha('b') },
      ],
    })
    const forced = { at: hour(2.001), head: aSha('c'), before: aSha('b'), forced: true, by: null }
    const github = aRecord({ pushes: [forced] })
    expect(mergeRecords(webhooks, github).pushes).toEqual([
      { ...told, at: hour(1) },
      { ...told, at: hour(2), head: aSha('c'), before: aSha('b'), forced: true },
    ])
  })

  it('does not add an event again that the timeline told a second later', () => {
    const webhooks = aRecord({
      source: 'webhooks',
      readAt: hour(30),
      reopens: [{ at: hour(5.001) }, { at: hour(26) }],
    })
    const github = aRecord({ readAt: hour(20), reopens: [{ at: hour(5) }] })
    const merged = mergeRecords(webhooks, github)
    expect(merged.reopens).toEqual([{ at: hour(5) }, { at: hour(26) }])
    expect(merged.readAt).toBe(hour(30))
  })

  it('adds what a timeline that was cut off left out', () => {
    const webhooks = aRecord({ source: 'webhooks', reopens: [{ at: hour(5) }] })
    const github = aRecord({ reopens: [{ at: hour(9) }], truncated: ['timeline'] })
    expect(mergeRecords(webhooks, github).reopens).toEqual([{ at: hour(5) }, { at: hour(9) }])
  })

  it('knows its own label from another app where one source does', () => {
    const event = { label: 'ai: assisted', action: 'added' as const, at: hour(1) }
    const webhooks = aRecord({
      source: 'webhooks',
      labelEvents: [{ ...event, by: 'app' }],
      readAt: hour(3),
    })
    const github = aRecord({ labelEvents: [{ ...event, by: 'us' }], truncated: ['timeline'] })
    expect(mergeRecords(webhooks, github).labelEvents).toEqual([{ ...event, by: 'us' }])
  })

  it('knows what a dismissed review was from who saw it submitted', () => {
    const review = aReview({ id: 5, state: 'approved', dismissedAt: null })
    const seen = aRecord({ source: 'webhooks', reviews: [review] })
    const read = aRecord({ reviews: [{ ...review, state: 'unknown', dismissedAt: hour(9) }] })
    expect(mergeRecords(read, seen).reviews).toEqual([{ ...review, dismissedAt: hour(9) }])
  })
})

describe('two readings', () => {
  const earlier = hour(10)
  const later = hour(20)

  it('believes the later one about what changes', () => {
    const one = aRecord({ readAt: earlier, mergedAfter: null, labels: ['a', 'b'] })
    const other = aRecord({ readAt: later, mergedAfter: null, state: 'closed', labels: ['b'] })
    expect(mergeRecords(other, one)).toMatchObject({
      state: 'closed',
      labels: ['b'],
      readAt: later,
    })
  })

  it('keeps it merged', () => {
    const merged = aRecord({ readAt: earlier })
    const stale = aRecord({ readAt: later, mergedAfter: null })
    expect(mergeRecords(merged, stale)).toMatchObject({ state: 'merged', merge: merged.merge })
  })

  it('puts no name of an older base where the newer is withheld', () => {
    const one = aRecord({ readAt: earlier })
    const other = aRecord({ readAt: later, base: { name: null, longLived: false } })
    expect(mergeRecords(one, other).base).toMatchObject({ name: null, longLived: false })
  })

  it('keeps commits that were pushed away as such', () => {
    const marked = aMarkedCommit()
    const one = aRecord({ readAt: earlier, commits: [aCommit(), marked] })
    const other = aRecord({ readAt: later, commits: [aCommit(), aCommit({ sha: aSha('new') })] })
    const merged = mergeRecords(one, other)
    expect(merged.commits).toEqual(other.commits)
    expect(merged.formerCommits).toEqual([marked])
  })

  it('still knows who opened it once the account is gone', () => {
    const one = aRecord({ readAt: earlier })
    const other = aRecord({ readAt: later, author: unknownActor })
    expect(mergeRecords(one, other).author).toEqual(one.author)
  })

  it('says that a list is cut off as the later reading says it', () => {
    const one = aRecord({ readAt: earlier, truncated: ['reviews'] })
    const other = aRecord({ readAt: later, truncated: ['commits'] })
    expect(mergeRecords(one, other).truncated).toEqual(['commits'])
  })

  it('drops a claim that was taken out of the description', () => {
    const claim = {
      in: 'description' as const,
      kind: 'revert' as const,
      partial: false,
      aside: false,
      shas: [],
      numbers: [5],
      titles: [],
      coverage: null,
    }
    const one = aRecord({ readAt: earlier, revertClaims: [claim] })
    const other = aRecord({ readAt: later })
    expect(mergeRecords(one, other).revertClaims).toEqual([])
    const deaf = aRecord({ readAt: later, description: null })
    expect(mergeRecords(one, deaf).revertClaims).toEqual([claim])
  })

  const says = (place: 'message' | 'correction', kind: 'revert' | 'not-a-revert') => ({
    in: place,
    kind,
    partial: false,
    aside: false,
    shas: [],
    numbers: [5],
    titles: [],
    coverage: null,
  })
  /** As GitHub tells it without `contents: read`: the commits, and not what the merge wrote. */
  const withoutMessage = () => {
    const record = aRecord({ readAt: later, unreadable: ['contents', 'diffs'] })
    if (record.merge === null) throw new Error('it is merged')
    return { ...record, merge: { ...record.merge, commit: null, method: null, message: null } }
  }

  it.each([
    says('message', 'revert'),
    says('correction', 'revert'),
    says('correction', 'not-a-revert'),
  ])(
    'keeps what the message of the merge says where a later reading could not see it: %j',
    (claim) => {
      const clone = inAClone({ readAt: earlier, revertClaims: [claim] })
      expect(mergeRecords(clone, withoutMessage()).revertClaims).toEqual([claim])
      const github = aRecord({ readAt: earlier, revertClaims: [claim] })
      expect(mergeRecords(github, withoutMessage()).revertClaims).toEqual([claim])
    },
  )

  it.each(['message', 'correction'] as const)(
    'drops a %s that a later reading did not find',
    (place) => {
      const one = aRecord({ readAt: earlier, revertClaims: [says(place, 'revert')] })
      expect(mergeRecords(one, aRecord({ readAt: later })).revertClaims).toEqual([])
    },
  )

  it('has what a newer registry recognised in a message', () => {
    const one = aRecord({ readAt: earlier, registry: '2026-12-01', commits: [aMarkedCommit()] })
    const other = aRecord({
      readAt: later,
      commits: [aMarkedCommit({ message: '…\n\n…\n' })],
    })
    const merged = mergeRecords(one, other)
    expect(merged.commits).toEqual([aMarkedCommit()])
    expect(merged.registry).toBe('2026-11-22')
  })

  it('counts how a thread stands by the later reading, and keeps each', () => {
    const thread = { id: '5', openedBy: aBot('helper[bot]'), openedAt: hour(1) }
    const one = aRecord({
      readAt: earlier,
      threads: [
        { ...thread, comments: 1, resolved: false },
        { ...thread, id: '6', comments: 1, resolved: false },
      ],
    })
    const other = aRecord({ readAt: later, threads: [{ ...thread, comments: 3, resolved: true }] })
    expect(mergeRecords(one, other).threads).toEqual([
      { ...thread, comments: 3, resolved: true },
      { ...thread, id: '6', comments: 1, resolved: false },
    ])
  })
})

describe('what is not one pull request', () => {
  it('is refused', () => {
    expect(() => mergeRecords(aRecord(), aRecord({ number: 8 }))).toThrow(RangeError)
    const elsewhere = aRecord({ repository: { id: 2, name: 'octo/widgets' } })
    expect(() => mergeRecords(aRecord(), elsewhere)).toThrow('not the same pull request')
  })

  it('is refused where two keys made it', () => {
    const [one, other] = [aRecord({ keyId: '0a1b2c3d' }), aRecord({ keyId: '4e5f6a7b' })]
    expect(() => mergeRecords(one, other)).toThrow('made with the keys 0a1b2c3d and 4e5f6a7b')
    expect(mergeRecords(one, aRecord()).keyId).toBe('0a1b2c3d')
    expect(mergeRecords(aRecord(), aRecord())).not.toHaveProperty('keyId')
  })

  it('is one where a clone does not know the number of the repository', () => {
    const clone = inAClone({ repository: { id: null, name: 'octo/widgets' } })
    expect(mergeRecords(aRecord(), clone).repository.id).toBe(1)
  })
})
