import { describe, expect, test } from 'vitest'
import { readClocks } from '../../src/delivery/clocks.ts'
import { responsiblePerson } from '../../src/delivery/responsible-person.ts'
import { type ReviewChurn, readReviewChurn } from '../../src/delivery/review-churn.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'
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
  textKey,
  unknownActor,
} from '../support/a-record.ts'

const marks = indexRegistry(shippedRegistry())

function churn(init: RecordInit): ReviewChurn {
  const record = aRecord(init)
  const responsible = responsiblePerson(record)
  return readReviewChurn(record, readClocks(record, responsible), { responsible, marks })
}

const review = (hours: number, head: string | null, differing = {}) =>
  aReview({ submittedAt: hour(hours), commit: head === null ? null : aSha(head), ...differing })
const push = (hours: number, head: string, before: string | null, differing = {}) => ({
  at: hour(hours),
  head: aSha(head),
  before: before === null ? null : aSha(before),
  forced: false,
  by: aPerson('author'),
  ...differing,
})
const diff = (head: string, key: string, changedSince: number | null = null, lines = 20) => ({
  head: aSha(head),
  key: textKey(key),
  changedSince,
  lines,
})
const codeRabbit = aBot('coderabbitai[bot]', 136622811)
const draft: RecordInit = { openedAsDraft: true, draftEvents: [{ at: hour(6), to: 'ready' }] }
const webhooks: RecordInit = { source: 'webhooks', head: { sha: aSha('b') } }

describe('rounds', () => {
  test.each<[string, RecordInit, number | null, boolean]>([
    ['no review', {}, 0, false],
    ['one', { reviews: [review(2, 'a')] }, 1, false],
    ['two of one head', { reviews: [review(2, 'a'), review(3, 'a')] }, 1, false],
    [
      'two heads, their differences not read',
      { reviews: [review(2, 'a'), review(3, 'b')], headDiffs: null },
      2,
      true,
    ],
    [
      'two heads that differ',
      {
        reviews: [review(2, 'a'), review(3, 'b')],
        headDiffs: [diff('a', 'one'), diff('b', 'two')],
      },
      2,
      false,
    ],
    [
      'two heads with only a rebase between',
      {
        reviews: [review(2, 'a'), review(3, 'b')],
        headDiffs: [diff('a', 'one'), diff('b', 'one')],
      },
      1,
      false,
    ],
    [
      'three heads, one difference not read',
      {
        reviews: [review(2, 'a'), review(3, 'b'), review(4, 'c')],
        headDiffs: [diff('a', 'one'), diff('b', 'one')],
      },
      2,
      true,
    ],
    ["the author's own", { reviews: [review(2, 'a', { by: aPerson('author') })] }, 0, false],
    ["a bot's", { reviews: [review(2, 'a', { by: codeRabbit })] }, 0, false],
    ['a deleted account', { reviews: [review(2, 'a', { by: unknownActor })] }, 1, false],
    ['after the merge', { reviews: [review(30, 'a')] }, 0, false],
    ['not knowable', { reviews: null }, null, false],
    ['cut', { reviews: [review(2, 'a')], truncated: ['reviews'] }, null, false],
    ['in draft, of what became ready', { ...draft, reviews: [review(2, 'first')] }, 1, false],
    [
      'in draft, of what was pushed over before it became ready',
      { ...draft, ...webhooks, reviews: [review(2, 'a')], pushes: [push(4, 'b', 'a')] },
      0,
      false,
    ],
    [
      'in draft, pushed over after it became ready',
      { ...draft, ...webhooks, reviews: [review(2, 'a')], pushes: [push(8, 'b', 'a')] },
      1,
      false,
    ],
    [
      'of no told head: what it was then',
      {
        ...webhooks,
        reviews: [review(2, null), review(3, 'a'), review(9, null)],
        pushes: [push(8, 'b', 'a')],
        headDiffs: [diff('a', 'one'), diff('b', 'two')],
      },
      2,
      false,
    ],
    [
      'in draft, with a commit of a later date',
      {
        ...draft,
        reviews: [review(2, 'a')],
        commits: [aCommit({ sha: aSha('a') }), aCommit({ sha: aSha('b'), committedAt: hour(9) })],
      },
      1,
      false,
    ],
    ['merged from draft', { openedAsDraft: true, reviews: [review(2, 'first')] }, 1, false],
    [
      'never ready',
      { openedAsDraft: true, mergedAfter: null, reviews: [review(2, 'a')] },
      null,
      false,
    ],
    [
      'asked for again without a push',
      { reviews: [review(2, 'a'), review(5, 'a')], reviewRequests: [{ at: hour(3) }] },
      1,
      false,
    ],
  ])('%s', (_, init, rounds, unsure) => {
    const read = churn(init)
    expect(read.rounds).toBe(rounds)
    expect(read.flags.includes('rebase-unknown')).toBe(unsure)
  })
})

describe('changes requested', () => {
  const requested = (hours: number, differing = {}) =>
    review(hours, 'first', { state: 'changes-requested', ...differing })
  test.each<[string, RecordInit, number | null]>([
    ['none', { reviews: [review(2, 'first')] }, 0],
    ['also dismissed', { reviews: [requested(2), requested(3, { dismissedAt: hour(4) })] }, 2],
    ['by a bot', { reviews: [requested(2, { by: codeRabbit })] }, 0],
    ['after the merge', { reviews: [requested(25)] }, 0],
    ['not knowable', { reviews: null }, null],
  ])('%s', (_, init, expected) => {
    expect(churn(init).changesRequested).toBe(expected)
  })
})

describe('pushes after the first review', () => {
  const reviews = [review(2, 'first')]
  test.each<[string, RecordInit, number | null, boolean]>([
    ['not reviewed', { ...webhooks, pushes: [push(3, 'b', 'a')] }, null, false],
    ['none', { ...webhooks, reviews }, 0, false],
    [
      'before and after',
      { ...webhooks, reviews, pushes: [push(1, 'a', null), push(3, 'b', 'a')] },
      1,
      false,
    ],
    [
      'a merge of the base',
      {
        ...webhooks,
        reviews,
        pushes: [push(3, 'b', 'a')],
        commits: [aCommit(), aCommit({ sha: aSha('b'), parents: 2 })],
      },
      0,
      false,
    ],
    [
      "a formatter's",
      {
        ...webhooks,
        reviews,
        pushes: [push(3, 'b', 'a', { by: aBot('autofix-ci[bot]', 114827586) })],
      },
      0,
      false,
    ],
    [
      "an agent's",
      {
        ...webhooks,
        author: codingAgent,
        commits: [],
        reviews,
        pushes: [push(3, 'b', 'a', { by: codingAgent })],
      },
      1,
      false,
    ],
    ['after the merge', { ...webhooks, reviews, pushes: [push(25, 'b', 'a')] }, 0, false],
    ['not told', { reviews, pushes: null }, null, false],
    ['none that GitHub tells later', { reviews }, 0, true],
    ['a force push', { reviews, pushes: [push(3, 'b', 'a', { forced: true })] }, 1, true],
    [
      'a force push and the commits that it brought',
      {
        reviews,
        pushes: [push(3, 'b', 'a', { forced: true })],
        commits: [aCommit(), aCommit({ sha: aSha('b'), committedAt: hour(2.9) })],
      },
      1,
      true,
    ],
    [
      'commits hours apart',
      {
        reviews,
        commits: [3, 3.1, 9].map((hours) =>
          aCommit({ sha: aSha(hours), committedAt: hour(hours) }),
        ),
      },
      2,
      true,
    ],
    [
      'commits, of bots and merges too',
      {
        reviews,
        commits: [
          aCommit({ sha: aSha('a'), committedAt: hour(3), parents: 2 }),
          aCommit({
            sha: aSha('b'),
            committedAt: hour(6),
            authorAccount: aBot('pre-commit-ci[bot]', 66853113),
          }),
        ],
      },
      0,
      true,
    ],
    [
      'with webhooks put in, they are counted',
      {
        reviews,
        head: { sha: aSha('b'), firstSha: aSha('a') },
        pushes: [push(3, 'b', 'a')],
        mergedFrom: { sources: ['github', 'webhooks'], parts: {}, wholeUntil: {} },
      },
      1,
      false,
    ],
  ])('%s', (_, init, pushes, estimated) => {
    const read = churn(init)
    expect(read.laterPushes).toBe(pushes)
    expect(read.flags.includes('pushes-estimated')).toBe(estimated)
  })
})

describe('lines after the first review', () => {
  const later: RecordInit = { head: { sha: aSha('b') }, reviews: [review(5, 'b'), review(2, 'a')] }
  const last = diff('b', 'last', 0)
  test.each<[string, RecordInit, [number | null, number | null]]>([
    ['not reviewed', { headDiffs: [diff('a', 'one', 5)] }, [null, null]],
    [
      'of the first reviewed head',
      { ...later, headDiffs: [diff('a', 'one', 5, 20), last] },
      [5, 0.25],
    ],
    [
      'of a difference without lines',
      { ...later, headDiffs: [diff('a', 'one', 5, 0), last] },
      [5, 5],
    ],
    [
      'set against a head that was the last of an earlier reading',
      { ...later, headDiffs: [diff('a', 'one', 5, 20), diff('former', 'two', 0)] },
      [null, null],
    ],
    [
      'where the last head was in the middle of an earlier reading',
      { ...later, headDiffs: [diff('a', 'one', 5, 20), diff('b', 'two', 3)] },
      [null, null],
    ],
    ['the head is still the same', { reviews: [review(2, 'first')], headDiffs: null }, [0, 0]],
    ['not readable', { ...later, headDiffs: null }, [null, null]],
    [
      'the final difference not readable',
      { ...later, headDiffs: [diff('a', 'one')] },
      [null, null],
    ],
    [
      'only a comment on a line, without its review',
      {
        ...later,
        reviews: [],
        reviewComments: [{ id: 1, by: aPerson('reviewer'), at: hour(2), commit: aSha('a') }],
      },
      [null, null],
    ],
  ])('%s', (_, init, expected) => {
    const { laterLines, laterShare } = churn(init)
    expect([laterLines, laterShare]).toEqual(expected)
  })
})

describe('threads', () => {
  const thread = (name: string, differing = {}) => ({
    id: name,
    openedBy: aPerson('reviewer'),
    openedAt: hour(3),
    comments: 2,
    resolved: true,
    ...differing,
  })

  test('people and bots apart, the own and later ones not', () => {
    const threads = [
      thread('a'),
      thread('b', { resolved: false, comments: 1 }),
      thread('own', { openedBy: aPerson('author') }),
      thread('bot', { openedBy: codeRabbit, resolved: null }),
      thread('late', { openedAt: hour(25) }),
    ]
    expect(churn({ threads }).threads).toEqual({
      byPeople: 2,
      resolved: 1,
      unresolved: 1,
      comments: 3,
      byBots: 1,
    })
  })

  test.each<[string, RecordInit, unknown]>([
    ['none', {}, { byPeople: 0, resolved: 0, unresolved: 0, comments: 0, byBots: 0 }],
    ['not knowable', { threads: null }, null],
    ['cut', { threads: [thread('a')], truncated: ['threads'] }, null],
    [
      'not told whether resolved, nor how long',
      { threads: [thread('a', { resolved: null, comments: null }), thread('b')] },
      { byPeople: 2, resolved: null, unresolved: null, comments: null, byBots: 0 },
    ],
  ])('%s', (_, init, expected) => {
    expect(churn(init).threads).toEqual(expected)
  })
})

describe('who reviewed', () => {
  const init: RecordInit = {
    ...draft,
    reviews: [
      review(2, 'a'),
      review(8, 'b'),
      review(9, 'b', { by: aPerson('another') }),
      review(9, 'b', { by: unknownActor }),
      review(9, 'b', { by: aPerson('author') }),
      review(7, 'b', { by: codeRabbit }),
      review(3, 'b', { by: aBot('copilot-pull-request-reviewer[bot]') }),
      review(4, 'b', { by: aBot('github-actions[bot]', 41898282) }),
      review(30, 'b', { by: codeRabbit }),
    ],
  }

  test('people, also in draft', () => {
    expect(churn(init)).toMatchObject({ reviewers: 3, reviews: 4 })
  })

  test('bots, and AI tools among them', () => {
    expect(churn(init).bots).toEqual({
      reviews: 3,
      aiReviews: 2,
      firstAiReview: Date.parse(hour(3)),
    })
  })

  test('not knowable', () => {
    expect(churn({ reviews: null })).toMatchObject({ reviewers: null, reviews: null, bots: null })
  })
})
