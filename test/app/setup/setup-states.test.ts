import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSetupStates } from '../../../src/app/setup/setup-states.ts'

const address = 'https://shipped.example.com'

function statesAt(time = { now: 0 }) {
  return createSetupStates({ now: () => time.now, randomBytes })
}

test('a state is good once, in the browser that began', () => {
  const states = statesAt()
  const one = states.begin(address)
  const other = states.begin(address)
  expect(one.state).toMatch(/^[\w-]{43}$/)
  expect(new Set([one.state, one.cookie, other.state, other.cookie]).size).toBe(4)
  expect(states.take(one.state, other.cookie)).toBeUndefined()
  expect(states.take(other.state, '')).toBeUndefined()
  expect(states.take('', one.cookie)).toBeUndefined()
  expect(states.take(one.state, one.cookie)).toBe(address)
  expect(states.take(one.state, one.cookie)).toBeUndefined()
})

test('a state is good for an hour', () => {
  const time = { now: 0 }
  const states = statesAt(time)
  const early = states.begin(address)
  const late = states.begin(address)
  time.now = 3_599_999
  expect(states.take(early.state, early.cookie)).toBe(address)
  time.now = 3_600_000
  expect(states.take(late.state, late.cookie)).toBeUndefined()
})

test('a state that was given back is good again', () => {
  const states = statesAt()
  const ticket = states.begin(address)
  states.take(ticket.state, ticket.cookie)
  states.giveBack(ticket, address)
  expect(states.take(ticket.state, ticket.cookie)).toBe(address)
})

test('whoever begins again and again pushes out the oldest, and fills no memory', () => {
  const states = statesAt()
  const first = states.begin(address)
  const others = Array.from({ length: 20 }, () => states.begin(address))
  expect(states.take(first.state, first.cookie)).toBeUndefined()
  for (const { state, cookie } of others) expect(states.take(state, cookie)).toBe(address)
})
