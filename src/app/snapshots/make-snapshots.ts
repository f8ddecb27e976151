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
  const published = (await facts.snapshots.list('organisation', 0)).map((one) => one.asOf)
  const lastPublished = published[0]
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
  const repositories = await ownMondays(facts, numbers, stays)
  const released = releasedRepositories(table, asOf, { thresholds, published, repositories })
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

/** The Mondays of the earlier snapshots of each that is counted, by its number in the table. */
async function ownMondays(
  { snapshots }: Facts,
  numbers: CountedChanges['numbers'],
  { counted }: WeekStays,
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  const mondays = new Map<number, Set<number>>()
  for (const [id, number] of numbers) if (counted.has(id)) mondays.set(number, new Set())
  for (const { repositoryId, asOf } of await snapshots.mondays('repository')) {
    mondays.get(numbers.get(repositoryId) ?? Number.NaN)?.add(asOf)
  }
  return mondays
}

/** The document is checked as it is written: what could not be read back is never kept. */
async function written(report: Report): Promise<string> {
  const { renderJson } = await loadReports()
  return renderJson(report)
}
