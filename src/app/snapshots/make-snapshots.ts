import { joinTable, METHOD_VERSION, type TablePart } from '../../comparison/index.ts'
import type { KnownMarks } from '../../provenance/index.ts'
import { loadReports, type Report } from '../../report/index.ts'
import type { Facts, Snapshot } from '../../store/index.ts'
import { RepositoryChanges } from './repository-changes.ts'

export interface SnapshotOptions {
  readonly marks: KnownMarks
  /** What the organisation's snapshot is headed with. */
  readonly login: string
  /** The Monday asked for, milliseconds since the epoch, as is `now`. */
  readonly asOf: number
  readonly now: number
  /** Of which the own one is wanted. */
  readonly repositories: readonly number[]
  /** Whether that of all together is wanted. */
  readonly organisation: boolean
}

/**
 * The snapshots of one week, of repositories that were read whole and of all of those together, as far as the privacy gate lets
 * a new one follow the last: the same reports that the command makes of the same records. What none of them needs is not read.
 */
export async function makeSnapshots(facts: Facts, options: SnapshotOptions): Promise<Snapshot[]> {
  const made: Snapshot[] = []
  const all: RepositoryChanges[] = []
  const make = async (key: Key, name: string, changes: readonly RepositoryChanges[]) => {
    const report = await publish(facts, key, name, changes, options)
    if (report !== undefined) made.push(await toSnapshot(report, key, options))
  }
  for (const repository of await facts.repositories.list()) {
    if (repository.state !== 'active' || repository.backfilledAt === null) continue
    const isWanted = options.repositories.includes(repository.id)
    if (!isWanted && !options.organisation) continue
    const changes = await RepositoryChanges.load(facts, repository, options.marks)
    if (changes.firstTime >= options.asOf) continue
    all.push(changes)
    if (!isWanted) continue
    await make({ scope: 'repository', repositoryId: repository.id }, repository.name, [changes])
  }
  if (options.organisation && all.length > 0)
    await make({ scope: 'organisation', repositoryId: 0 }, options.login, all)
  return made
}

type Key = Pick<Snapshot, 'scope' | 'repositoryId'>

/** Undefined: the last one stays. */
async function publish(
  facts: Facts,
  { scope, repositoryId }: Key,
  name: string,
  changes: readonly RepositoryChanges[],
  { asOf }: SnapshotOptions,
): Promise<Report | undefined> {
  const last = await facts.snapshots.latest(scope, repositoryId)
  if (last !== undefined && last.asOf >= asOf) return undefined
  const { publishReport } = await loadReports()
  const report = await publishReport({
    tableAsOf: async (time) => {
      const parts: TablePart[] = []
      for (const one of changes) parts.push(await one.partAsOf(facts, time))
      return joinTable(parts)
    },
    askedFor: asOf,
    lastPublished: last === undefined ? undefined : { asOf: last.asOf, editable: false },
    scopeOf: () => ({ kind: scope, name, synthetic: false }),
  })
  return last !== undefined && Date.parse(report.asOf) <= last.asOf ? undefined : report
}

/** The document is checked as it is written: what could not be read back is never kept. */
async function toSnapshot(report: Report, key: Key, { now }: SnapshotOptions): Promise<Snapshot> {
  const { renderJson } = await loadReports()
  return {
    ...key,
    asOf: Date.parse(report.asOf),
    methodVersion: METHOD_VERSION,
    report: renderJson(report),
    builtAt: now,
  }
}
