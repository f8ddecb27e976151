import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBodyRoom } from '../../../src/app/ingress/body-room.ts'

test('small bodies need nothing of the shared room', () => {
  const room = createBodyRoom({ small: 10, shared: 0 })
  expect(Array.from({ length: 100 }, () => room.open().grow(10))).not.toContain(false)
  expect(room.open().grow(11)).toBe(false)
})

test('what one gives back another can have', () => {
  const room = createBodyRoom({ small: 10, shared: 100 })
  const first = room.open()
  expect(first.grow(60)).toBe(true)
  const second = room.open()
  expect(second.grow(60)).toBe(true)
  expect(second.grow(61)).toBe(false)
  first.close()
  expect(second.grow(110)).toBe(true)
  expect(second.grow(111)).toBe(false)
})

test('all of them together never hold more than there is, and closing them all gives all back', () => {
  const step = fc.record({ body: fc.nat(4), bytes: fc.nat(80), close: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const room = createBodyRoom({ small: 10, shared: 100 })
      const bodies = Array.from({ length: 5 }, () => ({ account: room.open(), held: 0 }))
      for (const { body, bytes, close } of steps) {
        const one = bodies[body]
        if (one === undefined) continue
        if (close) {
          one.account.close()
          one.held = 0
        } else if (bytes > one.held && one.account.grow(bytes)) {
          one.held = bytes
        }
        const above = bodies.map(({ held }) => Math.max(0, held - 10))
        expect(above.reduce((sum, held) => sum + held, 0)).toBeLessThanOrEqual(100)
      }
      for (const { account } of bodies) account.close()
      expect(room.open().grow(110)).toBe(true)
    }),
  )
})
