import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  findLastPublished,
  publishedAfter,
  recordsSinceLast,
} from '../../../src/comparison/disclosure/last-published.ts'
import { publishedAsOf } from '../../../src/comparison/disclosure/published-snapshot.ts'
import { recordsSince } from '../../../src/comparison/disclosure/snapshot-anchor.ts'
import { aChangeTable, monday, type Row } from '../../support/a-change-table.ts'
import { propertyRuns } from '../../support/property-runs.ts'
import { smallOrganisations } from '../../support/small-organisations.ts'

const week = 7 * 86_400_000
const sealed = (weeksAgo: number) => ({ asOf: monday - weeksAgo * week, editable: false })
const editable = (weeksAgo: number) => ({ asOf: monday - weeksAgo * week, editable: true })

describe('of several memories', () => {
  test.each([
    ['none', [], undefined],
    ['the latest counts', [sealed(3), editable(1)], editable(1)],
    ['whichever it is', [sealed(1), editable(3)], sealed(1)],
    ['of the same Monday the sealed one', [editable(2), sealed(2)], sealed(2)],
    ['what lies ahead is none', [editable(-1), sealed(-1), sealed(4)], sealed(4)],
    ['the Monday asked for may be one', [editable(0)], editable(0)],
    ['no Monday', [{ asOf: monday - 1, editable: true }, sealed(4)], sealed(4)],
    ['no time at all', [{ asOf: Number.NaN, editable: true }], undefined],
    ['absurd times', [{ asOf: -8.64e15, editable: true }], undefined],
    ['what shares nothing, where others could have changed it', [editable(33)], undefined],
    ['and where nobody could', [sealed(33)], sealed(33)],
  ])('%s', (_, memories, expected) => {
    expect(findLastPublished(memories, monday)).toEqual(expected)
    expect(findLastPublished(memories.toReversed(), monday)).toEqual(expected)
  })
})

test('records are read as far back as the decision looks', () => {
  expect(recordsSinceLast(monday, undefined)).toBe(recordsSince(monday))
  expect(recordsSinceLast(monday, sealed(12))).toBe(recordsSince(monday, monday - 12 * week))
  expect(recordsSinceLast(monday, editable(12))).toBe(recordsSince(monday - 12 * week))
})

describe('for any small organisation', () => {
  const ages = fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 8 })

  test('a sealed memory is taken at its word, and nothing remembered is nothing', () => {
    fc.assert(
      fc.property(smallOrganisations, ages, (rows, [age = 0]) => {
        const table = aChangeTable(rows)
        const lastPublished = monday - age * week
        expect(publishedAfter(table, monday, undefined)).toBe(publishedAsOf(table, monday))
        expect(publishedAfter(table, monday, sealed(age))).toBe(
          publishedAsOf(table, monday, { lastPublished }),
        )
      }),
      { numRuns: propertyRuns(50) },
    )
  })

  test('whatever is put into an editable memory, what comes out is what one gets without any, and never later', () => {
    fc.assert(
      fc.property(smallOrganisations, ages, (rows, claims) => {
        const table = aChangeTable(rows)
        const due = publishedAsOf(table, monday)
        for (const age of claims) {
          const shown = publishedAfter(table, monday, editable(age))
          expect(shown).toBeLessThanOrEqual(due)
          expect(publishedAsOf(table, shown)).toBe(shown)
        }
      }),
      { numRuns: propertyRuns(50) },
    )
  })

  test('an editable memory is left out only where it decides nothing', () => {
    fc.assert(
      fc.property(smallOrganisations, fc.integer({ min: 0, max: 7 }), (rows, ago) => {
        const table = aChangeTable(rows)
        const asked = monday - ago * week
        for (let age = 26 + ago; age < 35 + ago; age += 1) {
          if (findLastPublished([editable(age)], asked) !== undefined) continue
          expect(publishedAfter(table, asked, editable(age))).toBe(publishedAsOf(table, asked))
        }
      }),
      { numRuns: propertyRuns(30) },
    )
  })

  test('of what was shown it never goes back, and each step is one that a sealed memory allows', () => {
    fc.assert(
      fc.property(smallOrganisations, (rows) => {
        const table = aChangeTable(rows)
        let last: number | undefined
        for (let asked = monday - 20 * week; asked <= monday; asked += week) {
          const memory = last === undefined ? undefined : { asOf: last, editable: true }
          const shown = publishedAfter(table, asked, memory)
          if (last !== undefined) {
            expect(shown).toBeGreaterThanOrEqual(last)
            expect(publishedAsOf(table, shown, { lastPublished: last })).toBe(shown)
          }
          last = shown
        }
      }),
      { numRuns: propertyRuns(30) },
    )
  })

  test('what is read since is enough: older changes decide nothing', () => {
    fc.assert(
      fc.property(smallOrganisations, ages, (rows, [age = 0]) => {
        for (const memory of [sealed(age), editable(age)]) {
          const since = recordsSinceLast(monday, memory)
          const known = rows.filter(({ readyAt = 0 }: Row) => readyAt >= since)
          expect(publishedAfter(aChangeTable(known), monday, memory)).toBe(
            publishedAfter(aChangeTable(rows), monday, memory),
          )
        }
      }),
      { numRuns: propertyRuns(30) },
    )
  })
})
