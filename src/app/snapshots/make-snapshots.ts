import {
  areNoneOrPublishable,
  type ChangeTable,
  joinTable,
  METHOD_VERSION,
  publishedAsOf,
  type TablePart,
} from '../../comparison/index.ts'
import { loadReports, type Report } from '../../report/index.ts'
import type { Facts, Snapshot } from '../../store/index.ts'
import { type CountedRepository, findRepositorySet, type SetOptions } from './repository-set.ts'

export interface SnapshotOptions extends SetOptions {
  /** What the organisation's snapshot is headed with. */
  readonly login: string
}

/** A repository as of the Monday that is published. */
interface Counted extends Pick<CountedRepository, 'id' | 'name'> {
  readonly part: TablePart
  /** By which the table of all knows it; undefined: nothing of it is counted. */
  readonly number: number | undefined
}

/**
 * The snapshots of one week, of all repositories together and of each of them, out of one table: the same reports that the
 * command makes of the same records. Made apart, the one could be subtracted from the other; so whatever would tell what is hidden is
 * hidden too, and all are of one Monday.
 *
 * None is made where the privacy gate lets no new one follow the last, as told by the repositories that both count. One that
 * came since is counted from when it has none or enough of every group that is shown, or taking it in would tell its few people.
 */
export async function makeSnapshots(facts: Facts, options: SnapshotOptions): Promise<Snapshot[]> {
  const earlier = await facts.snapshots.list('organisation', 0)
  const last = earlier[0]
  if (last !== undefined && last.asOf >= options.asOf) return []
  const found = await findRepositorySet(facts, earlier, options)
  const isThere = found?.some(({ changes }) => changes.firstTime < options.asOf)
  if (found === undefined || !isThere) return []
  const asOf = await nextAsOf(facts, found, last?.asOf, options)
  if (last !== undefined && asOf <= last.asOf) return []
  const counted = await countAsOf(facts, found, asOf)
  const table = joinTable(counted.map(({ part }) => part))
  const { buildReport } = await loadReports()
  const about = { asOf, askedFor: options.asOf }
  const repositories = counted.map(({ id }) => id)
  const toSnapshot = async (report: Report, key: Pick<Snapshot, 'scope' | 'repositoryId'>) => ({
    ...key,
    asOf,
    methodVersion: METHOD_VERSION,
    repositories,
    report: await written(report),
    builtAt: options.now,
  })
  const scope = { kind: 'organisation', name: options.login, synthetic: false } as const
  const ofAll = buildReport({ ...about, table, scope })
  const made = [await toSnapshot(ofAll, { scope: 'organisation', repositoryId: 0 })]
  if (!(await mayShowEach(facts, counted, table, asOf))) return made
  for (const { id, name, number } of counted) {
    if (number === undefined) continue
    const report = buildReport({
      ...about,
      table,
      scope: { kind: 'repository', name, repository: number, synthetic: false },
    })
    made.push(await toSnapshot(report, { scope: 'repository', repositoryId: id }))
  }
  return made
}

/** The Monday that may follow the last, by what moved in the repositories that stayed. */
async function nextAsOf(
  facts: Facts,
  found: readonly CountedRepository[],
  lastPublished: number | undefined,
  { asOf }: SnapshotOptions,
): Promise<number> {
  const parts: TablePart[] = []
  for (const { changes, stayed } of found) {
    if (stayed) parts.push(await changes.partAsOf(facts, asOf))
  }
  return publishedAsOf(joinTable(parts), asOf, { lastPublished })
}

async function countAsOf(
  facts: Facts,
  found: readonly CountedRepository[],
  asOf: number,
): Promise<Counted[]> {
  const counted: Counted[] = []
  let inTable = 0
  for (const { id, name, stayed, changes } of found) {
    const part = await changes.partAsOf(facts, asOf)
    if (!stayed && !areNoneOrPublishable(joinTable([part]), asOf)) continue
    // A table numbers its repositories in the order of their first changes.
    const isEmpty = part.columns.repository.length === 0
    counted.push({ id, name, part, number: isEmpty ? undefined : inTable })
    if (!isEmpty) inTable += 1
  }
  return counted
}

/**
 * Whether the repositories' own snapshots may follow their last ones: in each enough people moved, and in those together that
 * are too small to be shown by themselves. All wait for one: of the others and the whole, what moved in it could be told.
 */
async function mayShowEach(
  facts: Facts,
  counted: readonly Counted[],
  table: ChangeTable,
  asOf: number,
): Promise<boolean> {
  const small = new Set<number>()
  let lastOfAny: number | undefined
  for (const { id, number } of counted) {
    if (number === undefined) continue
    if (!areNoneOrPublishable(table, asOf, { repository: number })) small.add(number)
    const lastPublished = (await facts.snapshots.list('repository', id))[0]?.asOf
    if (lastPublished === undefined) continue
    lastOfAny = Math.max(lastOfAny ?? 0, lastPublished)
    if (publishedAsOf(table, asOf, { repository: number, lastPublished }) !== asOf) return false
  }
  if (lastOfAny === undefined) return true
  return publishedAsOf(table, asOf, { repository: small, lastPublished: lastOfAny }) === asOf
}

/** The document is checked as it is written: what could not be read back is never kept. */
async function written(report: Report): Promise<string> {
  const { renderJson } = await loadReports()
  return renderJson(report)
}
