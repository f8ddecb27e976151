import { makeSnapshots } from '../../../src/app/snapshots/make-snapshots.ts'
import { deriveLasting } from '../../../src/comparison/index.ts'
import { deriveChange, type PullRequestRecord } from '../../../src/delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../../src/provenance/index.ts'
import { loadReports, type Report } from '../../../src/report/index.ts'
import type { Facts, Snapshot, Store } from '../../../src/store/index.ts'
import { aMarkedCommit, aPerson, aRecord } from '../../support/a-record.ts'
import { aTenant } from '../../support/a-tenant.ts'
import type { TestClock, TestEngine } from '../../support/stores.ts'

export const hour = 60 * 60_000
export const day = 24 * hour
export const week = 7 * day
const marks = indexRegistry(shippedRegistry())
const login = 'acme'

/** A pull request as it is going to be. Times are milliseconds since the epoch. */
export interface PlannedChange {
  readonly repository: number
  readonly number: number
  readonly person: string
  readonly openedAt: number
  readonly mergedAt: number
  readonly withAi: boolean
}

/** What was published of a week: whose, and its report; `id` 0 is the whole organisation. */
export interface Published extends Pick<Snapshot, 'asOf' | 'repositories'> {
  readonly id: number
  readonly report: Report
}

/** So many changes a week, by one person after the other, some merged after hours and some after days. */
export function changesOf(
  repository: number,
  team: {
    readonly people: number
    readonly perWeek: number
    readonly from: number
    readonly to: number
  },
  personOf: (index: number) => string = (index) => `${repository} ${index % team.people}`,
): PlannedChange[] {
  const count = Math.round(((team.to - team.from) / week) * team.perWeek)
  return Array.from({ length: count }, (_, index) => {
    const openedAt = Math.floor(team.from + (index * week) / team.perWeek)
    return {
      repository,
      number: index + 1,
      person: personOf(index),
      openedAt,
      mergedAt: openedAt + (5 + ((index * 7) % 50)) * hour,
      withAi: Math.floor(index / team.people) % 2 === 1,
    }
  })
}

/** A record of it as it was at a time; undefined: it was not opened yet. */
export function recordAt(change: PlannedChange, time: number): PullRequestRecord | undefined {
  const { repository, number, person, openedAt, mergedAt, withAi } = change
  if (openedAt > time) return undefined
  const at = (milliseconds: number) => new Date(milliseconds).toISOString()
  const isMerged = mergedAt <= time
  const [opened, merged] = [at(openedAt), at(mergedAt)]
  const own = aRecord({ mergedAfter: 1 }).merge
  return aRecord({
    repository: { id: repository, name: `acme/${repository}` },
    number,
    readAt: at(time),
    createdAt: opened,
    everSeenFirstCommitAt: opened,
    author: aPerson(person),
    state: isMerged ? 'merged' : 'open',
    merge: isMerged && own !== null ? { ...own, at: merged, authoredAt: merged } : null,
    commits: withAi ? [aMarkedCommit({ authoredAt: opened, committedAt: opened })] : [],
  })
}

/** An organisation whose snapshots are made week by week, of rows that are written as the App writes them. */
export async function aPlannedOrganisation(engine: TestEngine, clock: TestClock) {
  const store: Store = await engine.open({ clock })
  await store.tenants.upsert(aTenant({ id: 1, login }))
  const tenant = store.tenant(1)
  const write = <T>(work: (facts: Facts) => Promise<T>) => tenant.write(null, work)

  /** Reads what is new in some changes since they were read last, all of it up to now. */
  async function read(changes: readonly PlannedChange[], since = Number.NEGATIVE_INFINITY) {
    const now = clock.time
    await write(async (facts) => {
      for (const id of new Set(changes.map(({ repository }) => repository))) {
        const common = { visibility: 'private', defaultBranch: 'main', archived: false } as const
        await facts.repositories.upsert({ id, name: `acme/${id}`, ...common })
        const backfilledAt = (await facts.repositories.get(id))?.backfilledAt ?? now
        await facts.repositories.setReading(id, { backfilledAt, watermark: now })
      }
      for (const change of changes) {
        const record = recordAt(change, now)
        if (record === undefined || (change.openedAt <= since && change.mergedAt <= since)) continue
        await keep(facts, record)
      }
    })
  }

  /** Makes a week's snapshots, and keeps them. */
  async function publish(asOf: number): Promise<Published[]> {
    return write(async (facts) => {
      const made = await makeSnapshots(facts, { marks, login, asOf, now: clock.time })
      if (made === undefined) return []
      for (const [id, until] of made.stays.ends) await facts.stays.end(id, until)
      for (const [id, from] of made.stays.begins) await facts.stays.begin(id, from)
      for (const snapshot of made.snapshots) await facts.snapshots.put(snapshot)
      const { parseReport } = await loadReports()
      return made.snapshots.map(({ repositoryId: id, asOf: of, repositories, report: json }) => {
        const report = parseReport(json)
        if (report === undefined) throw new Error('the report cannot be read')
        return { id, asOf: of, repositories, report }
      })
    })
  }
  return { store, write, read, publish }
}

/** Keeps a record and its row; what reverts what is the matter of other tests. */
export async function keep(facts: Facts, record: PullRequestRecord): Promise<void> {
  const known = { marks, reverts: [], revertRole: null }
  await facts.records.put(record, { headSha: null })
  const change = deriveChange(record, { ...known, asOf: record.readAt })
  await facts.changes.put(change, deriveLasting(record, known))
}
