import { describe, expect, test } from 'vitest'
import { type StartSize, sizeBand, startSize } from '../../src/delivery/size-band.ts'
import { aRecord, aSha, hour, type RecordInit, textKey } from '../support/a-record.ts'

test.each([
  [0, '0-9'],
  [9, '0-9'],
  [10, '10-49'],
  [49, '10-49'],
  [50, '50-199'],
  [199, '50-199'],
  [200, '200-499'],
  [499, '200-499'],
  [500, '500-999'],
  [999, '500-999'],
  [1_000, '1000+'],
  [9_999_999, '1000+'],
])('%i lines', (lines, band) => {
  expect(sizeBand(lines)).toBe(band)
})

describe('lines when it became ready', () => {
  const lines = (additions: number, deletions = 0) => ({ files: 1, additions, deletions })
  const size = { total: lines(90, 10), counted: lines(50, 10) }
  const pushed: RecordInit = {
    size,
    source: 'webhooks',
    head: { sha: aSha('b') },
    pushes: [{ at: hour(3), head: aSha('b'), before: aSha('a'), forced: false, by: null }],
  }
  test.each<[string, RecordInit, StartSize | null]>([
    ['not told', { size: null }, null],
    ['nothing was pushed since', { size }, { lines: 60, basis: 'start' }],
    ['not told apart', { size: { ...size, counted: null } }, { lines: 100, basis: 'start' }],
    ['pushed since', pushed, { lines: 60, basis: 'final' }],
    [
      'pushed since, and the difference of then read',
      {
        ...pushed,
        headDiffs: [{ head: aSha('a'), key: textKey('a'), changedSince: 3, lines: 41 }],
      },
      { lines: 41, basis: 'start' },
    ],
    [
      'pushed since, as big then',
      {
        ...pushed,
        sizeHistory: [
          { at: hour(3), ...lines(500) },
          { at: hour(0), ...lines(80, 20) },
        ],
      },
      { lines: 60, basis: 'start' },
    ],
    [
      'pushed since, smaller then',
      { ...pushed, sizeHistory: [{ at: hour(0), ...lines(70) }] },
      { lines: 30, basis: 'estimated' },
    ],
    [
      'pushed since, smaller then than what does not count now',
      { ...pushed, sizeHistory: [{ at: hour(0), ...lines(7) }] },
      { lines: 0, basis: 'estimated' },
    ],
    [
      'only later sizes told',
      { ...pushed, sizeHistory: [{ at: hour(3), ...lines(100) }] },
      { lines: 60, basis: 'final' },
    ],
  ])('%s', (_, init, expected) => {
    expect(startSize(aRecord(init), Date.parse(hour(0)))).toEqual(expected)
  })

  test('never ready, or not known when', () => {
    expect(startSize(aRecord({ size }), null)).toEqual({ lines: 60, basis: 'final' })
  })
})
