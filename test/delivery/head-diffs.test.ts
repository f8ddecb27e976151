import { describe, expect, test } from 'vitest'
import { type Difference, readDifference } from '../../src/delivery/difference.ts'
import { headsToCompare, recordHeadDiffs } from '../../src/delivery/head-diffs.ts'
import { createPseudonyms } from '../../src/delivery/pseudonyms.ts'
import {
  aBot,
  aPerson,
  aRecord,
  aReview,
  aSha,
  hour,
  type RecordInit,
} from '../support/a-record.ts'

const review = (hours: number, head: string | null, differing = {}) =>
  aReview({ submittedAt: hour(hours), commit: head === null ? null : aSha(head), ...differing })

describe('heads to compare', () => {
  const last = { head: { sha: aSha('last') } }
  const retargeted = (hours: number) => ({ ...last, baseChanges: [{ at: hour(hours) }] })

  test.each<[string, RecordInit, readonly string[], boolean]>([
    ['nobody reviewed', last, [], true],
    ['the last was reviewed', { ...last, reviews: [review(2, 'last')] }, [], true],
    ['another was reviewed', { ...last, reviews: [review(2, 'a')] }, ['a', 'last'], true],
    [
      'several, some twice',
      { ...last, reviews: [review(2, 'a'), review(3, 'b'), review(4, 'a'), review(5, 'last')] },
      ['a', 'b', 'last'],
      true,
    ],
    [
      "the author's own",
      { ...last, reviews: [review(2, 'a', { by: aPerson('author') })] },
      [],
      true,
    ],
    ["a bot's", { ...last, reviews: [review(2, 'a', { by: aBot('some-app[bot]') })] }, [], true],
    ['after the merge', { ...last, reviews: [review(30, 'a')] }, [], true],
    ['not told which', { ...last, commits: [], reviews: [review(2, null)] }, [], true],
    [
      'not told which, and it cannot be',
      {
        ...last,
        reviews: [review(2, null), review(9, 'a')],
        pushes: [{ at: hour(5), head: aSha('a'), before: null, forced: true, by: null }],
        commits: [],
      },
      ['a', 'last'],
      false,
    ],
    ['before a change of base', { ...retargeted(5), reviews: [review(2, 'a')] }, [], false],
    [
      'before a change of base and after it',
      { ...retargeted(5), reviews: [review(2, 'a'), review(7, 'a')] },
      ['a', 'last'],
      true,
    ],
    [
      'one before a change of base, another after it',
      { ...retargeted(5), reviews: [review(2, 'a'), review(7, 'b')] },
      ['b', 'last'],
      false,
    ],
    ['the last is not told', { head: { sha: null }, reviews: [review(2, 'a')] }, [], false],
  ])('%s', (_, init, heads, complete) => {
    expect(headsToCompare(aRecord(init))).toEqual({ heads: heads.map(aSha), complete })
  })
})

describe('differences as a record holds them', () => {
  const pseudonyms = createPseudonyms(new Uint8Array(32).fill(7))
  const difference = (...added: readonly string[]): Difference => {
    const patch = ['@@ -0,0 +1 @@', ...added.map((line) => `+${line}`)].join('\n')
    const file = { from: 'a.ts', to: 'a.ts', patch, blob: null, deletions: 0 }
    const read = readDifference([{ ...file, additions: added.length }])
    if (read === null) throw new Error('it cannot be told')
    return read
  }
  const record = aRecord({
    head: { sha: aSha('last') },
    size: { total: { files: 1, additions: 3, deletions: 0 }, counted: null },
  })
  const first = [aSha('a'), difference('secret')] as const
  const last = [aSha('last'), difference('secret', 'two', 'three')] as const

  test('are set against the last, and keyed', () => {
    const diffs = recordHeadDiffs(record, new Map([first, last]), pseudonyms)
    expect(diffs).toEqual([
      { head: aSha('a'), key: expect.any(String), changedSince: 2, lines: 1 },
      { head: aSha('last'), key: expect.any(String), changedSince: 0, lines: 3 },
    ])
    expect(JSON.stringify(diffs)).not.toContain('secret')
    const other = createPseudonyms(new Uint8Array(32).fill(8))
    const keys = recordHeadDiffs(record, new Map([first, last]), other).map(({ key }) => key)
    expect(new Set([...keys, ...diffs.map(({ key }) => key)]).size).toBe(4)
  })

  test.each([
    ['the last is not told', record, [first]],
    ['the last is of another size', record, [first, [aSha('last'), difference('two')] as const]],
    ['the size is not told', { ...record, size: null }, [first, last]],
  ])('are set against nothing where %s', (_, given, differences) => {
    const diffs = recordHeadDiffs(given, new Map(differences), pseudonyms)
    expect(diffs).toMatchObject([{ head: aSha('a'), changedSince: null, lines: 1 }])
    expect(diffs).toHaveLength(1)
  })
})
