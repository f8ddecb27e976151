import { describe, expect, test } from 'vitest'
import {
  linkReverts,
  recordsSince,
  snapToMonday,
  tableFromRecords,
  tabulate,
} from '../../../src/comparison/index.ts'
import { deriveChange, syntheticOrganisation } from '../../../src/delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../../src/provenance/index.ts'

const day = 86_400_000
const asOf = Date.parse('2026-11-16T00:00:00Z')
const marks = indexRegistry(shippedRegistry())
const records = [
  ...syntheticOrganisation({
    seed: 3,
    asOf: '2026-11-16T00:00:00Z',
    people: 12,
    changesPerWeek: 20,
    weeks: 30,
    revertRisk: 0.1,
  }),
]

describe('tableFromRecords', () => {
  test('is the table of the changes that the records tell, reverts linked over all of them', () => {
    const reverts = linkReverts(records)
    const changes = records.flatMap((record) =>
      record.record === 'pull-request'
        ? [
            deriveChange(record, {
              marks,
              reverts: reverts.linksTo(record),
              revertRole: reverts.roleOf(record),
              asOf: new Date(asOf).toISOString(),
            }),
          ]
        : [],
    )
    const table = tableFromRecords(records, { marks, asOf })
    expect(table).toEqual(tabulate(changes))
    expect(table.size).toBeGreaterThan(300)
    expect(table.revertedAt.some((time) => !Number.isNaN(time))).toBe(true)
  })

  test('finds what reverts a change among records of which no change is asked', () => {
    const some = records.filter((_, index) => index % 2 === 0)
    const alone = tableFromRecords(some, { marks, asOf })
    const among = tableFromRecords(some, { marks, asOf }, linkReverts(records))
    const reverted = (table: typeof alone) =>
      table.revertedAt.filter((time) => !Number.isNaN(time)).length
    expect(among.size).toBe(alone.size)
    expect(reverted(among)).toBeGreaterThan(reverted(alone))
  })

  test('knows nothing of what came later', () => {
    const earlier = asOf - 10 * 7 * day
    const table = tableFromRecords(records, { marks, asOf: earlier })
    for (const times of [table.mergedAt, table.revertedAt]) {
      expect(times.every((time) => Number.isNaN(time) || time <= earlier)).toBe(true)
    }
    expect(table.asOf).toBe(earlier)
  })

  test('of nothing is empty', () => {
    expect(tableFromRecords([], { marks, asOf })).toMatchObject({ size: 0, repositories: [] })
  })
})

test('recordsSince goes back behind the 26 weeks of merges, to a Monday', () => {
  const since = recordsSince(asOf)
  expect(since).toBe(snapToMonday(since))
  expect((asOf - since) / day).toBe(34 * 7)
})
