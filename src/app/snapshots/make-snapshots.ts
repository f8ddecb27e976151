import {
  type ChangeTable,
  METHOD_VERSION,
  publishedAsOf,
  releasedRepositories,
} from '../../comparison/index.ts'
import type { KnownMarks } from '../../provenance/index.ts'
import { loadReports, type Report } from '../../report/index.ts'
import type { Facts, Snapshot } from '../../store/index.ts'
import { type AccountSettings, readAccountSettings, toGate } from '../settings/account-settings.ts'
import { type CountedChanges, changesAsOf } from './changes-as-of.ts'
import { planStays, type WeekStays } from './plan-stays.ts'

export interface MakeOptions {
  readonly marks: KnownMarks
  /** What the organisation's snapshot is headed with. */
  readonly login: string
  /** The Monday asked for, milliseconds since the epoch, as is `now`. */
  readonly asOf: number
  readonly now: number
}

/** The snapshots of a week, and what has to be kept together with them. */
export interface MadeSnapshots {
  readonly snapshots: readonly Snapshot[]
  readonly stays: Pick<WeekStays, 'begins' | 'ends'>
}

/**
 * The snapshots of one week, of all repositories together and of those that may be shown beside it, out of one table: the same
 * reports that the command makes of the same records. None is made where too few people moved since the last.
 *
 * @returns undefined: there is none
 */
export async function makeSnapshots(
  facts: Facts,
  { marks, login, asOf: asked, now }: MakeOptions,
): Promise<MadeSnapshots | undefined> {
  const settings = await readAccountSettings(facts)
  const lastPublished = (await facts.snapshots.newest('organisation'))[0]?.asOf
  if (lastPublished !== undefined && lastPublished >= asked) return undefined
  const all = await facts.repositories.list()
  const stays = planStays(all, asked, lastPublished)
  const whole = { marks, stays, lastPublished }
  const known = await changesAsOf(facts, asked, whole)
  if (known.table.size + known.table.excluded.size === 0) return undefined
  const asOf = publishedUnder(settings, known.table, asked, lastPublished)
  if (lastPublished !== undefined && asOf <= lastPublished) return undefined
  const { table, numbers } = asOf === asked ? known : await changesAsOf(facts, asOf, whole)
  const thresholds = toGate(settings.thresholds)
  const repositories = await ownLasts(facts, { table, numbers }, stays)
  const released = releasedRepositories(table, asOf, { thresholds, lastPublished, repositories })
  const { buildReport } = await loadReports()
  const about = { table, asOf, askedFor: asked, thresholds }
  const kept = { asOf, methodVersion: METHOD_VERSION, builtAt: now }
  const scope = { kind: 'organisation', name: login, synthetic: false } as const
  const snapshots: Snapshot[] = [
    {
      ...kept,
      scope: 'organisation',
      repositoryId: 0,
      repositories: [...stays.counted].toSorted((one, other) => one - other),
      report: await written(buildReport({ ...about, scope, released })),
    },
  ]
  for (const { id, name } of all) {
    const number = numbers.get(id)
    if (number === undefined || !released.has(number)) continue
    const own = { kind: 'repository', name, repository: number, synthetic: false } as const
    const report = await written(buildReport({ ...about, scope: own }))
    snapshots.push({ ...kept, scope: 'repository', repositoryId: id, repositories: [], report })
  }
  return { snapshots, stays }
}

/**
 * The Monday that may be published after the last, by the account's thresholds and by the method's own: under raised ones a group may
 * seem to have been hidden which an earlier report, made before they were raised, has shown.
 */
function publishedUnder(
  settings: Pick<AccountSettings, 'thresholds'>,
  table: ChangeTable,
  asOf: number,
  lastPublished: number | undefined,
): number {
  const byMethod = publishedAsOf(table, asOf, { lastPublished })
  if (lastPublished === undefined) return byMethod
  const thresholds = toGate(settings.thresholds)
  return Math.min(byMethod, publishedAsOf(table, asOf, { lastPublished, thresholds }))
}

/** The Monday of the last snapshot of each that is counted, by its number in the table. */
async function ownLasts(
  { snapshots }: Facts,
  { numbers }: CountedChanges,
  { counted }: WeekStays,
): Promise<ReadonlyMap<number, number | undefined>> {
  const newest = await snapshots.newest('repository')
  const lasts = new Map(newest.map(({ repositoryId, asOf }) => [repositoryId, asOf]))
  return new Map(
    Array.from(numbers)
      .filter(([id]) => counted.has(id))
      .map(([id, number]) => [number, lasts.get(id)]),
  )
}

/** The document is checked as it is written: what could not be read back is never kept. */
async function written(report: Report): Promise<string> {
  const { renderJson } = await loadReports()
  return renderJson(report)
}
