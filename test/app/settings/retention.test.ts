import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EnvironmentSchema } from '../../../src/app/configuration/environment-schema.ts'
import { keptDays, leastRetentionDays } from '../../../src/app/settings/retention.ts'
import { recordsSince, snapToMonday } from '../../../src/comparison/index.ts'

const day = 24 * 60 * 60 * 1_000
const week = 7 * day
const monday = Date.parse('2026-06-08T00:00:00Z')

test('the least retention is what a report needs on any day on which it may be made', () => {
  fc.assert(
    fc.property(fc.integer({ min: monday, max: monday + 200 * week }), (now) => {
      expect(now - leastRetentionDays * day).toBeLessThanOrEqual(recordsSince(snapToMonday(now)))
    }),
  )
  const lastMoment = monday + week - 1
  expect(recordsSince(snapToMonday(lastMoment))).toBeLessThan(
    lastMoment - (leastRetentionDays - 1) * day,
  )
})

test('a server cannot be set to keep facts for less', () => {
  const of = (days: number) =>
    EnvironmentSchema.shape.RETENTION_DAYS.safeParse(String(days)).success
  expect([of(leastRetentionDays), of(leastRetentionDays - 1)]).toEqual([true, false])
})

test.each([
  [null, 400, 400],
  [300, 400, 300],
  [400, 250, 250],
])('an owner’s %s days of the server’s %s are %s', (retentionDays, server, kept) => {
  expect(keptDays({ retentionDays }, server)).toBe(kept)
})
