import { type DeliveryRecord, parseRecord } from '../../delivery/index.ts'
import { StoreError } from '../store-error.ts'

/** Where a record is: a pull request by its number, a commit on the branch by its hash. */
export interface RecordPlace {
  readonly repositoryId: number
  /** 0 for a commit on the branch. */
  readonly number: number
  /** Empty for a pull request. */
  readonly sha: string
}

/** @throws StoreError where the record does not tell GitHub's number of its repository */
export function placeOf(record: DeliveryRecord): RecordPlace {
  const repositoryId = record.repository.id
  if (repositoryId === null) {
    throw new StoreError(
      `a record of ${record.repository.name ?? 'a repository'} does not tell GitHub's number of it`,
    )
  }
  return record.record === 'pull-request'
    ? { repositoryId, number: record.number, sha: '' }
    : { repositoryId, number: 0, sha: record.sha }
}

/** When it was opened, made ready, closed or merged last; a commit, when it was committed. */
export function activeAt(record: DeliveryRecord): number {
  const times =
    record.record === 'branch-commit'
      ? [record.committedAt]
      : [
          record.createdAt,
          record.merge?.at,
          ...(record.draftEvents ?? []).map(({ at }) => at),
          ...(record.closes ?? []).map(({ at }) => at),
        ].filter((at) => at != null)
  const known = times.length === 0 && record.record === 'pull-request' ? [record.readAt] : times
  return Math.max(...known.map((time) => Date.parse(time)))
}

/** @throws StoreError where an older or newer version wrote what this one cannot read */
export function recordOf(document: string): DeliveryRecord {
  const parsed = parseRecord(document)
  if ('record' in parsed) return parsed.record
  throw new StoreError(`a record in the database cannot be read: ${parsed.problem}`)
}
