import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRateLimit } from '../../../src/app/api/rate-limit.ts'

test('counts from the first request on, and anew once the time is over', () => {
  let at = 5_000
  const spend = createRateLimit({ requests: 2, seconds: 10 }, () => at)
  expect(spend('a')).toEqual({ isSpent: false, left: 1, reset: 10 })
  at += 3_500
  expect(spend('a')).toEqual({ isSpent: false, left: 0, reset: 7 })
  expect(spend('a')).toEqual({ isSpent: true, left: 0, reset: 7 })
  at += 6_499
  expect(spend('a')).toEqual({ isSpent: true, left: 0, reset: 1 })
  at += 1
  expect(spend('a')).toEqual({ isSpent: false, left: 1, reset: 10 })
})

test('remembers ten thousand readers, those who asked last', () => {
  const spend = createRateLimit({ requests: 1, seconds: 60 }, () => 0)
  for (const reader of ['first', 'second']) spend(reader)
  for (let index = 0; index < 9_999; index += 1) spend(`other ${index}`)
  expect(spend('second').isSpent).toBe(true)
  expect(spend('first').isSpent).toBe(false)
})

test('nobody gets more than the quota in a window, nor is kept waiting by others', () => {
  const asks = fc.array(
    fc.record({ reader: fc.constantFrom('a', 'b'), wait: fc.nat({ max: 4_000 }) }),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(asks, (all) => {
      let at = 0
      const alone = new Map(
        ['a', 'b'].map((one) => [one, createRateLimit({ requests: 3, seconds: 5 }, () => at)]),
      )
      const shared = createRateLimit({ requests: 3, seconds: 5 }, () => at)
      const letIn: Record<string, number[]> = { a: [], b: [] }
      for (const { reader, wait } of all) {
        at += wait
        const allowance = shared(reader)
        expect(allowance).toEqual(alone.get(reader)?.(reader))
        expect(allowance.reset).toBeGreaterThan(0)
        if (!allowance.isSpent) letIn[reader]?.push(at)
      }
      // Two windows may meet; inside one there are three.
      for (const times of Object.values(letIn)) {
        for (const [index, time] of times.entries()) {
          const seventh = times[index + 6]
          expect(seventh === undefined || seventh - time >= 5_000).toBe(true)
        }
      }
    }),
  )
})
