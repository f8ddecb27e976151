import { keyNumber } from './key-numbers.ts'
import type { DeliveryRecord, PullRequestRecord, RevertClaim } from './record.ts'

export type RecordRepository = PullRequestRecord['repository']

/** What is kept of a change, or of a commit on the branch, that landed: what a revert may call it by. */
export interface Landed {
  readonly repository: RecordRepository
  /** Order among readings of the same change: the greatest is the one that counts. */
  readonly reading: number
  readonly number: number | null
  readonly sha: string | null
  /** Milliseconds since 1970. */
  readonly at: number
  readonly tracked: boolean
  /** Changed files; null: not known. */
  readonly files: number | null
  readonly claims: readonly RevertClaim[]
  /** Key of the whole title; 0: none is known. */
  readonly title: number
  /** Keys of the title's first 16, 24, 32 … characters. */
  readonly starts: readonly number[]
}

/** A pull request or a commit on the branch; every record names one. */
export type LandedName = { readonly repository: RecordRepository } & (
  | { readonly number: number }
  | { readonly sha: string }
)

/** Of two readings of the same moment the one from the source that knows more counts. */
const sourceOrder: readonly DeliveryRecord['source'][] = ['git', 'webhooks', 'github']
const noClaims: readonly RevertClaim[] = []

/** Null where the record is of nothing that landed. */
export function landedOf(
  record: DeliveryRecord,
  repository: DeliveryRecord['repository'],
): Landed | null {
  const { revertClaims, titleKeys, source, size } = record
  const shared = {
    repository,
    claims: revertClaims.length === 0 ? noClaims : revertClaims,
    title: titleKeys === null ? 0 : keyNumber(titleKeys.whole),
    starts: titleKeys === null ? [] : titleKeys.start.map(keyNumber),
    files: size?.total.files ?? null,
  }
  if (record.record === 'branch-commit')
    return {
      ...shared,
      reading: 0,
      number: null,
      sha: record.sha,
      at: Date.parse(record.committedAt),
      tracked: record.branchTracked,
    }
  if (record.merge === null) return null
  return {
    ...shared,
    reading: Date.parse(record.readAt) + (sourceOrder.indexOf(source) + 1) / 4,
    number: record.number,
    sha: record.merge.commit,
    at: Date.parse(record.merge.at),
    tracked: record.base.tracked !== false,
  }
}

/** Of two the one that landed later. */
export function later(one: Landed, other: Landed): Landed {
  return inTime(one, other) < 0 ? other : one
}

/** The order in which changes landed; of the same moment, always the same. */
export function inTime(one: Landed, other: Landed): number {
  if (one.at !== other.at) return one.at - other.at
  if (one.number !== other.number) return (one.number ?? 0) - (other.number ?? 0)
  if (one.sha === other.sha) return 0
  return (one.sha ?? '') < (other.sha ?? '') ? -1 : 1
}
