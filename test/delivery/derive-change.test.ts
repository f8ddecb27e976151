import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Change, ChangeSchema } from '../../src/delivery/change.ts'
import { deriveChange } from '../../src/delivery/derive-change.ts'
import type { PullRequestRecord } from '../../src/delivery/record.ts'
import { recordAsOf } from '../../src/delivery/record-as-of.ts'
import type { RevertLink } from '../../src/delivery/revert-link.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'
import {
  aBot,
  aCommit,
  aMarkedCommit,
  aRecord,
  aReview,
  aSha,
  hour,
  personKey,
  type RecordInit,
} from '../support/a-record.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { randomRecord } from '../support/random-record.ts'

const marks = indexRegistry(shippedRegistry())
const asOf = hour(24 * 60)
const noReverts = { marks, reverts: [], asOf }

function change(init: RecordInit, reverts: readonly RevertLink[] = []): Change {
  return deriveChange(aRecord(init), { ...noReverts, reverts })
}

const revert: RevertLink = {
  rung: 'R2',
  confidence: 0.99,
  at: hour(48),
  by: { number: 9, sha: aSha('revert') },
  partial: false,
  bulk: false,
  restoredAt: null,
  restoredBy: null,
  uncounted: null,
}

test('a whole change', () => {
  const init: RecordInit = {
    commits: [aMarkedCommit(), aCommit()],
    openedAsDraft: true,
    draftEvents: [{ at: hour(1), to: 'ready' }],
    reviews: [
      aReview({ submittedAt: hour(3), commit: aSha('first') }),
      aReview({ submittedAt: hour(10), commit: aSha('first'), state: 'approved' }),
    ],
  }
  expect(change(init, [revert])).toEqual({
    version: 1,
    asOf: '2026-05-01T09:00:00Z',
    readAt: asOf,
    source: 'github',
    registry: marks.version,
    repository: { id: 1, name: 'octo/widgets' },
    id: 1007,
    number: 7,
    responsible: { key: personKey('author'), basis: 'author' },
    state: 'merged',
    exclusion: null,
    assistance: 'assisted',
    agentAuthored: false,
    intensity: 'heavy',
    tier: 'E2',
    tools: ['claude-code'],
    setAside: null,
    assistedCommits: 1,
    totalCommits: 2,
    complete: true,
    exposure: {
      atReady: {
        group: 'ai-recorded',
        assistance: 'assisted',
        agentAuthored: false,
        intensity: 'heavy',
        approximate: false,
      },
      atMerge: {
        group: 'ai-recorded',
        assistance: 'assisted',
        agentAuthored: false,
        intensity: 'heavy',
        approximate: false,
      },
    },
    aiAfterStart: false,
    firstCommitAt: '2026-03-02T08:00:00Z',
    openedAt: '2026-03-02T09:00:00Z',
    readyAt: '2026-03-02T10:00:00Z',
    firstReviewAt: '2026-03-02T12:00:00Z',
    firstBotReviewAt: null,
    lastApprovalAt: '2026-03-02T19:00:00Z',
    queuedAt: null,
    mergedAt: '2026-03-03T09:00:00Z',
    closedAt: null,
    cycleSeconds: 23 * 3600,
    pickupSeconds: 2 * 3600,
    reviewSeconds: 7 * 3600,
    mergeWaitSeconds: 14 * 3600,
    queueWaitSeconds: null,
    unphasedSeconds: 0,
    draftSeconds: 3600,
    redraftSeconds: 0,
    codingSpanSeconds: 3600,
    openToMergeSeconds: 24 * 3600,
    authoredToMergedSeconds: 25 * 3600,
    reopens: 0,
    review: {
      rounds: 1,
      byAnotherPerson: true,
      changesRequested: 0,
      laterPushes: 0,
      laterLines: 0,
      laterShare: 0,
      threads: { byPeople: 0, resolved: 0, unresolved: 0, comments: 0, byBots: 0 },
      reviewers: 1,
      reviews: 2,
      botReviews: 0,
      aiReviews: 0,
      firstAiReviewAt: null,
    },
    size: {
      band: '10-49',
      linesAtStart: 25,
      basis: 'start',
      files: 2,
      additions: 20,
      deletions: 5,
    },
    reverted: {
      at: '2026-03-04T09:00:00Z',
      followedSeconds: 24 * 3600,
      within7Days: true,
      within14Days: true,
      within30Days: true,
      within90Days: true,
      restored: false,
      bulk: false,
    },
    revertLinks: [
      {
        rung: 'R2',
        confidence: 0.99,
        at: hour(48),
        by: { number: 9, sha: aSha('revert') },
        partial: false,
        bulk: false,
        restoredAt: null,
        uncounted: null,
      },
    ],
    outcome: 'merged',
    surviving: false,
    truncated: [],
    unreadable: [],
    flags: ['pushes-estimated'],
  } satisfies Change)
})

test('what a clone cannot know is null, and the rest is known', () => {
  const read = change({
    source: 'git',
    author: null,
    createdAt: null,
    openedAsDraft: null,
    draftEvents: null,
    baseChanges: null,
    pushes: null,
    reviews: null,
    reviewComments: null,
    threads: null,
    reviewRequests: null,
    headDiffs: null,
    labels: null,
    labelEvents: null,
    queueEvents: null,
    closes: null,
    reopens: null,
    sizeHistory: null,
    description: null,
    commits: [aMarkedCommit()],
  })
  expect(read).toMatchObject({
    responsible: { key: personKey('author'), basis: 'author' },
    assistance: 'assisted',
    exposure: { atReady: null, atMerge: { group: 'ai-recorded' } },
    aiAfterStart: null,
    openedAt: null,
    readyAt: null,
    mergedAt: '2026-03-03T09:00:00Z',
    cycleSeconds: null,
    unphasedSeconds: null,
    authoredToMergedSeconds: 25 * 3600,
    redraftSeconds: null,
    reopens: null,
    size: { linesAtStart: 25, basis: 'final' },
    reverted: { at: null, within30Days: false },
    outcome: null,
    flags: [],
  })
  expect(new Set(Object.values(read.review))).toEqual(new Set([null]))
})

describe('AI after the start', () => {
  const later = aMarkedCommit({ seenAt: hour(3) })
  test.each<[string, RecordInit, boolean | null]>([
    ['none', {}, false],
    ['at the start', { commits: [aMarkedCommit()] }, false],
    ['during review', { commits: [aCommit(), later] }, true],
    ['during review, still open', { commits: [aCommit(), later], mergedAfter: null }, true],
    [
      'known only after the merge',
      {
        labels: ['ai-assisted'],
        labelEvents: [{ label: 'ai-assisted', action: 'added', by: 'person', at: hour(30) }],
      },
      false,
    ],
    ['start not known', { createdAt: null, commits: [later] }, null],
  ])('%s', (_, init, expected) => {
    expect(change(init).aiAfterStart).toBe(expected)
  })
})

test("a vendor's label after the merge is its assistance, not its exposure", () => {
  const labels = ['claude-code-assisted']
  const event = { label: 'claude-code-assisted', action: 'added' as const, by: 'app' as const }
  const late = change({ labels, labelEvents: [{ ...event, at: hour(24 * 7) }] })
  expect(late).toMatchObject({
    assistance: 'assisted',
    tools: ['claude-code'],
    aiAfterStart: false,
  })
  expect(late.exposure.atMerge?.group).toBe('none-recorded')
  expect(late.flags).toContain('late-label')
  const tooLate = change({ labels, labelEvents: [{ ...event, at: hour(24 * 8 + 1) }] })
  expect(tooLate).toMatchObject({ assistance: 'undeclared', tools: [] })
  expect(tooLate.flags).not.toContain('late-label')
  const marked = { labels, labelEvents: [{ ...event, at: hour(30) }], commits: [aMarkedCommit()] }
  expect(change(marked).flags).not.toContain('late-label')
  const before = change({ labels, labelEvents: [{ ...event, at: hour(23) }] })
  expect(before.exposure.atMerge?.group).toBe('ai-recorded')
  expect(before.flags).not.toContain('late-label')
})

describe('the as-of time', () => {
  const record = aRecord({
    reviews: [aReview({ submittedAt: hour(20), state: 'approved', dismissedAt: hour(22) })],
  })
  const at = (hours: number) => deriveChange(record, { ...noReverts, asOf: hour(hours) })

  test('what came later is not there yet', () => {
    expect(at(10)).toMatchObject({
      state: 'open',
      mergedAt: null,
      reverted: null,
      readAt: hour(10).replace('.000', ''),
    })
    expect(at(10).review.reviews).toBe(0)
    expect(at(21).lastApprovalAt).toBe('2026-03-03T05:00:00Z')
    expect(at(23).lastApprovalAt).toBeNull()
    expect(at(24)).toMatchObject({ state: 'merged', cycleSeconds: 24 * 3600 })
  })

  test('a revert that comes later updates what it reverts, and no earlier answer', () => {
    const reverts = [revert]
    const before = deriveChange(record, { marks, reverts, asOf: hour(47) })
    expect(before).toMatchObject({ reverted: { at: null }, revertLinks: [] })
    const after = deriveChange(record, { marks, reverts, asOf: hour(48) })
    expect(after).toMatchObject({ reverted: { at: '2026-03-04T09:00:00Z' } })
  })

  test('a label that came later is not known', () => {
    const labelled = aRecord({
      labels: ['ai-assisted'],
      labelEvents: [{ label: 'ai-assisted', action: 'added', by: 'person', at: hour(30) }],
    })
    const known = (hours: number) =>
      deriveChange(labelled, { ...noReverts, asOf: hour(hours) }).assistance
    expect([known(29), known(30)]).toEqual(['undeclared', 'assisted'])
  })

  test('a record stays as it was read at a later time', () => {
    expect(recordAsOf(record, Date.parse(hour(1e5)))).toBe(record)
  })

  test.each<[string, RecordInit, number, string]>([
    ['closed', { closes: [{ at: hour(5) }] }, 6, 'closed'],
    ['before it was closed', { closes: [{ at: hour(5) }] }, 4, 'open'],
    [
      'reopened',
      { closes: [{ at: hour(5) }, { at: hour(9) }], reopens: [{ at: hour(6) }] },
      7,
      'open',
    ],
    [
      'closed again',
      { closes: [{ at: hour(5) }, { at: hour(9) }], reopens: [{ at: hour(6) }] },
      9,
      'closed',
    ],
    ['not told when', { closes: null }, 4, 'closed'],
  ])('%s', (_, init, hours, state) => {
    const closed = aRecord({ ...init, mergedAfter: null, state: 'closed' })
    expect(recordAsOf(closed, Date.parse(hour(hours))).state).toBe(state)
  })
})

test('survives: merged in 30 days and not reverted in 30 more', () => {
  const surviving = (days: number, init: RecordInit = {}, reverts: RevertLink[] = []) =>
    deriveChange(aRecord({ readAt: hour(24 * 100), ...init }), {
      marks,
      reverts,
      asOf: hour(24 * days),
    }).surviving
  expect(surviving(29)).toBeNull()
  expect(surviving(30.5)).toBeNull()
  expect(surviving(31)).toBe(true)
  expect(surviving(31, {}, [revert])).toBe(false)
  expect(surviving(31, {}, [{ ...revert, uncounted: 'untracked-branch' }])).toBe(true)
  expect(surviving(31, { mergedAfter: null })).toBe(false)
})

describe('for any record', () => {
  test('the change is as its schema says, and no person is in it but as a key', () => {
    fc.assert(
      fc.property(randomRecord, (record) => {
        const derived = deriveChange(record, noReverts)
        expect(ChangeSchema.parse(derived)).toEqual(derived)
      }),
      { numRuns: propertyRuns(300) },
    )
  })

  test('the phases add up in seconds', () => {
    fc.assert(
      fc.property(randomRecord, (record) => {
        const { cycleSeconds, pickupSeconds, reviewSeconds, mergeWaitSeconds, unphasedSeconds } =
          deriveChange(record, noReverts)
        const sum = (pickupSeconds ?? 0) + (reviewSeconds ?? 0) + (mergeWaitSeconds ?? 0)
        expect(unphasedSeconds === null ? null : sum + unphasedSeconds).toBe(cycleSeconds)
      }),
      { numRuns: propertyRuns(300) },
    )
  })

  test('the order of its lists does not matter; commits have theirs', () => {
    fc.assert(
      fc.property(randomRecord, fc.infiniteStream(fc.nat()), (record, draws) => {
        expect(deriveChange(shuffled(record, draws), noReverts)).toEqual(
          deriveChange(record, noReverts),
        )
      }),
      { numRuns: propertyRuns(300) },
    )
  })

  test('a commit with AI marks that comes after ready never moves it to another group', () => {
    fc.assert(
      fc.property(randomRecord, fc.integer({ min: 1, max: 400 }), (record, hours) => {
        const before = deriveChange(record, noReverts)
        fc.pre(before.readyAt !== null && record.commits !== null)
        const seenAt = new Date(Date.parse(before.readyAt ?? '') + hours * 3_600_000).toISOString()
        fc.pre(record.merge === null || Date.parse(seenAt) < Date.parse(record.merge.at))
        const late = aMarkedCommit({ sha: aSha('late'), seenAt })
        const commits = [...(record.commits ?? []), late]
        const after = deriveChange({ ...record, commits }, noReverts)
        expect(after.exposure.atReady?.group).toBe(before.exposure.atReady?.group)
        const wasNone = before.exposure.atReady?.group === 'none-recorded'
        if (wasNone && Date.parse(seenAt) <= Date.parse(asOf)) expect(after.aiAfterStart).toBe(true)
      }),
      { numRuns: propertyRuns(300) },
    )
  })
})

/** The record with each of its lists in another order, commits apart. */
function shuffled(record: PullRequestRecord, draws: Iterator<number>): PullRequestRecord {
  const entries = Object.entries(record).map(([key, value]) => {
    if (key === 'commits' || !Array.isArray(value)) return [key, value]
    const drawn = value.map((item) => ({ item, draw: Number(draws.next().value) }))
    return [key, drawn.toSorted((one, other) => one.draw - other.draw).map(({ item }) => item)]
  })
  return Object.fromEntries(entries) as PullRequestRecord
}

test('a bot that opened it stands for itself in its repository', () => {
  const { responsible } = change({
    author: aBot('dependabot[bot]', 49699333),
    commits: [],
    merge: null,
    state: 'open',
  })
  expect(responsible).toEqual({ key: 'bot dependabot[bot] in 1', basis: 'nobody' })
})
