import { beforeAll, expect, it } from 'vitest'
import { makeSnapshots } from '../../../src/app/snapshots/make-snapshots.ts'
import { type DeliveryRecord, syntheticOrganisation } from '../../../src/delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../../src/provenance/index.ts'
import { loadReports, type Report } from '../../../src/report/index.ts'
import { describeStores, type TestEngine } from '../../support/stores.ts'

const day = 24 * 60 * 60_000
const week = 7 * day
/** Mondays of 2026, the first an anchor: what is published first, is published of it. */
const [first, second] = [Date.parse('2026-06-08T00:00:00Z'), Date.parse('2026-06-29T00:00:00Z')]
const apart = first + 26 * week
const marks = indexRegistry(shippedRegistry())

/** Of two large repositories, and of one person alone in a third. */
let a: DeliveryRecord[] = []
let b: DeliveryRecord[] = []
let lone: DeliveryRecord[] = []
const [idOfA, idOfB, idOfLone] = [700_000_000, 700_000_001, 700_000_002]
beforeAll(() => {
  a = ofOneRepository(5, idOfA)
  b = ofOneRepository(6, idOfB)
  lone = ofBusiest(ofOneRepository(7, idOfLone))
})

function ofOneRepository(seed: number, id: number): DeliveryRecord[] {
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
function ofBusiest(records: readonly DeliveryRecord[]): DeliveryRecord[] {
  const byPerson = Map.groupBy(records, personOf)
  byPerson.delete(undefined)
  return [...byPerson.values()].toSorted((one, other) => other.length - one.length)[0] ?? []
}

function personOf(record: DeliveryRecord): string | undefined {
  if (record.record !== 'pull-request' || record.author?.kind !== 'person') return undefined
  return record.author.person
}

function openedAt(record: DeliveryRecord): number {
  return record.record === 'pull-request' ? Date.parse(record.createdAt ?? '') : Number.NaN
}

/** An organisation of which snapshots are made, week by week. */
async function anOrganisation(engine: TestEngine) {
  const store = await engine.open()
  await store.tenants.upsert({
    id: 1,
    login: 'acme',
    kind: 'Organization',
    installationId: 1,
    permissions: {},
    state: 'active',
  })
  const tenant = store.tenant(1)
  const keep = (records: readonly DeliveryRecord[]) =>
    tenant.write(null, async (facts) => {
      const repositories = new Map(records.map((one) => [one.repository.id ?? 0, one.repository]))
      for (const [id, { name }] of repositories) {
        if (name === null) throw new Error('a repository has no name')
        const common = { visibility: 'private', defaultBranch: 'main', archived: false } as const
        await facts.repositories.upsert({ id, name, ...common })
        await facts.repositories.setReading(id, {
          backfilledAt: first,
          watermark: apart + 4 * week,
        })
      }
      for (const record of records) await facts.records.put(record, { headSha: null })
    })
  const remove = (id: number, at: number) =>
    tenant.write(null, ({ repositories }) => repositories.remove(id, at))
  /** What is published of that week: whose, of which repositories, and its report. */
  const publish = (asOf: number) =>
    tenant.write(null, async (facts) => {
      const options = { marks, login: 'acme', asOf, now: asOf + (2 * day) / 24 }
      const made = await makeSnapshots(facts, options)
      for (const snapshot of made) expect(await facts.snapshots.put(snapshot)).toBe(true)
      return Promise.all(
        made.map(async ({ repositoryId, repositories, report, asOf: of }) => {
          expect(of).toBe(asOf)
          return { id: repositoryId, repositories, report: await read(report) }
        }),
      )
    })
  return { keep, remove, publish }
}

async function read(report: string): Promise<Report> {
  const parsed = (await loadReports()).parseReport(report)
  if (parsed === undefined) throw new Error('the report cannot be read')
  return parsed
}

/** What is told of the changes of either group. */
function partsOf({ cohorts, merged, reverts, funnel, coverage, sizes, weeks, quantiles }: Report) {
  const groups = [cohorts.aiRecorded, cohorts.noneRecorded]
  const parts = [...groups, merged, reverts, funnel, coverage, sizes, ...weeks]
  return [...parts, ...quantiles].filter((part) => part !== null)
}

describeStores('snapshots of several repositories', (engine) => {
  it('show none that the whole would then be subtracted from', async () => {
    const { keep, publish } = await anOrganisation(engine)
    await keep([...a, ...lone])
    const made = await publish(first)
    expect(made.map(({ id }) => id)).toEqual([0, idOfA, idOfLone])
    const [whole, ofA, ofLone] = made.map(({ report }) => report)
    if (whole === undefined || ofA === undefined || ofLone === undefined)
      throw new Error('one lacks')
    expect(partsOf(ofLone)).toEqual([])
    expect(whole.cohorts.aiRecorded).not.toBeNull()
    expect(whole.cohorts.noneRecorded).not.toBeNull()
    expect(partsOf(ofA)).toEqual([])
    expect(whole.repositories).toEqual([])
  }, 120_000)

  it('all wait where few people moved in one, and the whole goes on', async () => {
    const { keep, publish } = await anOrganisation(engine)
    // What comes into the windows is of one person in the second repository.
    const late = first - 20 * day
    const busiest = new Set(ofBusiest(b))
    const few = b.filter((one) => !(openedAt(one) > late) || busiest.has(one))
    await keep([...a, ...few])
    expect((await publish(first)).map(({ id }) => id)).toEqual([0, idOfA, idOfB])
    expect((await publish(second)).map(({ id }) => id)).toEqual([0])
  }, 120_000)
})

describeStores('a repository that came', (engine) => {
  it('of few people is counted nowhere', async () => {
    const alone = await anOrganisation(engine)
    await alone.keep(a)
    const expected = [await alone.publish(first), await alone.publish(second)]
    const { keep, publish } = await anOrganisation(engine)
    await keep(a)
    expect(await publish(first)).toEqual(expected[0])
    await keep(lone)
    expect(await publish(second)).toEqual(expected[1])
    expect(expected[1]?.[0]?.repositories).toEqual([idOfA])
  }, 120_000)

  it('of enough people is taken in', async () => {
    const { keep, publish } = await anOrganisation(engine)
    await keep(a)
    await publish(first)
    await keep(b)
    expect((await publish(second))[0]?.repositories).toEqual([idOfA, idOfB])
  }, 120_000)

  it('without a change is taken in, and nothing is said of it', async () => {
    const { keep, publish } = await anOrganisation(engine)
    await keep(a)
    await publish(first)
    await keep(lone.filter((one) => openedAt(one) >= second))
    expect((await publish(second)).map(({ id }) => id)).toEqual([0, idOfA])
  }, 120_000)
})

describeStores('a repository that left', (engine) => {
  it('of few people lets nothing follow until no window reaches back', async () => {
    const { keep, remove, publish } = await anOrganisation(engine)
    await keep([...a, ...lone])
    await publish(first)
    await remove(idOfLone, second - day)
    expect(await publish(second)).toEqual([])
    expect(await publish(apart - week)).toEqual([])
    expect((await publish(apart))[0]?.repositories).toEqual([idOfA])
  }, 120_000)

  it('of enough people is left out, and stays so where it comes back', async () => {
    const { keep, remove, publish } = await anOrganisation(engine)
    await keep([...a, ...b])
    expect((await publish(first))[0]?.repositories).toEqual([idOfA, idOfB])
    await remove(idOfB, second - day)
    expect((await publish(second))[0]?.repositories).toEqual([idOfA])
    await keep(b)
    expect((await publish(apart - week))[0]?.repositories).toEqual([idOfA])
    expect((await publish(apart + 3 * week))[0]?.repositories).toEqual([idOfA, idOfB])
  }, 120_000)

  it('and may be purged in part holds back as one of few people', async () => {
    const { keep, remove, publish } = await anOrganisation(engine)
    await keep([...a, ...b])
    await publish(first)
    await remove(idOfB, second - 31 * day)
    expect(await publish(second)).toEqual([])
  }, 120_000)
})
