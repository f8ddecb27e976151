import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  ChangeTableBuilder,
  deriveAsOf,
  deriveLasting,
  type LastingPart,
  partAsOf,
  RecordTable,
  replaceRows,
  rowsToldLater,
  type TablePart,
} from '../../../src/comparison/index.ts'
import type { PullRequestRecord, RevertLink } from '../../../src/delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../../src/provenance/index.ts'
import { aSha, hour } from '../../support/a-record.ts'
import { propertyRuns } from '../../support/property-runs.ts'
import { randomRecord } from '../../support/random-record.ts'

const marks = indexRegistry(shippedRegistry())

const anyHour = fc.integer({ min: -500, max: 250_000 }).map((steps) => hour(steps / 100))
const anyLink: fc.Arbitrary<RevertLink> = fc.record({
  rung: fc.constant('R1'),
  confidence: fc.constant(0.9),
  at: anyHour,
  by: fc.constant({ number: 90, sha: aSha('revert') }),
  partial: fc.boolean(),
  bulk: fc.boolean(),
  restoredAt: fc.constant(null),
  restoredBy: fc.constant(null),
  uncounted: fc.constantFrom(null, 'partial'),
})

interface Known {
  readonly record: PullRequestRecord
  readonly reverts: readonly RevertLink[]
  readonly revertRole: 'revert' | 'reland' | null
}

/** What GitHub tells of a change: always when it was opened. */
const anyKnown: fc.Arbitrary<Known> = fc.record({
  record: randomRecord.map((record) => ({
    ...record,
    source: record.source === 'git' ? 'github' : record.source,
    createdAt: record.createdAt ?? hour(0),
    number: 1,
  })),
  reverts: fc.array(anyLink, { maxLength: 2 }),
  revertRole: fc.constantFrom(null, 'revert', 'reland'),
})

/** What `store/facts/changes` keeps. */
function lastingPart(known: readonly Known[]): LastingPart {
  const builder = new ChangeTableBuilder()
  const all = known.map((one) => deriveLasting(one.record, { marks, ...one }))
  for (const { counted } of all) builder.addCounted(counted)
  const column = (value: (index: number) => number) =>
    Float64Array.from(known, (_, index) => value(index))
  return {
    ...builder.part(),
    lasting: {
      openedAt: column((index) => all[index]?.counted.openedAt ?? Number.NaN),
      toldUntil: column((index) => all[index]?.toldUntil ?? Number.NaN),
      countedFrom: column(() => 0),
      knownUntil: column(() => Number.POSITIVE_INFINITY),
      readUntil: column(() => Number.POSITIVE_INFINITY),
    },
  }
}

function asOfColumns(known: readonly Known[], asOf: number) {
  const part = lastingPart(known)
  const later = rowsToldLater(part, asOf).flatMap((row) => {
    const one = known[row]
    return one ? [[row, deriveAsOf(one.record, { marks, asOf, ...one })] as const] : []
  })
  return partAsOf(replaceRows(part, new Map(later), null), asOf)
}

/** The same of the records: those opened by then, as good as read then. */
function fromRecords(known: readonly Known[], asOf: number) {
  const table = new RecordTable({ marks, asOf })
  const time = new Date(asOf).toISOString()
  for (const { record, reverts, revertRole } of known) {
    if (Date.parse(record.createdAt ?? '') > asOf) continue
    const readAt = Date.parse(record.readAt) < asOf ? time : record.readAt
    table.add({ ...record, readAt }, { reverts, revertRole })
  }
  return table.part()
}

/** With people and registries by name, in whatever order they stand. */
function named({ columns, people, registries }: TablePart) {
  const names = (numbers: Int32Array, from: readonly string[]) =>
    Array.from(numbers, (number) => from[number] ?? null)
  const person = names(columns.person, people)
  return { ...columns, person, registry: names(columns.registry, registries) }
}

it('columns that were derived once tell of any time what the records tell', () => {
  fc.assert(
    fc.property(fc.array(anyKnown, { maxLength: 6 }), anyHour, (known, time) => {
      const asOf = Date.parse(time)
      expect(named(asOfColumns(known, asOf))).toEqual(named(fromRecords(known, asOf)))
    }),
    { numRuns: propertyRuns(300) },
  )
})
