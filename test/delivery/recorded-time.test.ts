import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { timeOf, writeTime } from '../../src/delivery/recorded-time.ts'
import { propertyRuns } from '../support/property-runs.ts'

describe('timeOf', () => {
  test.each([
    ['2026-03-02T09:00:00Z', Date.UTC(2026, 2, 2, 9)],
    ['2026-03-02T09:00:00.999Z', Date.UTC(2026, 2, 2, 9)],
    ['2026-03-02T09:00:00.123456Z', Date.UTC(2026, 2, 2, 9)],
    ['2026-03-02T09:00Z', Date.UTC(2026, 2, 2, 9)],
    ['2026-03-02T11:00:00+02:00', Date.UTC(2026, 2, 2, 9)],
    ['2024-02-29T23:59:59Z', Date.UTC(2024, 1, 29, 23, 59, 59)],
    ['2026-04-30T00:00:00Z', Date.UTC(2026, 3, 30)],
    ['2026-12-31T23:59:59Z', Date.UTC(2026, 11, 31, 23, 59, 59)],
    ['1969-12-31T23:59:59.5Z', -1000],
    ['0001-01-01T00:00:00Z', Date.parse('0001-01-01T00:00:00Z')],
  ])('%s', (text, time) => {
    expect(timeOf(text)).toBe(time)
  })

  test.each(['', 'yesterday', '2026-02-30T00:00:00Z', '2026-04-31T00:00:00Z', '2026-03-02'])(
    '%j is as Date reads it',
    (text) => {
      expect(timeOf(text)).toBe(Math.floor(Date.parse(text) / 1000) * 1000)
    },
  )

  test('every time is as Date reads it, in whole seconds', () => {
    const dates = fc.date({
      min: new Date('0001-01-01'),
      max: new Date('9999-12-31'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(dates, (date) => {
        const whole = Math.floor(date.getTime() / 1000) * 1000
        expect(timeOf(date.toISOString())).toBe(whole)
        expect(timeOf(writeTime(whole))).toBe(whole)
        expect(writeTime(whole)).toBe(new Date(whole).toISOString().replace('.000Z', 'Z'))
      }),
      { numRuns: propertyRuns(1_000) },
    )
  })
})
