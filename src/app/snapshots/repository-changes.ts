import { linkReverts, RecordTable, type Reverts, type TablePart } from '../../comparison/index.ts'
import type { PullRequestRecord } from '../../delivery/index.ts'
import type { KnownMarks } from '../../provenance/index.ts'
import type { Facts, StoredRepository } from '../../store/index.ts'

/**
 * The changes of one repository, as of one time and another. A revert may come before or after what it reverts, so that all
 * records are gone through once for the reverts, and once more for each time: of many records only the reverted ones and the
 * reverts are held.
 */
export class RepositoryChanges {
  /** When the first of them was opened, milliseconds since the epoch; infinite: there is none. */
  readonly firstTime: number
  readonly #repository: StoredRepository
  readonly #marks: KnownMarks
  readonly #reverts: ReadonlyMap<number, Reverts>

  private constructor(
    repository: StoredRepository,
    marks: KnownMarks,
    firstTime: number,
    reverts: ReadonlyMap<number, Reverts>,
  ) {
    this.#repository = repository
    this.#marks = marks
    this.firstTime = firstTime
    this.#reverts = reverts
  }

  static async load(
    facts: Facts,
    repository: StoredRepository,
    marks: KnownMarks,
  ): Promise<RepositoryChanges> {
    const links = linkReverts([])
    const merged: Pick<PullRequestRecord, 'repository' | 'number'>[] = []
    let firstTime = Number.POSITIVE_INFINITY
    for await (const record of facts.records.stream({ repositoryId: repository.id })) {
      links.add(record)
      if (record.record !== 'pull-request') continue
      firstTime = Math.min(firstTime, Date.parse(record.createdAt ?? record.readAt))
      if (record.merge !== null) {
        merged.push({ repository: record.repository, number: record.number })
      }
    }
    const reverts = new Map<number, Reverts>()
    for (const name of merged) {
      const found: Reverts = { reverts: links.linksTo(name), revertRole: links.roleOf(name) }
      if (found.reverts.length > 0 || found.revertRole !== null) reverts.set(name.number, found)
    }
    return new RepositoryChanges(repository, marks, firstTime, reverts)
  }

  /** @param asOf milliseconds since the epoch: what happened later is not counted */
  async partAsOf(facts: Facts, asOf: number): Promise<TablePart> {
    const table = new RecordTable({ marks: this.#marks, asOf })
    for await (const record of facts.records.stream({ repositoryId: this.#repository.id })) {
      if (record.record !== 'pull-request') continue
      table.add(asKnown(record, this.#repository.watermark), this.#reverts.get(record.number))
    }
    return table.part()
  }
}

/**
 * A record as good as read when its repository was reconciled last: whatever had changed by then was read again, so that what
 * was not read is as it was.
 */
export function asKnown(record: PullRequestRecord, watermark: number | null): PullRequestRecord {
  const known = watermark ?? 0
  return Date.parse(record.readAt) >= known
    ? record
    : { ...record, readAt: new Date(known).toISOString() }
}
