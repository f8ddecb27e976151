import { areApart, areNoneOrPublishable, joinTable } from '../../comparison/index.ts'
import type { KnownMarks } from '../../provenance/index.ts'
import type { Facts, Snapshot, StoredRepository } from '../../store/index.ts'
import { tuning } from '../jobs/tuning.ts'
import { RepositoryChanges } from './repository-changes.ts'

/** A repository of a week, and what happened in it. */
export interface CountedRepository {
  readonly id: number
  readonly name: string
  readonly changes: RepositoryChanges
  /** Whether the last snapshot counted it too, or there is none that a new one could be subtracted from. */
  readonly stayed: boolean
}

export interface SetOptions {
  readonly marks: KnownMarks
  /** The Monday asked for, milliseconds since the epoch, as is `now`. */
  readonly asOf: number
  readonly now: number
}

type Earlier = Pick<Snapshot, 'asOf' | 'repositories'>

/**
 * Of which repositories the new week's snapshots may be made, in the order of their ids: those that were read whole. Two reports
 * of different repositories can be subtracted, so that one which left since the last must have had none or enough of each group
 * that was shown then. Where it had not, or its changes are no longer all kept, nothing may follow until no window reaches
 * back to the last snapshot's (26 weeks, `areApart`). One that left and came back stays out for as long. Those that came are
 * told (`stayed`): whether they are taken in is decided once it is known as of when.
 *
 * @param earlier snapshots of the organisation, the newest first
 * @returns undefined: nothing may be published
 */
export async function findRepositorySet(
  facts: Facts,
  earlier: readonly Earlier[],
  options: SetOptions,
): Promise<readonly CountedRepository[] | undefined> {
  const near = earlier.filter(({ asOf }) => !areApart(asOf, options.asOf))
  const last = near[0]
  const all = await facts.repositories.list()
  const read = all.filter(({ state, backfilledAt }) => state === 'active' && backfilledAt !== null)
  for (const id of last?.repositories ?? []) {
    if (read.some((one) => one.id === id)) continue
    const gone = all.find((one) => one.id === id)
    if (last !== undefined && !(await mayLeave(facts, gone, last.asOf, options))) return undefined
  }
  const set: CountedRepository[] = []
  for (const repository of read) {
    const { id, name } = repository
    const stayed = last?.repositories.includes(id) ?? true
    if (!stayed && near.some(({ repositories }) => repositories.includes(id))) continue
    const changes = await RepositoryChanges.load(facts, repository, options.marks)
    set.push({ id, name, changes, stayed })
  }
  return set
}

/** What was removed for longer than the grace is being purged, some of it perhaps already. */
async function mayLeave(
  facts: Facts,
  repository: StoredRepository | undefined,
  lastAsOf: number,
  { marks, now }: SetOptions,
): Promise<boolean> {
  if (repository === undefined) return false
  if (repository.removedAt !== null && repository.removedAt <= now - tuning.grace) return false
  const changes = await RepositoryChanges.load(facts, repository, marks)
  const table = joinTable([await changes.partAsOf(facts, lastAsOf)])
  return areNoneOrPublishable(table, lastAsOf)
}
