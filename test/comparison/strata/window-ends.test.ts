import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeCohorts } from '../../../src/comparison/descriptions/describe-cohorts.ts'
import { describeFunnel } from '../../../src/comparison/descriptions/describe-funnel.ts'
import { describeIntegrity } from '../../../src/comparison/descriptions/describe-integrity.ts'
import { describeMerged } from '../../../src/comparison/descriptions/describe-merged.ts'
import { describeQuantiles } from '../../../src/comparison/descriptions/describe-quantiles.ts'
import { describeReverts } from '../../../src/comparison/descriptions/describe-reverts.ts'
import { describeWeeks } from '../../../src/comparison/descriptions/describe-weeks.ts'
import { compareOutcomes } from '../../../src/comparison/index.ts'
import { windowEnds } from '../../../src/comparison/strata/window-ends.ts'
import { snapToMonday } from '../../../src/comparison/table/as-of.ts'
import type { ChangeTable } from '../../../src/comparison/table/change-table.ts'
import { maturedWindow, readinessWindow } from '../../../src/comparison/table/windows.ts'
import { aChangeTable, changesOfPeople, monday, type Row } from '../../support/a-change-table.ts'
import { arbitraryChanges } from '../../support/arbitrary-changes.ts'
import { propertyRuns } from '../../support/property-runs.ts'

const hour = 3_600_000
const day = 24 * hour
/** Lets everything pass, so that what is counted can be seen. */
const open = { people: 1, changes: 1, personShare: 1 }

test.each([
  ['later', monday + day, monday],
  ['at the time of the report', monday, monday],
  ['an hour before', monday - hour, monday - 7 * day],
  ['the Wednesday before', monday - 5 * day + 15 * hour, monday - 7 * day],
  ['the Monday before', monday - 7 * day, monday - 7 * day],
  ['three weeks ago, on a Sunday', monday - 15 * day, monday - 21 * day],
])('a repository read %s ends its windows as on a Monday', (_, readAt, until) => {
  const table = aChangeTable([
    { person: 'p', repository: 'a/one', readAt: monday },
    { person: 'p', repository: 'a/two', readAt: monday - 60 * day },
    { person: 'p', repository: 'a/two', readAt },
  ])
  expect([...windowEnds(table, monday, readinessWindow)]).toEqual([
    monday - 14 * day,
    until - 14 * day,
  ])
  expect([...windowEnds(table, monday, maturedWindow)]).toEqual([
    monday - 30 * day,
    until - 30 * day,
  ])
})

test('an as-of time inside a week is no earlier for what was read in the same week', () => {
  const asOf = monday + 3 * day
  const table = aChangeTable([{ person: 'p', readAt: asOf }], { asOf })
  expect([...windowEnds(table, asOf, readinessWindow)]).toEqual([asOf - 14 * day])
})

describe('of two repositories, of which one was read earlier', () => {
  test('that one counts what its own table as of that time counts', () => {
    let counted = 0
    fc.assert(
      fc.property(arbitraryChanges, fc.integer({ min: 1, max: 60 * 24 }), (changes, hours) => {
        const readAt = monday - hours * hour
        const rows = changes
          // The start of a window is that of the report: what came before it would be in the earlier window alone.
          .filter(({ readyAt = 0 }) => readyAt >= monday - 105 * day)
          .map((row) => (row.repository === 'a/two' ? asRead(row, readAt) : row))
          .filter((row) => row !== null)
        const earlier = rows.filter(({ repository }) => repository === 'a/two')
        if (earlier.length === 0 || earlier.length === rows.length) return
        const both = aChangeTable(rows)
        const found = countsIn(both, monday, both.repositories.indexOf('a/two'))
        const asOf = snapToMonday(readAt)
        expect(found).toEqual(countsIn(aChangeTable(earlier, { asOf }), asOf))
        const others = countsIn(both, monday, both.repositories.indexOf('a/one'))
        const alone = rows.filter(({ repository }) => repository !== 'a/two')
        expect(others).toEqual(countsIn(aChangeTable(alone), monday))
        counted += Number(found.cycleTime !== undefined && others.cycleTime !== undefined)
      }),
      { numRuns: propertyRuns(40), endOnFailure: true },
    )
    expect(counted).toBeGreaterThan(10)
  })

  test('nothing is different where both were read at the time of the report or later', () => {
    fc.assert(
      fc.property(arbitraryChanges, fc.nat(40 * 24), (rows, hours) => {
        const later = rows.map((row) =>
          row.repository === 'a/two' ? { ...row, readAt: monday + hours * hour } : row,
        )
        expect(everything(later)).toEqual(everything(rows))
      }),
      { numRuns: propertyRuns(15), endOnFailure: true },
    )
  })

  test('what merged too lately for its reading is told to be maturing', () => {
    const rows = (['aiRecorded', 'noneRecorded'] as const).flatMap((group) =>
      changesOfPeople({ changes: 30, people: 10, prefix: group }, (index) => ({
        group,
        repository: index % 2 === 0 ? 'a/one' : 'a/two',
        mergedAt: monday - 35 * day,
        readAt: index % 2 === 0 ? monday : monday - 8 * day,
      })),
    )
    const { counts, maturing } = compareOutcomes(aChangeTable(rows), {
      asOf: monday,
      thresholds: open,
    }).reverts
    expect([counts?.assisted.all, counts?.other.all, maturing]).toEqual([15, 15, 30])
  })

  test.each([
    ['enough people: they are followed for as long as they were read', 5, 40],
    ['few people: they are left out, as they are of the comparison', 4, 20],
  ])('the share merged, of changes not followed for 14 days of %s', (_, people, expected) => {
    const rows = (['aiRecorded', 'noneRecorded'] as const).flatMap((group) => [
      ...changesOfPeople({ changes: 20, people: 10, prefix: group }, () => ({ group })),
      ...changesOfPeople({ changes: 20, people, prefix: group }, () => ({
        group,
        repository: 'a/two',
        readAt: monday - 39 * day,
      })),
    ])
    const { changes } = describeMerged(
      { table: aChangeTable(rows), asOf: monday },
      { people: 5, changes: 20, personShare: 0.5 },
    )
    expect(changes).toEqual({ assisted: expected, other: expected })
  })
})

/** How many changes each outcome is told of, by group. */
function countsIn(table: ChangeTable, asOf: number, repository?: number) {
  const { cycleTime, reviewRounds, reverts } = compareOutcomes(table, {
    asOf,
    repository,
    thresholds: open,
  })
  const described = { table, asOf, repository }
  const all = ({ counts }: Pick<typeof cycleTime, 'counts'>) =>
    counts === null ? undefined : [counts.assisted.all, counts.other.all]
  const funnel = describeFunnel(described, open)
  const hours = describeQuantiles(described, open)['cycle-time']
  const { redrafted } = describeIntegrity(described, open)
  const cohorts = describeCohorts(described, open)
  // Limits depend on the order of people by what rounding leaves.
  const told = (share: { readonly changes: number; readonly value: number } | undefined) =>
    share && [share.changes, share.value]
  return {
    cycleTime: all(cycleTime),
    reviewRounds: all(reviewRounds),
    reverts: all(reverts),
    merged: [told(cycleTime.merged?.assisted), told(cycleTime.merged?.other)],
    beside: reviewRounds.companions.map(({ assisted, other }) => [told(assisted), told(other)]),
    funnel: [funnel.assisted, funnel.other].map((side) => [
      side?.ready,
      side?.merged.value,
      side?.surviving.value,
    ]),
    hours: [hours.assisted, hours.other].map((side) => [side?.changes, side?.median.value]),
    redrafted: [redrafted.assisted?.changes, redrafted.other?.changes],
    cohorts: [cohorts.assisted, cohorts.other],
  }
}

function everything(rows: readonly Row[]) {
  const table = aChangeTable(rows)
  const described = { table, asOf: monday }
  return [
    compareOutcomes(table, { asOf: monday, thresholds: open }),
    describeFunnel(described, open),
    describeQuantiles(described, open),
    describeMerged(described, open),
    describeReverts(described, open),
    describeWeeks(described, open),
    describeCohorts(described, open),
  ]
}

/** A change as a reading found it: none that was not ready yet, and not what became of it later. */
function asRead(row: Row, readAt: number): Row | null {
  const ready = row.readyAt ?? monday
  if (ready >= readAt) return null
  const merged = ready + (row.hours ?? Number.NaN) * hour
  if (!(merged < readAt)) return { ...row, hours: null, readAt }
  const { revertedAfter, ...rest } = row
  const isKnown = revertedAfter !== undefined && merged + revertedAfter * day <= readAt
  return { ...(isKnown ? row : rest), readAt }
}
