import { changeAccountSettings } from '../../../src/app/settings/change-settings.ts'
import { type DeliveryRecord, syntheticOrganisation } from '../../../src/delivery/index.ts'
import { TestClock, type TestEngine } from '../../support/stores.ts'
import { aPlannedOrganisation, day, keep, week } from './planned-organisation.ts'

export { day, week }

/** Mondays of 2026, the first an anchor: what is published first, is published of it. */
export const [first, second] = [
  Date.parse('2026-06-08T00:00:00Z'),
  Date.parse('2026-06-29T00:00:00Z'),
]
export const apart = first + 26 * week

export function ofOneRepository(seed: number, id: number): DeliveryRecord[] {
  const records = syntheticOrganisation({
    seed,
    asOf: new Date(second).toISOString(),
    people: 24,
    repositories: 1,
    changesPerWeek: 45,
    weeks: 24,
  })
  const repository = { id, name: `acme/${id}` }
  return [...records].map((record) => ({ ...record, repository }))
}

/** What the person did who did most. */
export function ofBusiest(records: readonly DeliveryRecord[]): DeliveryRecord[] {
  const byPerson = Map.groupBy(records, personOf)
  byPerson.delete(undefined)
  return [...byPerson.values()].toSorted((one, other) => other.length - one.length)[0] ?? []
}

function personOf(record: DeliveryRecord): string | undefined {
  if (record.record !== 'pull-request' || record.author?.kind !== 'person') return undefined
  return record.author.person
}

export function openedAt(record: DeliveryRecord): number {
  return record.record === 'pull-request' ? Date.parse(record.createdAt ?? '') : Number.NaN
}

/** An organisation of which snapshots are made, week by week, out of records that are read at once. */
export async function anOrganisation(engine: TestEngine) {
  const clock = new TestClock()
  const { store, write, publish } = await aPlannedOrganisation(engine, clock)
  const keepAll = (records: readonly DeliveryRecord[]) =>
    write(async (facts) => {
      const repositories = new Map(records.map((one) => [one.repository.id ?? 0, one.repository]))
      for (const [id, { name }] of repositories) {
        if (name === null) throw new Error('a repository has no name')
        const common = { visibility: 'private', defaultBranch: 'main', archived: false } as const
        await facts.repositories.upsert({ id, name, ...common })
        const reading = { backfilledAt: first, watermark: apart + 4 * week }
        await facts.repositories.setReading(id, reading)
      }
      for (const record of records) {
        if (record.record === 'pull-request') await keep(facts, record)
      }
    })
  return {
    tenant: store.tenant(1),
    keep: keepAll,
    remove: (id: number, at: number) => write(({ repositories }) => repositories.remove(id, at)),
    decide: (changes: Parameters<typeof changeAccountSettings>[1], at: number) =>
      write((facts) => changeAccountSettings(facts, changes, { actor: null, at })),
    publish: (asOf: number) => {
      clock.time = asOf + 2 * (day / 24)
      return publish(asOf)
    },
  }
}
