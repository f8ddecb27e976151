import { expect, test } from 'vitest'
import {
  joinTable,
  linkReverts,
  RecordTable,
  revertsOf,
  tableFromRecords,
} from '../../src/comparison/index.ts'
import { syntheticOrganisation } from '../../src/delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'

const options = {
  marks: indexRegistry(shippedRegistry()),
  asOf: Date.parse('2026-11-16T00:00:00Z'),
}
const records = [
  ...syntheticOrganisation({
    seed: 5,
    asOf: '2026-11-16T00:00:00Z',
    people: 9,
    changesPerWeek: 15,
    weeks: 12,
  }),
]

test.each([1, 2, 7])('a table joined of %i parts is the table of all', (count) => {
  const reverts = linkReverts(records)
  const parts = Array.from({ length: count }, (_, part) => {
    const table = new RecordTable(options)
    const [from, to] = [part, part + 1].map((end) => Math.floor((records.length * end) / count))
    for (const record of records.slice(from, to)) table.add(record, revertsOf(record, reverts))
    return table.part()
  })
  const nothing = new RecordTable(options).part()
  expect(joinTable([nothing, ...parts, nothing])).toEqual(tableFromRecords(records, options))
})
