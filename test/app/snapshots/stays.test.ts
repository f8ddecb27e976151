import { expect, it } from 'vitest'
import { describeStores, TestClock, type TestEngine } from '../../support/stores.ts'
import {
  aPlannedOrganisation,
  changesOf,
  day,
  hour,
  type PlannedChange,
  type Published,
  week,
} from './planned-organisation.ts'

/** A Monday, an anchor: what is published first, is published of it. */
const first = Date.parse('2026-06-08T00:00:00Z')
const begin = first - 18 * week
const end = first + 6 * week
const [large, small] = [71, 72]

/** Two times enough for each week to be told. */
const team = changesOf(large, { people: 8, perWeek: 56, from: begin, to: end })
/** Each week is one person's. */
const alone = changesOf(
  small,
  { people: 6, perWeek: 12, from: begin, to: end },
  (index) => `alone ${Math.floor(index / 12) % 6}`,
)

async function aLife(engine: TestEngine, changes: readonly PlannedChange[]) {
  const clock = new TestClock()
  const organisation = await aPlannedOrganisation(engine, clock)
  const known = new Map<number, number>()
  /** Reads all but what is blocked up to a Monday's small hours, and publishes. */
  async function goTo(monday: number, readable: readonly number[] = [large, small]) {
    clock.time = monday + 2 * hour
    for (const id of readable) {
      const own = changes.filter(({ repository }) => repository === id)
      await organisation.read(own, known.get(id))
      known.set(id, clock.time)
    }
    return organisation.publish(monday)
  }
  return { ...organisation, clock, goTo }
}

/** What is told of each week of the whole. */
function weeksOf(published: readonly Published[]) {
  const [whole] = published
  if (whole?.id !== 0) throw new Error('nothing was published of the whole')
  return new Map(whole.report.weeks.map((one) => [one.from, one]))
}

/** The weeks that both tell, which must be told alike. */
function expectSameWeeks(one: readonly Published[], next: readonly Published[]) {
  const told = weeksOf(next)
  const shared = [...weeksOf(one)].filter(([from]) => told.has(from))
  expect(shared.length).toBeGreaterThan(10)
  for (const [from, part] of shared) expect(told.get(from)).toEqual(part)
}

describeStores('a week is told alike in each report', (engine) => {
  it('where a repository comes, is late, leaves, is purged and comes back', async () => {
    const { goTo, write, store, clock } = await aLife(engine, [...team, ...alone])
    const reports = [await goTo(first, [large])]
    reports.push(await goTo(first + week))
    expect(reports[1]?.[0]?.repositories).toEqual([large, small])
    // It cannot be read: it leaves as it was, and what came in meanwhile is never counted.
    reports.push(await goTo(first + 2 * week, [large]))
    expect(reports[2]?.[0]?.repositories).toEqual([large])
    reports.push(await goTo(first + 3 * week))
    expect(reports[3]?.[0]?.repositories).toEqual([large, small])
    await write(({ repositories }) => repositories.remove(small, clock.time + day))
    reports.push(await goTo(first + 4 * week, [large]))
    clock.time += 2 * day
    const limits = { bodiesBefore: 0, factsBefore: 0, auditBefore: 0, sessionsBefore: 0 }
    await store.purge({ ...limits, removedBefore: clock.time })
    expect(await write(({ repositories }) => repositories.get(small))).toBeUndefined()
    reports.push(await goTo(first + 5 * week))
    expect(reports[5]?.[0]?.repositories).toEqual([large, small])
    for (const [index, report] of reports.slice(1).entries()) {
      expectSameWeeks(reports[index] ?? [], report)
    }
  }, 120_000)
})
