import fc from 'fast-check'
import { sizeBands } from '../../src/delivery/index.ts'
import { monday, type Row } from './a-change-table.ts'

const day = 86_400_000

/** A change of few repositories, sizes and people, so that many have a counterpart of their kind. */
const change: fc.Arbitrary<Row> = fc.record(
  {
    person: fc.integer({ min: 0, max: 11 }).map((number) => `person-${number}`),
    repository: fc.constantFrom('a/one', 'a/one', 'a/two'),
    readyAt: fc.integer({ min: 0, max: 200 }).map((days) => monday - days * day - 3_600_000),
    hours: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 0, max: 4_000 }).map((tenths) => tenths / 10) },
      { weight: 1, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.constantFrom(0, 0.01, 336, 336.01, 90_000) },
    ),
    group: fc.constantFrom('aiRecorded', 'noneRecorded', 'noneRecorded', 'setAside'),
    band: fc.constantFrom(...sizeBands.slice(0, 3), null),
    rounds: fc.integer({ min: 0, max: 4 }),
    assistance: fc.constantFrom('undeclared', 'unassisted'),
  },
  { noNullPrototype: true },
)

const reverted: fc.Arbitrary<Row> = fc
  .tuple(change, fc.integer({ min: 0, max: 50 }))
  .map(([row, days]) => (row.hours === null ? row : { ...row, revertedAfter: days }))

/** Changes of an organisation of a dozen people. */
export const arbitraryChanges = fc.array(
  fc.oneof({ weight: 5, arbitrary: change }, { weight: 1, arbitrary: reverted }),
  { minLength: 300, maxLength: 900, size: 'max' },
)
