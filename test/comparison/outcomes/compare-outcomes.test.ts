import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareOutcomes } from '../../../src/comparison/index.ts'
import { aChangeTable, monday, type Row } from '../../support/a-change-table.ts'
import { arbitraryChanges } from '../../support/arbitrary-changes.ts'
import { plainComparison } from '../../support/plain-comparison.ts'
import { propertyRuns } from '../../support/property-runs.ts'

/** Lets everything pass, so that what is worked out can be seen. */
const open = { people: 1, changes: 1, personShare: 1 }
const day = 86_400_000

function compare(rows: readonly Row[], asOf = monday) {
  const outcomes = compareOutcomes(aChangeTable(rows), { asOf, thresholds: open })
  return {
    'cycle-time': outcomes.cycleTime,
    'review-rounds': outcomes.reviewRounds,
    reverts: outcomes.reverts,
  }
}

describe.each(['cycle-time', 'review-rounds', 'reverts'] as const)('%s', (outcome) => {
  test('agrees with the formulas written out by hand', () => {
    let shown = 0
    fc.assert(
      fc.property(arbitraryChanges, fc.constantFrom(0, 7, 21), (once, daysBefore) => {
        const asOf = monday - daysBefore * day
        // Every change four times: enough of them to be told something.
        const rows = [...once, ...once, ...once, ...once]
        const found = compare(rows, asOf)[outcome]
        const expected = plainComparison(rows, outcome, asOf)
        if (found.counts === null) {
          expect(Math.min(...expected.all)).toBe(0)
          return
        }
        expect([found.counts.assisted.all, found.counts.other.all]).toEqual(expected.all)
        expect([found.counts.assisted.used, found.counts.other.used]).toEqual(expected.used)
        expect(found.level).toBe(expected.level)
        const isTrusted =
          Math.min(...expected.used) >= 30 &&
          expected.effectivePeople >= 5 &&
          expected.largestShare <= 0.5
        if (expected.interval95 === null || !isTrusted) {
          expect(found.difference).toBeNull()
          return
        }
        shown += 1
        expect(found.difference?.value).toBeCloseTo(expected.value ?? Number.NaN, 9)
        expect(found.difference?.interval95[0]).toBeCloseTo(expected.interval95[0], 8)
        expect(found.difference?.interval95[1]).toBeCloseTo(expected.interval95[1], 8)
      }),
      { numRuns: propertyRuns(60), endOnFailure: true },
    )
    expect(shown).toBeGreaterThan(30)
  })
})

describe('all three outcomes', () => {
  test('do not depend on the order of changes or on the names of people and repositories', () => {
    fc.assert(
      fc.property(arbitraryChanges, fc.infiniteStream(fc.nat()), (rows, stream) => {
        const shuffled = rows
          .map((row) => ({ row, key: stream.next().value ?? 0 }))
          .sort((one, other) => one.key - other.key)
          .map(({ row }) => ({
            ...row,
            person: `x${row.person}`,
            repository: `x${row.repository}`,
          }))
        expectAlike(compare(shuffled), compare(rows))
      }),
      { numRuns: propertyRuns(30), endOnFailure: true },
    )
  })

  test('use nothing that happened after the as-of time', () => {
    fc.assert(
      fc.property(arbitraryChanges, (rows) => {
        const asOf = monday - 7 * day
        const before = rows.map((row) => asKnown(row, asOf)).filter((row) => row !== null)
        expectAlike(compare(rows, asOf), compare(before, asOf))
      }),
      { numRuns: propertyRuns(30), endOnFailure: true },
    )
  })

  test('are not moved by a kind of change that only one group makes', () => {
    fc.assert(
      fc.property(arbitraryChanges, (rows) => {
        const alone = Array.from({ length: 8 }, (_, index): Row => {
          return {
            person: `person-${index}`,
            repository: 'a/other',
            group: 'noneRecorded',
            rounds: 9,
          }
        })
        const [with8, without] = [compare([...rows, ...alone]), compare(rows)]
        for (const outcome of ['cycle-time', 'review-rounds', 'reverts'] as const) {
          expectAlike(with8[outcome].difference, without[outcome].difference)
        }
      }),
      { numRuns: propertyRuns(30), endOnFailure: true },
    )
  })

  test('say nothing of set-aside changes', () => {
    fc.assert(
      fc.property(arbitraryChanges, (rows) => {
        expectAlike(compare(rows), compare(rows.filter(({ group }) => group !== 'setAside')))
      }),
      { numRuns: propertyRuns(20), endOnFailure: true },
    )
  })

  test('hold no key of a person and no number that is none', () => {
    fc.assert(
      fc.property(arbitraryChanges, (rows) => {
        const text = JSON.stringify(compare(rows), (_, value: unknown) => {
          if (typeof value === 'number') expect(value).toBeTypeOf('number')
          return typeof value === 'number' && !Number.isFinite(value) ? 'not finite' : value
        })
        expect(text).not.toMatch(/person-|not finite/)
      }),
      { numRuns: propertyRuns(40), endOnFailure: true },
    )
  })
})

/** A change as it was known then: none that was not ready or merged yet. */
function asKnown(row: Row, asOf: number): Row | null {
  const ready = row.readyAt ?? monday - 40 * day
  if (ready >= asOf) return null
  const merged = ready + (row.hours ?? Number.NaN) * 3_600_000
  if (!(merged < asOf)) return { ...row, hours: null }
  const { revertedAfter, ...rest } = row
  const isKnown = revertedAfter !== undefined && merged + revertedAfter * day <= asOf
  return isKnown ? row : rest
}

/** The same but for what rounding leaves, and for the precision to which a tipping share is sought. */
function expectAlike(one: unknown, other: unknown, path = 'all'): void {
  if (typeof one === 'number' && typeof other === 'number') {
    const apart = Math.abs(one - other)
    expect(apart <= 1e-5 || apart <= 1e-6 * Math.abs(other), `${path}: ${one}, ${other}`).toBe(true)
    return
  }
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    expect(one, path).toEqual(other)
    return
  }
  expect(Object.keys(one), path).toEqual(Object.keys(other))
  for (const [key, part] of Object.entries(one)) {
    expectAlike(part, (other as Record<string, unknown>)[key], `${path}.${key}`)
  }
}
