import { describe, expect, test } from 'vitest'
import type { ChangeFlag } from '../../src/delivery/change-flag.ts'
import { type Clocks, readClocks } from '../../src/delivery/clocks.ts'
import type { PullRequestRecord } from '../../src/delivery/record.ts'
import { responsiblePerson } from '../../src/delivery/responsible-person.ts'
import {
  aBot,
  aCommit,
  aPerson,
  aRecord,
  aReview,
  aSha,
  codingAgent,
  hour,
  type RecordInit,
  unknownActor,
} from '../support/a-record.ts'

type Anchor = Exclude<keyof Clocks, 'flags' | 'redraft' | 'reopens'>

const opened = Date.parse(hour(0))

function clocksOf(init: RecordInit): Clocks {
  const record = aRecord(init)
  return readClocks(record, responsiblePerson(record))
}

/** An anchor in hours since the opening. */
function hoursTo(anchor: Anchor, init: RecordInit): number | null {
  const time = clocksOf(init)[anchor]
  return time === null ? null : (time - opened) / 3_600_000
}

const flagsOf = (init: RecordInit) => clocksOf(init).flags
const draft = { openedAsDraft: true }
const to = (state: 'draft' | 'ready', hours: number) => ({ at: hour(hours), to: state })

describe('ready for review', () => {
  test.each<[string, RecordInit, number | null, ChangeFlag[]]>([
    ['opened ready', {}, 0, []],
    ['made ready', { ...draft, draftEvents: [to('ready', 3)] }, 3, []],
    [
      'made ready before the opening, by a clock',
      { ...draft, draftEvents: [to('ready', -1)] },
      0,
      ['clock-skew'],
    ],
    ['toggled later', { draftEvents: [to('draft', 2), to('ready', 5)] }, 0, ['redrafted']],
    [
      'opened as a draft and toggled later',
      { ...draft, draftEvents: [to('ready', 1), to('draft', 2), to('ready', 5)] },
      1,
      ['redrafted'],
    ],
    [
      'events out of order',
      { ...draft, draftEvents: [to('ready', 5), to('draft', 2), to('ready', 1)] },
      1,
      ['redrafted'],
    ],
    ['never made ready, merged', draft, 24, ['merged-from-draft']],
    [
      'made ready after the merge',
      { ...draft, draftEvents: [to('ready', 25)] },
      24,
      ['merged-from-draft'],
    ],
    [
      'a draft again at the merge',
      { draftEvents: [to('draft', 4)] },
      0,
      ['merged-from-draft', 'redrafted'],
    ],
    ['never made ready, open', { ...draft, mergedAfter: null }, null, []],
    [
      'never made ready, closed',
      { ...draft, mergedAfter: null, state: 'closed', closes: [{ at: hour(9) }] },
      null,
      [],
    ],
    [
      'how it was opened is told by its first turn',
      { openedAsDraft: null, draftEvents: [to('ready', 3)] },
      3,
      [],
    ],
    [
      'and by a turn to draft',
      { openedAsDraft: null, draftEvents: [to('draft', 3), to('ready', 4)] },
      0,
      ['redrafted'],
    ],
    [
      'nothing told of drafts',
      { openedAsDraft: null, draftEvents: null },
      0,
      ['approximate-start'],
    ],
    ['not told how it was opened, and no turn', { openedAsDraft: null }, 0, ['approximate-start']],
    [
      'a draft whose turns are not told',
      { ...draft, draftEvents: null },
      null,
      ['approximate-start'],
    ],
    [
      'a draft whose turns are cut',
      { ...draft, truncated: ['timeline'] },
      null,
      ['approximate-start'],
    ],
    ['no opening: a clone', { createdAt: null, openedAsDraft: null, draftEvents: null }, null, []],
    ['merged before it was opened, by a clock', { mergedAfter: -1 }, -1, ['clock-skew']],
  ])('%s', (_, init, hours, flags) => {
    expect(hoursTo('ready', init)).toBe(hours)
    expect(
      flagsOf(init)
        .filter((flag) => flag !== 'merged-without-approval')
        .toSorted(),
    ).toEqual(flags)
  })

  test.each<[string, RecordInit, number | null]>([
    ['never a draft', {}, 0],
    ['once', { draftEvents: [to('draft', 2), to('ready', 5)] }, 3],
    ['twice', { draftEvents: [to('draft', 2), to('ready', 5), to('draft', 6), to('ready', 7)] }, 4],
    ['until the merge', { draftEvents: [to('draft', 20)] }, 4],
    [
      'until the close',
      {
        draftEvents: [to('draft', 2)],
        mergedAfter: null,
        state: 'closed',
        closes: [{ at: hour(9) }],
      },
      7,
    ],
    [
      'until it was read',
      { draftEvents: [to('draft', 2)], mergedAfter: null, readAt: hour(12) },
      10,
    ],
    ['there and back in one second', { draftEvents: [to('ready', 5), to('draft', 5)] }, 0],
    [
      'after it was ready for less than a second',
      { ...draft, draftEvents: [to('ready', 5), to('draft', 5), to('ready', 8)] },
      3,
    ],
    ['not told', { draftEvents: null }, null],
  ])('in draft again: %s', (_, init, hours) => {
    const { redraft } = clocksOf(init)
    expect(redraft === null ? null : redraft / 3_600_000).toBe(hours)
  })
})

const comment = (hours: number, by = aPerson('reviewer')) => ({
  id: 1,
  by,
  at: hour(hours),
  commit: null,
})
const review = (hours: number, differing = {}) =>
  aReview({ submittedAt: hour(hours), ...differing })

describe('first review', () => {
  test.each<[string, RecordInit, number | null]>([
    ['none', {}, null],
    ['not knowable', { reviews: null, reviewComments: null }, null],
    ['one', { reviews: [review(2)] }, 2],
    ['of two the first, in any order', { reviews: [review(5), review(2)] }, 2],
    ['any state', { reviews: [review(3, { state: 'changes-requested' })] }, 3],
    ['a comment on a line', { reviews: [review(5)], reviewComments: [comment(4)] }, 4],
    [
      'the own comment does not count',
      { reviews: [review(2, { by: aPerson('author') }), review(5)] },
      5,
    ],
    [
      'a bot does not count',
      { reviews: [review(1, { by: aBot('coderabbitai[bot]', 136622811) })] },
      null,
    ],
    [
      'while it is a draft it counts from ready',
      { ...draft, draftEvents: [to('ready', 6)], reviews: [review(2), review(9)] },
      6,
    ],
    [
      'while it is a draft again it counts',
      { draftEvents: [to('draft', 1), to('ready', 6)], reviews: [review(2)] },
      2,
    ],
    ['after the merge it does not', { reviews: [review(30)] }, null],
    ['a deleted account counts', { reviews: [review(2, { by: unknownActor })] }, 2],
    [
      'unless the author is deleted too',
      { author: unknownActor, reviews: [review(2, { by: unknownActor })] },
      null,
    ],
    ['before the opening, by a clock', { reviews: [review(-1)] }, 0],
    [
      'who started the agent does not count',
      {
        author: codingAgent,
        assignees: [aPerson('starter')],
        reviews: [review(2, { by: aPerson('starter') })],
      },
      null,
    ],
    [
      'who only merged what an agent opened does',
      { author: codingAgent, commits: [], reviews: [review(2, { by: aPerson('author') })] },
      2,
    ],
    [
      'an agent that reviews its own is a bot',
      { author: codingAgent, reviews: [review(2, { by: codingAgent })] },
      null,
    ],
  ])('%s', (_, init, hours) => {
    expect(hoursTo('firstReview', init)).toBe(hours)
  })

  test('the flags of it', () => {
    const inDraft = { ...draft, draftEvents: [to('ready', 6)], reviews: [review(2)] }
    expect(flagsOf(inDraft)).toContain('reviewed-in-draft')
    expect(flagsOf({ reviews: [review(2)] })).not.toContain('reviewed-in-draft')
    expect(flagsOf({ reviews: [review(2, { by: unknownActor })] })).toContain('unknown-reviewer')
  })

  test('bots have their own', () => {
    const reviews = [review(3), review(1, { by: aBot('coderabbitai[bot]', 136622811) })]
    expect(hoursTo('firstBotReview', { reviews })).toBe(1)
    expect(hoursTo('firstReview', { reviews })).toBe(3)
    expect(hoursTo('firstBotReview', {})).toBeNull()
  })
})

describe('last approval', () => {
  const approved = (hours: number, differing = {}) =>
    review(hours, { state: 'approved', ...differing })
  test.each<[string, RecordInit, number | null]>([
    ['none', { reviews: [review(2)] }, null],
    ['one', { reviews: [approved(4)] }, 4],
    ['the last', { reviews: [approved(4), approved(8), review(9)] }, 8],
    ['dismissed', { reviews: [approved(4), approved(8, { dismissedAt: hour(9) })] }, 4],
    ['dismissed after the merge', { reviews: [approved(8, { dismissedAt: hour(25) })] }, 8],
    [
      'requested and given again',
      { reviews: [approved(4), approved(10)], reviewRequests: [{ at: hour(1) }, { at: hour(6) }] },
      10,
    ],
    ['after the merge', { reviews: [approved(25)] }, null],
    ['by a bot', { reviews: [approved(4, { by: aBot('github-actions[bot]') })] }, null],
    ['by the author', { reviews: [approved(4, { by: aPerson('author') })] }, null],
    ['by a deleted account', { reviews: [approved(4, { by: unknownActor })] }, 4],
    ['in draft', { ...draft, draftEvents: [to('ready', 6)], reviews: [approved(4)] }, 6],
    [
      'a dismissed one of which no state is told',
      { reviews: [review(4, { state: 'unknown', dismissedAt: hour(5) })] },
      null,
    ],
    ['reviews cut', { reviews: [approved(4)], truncated: ['reviews'] }, null],
  ])('%s', (_, init, hours) => {
    expect(hoursTo('lastApproval', init)).toBe(hours)
  })

  test.each<[string, RecordInit, boolean]>([
    ['merged without', {}, true],
    ['merged with', { reviews: [approved(4)] }, false],
    ['still open', { mergedAfter: null }, false],
    ['not knowable', { reviews: null }, false],
    ['cut', { truncated: ['reviews'] }, false],
  ])('merged without approval: %s', (_, init, expected) => {
    expect(flagsOf(init).includes('merged-without-approval')).toBe(expected)
  })
})

describe('queue', () => {
  const event = (
    action: 'queued' | 'unqueued' | 'auto-merge-on' | 'auto-merge-off',
    hours: number,
  ) => ({ action, at: hour(hours) })
  test.each<[string, PullRequestRecord['queueEvents'], number | null]>([
    ['none', [], null],
    ['not told', null, null],
    ['queued', [event('queued', 20)], 20],
    ['taken out by the merge itself', [event('queued', 20), event('unqueued', 24)], 20],
    ['put out and in again', [event('queued', 10), event('unqueued', 12), event('queued', 20)], 20],
    ['taken out just before the merge', [event('queued', 20), event('unqueued', 23.99)], 20],
    ['put out, merged by hand', [event('queued', 10), event('unqueued', 12)], null],
    ['auto-merge', [event('auto-merge-on', 5)], 5],
    ['auto-merge, then queued', [event('auto-merge-on', 5), event('queued', 20)], 5],
    [
      'auto-merge off again',
      [event('auto-merge-on', 5), event('auto-merge-off', 6), event('queued', 20)],
      20,
    ],
    ['in any order', [event('queued', 20), event('unqueued', 12), event('queued', 10)], 20],
    ['after the merge', [event('queued', 25)], null],
  ])('%s', (_, queueEvents, hours) => {
    expect(hoursTo('queued', { queueEvents })).toBe(hours)
  })
})

describe('merge and close', () => {
  const closed: RecordInit = { mergedAfter: null, state: 'closed' }
  test.each<[string, RecordInit, number | null, number | null]>([
    ['merged', {}, 24, null],
    ['merged: closing it is part of that', { closes: [{ at: hour(24) }] }, 24, null],
    ['open', { mergedAfter: null }, null, null],
    ['closed', { ...closed, closes: [{ at: hour(9) }] }, null, 9],
    [
      'reopened and closed again',
      { ...closed, closes: [{ at: hour(20) }, { at: hour(9) }], reopens: [{ at: hour(12) }] },
      null,
      20,
    ],
    [
      'reopened',
      { mergedAfter: null, closes: [{ at: hour(9) }], reopens: [{ at: hour(12) }] },
      null,
      null,
    ],
    ['reopened and merged', { closes: [{ at: hour(9) }], reopens: [{ at: hour(12) }] }, 24, null],
    ['closed, not told when', { ...closed, closes: null }, null, null],
  ])('%s', (_, init, merged, closedAt) => {
    expect([hoursTo('merged', init), hoursTo('closed', init)]).toEqual([merged, closedAt])
  })

  test('reopening is counted', () => {
    expect(clocksOf({ reopens: [{ at: hour(3) }, { at: hour(5) }] }).reopens).toBe(2)
    expect(clocksOf({}).reopens).toBe(0)
    expect(clocksOf({ reopens: null }).reopens).toBeNull()
  })

  test('outside the button', () => {
    const { merge } = aRecord()
    expect(flagsOf({ merge: merge === null ? null : { ...merge, method: 'push' } })).toContain(
      'indirect-merge',
    )
    expect(flagsOf({})).not.toContain('indirect-merge')
  })
})

describe('first commit', () => {
  const commit = (name: string, hours: number, differing = {}) =>
    aCommit({ sha: aSha(name), authoredAt: hour(hours), ...differing })
  const ever = (hours: number | null) => ({
    everSeenFirstCommitAt: hours === null ? null : hour(hours),
  })
  test.each<[string, RecordInit, number | null]>([
    [
      'of its commits the earliest',
      { ...ever(null), commits: [commit('a', -2), commit('b', -5)] },
      -5,
    ],
    ['one that was seen once', { ...ever(-9), commits: [commit('a', -2)] }, -9],
    [
      'merges of the base do not count',
      { ...ever(null), commits: [commit('a', -2), commit('b', -50, { parents: 2 })] },
      -2,
    ],
    ['only after the opening', { ...ever(null), commits: [commit('a', 2)] }, null],
    ['older than 90 days', { ...ever(null), commits: [commit('a', -24 * 100)] }, -24 * 90],
    ['no date', { ...ever(null), commits: [aCommit({ authoredAt: null })] }, null],
    ['no commits', { ...ever(null), commits: null }, null],
    [
      'in a clone, where nothing tells the opening',
      { ...ever(null), createdAt: null, commits: [commit('a', -24 * 100)] },
      -24 * 100,
    ],
    [
      'in a clone, after the merge',
      { ...ever(null), createdAt: null, commits: [commit('a', 25)] },
      null,
    ],
  ])('%s', (_, init, hours) => {
    expect(hoursTo('firstCommit', init)).toBe(hours)
  })

  test.each<[string, RecordInit, boolean]>([
    ['nothing', {}, false],
    [
      'a force push',
      { pushes: [{ at: hour(3), head: aSha('b'), before: aSha('a'), forced: true, by: null }] },
      true,
    ],
    [
      'an ordinary push',
      { pushes: [{ at: hour(3), head: aSha('b'), before: aSha('a'), forced: false, by: null }] },
      false,
    ],
    ['an earlier commit than it has now', ever(-9), true],
    ['commits that are gone', { formerCommits: [commit('gone', -1)] }, true],
  ])('history rewritten: %s', (_, init, expected) => {
    expect(flagsOf(init).includes('history-rewritten')).toBe(expected)
  })

  test('clipping and retargeting are told', () => {
    expect(flagsOf({ commits: [commit('a', -24 * 100)] })).toContain('first-commit-clipped')
    expect(flagsOf({ baseChanges: [{ at: hour(3) }] })).toContain('retargeted')
    expect(flagsOf({})).toEqual(['merged-without-approval'])
  })
})

test('force pushes, a new base and a deleted fork move no anchor', () => {
  const init: RecordInit = {
    ...draft,
    draftEvents: [to('ready', 1)],
    reviews: [review(4), review(9, { state: 'approved' })],
  }
  const { flags: _, ...before } = clocksOf(init)
  const { flags, ...after } = clocksOf({
    ...init,
    pushes: [{ at: hour(6), head: aSha('b'), before: aSha('first'), forced: true, by: null }],
    baseChanges: [{ at: hour(7) }],
    head: { fork: null, sha: null },
  })
  expect(after).toEqual(before)
  expect(flags).toEqual(['retargeted', 'history-rewritten'])
})
