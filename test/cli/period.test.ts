import { describe, expect, test } from 'vitest'
import { isWithin, readPeriod } from '../../src/cli/period.ts'
import { UsageError } from '../../src/cli/usage-error.ts'
import { aRecord } from '../support/a-record.ts'

describe('a period', () => {
  test.each([
    [undefined, undefined, {}],
    ['2026-03-01', undefined, { since: '2026-03-01T00:00:00Z' }],
    [undefined, '2024-02-29', { until: '2024-02-29T00:00:00Z' }],
    [
      '2026-03-01T12:00:00+02:00',
      '2026-03-01T10:30Z',
      { since: '2026-03-01T10:00:00Z', until: '2026-03-01T10:30:00Z' },
    ],
  ])('%s to %s', (since, until, period) => {
    expect(readPeriod(since, until)).toEqual(period)
  })

  test.each([
    ['yesterday', undefined, '--since needs a day such as 2026-03-01'],
    ['2026-02-30', undefined, '--since names a time that does not exist: 2026-02-30'],
    ['2026-13-01', undefined, '--since names a time that does not exist: 2026-13-01'],
    [undefined, '', '--until needs a day'],
    [undefined, '2026', '--until needs a day'],
    [undefined, '2026-03-01T12:00:00', '--until needs a day'],
    ['2026-03-02', '2026-03-01', '--since must come before --until'],
    ['2026-03-01', '2026-03-01', '--since must come before --until'],
  ])('%s to %s is wrong usage', (since, until, complaint) => {
    expect(() => readPeriod(since, until)).toThrow(UsageError)
    expect(() => readPeriod(since, until)).toThrow(complaint)
  })
})

describe('a record is within a period by what happened to it', () => {
  const opened = '2026-03-10T00:00:00Z'
  const record = aRecord({
    createdAt: opened,
    draftEvents: [{ at: '2026-03-12T00:00:00Z', to: 'ready' }],
    closes: [{ at: '2026-03-14T00:00:00Z' }],
    reopens: [{ at: '2026-03-16T00:00:00Z' }],
    merge: null,
  })

  test.each([
    ['opened', '2026-03-10', '2026-03-11', true],
    ['made ready', '2026-03-12', '2026-03-13', true],
    ['closed', '2026-03-14', '2026-03-15', true],
    ['reopened', '2026-03-16', '2026-03-17', true],
    ['between', '2026-03-11', '2026-03-12', false],
    ['before', '2026-03-01', '2026-03-10', false],
    ['after', '2026-03-17', undefined, false],
    ['ever', undefined, undefined, true],
    ['up to then', undefined, '2026-03-11', true],
  ])('%s', (_, since, until, expected) => {
    expect(isWithin(record, readPeriod(since, until))).toBe(expected)
  })
})
