import { expect, test } from 'vitest'
import { afterAsking, chooseMissed, mostNeeded } from '../../../src/app/jobs/plan-redelivery.ts'
import {
  type Missed,
  type RedeliveryState,
  readRedeliveryState,
  type Way,
} from '../../../src/app/jobs/redelivery-state.ts'
import { tuning } from '../../../src/app/jobs/tuning.ts'

const minute = 60_000
const hour = 60 * minute
const threeDays = 72 * hour

function stateOf(way: Way, missed: Readonly<Record<string, Partial<Missed>>>): RedeliveryState {
  const whole = { id: '1', event: 'pull_request', since: 0, times: 0, next: 0 }
  return {
    ...readRedeliveryState(undefined),
    way,
    missed: Object.fromEntries(
      Object.entries(missed).map(([guid, one]) => [guid, { ...whole, ...one }]),
    ),
  }
}

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`guid ${index}`, {}]))

/** What is asked for where nothing ever comes in: at which times, by guid. */
function askedFor(begin: RedeliveryState, until: number): Map<string, number[]> {
  let state = begin
  const asked = new Map<string, number[]>()
  for (let now = 0; now < until; now += tuning.redeliverEvery) {
    const chosen = chooseMissed(state, now)
    for (const guid of chosen) asked.set(guid, [...(asked.get(guid) ?? []), now])
    state = afterAsking(state, chosen, now)
  }
  return asked
}

test('one that never comes in is asked for nine times in three days (P9)', () => {
  const [times] = [...askedFor(stateOf('open', { one: {} }), threeDays).values()]
  expect(times?.map((time) => time / minute)).toEqual([0, 10, 30, 70, 150, 310, 630, 1_270, 2_550])
})

test('of a thousand that never come in, no more are asked for in an hour than GitHub allows', () => {
  const asked = askedFor(stateOf('open', many(1_000)), threeDays)
  expect(asked.size).toBe(1_000)
  const byHour = Map.groupBy([...asked.values()].flat(), (time) => Math.floor(time / hour))
  const mostInHour = Math.max(...[...byHour.values()].map(({ length }) => length))
  expect(mostInHour).toBeLessThanOrEqual(500)
  // And each of them several times, before GitHub forgets it.
  expect(Math.min(...[...asked.values()].map(({ length }) => length))).toBeGreaterThanOrEqual(5)
})

test('while nobody answers, one in a look', () => {
  const asked = [...askedFor(stateOf('silent', many(1_000)), 24 * hour).values()].flat()
  expect(asked).toHaveLength(24 * 6)
})

test('while we refuse everything, one in an hour', () => {
  const begin = { ...stateOf('refusing', many(3)), probedAt: -hour }
  const asked = [...askedFor(begin, 24 * hour).values()].flat()
  expect(asked).toHaveLength(24)
})

test.each([
  ['what was asked for least', { often: { times: 3 }, seldom: { times: 1 } }, ['seldom', 'often']],
  [
    'what no reading of GitHub finds',
    { change: {}, press: { event: 'check_run' }, gone: { event: 'member' } },
    ['press', 'gone', 'change'],
  ],
  ['the oldest', { new: { since: 2 }, old: { since: 1 } }, ['old', 'new']],
])('%s comes first', (_, missed, order) => {
  expect(chooseMissed(stateOf('open', missed), 0)).toEqual(order)
})

test('of more than can be asked for, what no reading of GitHub finds is remembered before all else', () => {
  const { missed } = stateOf('silent', {
    ...many(tuning.missedRemembered),
    left: { event: 'organization', since: 9, times: 3 },
    pressed: { event: 'check_run', since: 8, times: 5 },
  })
  const kept = Object.keys(mostNeeded(Object.entries(missed)))
  expect(kept).toHaveLength(tuning.missedRemembered)
  expect(kept.slice(0, 3)).toEqual(['left', 'pressed', 'guid 0'])
  expect(kept).not.toContain(`guid ${tuning.missedRemembered - 1}`)
})
