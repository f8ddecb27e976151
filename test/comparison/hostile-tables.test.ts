import { describe, expect, test } from 'vitest'
import { compareOutcomes, compareRepositories, gateThresholds } from '../../src/comparison/index.ts'
import { ComparisonSchema } from '../../src/report/document/report-comparison.ts'
import { stateComparisons } from '../../src/report/document/state-comparison.ts'
import { aChangeTable, changesOfPeople, monday, type Row } from '../support/a-change-table.ts'

const day = 86_400_000

/** Half of the changes with AI recorded, in turns, by as many people as are told. */
function both(changes: number, people: number, row: (index: number) => Partial<Row> = () => ({})) {
  return changesOfPeople({ changes, people }, (index) => ({
    group: Math.floor(index / people) % 2 === 0 ? 'aiRecorded' : 'noneRecorded',
    ...row(index),
  }))
}

function verdicts(rows: readonly Row[], sources?: readonly 'git'[]): string[] {
  const table = aChangeTable(rows, sources === undefined ? {} : { sources })
  const stated = stateComparisons(compareOutcomes(table, { asOf: monday }), gateThresholds)
  for (const one of stated) {
    expect(ComparisonSchema.safeParse(one).error?.issues).toBeUndefined()
    expect(JSON.stringify(one)).not.toMatch(/NaN|Infinity|undefined/)
  }
  compareRepositories(table, { asOf: monday })
  return stated.map(({ verdict }) => verdict)
}

describe('tables from which little can be told', () => {
  test.each<[name: string, rows: Row[], expected: string[]]>([
    ['nothing', [], ['hidden', 'hidden', 'hidden']],
    [
      'no change with AI recorded',
      changesOfPeople({ changes: 400, people: 20 }),
      ['hidden', 'hidden', 'hidden'],
    ],
    [
      'AI recorded on all',
      changesOfPeople({ changes: 400, people: 20 }, () => ({ group: 'aiRecorded' })),
      ['hidden', 'hidden', 'hidden'],
    ],
    ['one person', both(400, 1), ['hidden', 'hidden', 'hidden']],
    [
      'everything set aside',
      both(400, 20, () => ({ group: 'setAside' })),
      ['hidden', 'hidden', 'hidden'],
    ],
    [
      'no counterpart of any kind',
      both(400, 20, (index) => ({ repository: index % 40 < 20 ? 'a/one' : 'a/two' })),
      ['too_few', 'too_few', 'too_few'],
    ],
    [
      'nobody reviews',
      both(400, 20, () => ({ rounds: 0 })),
      ['similar', 'too_few', 'too_few_events'],
    ],
    [
      'AI recorded never reviewed',
      both(400, 20, (index) => ({ rounds: index % 40 < 20 ? 0 : 2 })),
      ['similar', 'too_few', 'too_few_events'],
    ],
    ['nothing merged', both(400, 20, () => ({ hours: null })), ['hidden', 'hidden', 'hidden']],
    [
      'years to merge, and no time at all',
      both(400, 20, (index) => ({
        hours: index % 7 === 0 ? 90_000 : 0,
        readyAt: monday - 60 * day,
      })),
      ['similar', 'similar', 'too_few_events'],
    ],
    [
      'ready after the as-of time',
      both(400, 20, () => ({ readyAt: monday + 40 * day })),
      ['hidden', 'hidden', 'hidden'],
    ],
    [
      'no size known',
      both(400, 20, () => ({ band: null })),
      ['similar', 'similar', 'too_few_events'],
    ],
    [
      'everything reverted at once',
      both(400, 20, () => ({ revertedAfter: 0 })),
      ['similar', 'similar', 'no_clear_difference'],
    ],
  ])('%s', (_, rows, expected) => {
    const found = verdicts(rows.map((row) => ({ readyAt: monday - 50 * day, ...row })))
    expect(found).toEqual(expected)
  })

  test('a clone knows reverts alone', () => {
    const rows = both(1_000, 20, (index) => ({
      readyAt: monday - 60 * day,
      ...(index % 20 === 3 ? { revertedAfter: 3 } : {}),
    }))
    const found = verdicts(rows, ['git'])
    expect(found.slice(0, 2)).toEqual(['not_known', 'not_known'])
    expect(found[2]).not.toBe('not_known')
  })

  test('identical values are about the same', () => {
    const rows = both(2_000, 50, () => ({ readyAt: monday - 60 * day }))
    const { cycleTime } = compareOutcomes(aChangeTable(rows), { asOf: monday })
    expect(cycleTime.difference?.interval95.map((limit) => limit.toFixed(9))).toEqual([
      '1.000000000',
      '1.000000000',
    ])
    expect(cycleTime.verdict).toBe('similar')
  })
})
