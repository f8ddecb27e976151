import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changesAsOf } from '../../../src/app/snapshots/changes-as-of.ts'
import { planStays } from '../../../src/app/snapshots/plan-stays.ts'
import { type ChangeTable, mergeWindow } from '../../../src/comparison/index.ts'
import { indexRegistry, shippedRegistry } from '../../../src/provenance/index.ts'
import { personKey } from '../../support/a-record.ts'
import { propertyRuns } from '../../support/property-runs.ts'
import { describeStores, TestClock, type TestEngine } from '../../support/stores.ts'
import { aPlannedOrganisation, changesOf, day, hour, week } from './planned-organisation.ts'

const marks = indexRegistry(shippedRegistry())
/** A Monday, an anchor: what is published first, is published of it. */
const first = Date.parse('2026-06-08T00:00:00Z')
const ids = [71, 72, 73]

/** What happens to an organisation in a week. */
const anyEvent = fc.record({
  what: fc.constantFrom('late', 'removed', 'purged', 'deleted', 'erased', 'nothing'),
  id: fc.constantFrom(...ids),
  number: fc.integer({ min: 1, max: 200 }),
})
const anyLife = fc.record({
  sizes: fc.tuple(
    ...ids.map(() =>
      fc.record({
        people: fc.integer({ min: 1, max: 9 }),
        perWeek: fc.integer({ min: 4, max: 16 }),
      }),
    ),
  ),
  weeks: fc.array(fc.array(anyEvent, { maxLength: 3 }), { minLength: 4, maxLength: 4 }),
})
type Life = typeof anyLife extends fc.Arbitrary<infer Value> ? Value : never

/** Each change that is counted by a clock: when, and in which group; a person is told by nothing here. */
function countedBy(table: ChangeTable, clock: 'ready' | 'merged', from: number, to: number) {
  const [time, groups] =
    clock === 'ready' ? [table.readyAt, table.cohortAtReady] : [table.mergedAt, table.cohortAtMerge]
  return Array.from(time.keys())
    .filter((row) => (time[row] ?? 0) >= from && (time[row] ?? 0) < to)
    .map((row) => `${time[row]} ${groups[row]}`)
    .sort()
}

async function live(engine: TestEngine, { sizes, weeks }: Life) {
  const changes = ids.flatMap((id, index) => {
    const { people, perWeek } = sizes[index] ?? { people: 1, perWeek: 4 }
    return changesOf(id, { people, perWeek, from: first - 12 * week, to: first + 5 * week })
  })
  const clock = new TestClock()
  const organisation = await aPlannedOrganisation(engine, clock)
  const { store, write, read, publish } = organisation
  const known = new Map<number, number>()
  const readAll = async (late: readonly number[]) => {
    for (const id of ids.filter((one) => !late.includes(one))) {
      await read(
        changes.filter(({ repository }) => repository === id),
        known.get(id),
      )
      known.set(id, clock.time)
    }
  }
  /** What the next snapshot would count, whether or not enough people moved. */
  const countedAt = (asOf: number) =>
    write(async (facts) => {
      const lastPublished = (await facts.snapshots.newest('organisation'))[0]?.asOf
      const stays = planStays(await facts.repositories.list(), asOf, lastPublished)
      return (await changesAsOf(facts, asOf, { marks, stays, lastPublished })).table
    })
  clock.time = first + 2 * hour
  await readAll([])
  let last: { asOf: number; table: ChangeTable } | undefined
  for (const [index, events] of [[], ...weeks].entries()) {
    const asOf = first + index * week
    const gone: number[] = []
    for (const { what, id, number } of events) {
      clock.time = asOf - 2 * day
      if (what === 'late' || what === 'removed' || what === 'purged') gone.push(id)
      if (what === 'removed' || what === 'purged') {
        await write(({ repositories }) => repositories.remove(id, clock.time))
      }
      if (what === 'purged') {
        const limits = { bodiesBefore: 0, factsBefore: 0, auditBefore: 0, sessionsBefore: 0 }
        await store.purge({ ...limits, removedBefore: clock.time + 1 })
        known.delete(id)
      }
      if (what === 'deleted') {
        await write(({ records }) => records.remove(id, number, clock.time))
        changes.splice(
          changes.findIndex((one) => one.repository === id && one.number === number),
          1,
        )
      }
      if (what === 'erased') {
        const person = changes[number % changes.length]?.person ?? ''
        await write((facts) => facts.people.forget(personKey(person)))
        for (let at = changes.length - 1; at >= 0; at -= 1) {
          if (changes[at]?.person === person) changes.splice(at, 1)
        }
      }
    }
    clock.time = asOf + 2 * hour
    await readAll(gone)
    const table = await countedAt(asOf)
    if (last !== undefined) {
      const from = mergeWindow(asOf).start
      for (const kind of ['ready', 'merged'] as const) {
        expect(countedBy(table, kind, from, last.asOf)).toEqual(
          countedBy(last.table, kind, from, last.asOf),
        )
      }
    }
    const published = await publish(asOf)
    if (published.length > 0) last = { asOf, table }
  }
}

describeStores('of what was there before the last report', (engine) => {
  it('the next one counts the same, whoever came, left, was late, deleted or erased', async () => {
    const runs = engine.name === 'sqlite' ? propertyRuns(6) : 1
    await fc.assert(
      fc.asyncProperty(anyLife, (life) => live(engine, life)),
      { numRuns: runs },
    )
  }, 120_000)
})
