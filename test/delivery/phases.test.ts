import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readClocks } from '../../src/delivery/clocks.ts'
import { type Phases, readPhases } from '../../src/delivery/phases.ts'
import type { PullRequestRecord } from '../../src/delivery/record.ts'
import { responsiblePerson } from '../../src/delivery/responsible-person.ts'
import { aRecord, aReview, hour, type RecordInit } from '../support/a-record.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { randomRecord } from '../support/random-record.ts'

function phasesOf(record: PullRequestRecord): Phases {
  return readPhases(readClocks(record, responsiblePerson(record)))
}

/** Cycle, pickup, review, merge wait, unphased; in hours. */
function inHours(init: RecordInit): (number | null)[] {
  const { cycle, pickup, review, mergeWait, unphased } = phasesOf(aRecord(init))
  return [cycle, pickup, review, mergeWait, unphased].map((span) =>
    span === null ? null : span / 3_600_000,
  )
}

const draft: RecordInit = { openedAsDraft: true, draftEvents: [{ at: hour(6), to: 'ready' }] }
const comment = aReview({ submittedAt: hour(2) })
const approval = aReview({ submittedAt: hour(10), state: 'approved' })

describe('cycle, pickup, review, merge wait, unphased', () => {
  test.each<[string, RecordInit, (number | null)[]]>([
    ['all of them', { reviews: [comment, approval] }, [24, 2, 8, 14, 0]],
    ['the first review is the last approval', { reviews: [approval] }, [24, 10, 0, 14, 0]],
    ['reviewed, not approved', { reviews: [comment] }, [24, 2, null, null, 22]],
    ['not reviewed', {}, [24, null, null, null, 24]],
    ['reviews not knowable', { reviews: null, reviewComments: null }, [24, null, null, null, 24]],
    [
      'reviews cut: the last approval is not known',
      { reviews: [comment, approval], truncated: ['reviews'] },
      [24, 2, null, null, 22],
    ],
    ['reviewed in draft', { ...draft, reviews: [comment, approval] }, [18, 0, 4, 14, 0]],
    [
      'approved in draft',
      { ...draft, reviews: [aReview({ submittedAt: hour(3), state: 'approved' })] },
      [18, 0, 0, 18, 0],
    ],
    ['merged from draft', { openedAsDraft: true, reviews: [approval] }, [0, 0, 0, 0, 0]],
    ['open, reviewed', { mergedAfter: null, reviews: [comment] }, [null, 2, null, null, null]],
    [
      'a clone',
      {
        createdAt: null,
        openedAsDraft: null,
        draftEvents: null,
        reviews: null,
        reviewComments: null,
      },
      [null, null, null, null, null],
    ],
    ['merged before it was opened, by a clock', { mergedAfter: -1 }, [0, null, null, null, 0]],
  ])('%s', (_, init, expected) => {
    expect(inHours(init)).toEqual(expected)
  })
})

test('the spans before and around', () => {
  const { draft: inDraft, codingSpan, openToMerge, authoredToMerged } = phasesOf(aRecord(draft))
  expect([inDraft, codingSpan, openToMerge, authoredToMerged]).toEqual(
    [6, 1, 24, 25].map((hours) => hours * 3_600_000),
  )
})

test.each<[string, RecordInit, number | null]>([
  ['queued after the approval', { reviews: [approval] }, 4],
  ['queued before it', { reviews: [aReview({ submittedAt: hour(22), state: 'approved' })] }, 2],
  ['no approval', {}, null],
])('the queue is a part of the merge wait: %s', (_, init, hours) => {
  const { queueWait } = phasesOf(
    aRecord({ ...init, queueEvents: [{ at: hour(20), action: 'queued' }] }),
  )
  expect(queueWait === null ? null : queueWait / 3_600_000).toBe(hours)
})

test('in any timeline the phases add up to the cycle time, and none is negative', () => {
  fc.assert(
    fc.property(randomRecord, (record) => {
      const phases = phasesOf(record)
      const { cycle, pickup, review, mergeWait, unphased } = phases
      expect(cycle === null).toBe(unphased === null)
      if (cycle !== null && unphased !== null) {
        expect((pickup ?? 0) + (review ?? 0) + (mergeWait ?? 0) + unphased).toBe(cycle)
      }
      if (cycle !== null && pickup !== null && review !== null && mergeWait !== null) {
        expect(unphased).toBe(0)
      }
      for (const span of Object.values(phases)) {
        if (span !== null) expect(span).toBeGreaterThanOrEqual(0)
      }
    }),
    { numRuns: propertyRuns(1_000) },
  )
})

test('no anchor is later than the merge or earlier than it can be', () => {
  fc.assert(
    fc.property(randomRecord, (record) => {
      const {
        flags: _,
        redraft,
        reopens: __,
        merged,
        ready,
        ...anchors
      } = readClocks(record, responsiblePerson(record))
      if (redraft !== null) expect(redraft).toBeGreaterThanOrEqual(0)
      const { firstReview, firstBotReview, lastApproval } = anchors
      for (const time of [firstReview, firstBotReview, lastApproval]) {
        if (time === null) continue
        if (ready !== null) expect(time).toBeGreaterThanOrEqual(ready)
        if (merged !== null) expect(time).toBeLessThanOrEqual(merged)
      }
    }),
    { numRuns: propertyRuns(1_000) },
  )
})
