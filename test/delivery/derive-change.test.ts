import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Change, ChangeSchema } from '../../src/delivery/change.ts'
import { deriveChange } from '../../src/delivery/derive-change.ts'
import { RevertLinks } from '../../src/delivery/link-reverts.ts'
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
const noReverts = { marks, reverts: [], revertRole: null, asOf }

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
      followedSeconds: 5_097_600,
      within7Days: true,
      within14Days: true,
      within30Days: true,
      within90Days: null,
      restored: false,
      bulk: false,
    },
    revertLinks: [
      {
        rung: 'R2',
        confidence: 0.99,
        at: '2026-03-04T09:00:00Z',
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
    flags: ['client-dates'],
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
    const before = deriveChange(record, { ...noReverts, reverts, asOf: hour(47) })
    expect(before).toMatchObject({ reverted: { at: null }, revertLinks: [] })
    const after = deriveChange(record, { ...noReverts, reverts, asOf: hour(48) })
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

  test('what was declared later is not known, nor that it was taken back', () => {
    const said = { claim: 'assisted', by: 'author', at: hour(20), undoneAt: hour(30) } as const
    const declared = aRecord({ readAt: hour(10), declarations: [said] })
    const known = (hours: number) =>
      deriveChange(declared, { ...noReverts, asOf: hour(hours) }).assistance
    expect([known(19), known(20), known(29), known(30)]).toEqual([
      'undeclared',
      'assisted',
      'assisted',
      'undeclared',
    ])
  })

  test('a record stays as it was read at a later time', () => {
    expect(recordAsOf(record, Date.parse(hour(1e5)))).toEqual(record)
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
      ...noReverts,
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

describe('a push after the as-of time', () => {
  const [first, later] = [aSha('first'), aSha('later')]
  const push = { at: hour(50), head: later, before: first, forced: false, by: null }
  const lines = (count: number) => ({ files: 1, additions: count, deletions: 0 })
  const record = aRecord({
    source: 'webhooks',
    mergedAfter: null,
    head: { sha: later, firstSha: first },
    pushes: [push],
    commits: [aCommit(), aMarkedCommit({ sha: later, authoredAt: hour(-1) })],
    reviews: [aReview()],
    size: { total: lines(3_000), counted: null },
    sizeHistory: [
      { at: hour(0), ...lines(10) },
      { at: hour(50), ...lines(3_000) },
    ],
  })
  const at = (hours: number, given = record) =>
    deriveChange(given, { ...noReverts, asOf: hour(hours) })

  test('leaves the size at the start as it is', () => {
    expect(at(40).size).toEqual(at(100).size)
    expect(at(40).size).toMatchObject({ band: '10-49', linesAtStart: 10 })
  })

  test('is not there: neither the head, nor its commits, nor what was changed since the review', () => {
    const then = recordAsOf(record, Date.parse(hour(40)))
    expect(then.head.sha).toBe(first)
    expect(then.commits?.map(({ sha }) => sha)).toEqual([first])
    expect([at(40).assistance, at(100).assistance]).toEqual(['undeclared', 'assisted'])
    expect([at(40).review.laterLines, at(100).review.laterLines]).toEqual([0, null])
  })

  test('differences are against the head that was read, and say nothing of another', () => {
    const headDiffs = [
      { head: first, key: '0123456789abcdef', changedSince: 9, lines: 10 },
      { head: aSha('last'), key: 'fedcba9876543210', changedSince: 0, lines: 12 },
    ]
    const reviewed = aRecord({
      ...record,
      headDiffs,
      head: { ...record.head, sha: aSha('last') },
      pushes: [
        { ...push, at: hour(10) },
        { ...push, at: hour(50), before: later, head: aSha('last') },
      ],
    })
    expect(at(100, reviewed).review.laterLines).toBe(9)
    expect(at(40, reviewed).review.laterLines).toBeNull()
  })

  test('a head of which nothing is told before is not known', () => {
    const untold = aRecord({ ...record, pushes: null, commits: null })
    expect(recordAsOf(untold, Date.parse(hour(40))).head.sha).toBeNull()
  })
})

test('what came in while a long reading went on is later than its as-of time', () => {
  const readAt = hour(1)
  const label = { label: 'ai-assisted', action: 'added' as const, by: 'person' as const }
  const init: RecordInit = {
    readAt,
    mergedAfter: 5,
    labels: ['ai-assisted'],
    labelEvents: [{ ...label, at: hour(4) }],
  }
  const then = { ...noReverts, asOf: readAt }
  expect(deriveChange(aRecord(init), then)).toMatchObject({
    state: 'open',
    mergedAt: null,
    cycleSeconds: null,
    reverted: null,
    assistance: 'undeclared',
    readAt,
  })
  expect(deriveChange(aRecord(init), { ...noReverts, asOf: hour(6) })).toMatchObject({
    state: 'merged',
    cycleSeconds: 5 * 3600,
    assistance: 'assisted',
  })
})

test('a record of webhooks is known for as long as they are listened to', () => {
  const init: RecordInit = { source: 'webhooks', readAt: hour(24), commits: null }
  expect(change(init)).toMatchObject({ outcome: null, surviving: null })
  const heard = { ...noReverts, knownUntil: hour(24 * 60) }
  expect(deriveChange(aRecord(init), heard)).toMatchObject({
    readAt: hour(24),
    outcome: 'merged',
    surviving: true,
  })
  expect(deriveChange(aRecord(init), { ...heard, asOf: hour(24 * 20) }).outcome).toBeNull()
})

describe('what is a revert itself', () => {
  const titled = (number: number, target: number, hours: number, partial = false) =>
    aRecord({
      number,
      mergedAfter: hours,
      revertClaims: [
        {
          in: 'title',
          kind: 'revert',
          aside: false,
          shas: [],
          titles: [],
          numbers: [target],
          partial,
          coverage: null,
        },
      ],
    })

  test('a revert is no change; a part is one, and what brings back something by reverting its revert', () => {
    const records = [
      aRecord({ number: 7, mergedAfter: 1 }),
      titled(9, 7, 2),
      titled(12, 9, 3),
      titled(15, 7, 4, true),
    ]
    const links = new RevertLinks()
    for (const record of records) links.add(record)
    const exclusions = records.map((record) => {
      const context = { reverts: links.linksTo(record), revertRole: links.roleOf(record) }
      return deriveChange(record, { ...noReverts, ...context }).exclusion
    })
    expect(exclusions).toEqual([null, 'revert', null, null])
  })
})

describe('for any record', () => {
  test('its size at the start is the same for every as-of time since it was ready', () => {
    fc.assert(
      fc.property(randomRecord, fc.integer({ min: 0, max: 2_000 }), (record, hours) => {
        const now = deriveChange(record, noReverts)
        fc.pre(now.readyAt !== null)
        const ready = Date.parse(now.readyAt ?? '')
        const then = new Date(Math.min(ready + hours * 3_600_000, Date.parse(asOf))).toISOString()
        const earlier = deriveChange(record, { ...noReverts, asOf: then })
        fc.pre(earlier.readyAt === now.readyAt)
        expect(earlier.size).toEqual(now.size)
      }),
      { numRuns: propertyRuns(300) },
    )
  })

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

  test('to know that nothing more happened changes nothing that was known', () => {
    fc.assert(
      fc.property(randomRecord, fc.integer({ min: -500, max: 2_000 }), (record, hours) => {
        const before = deriveChange(record, noReverts)
        const knownUntil = new Date(Date.parse(record.readAt) + hours * 3_600_000).toISOString()
        const after = deriveChange(record, { ...noReverts, knownUntil })
        const { outcome, surviving } = after
        expect({ ...before, outcome, surviving }).toEqual(after)
        if (before.outcome !== null) expect(outcome).toBe(before.outcome)
        if (before.surviving !== null) expect(surviving).toBe(before.surviving)
        if (hours <= 0) expect(after).toEqual(before)
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
