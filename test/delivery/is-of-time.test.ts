import { describe, expect, test } from 'vitest'
import { isOfTime, type TimeSpan } from '../../src/delivery/is-of-time.ts'
import type { PullRequestRecord } from '../../src/delivery/record.ts'
import { aRecord } from '../support/a-record.ts'

const time = Date.parse('2026-03-01T00:00:00Z')
const at = '2026-03-01T00:00:00Z'
const [before, after] = ['2026-02-28T23:59:59.999Z', '2026-03-01T00:00:00.001Z']
const long = '2020-01-01T00:00:00Z'
const merge = {
  by: null,
  commit: null,
  method: null,
  authoredAt: null,
  author: null,
  message: null,
}
const untouched = { createdAt: long, merge: null, closes: [], reopens: [], draftEvents: [] }

describe('what makes a pull request one of a time', () => {
  test.each<[string, Partial<PullRequestRecord>, boolean]>([
    ['nothing happened in it', {}, false],
    ['it was opened', { createdAt: at }, true],
    ['it was made ready', { draftEvents: [{ at, to: 'ready' }] }, true],
    ['it was made a draft', { draftEvents: [{ at, to: 'draft' }] }, false],
    ['it was closed', { closes: [{ at: long }, { at }] }, true],
    ['it was reopened', { reopens: [{ at }] }, true],
    ['it was merged', { merge: { ...merge, at } }, true],
    ['it was only read', { readAt: at }, false],
    [
      'a clone knows its merge alone',
      { createdAt: null, closes: null, merge: { ...merge, at } },
      true,
    ],
    ['a clone knows no time of it', { createdAt: null, closes: null, draftEvents: null }, false],
  ])('%s', (_, changes, expected) => {
    const record = aRecord({ ...untouched, ...changes })
    expect(isOfTime(record, { since: time })).toBe(expected)
    expect(isOfTime(record, { since: time, until: time + 1 })).toBe(expected)
  })
})

describe('a time begins with its first moment and ends before its last', () => {
  test.each<[string, TimeSpan, boolean]>([
    [before, { since: time }, false],
    [at, { since: time }, true],
    [before, { until: time }, true],
    [at, { until: time }, false],
    [after, { since: time, until: time + 1 }, false],
    [after, { since: time, until: time + 2 }, true],
    [long, {}, true],
  ])('%s in %j: %s', (moment, span, expected) => {
    expect(isOfTime(aRecord({ ...untouched, createdAt: moment }), span)).toBe(expected)
    const commit = { record: 'branch-commit', committedAt: moment } as const
    expect(isOfTime(commit, span)).toBe(expected)
  })
})

test('of no time in particular is everything', () => {
  expect(isOfTime(aRecord({ ...untouched, createdAt: null }), {})).toBe(true)
})
