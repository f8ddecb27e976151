import { describe, expect, test } from 'vitest'
import { readClocks } from '../../src/delivery/clocks.ts'
import { type Outcome, readOutcome, readRevertFate } from '../../src/delivery/fate.ts'
import { responsiblePerson } from '../../src/delivery/responsible-person.ts'
import type { RevertLink } from '../../src/delivery/revert-link.ts'
import {
  aBot,
  aCommit,
  aPerson,
  aRecord,
  aReview,
  hour,
  type RecordInit,
} from '../support/a-record.ts'

const days = (count: number) => hour(24 * count)
const at = (count: number) => Date.parse(days(count))

const revert = (count: number, differing: Partial<RevertLink> = {}): RevertLink => ({
  rung: 'R1',
  confidence: 0.99,
  at: days(count),
  by: { number: 9, sha: null },
  partial: false,
  bulk: false,
  restoredAt: null,
  restoredBy: null,
  uncounted: null,
  ...differing,
})

describe('reverts of what was merged on day 0', () => {
  const fate = (reverts: readonly RevertLink[], asOf: number) => {
    const read = readRevertFate(at(0), reverts, at(asOf))
    return (
      read && {
        ...read,
        at: read.at && (read.at - at(0)) / 86_400_000,
        followed: read.followed / 86_400_000,
      }
    )
  }
  const none = { at: null, restored: false, bulk: false }

  test.each<[string, RevertLink[], number, object]>([
    [
      'none, young',
      [],
      5,
      {
        ...none,
        followed: 5,
        within7Days: null,
        within14Days: null,
        within30Days: null,
        within90Days: null,
      },
    ],
    [
      'none, on the day',
      [],
      30,
      {
        ...none,
        followed: 30,
        within7Days: false,
        within14Days: false,
        within30Days: false,
        within90Days: null,
      },
    ],
    [
      'none, old',
      [],
      100,
      {
        ...none,
        followed: 100,
        within7Days: false,
        within14Days: false,
        within30Days: false,
        within90Days: false,
      },
    ],
    [
      'early',
      [revert(1)],
      5,
      {
        ...none,
        at: 1,
        followed: 5,
        within7Days: null,
        within14Days: null,
        within30Days: null,
        within90Days: null,
      },
    ],
    [
      'on the 14th day',
      [revert(14)],
      100,
      {
        ...none,
        at: 14,
        followed: 100,
        within7Days: false,
        within14Days: true,
        within30Days: true,
        within90Days: true,
      },
    ],
    [
      'the first of two',
      [revert(40), revert(9)],
      100,
      {
        ...none,
        at: 9,
        followed: 100,
        within7Days: false,
        within14Days: true,
        within30Days: true,
        within90Days: true,
      },
    ],
    [
      'later than the as-of time',
      [revert(40)],
      30,
      {
        ...none,
        followed: 30,
        within7Days: false,
        within14Days: false,
        within30Days: false,
        within90Days: null,
      },
    ],
    [
      'before the merge, by a clock',
      [revert(-1)],
      7,
      {
        ...none,
        at: 0,
        followed: 7,
        within7Days: true,
        within14Days: null,
        within30Days: null,
        within90Days: null,
      },
    ],
    [
      'one that no rate counts',
      [revert(1, { uncounted: 'content-only', rung: 'R4' })],
      7,
      {
        ...none,
        followed: 7,
        within7Days: false,
        within14Days: null,
        within30Days: null,
        within90Days: null,
      },
    ],
    [
      'brought back: it was reverted all the same',
      [revert(1, { restoredAt: days(2) })],
      7,
      {
        ...none,
        at: 1,
        followed: 7,
        restored: true,
        within7Days: true,
        within14Days: null,
        within30Days: null,
        within90Days: null,
      },
    ],
    [
      'brought back after the as-of time',
      [revert(1, { restoredAt: days(9) })],
      7,
      {
        ...none,
        at: 1,
        followed: 7,
        within7Days: true,
        within14Days: null,
        within30Days: null,
        within90Days: null,
      },
    ],
    [
      'with others',
      [revert(1, { bulk: true })],
      7,
      {
        ...none,
        at: 1,
        followed: 7,
        bulk: true,
        within7Days: true,
        within14Days: null,
        within30Days: null,
        within90Days: null,
      },
    ],
  ])('%s', (_, reverts, asOf, expected) => {
    expect(fate(reverts, asOf)).toEqual(expected)
  })

  test('what is not merged has none', () => {
    expect(readRevertFate(null, [revert(1)], at(9))).toBeNull()
    expect(readRevertFate(at(10), [], at(9))).toBeNull()
  })
})

describe('the outcome on day 30 after it was ready', () => {
  const outcome = (
    init: RecordInit,
    asOf: number,
    { agentAuthored = false, knownUntil }: { agentAuthored?: boolean; knownUntil?: number } = {},
  ) => {
    const record = aRecord({ readAt: days(100), commits: [aCommit()], ...init })
    const clocks = readClocks(record, responsiblePerson(record))
    const until = knownUntil === undefined ? null : at(knownUntil)
    return readOutcome(record, clocks, { asOf: at(asOf), knownUntil: until, agentAuthored })
  }
  const open: RecordInit = { mergedAfter: null }
  const closed = (count: number): RecordInit => ({
    ...open,
    state: 'closed',
    closes: [{ at: days(count) }],
  })
  const draft: RecordInit = { openedAsDraft: true }
  const empty = { files: 0, additions: 0, deletions: 0 }

  test.each<[string, RecordInit, number, Outcome | null]>([
    ['merged', {}, 30, 'merged'],
    ['merged, too young', {}, 29, null],
    ['merged after that', { mergedAfter: 24 * 40 }, 100, 'open-stale'],
    ['merged, not read since', { readAt: days(2) }, 100, null],
    ['merged, read on day 30', { readAt: days(30) }, 100, 'merged'],
    ['closed', closed(5), 30, 'closed-unmerged'],
    ['closed later', closed(40), 100, 'open-stale'],
    [
      'closed and reopened',
      { ...open, closes: [{ at: days(5) }], reopens: [{ at: days(20) }] },
      100,
      'open',
    ],
    [
      'reopened after day 30',
      { ...open, closes: [{ at: days(5) }], reopens: [{ at: days(31) }] },
      100,
      'closed-unmerged',
    ],
    [
      'open, reviewed on day 20',
      { ...open, reviews: [aReview({ submittedAt: days(20) })] },
      100,
      'open',
    ],
    [
      'open, reviewed on day 10',
      { ...open, reviews: [aReview({ submittedAt: days(10) })] },
      100,
      'open-stale',
    ],
    [
      'open, reviewed only by a bot',
      { ...open, reviews: [aReview({ submittedAt: days(20), by: aBot('x[bot]') })] },
      100,
      'open-stale',
    ],
    [
      'open, with a comment of its author',
      { ...open, reviewComments: [{ id: 1, by: aPerson('author'), at: days(20), commit: null }] },
      100,
      'open',
    ],
    [
      'open, what came later does not count',
      { ...open, reviews: [aReview({ submittedAt: days(31) })] },
      100,
      'open-stale',
    ],
    ['open, not read since', { ...open, readAt: days(20) }, 100, null],
    ['closed, not read since', { ...closed(5), readAt: days(20) }, 100, null],
    ['a draft that was never ready', { ...draft, ...open }, 100, 'never-ready'],
    ['the same, closed', { ...draft, ...closed(5) }, 100, 'never-ready'],
    [
      'counted from ready',
      { ...draft, draftEvents: [{ at: days(10), to: 'ready' }], mergedAfter: 24 * 35 },
      100,
      'merged',
    ],
    [
      'counted from ready, too young',
      { ...draft, draftEvents: [{ at: days(10), to: 'ready' }], mergedAfter: 24 * 35 },
      39,
      null,
    ],
    ['a draft whose turns are not told', { ...draft, ...open, draftEvents: null }, 100, null],
    ['a clone', { createdAt: null }, 100, null],
  ])('%s', (_, init, asOf, expected) => {
    expect(outcome(init, asOf)).toBe(expected)
  })

  test('what an agent opened, left empty and closed is a placeholder', () => {
    const init = { ...draft, ...closed(5), size: { total: empty, counted: empty } }
    expect(outcome(init, 100, { agentAuthored: true })).toBe('placeholder')
    expect(outcome(init, 100)).toBe('never-ready')
    expect(outcome({ ...draft, ...closed(5) }, 100, { agentAuthored: true })).toBe('never-ready')
  })

  describe('where nothing was heard of it since, from a source that would have told', () => {
    const early = { readAt: days(2) }
    const reviewed = { reviews: [aReview({ submittedAt: days(20) })], readAt: days(20) }
    test.each<[string, RecordInit, number, number, Outcome | null]>([
      ['merged', early, 100, 30, 'merged'],
      ['merged, not listened to for so long', early, 100, 29, null],
      ['merged, too young', early, 29, 100, null],
      ['open', { ...open, ...early }, 100, 30, 'open-stale'],
      ['open, reviewed on day 20', { ...open, ...reviewed }, 100, 30, 'open'],
      ['closed', { ...closed(1), ...early }, 100, 30, 'closed-unmerged'],
      ['a draft that was never ready', { ...draft, ...open, ...early }, 100, 30, 'never-ready'],
      ['listened to for less than it was read', { ...early, readAt: days(30) }, 100, 2, 'merged'],
    ])('%s', (_, init, asOf, knownUntil, expected) => {
      expect(outcome(init, asOf, { knownUntil })).toBe(expected)
    })
  })
})
