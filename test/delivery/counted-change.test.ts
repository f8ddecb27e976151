import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCounted, writeCounted } from '../../src/delivery/counted-change.ts'
import { countChange, deriveChange } from '../../src/delivery/derive-change.ts'
import type { RevertLink } from '../../src/delivery/revert-link.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'
import { aSha, hour } from '../support/a-record.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { randomRecord } from '../support/random-record.ts'

const marks = indexRegistry(shippedRegistry())

function revertAt(hours: number): RevertLink {
  return {
    rung: 'R2',
    confidence: 0.99,
    at: hour(hours),
    by: { number: 9, sha: aSha('revert') },
    partial: false,
    bulk: false,
    restoredAt: null,
    restoredBy: null,
    uncounted: null,
  }
}

test('what is counted and what is written are the same change', () => {
  const hours = fc.integer({ min: 0, max: 2_000 })
  fc.assert(
    fc.property(randomRecord, hours, fc.option(hours), (record, asOf, revert) => {
      const reverts = revert === null ? [] : [revertAt(revert)]
      const context = { marks, reverts, revertRole: null, asOf: hour(asOf) }
      const counted = countChange(record, context)
      const written = deriveChange(record, context)
      expect(readCounted(written)).toEqual(counted)
      expect(JSON.stringify(writeCounted(readCounted(written)))).toBe(JSON.stringify(written))
    }),
    { numRuns: propertyRuns(200) },
  )
})
