import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomTable } from '../../../bench/random-table.ts'
import { followedRows } from '../../../src/comparison/descriptions/followed-rows.ts'
import { mergedRows, readyRows } from '../../../src/comparison/table/cohort-rows.ts'
import { mergeWindow, readinessWindow } from '../../../src/comparison/table/windows.ts'

const asOf = Date.UTC(2026, 5, 8)

test('the rows of each repository are those of all, cut in the order of the table', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 60 }),
      (size, people) => {
        const table = randomTable(size, people, asOf, size)
        const selections = [
          (repository?: number) => readyRows({ table, asOf, repository }, readinessWindow(asOf)),
          (repository?: number) => mergedRows({ table, asOf, repository }, mergeWindow(asOf)),
          (repository?: number) => followedRows({ table, asOf, repository }, readinessWindow),
        ]
        for (const select of selections) {
          const whole = select()
          for (const repository of table.repositories.keys()) {
            const isOwn = (row: number) => table.repository[row] === repository
            const own = select(repository)
            expect(own.assisted).toEqual(whole.assisted.filter(isOwn))
            expect(own.other).toEqual(whole.other.filter(isOwn))
          }
        }
      },
    ),
    { numRuns: 30 },
  )
})

test('a table that differs in its cohorts alone is asked anew', () => {
  const table = randomTable(200, 20, asOf, 1)
  const turned = { ...table, cohortAtReady: table.cohortAtReady.map((cohort) => 1 - cohort) }
  const before = readyRows({ table, asOf }, readinessWindow(asOf))
  const after = readyRows({ table: turned, asOf }, readinessWindow(asOf))
  expect(before.assisted.length).toBeGreaterThan(0)
  expect(after.assisted).toEqual(before.other)
  expect(after.other).toEqual(before.assisted)
})
