import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPublishable } from '../../src/comparison/disclosure/disclosure-gate.ts'
import { buildReport } from '../../src/report/document/build-report.ts'
import type { Report } from '../../src/report/document/report-document.ts'
import { aChangeTable, changesOfPeople, monday, type Row } from '../support/a-change-table.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { organisationsWithTeams } from '../support/small-organisations.ts'

// What somebody would work out who holds one report, or two of them, and knows what each number is of.

const day = 86_400_000

function reportOf(rows: readonly Row[], repository?: string): Report {
  const table = aChangeTable(rows)
  const number = repository === undefined ? undefined : table.repositories.indexOf(repository)
  return buildReport({
    table,
    asOf: monday,
    askedFor: monday,
    scope: {
      kind: repository === undefined ? 'organisation' : 'repository',
      name: repository ?? 'harbour-lights',
      repository: number,
      synthetic: true,
    },
  })
}

const group = (
  name: 'aiRecorded' | 'noneRecorded',
  [changes, people]: readonly [number, number],
  row: Partial<Row> | ((index: number) => Partial<Row>) = {},
): Row[] =>
  changesOfPeople(
    { changes, people, prefix: row instanceof Function ? name : `${name}${row.repository ?? ''}` },
    (index) => ({
      group: name,
      ...(row instanceof Function ? row(index) : row),
    }),
  )

const others = group('noneRecorded', [200, 20])

test('changes a week are of the rounded number of changes', () => {
  const rates = [18, 23, 24, 25, 26, 27].map((changes) => {
    const { integrity } = reportOf([...group('aiRecorded', [changes, 6]), ...others])
    return integrity?.measures.find(({ id }) => id === 'changes-per-week')?.aiRecorded ?? null
  })
  const [tooFew, ...shown] = rates
  expect(tooFew).toBeNull()
  for (const rate of shown) expect(rate).toEqual({ value: 2, low: null, high: null })
})

test('no step of the share merged is of fewer than five changes', () => {
  const hours = [0.5, 1.5, 3, 3, 5, 6, 7, 9, 10, 11, 13, 20, 25, 30, 40, 50, 60, 80, 100, 320]
  const one = group('aiRecorded', [20, 6], (index) => ({ hours: hours[index] ?? 1 }))
  const { merged } = reportOf([...one, ...others])
  const shares = (merged?.aiRecorded ?? []).map(({ value }) => value)
  expect(shares.at(-1)).toBe(100)
  expect(merged?.hours.at(-1)).toBe(336)
  for (const [index, share] of shares.entries()) {
    const step = share - (shares[index - 1] ?? 0)
    expect(step === 0 || step >= 25).toBe(true)
  }
})

test('what became of the changes of the last 30 days does not follow from two revert rates', () => {
  const settled = { readyAt: monday - 60 * day, hours: 24 }
  const rowsWith = (reverted: number) => [
    ...group('aiRecorded', [60, 10], () => settled),
    ...group('noneRecorded', [200, 20], () => settled),
    ...changesOfPeople({ changes: 5, people: 1, prefix: 'aiRecorded' }, (index) => ({
      group: 'aiRecorded' as const,
      readyAt: monday - 21 * day,
      hours: 24,
      ...(index < reverted ? { revertedAfter: 1 } : {}),
    })),
  ]
  const [none, most] = [reportOf(rowsWith(0)), reportOf(rowsWith(4))]
  expect(most.reverts).toEqual(none.reverts)
  expect(most.reverts?.rates[0]?.aiRecorded).not.toBeNull()
  expect(most.reverts?.window.until).toBe('2026-05-23')
  expect(most.comparisons).toEqual(none.comparisons)
  expect(most.comparisons[2]?.maturing).toBe(0)
})

describe('AI recorded after the start', () => {
  const shareWith = (late: number, people: number) => {
    const rows = [
      ...group('aiRecorded', [40, 10]),
      ...changesOfPeople({ changes: 100 - late, people: 10 }, () => ({ aiAfterStart: false })),
      ...changesOfPeople({ changes: late, people }, () => ({ aiAfterStart: true })),
    ]
    const { integrity } = reportOf(rows)
    return (
      integrity?.measures.find(({ id }) => id === 'ai-after-start')?.noneRecorded?.value ?? null
    )
  }

  test.each([
    [0, 1, 0],
    [1, 1, null],
    [20, 4, null],
    [19, 10, null],
    [20, 5, 20],
    [85, 10, null],
    [100, 10, 100],
  ])('%i changes of %i people', (late, people, shown) => {
    expect(shareWith(late, people)).toBe(shown)
  })
})

test('how many changes could be compared is not told of one person', () => {
  const rows = [
    ...group('aiRecorded', [40, 10], (index) => ({ band: index % 10 === 0 ? '10-49' : '1000+' })),
    ...group('noneRecorded', [100, 10], () => ({ band: '10-49' })),
  ]
  const [time] = reportOf(rows).comparisons
  expect(time?.verdict).toBe('too_few')
  expect(time?.comparable).toBeNull()
  expect(time?.statement).toMatch(/^Too few to tell: /)
})

describe('the comparison against attested changes', () => {
  // All of one kind, but for some changes without a record that nothing attested has a counterpart for.
  const rowsWith = (undeclared: number, people: number) => [
    ...group('aiRecorded', [60, 10], (index) => ({ band: index < 40 ? '10-49' : '1000+' })),
    ...group('noneRecorded', [200, 20], () => ({ band: '10-49', assistance: 'unassisted' })),
    ...changesOfPeople({ changes: undeclared, people, prefix: 'undeclared' }, () => ({
      band: '1000+' as const,
    })),
    ...changesOfPeople({ changes: 40, people: 10, prefix: 'unlike' }, () => ({
      band: '200-499' as const,
    })),
  ]

  test.each([
    [40, 10, true],
    [5, 1, false],
    [40, 1, false],
  ])(
    'beside %i undeclared changes of %i people that could be compared',
    (changes, people, told) => {
      const [time] = reportOf(rowsWith(changes, people)).comparisons
      expect(time?.verdict).not.toBe('hidden')
      expect(time?.attested != null).toBe(told)
    },
  )
})

describe('a report of all repositories beside one of a single repository', () => {
  const repositoryOf = (
    name: string,
    ai: readonly [number, number],
    rest: readonly [number, number],
  ) => [
    ...group('aiRecorded', ai, { repository: name }),
    ...group('noneRecorded', rest, { repository: name }),
  ]
  const solo = repositoryOf('o/solo', [20, 1], [60, 20]).map((row) =>
    row.group === 'aiRecorded' ? { ...row, hours: 200 } : row,
  )
  const pair = [...repositoryOf('o/large', [60, 10], [200, 20]), ...solo]

  test('does not leave one person as the difference', () => {
    const report = reportOf(pair, 'o/large')
    expect(report.cohorts.aiRecorded).toBeNull()
    // Of the other cohort enough is left.
    expect(report.cohorts.noneRecorded?.changes).toBe(200)
    for (const { verdict, estimate, comparable, typical, measures } of report.comparisons) {
      expect({ verdict, estimate, comparable, typical }).toEqual({
        verdict: 'hidden',
        estimate: null,
        comparable: null,
        typical: null,
      })
      expect(measures).toEqual([])
    }
    const { merged, reverts, funnel, quantiles } = report
    expect(quantiles.map(({ aiRecorded }) => aiRecorded)).toEqual(quantiles.map(() => null))
    expect(merged?.aiRecorded ?? null).toBeNull()
    expect(reverts?.rates.every(({ aiRecorded }) => aiRecorded === null) ?? true).toBe(true)
    expect(funnel?.aiRecorded ?? null).toBeNull()
  })

  test('crosses no two breakdowns', () => {
    const { weeks, sizes, coverage } = reportOf(pair, 'o/large')
    expect({ weeks, sizes, coverage }).toEqual({ weeks: [], sizes: null, coverage: null })
  })

  test('does not leave one person as what is left of two', () => {
    const rows = [...repositoryOf('o/other', [50, 10], [100, 20]), ...pair]
    const shown = ['o/large', 'o/other', 'o/solo'].filter(
      (name) => reportOf(rows, name).cohorts.aiRecorded !== null,
    )
    // Either one beside the whole would do; with both, the third follows.
    expect(shown).toEqual(['o/large'])
  })

  test('shows both where enough is left either way', () => {
    const rows = [
      ...repositoryOf('o/other', [50, 10], [100, 20]),
      ...repositoryOf('o/large', [60, 10], [200, 20]),
    ]
    for (const name of ['o/large', 'o/other']) {
      const report = reportOf(rows, name)
      expect(report.cohorts.aiRecorded).not.toBeNull()
      expect(report.comparisons[0]?.verdict).not.toBe('hidden')
      expect(report.comparisons[2]?.comparable).not.toBeNull()
      expect(report.merged?.aiRecorded).not.toBeNull()
    }
  })

  test('leaves of every group of changes nobody, or enough', () => {
    let partly = 0
    fc.assert(
      fc.property(organisationsWithTeams, (rows) => {
        const names = [...new Set(rows.map(({ repository = '' }) => repository))]
        const reports = new Map(names.map((name) => [name, reportOf(rows, name)]))
        const groups = {
          aiRecorded: ({ cohorts }: Report) => cohorts.aiRecorded,
          noneRecorded: ({ cohorts }: Report) => cohorts.noneRecorded,
        }
        for (const [cohort, told] of Object.entries(groups)) {
          const isIn = ({ group: own, readyAt = 0 }: Row) =>
            own === cohort && readyAt >= monday - 105 * day && readyAt < monday - 14 * day
          expectSafe(rows.filter(isIn), [...reports], told)
          const inTime = (row: Row) => isIn(row) && (row.hours ?? 1e9) <= 14 * 24
          const compared = ({ comparisons }: Report) => comparisons[0]?.typical ?? null
          expectSafe(rows.filter(inTime), [...reports], compared)
        }
        const shown = names.filter((name) => reports.get(name)?.cohorts.aiRecorded)
        if (shown.length > 0 && shown.length < names.length) partly += 1
      }),
      { numRuns: propertyRuns(15), endOnFailure: true },
    )
    expect(partly).toBeGreaterThan(0)
  })
})

/** What is told of some repositories, and what is left when all of those are taken from the whole. */
function expectSafe(
  whole: readonly Row[],
  reports: readonly (readonly [string, Report])[],
  told: (report: Report) => unknown,
) {
  const names = reports.filter(([, report]) => told(report) !== null).map(([name]) => name)
  if (names.length === 0) return
  const rest = whole.filter(({ repository = '' }) => !names.includes(repository))
  for (const some of [
    ...names.map((name) => whole.filter((row) => row.repository === name)),
    rest,
  ]) {
    expect(some.length === 0 || isPublishable(some.map(({ person }) => person))).toBe(true)
  }
}
