import { keyNumber } from './key-numbers.ts'
import type { Landed } from './landed.ts'
import type { DeliveryRecord } from './record.ts'

/** By what a change can be found. */
export interface LandedKeys {
  readonly number: number | null
  /** The own first, and whether it is of the very commit that landed. */
  readonly shas: readonly { readonly sha: string; readonly onBranch: boolean }[]
  /** Keys of the title, whole and without its prefix. */
  readonly titles: readonly number[]
  /** Key of the title's first 16 characters; undefined: it is shorter, or not known. */
  readonly start: number | undefined
}

/** The keys of what landed, from the record that tells of it. */
export function keysOf(landed: Landed, record: DeliveryRecord): LandedKeys {
  const own = landed.sha === null ? [] : [{ sha: landed.sha, onBranch: true }]
  // Squashing and rebasing make other commits of them.
  const onBranch = record.record === 'pull-request' && record.merge?.method === 'merge'
  const contained = record.record === 'pull-request' ? (record.commits ?? []) : []
  const bare = record.titleKeys === null ? landed.title : keyNumber(record.titleKeys.bare)
  return {
    number: landed.number,
    shas: [
      ...own,
      ...contained.flatMap(({ sha }) => (sha === landed.sha ? [] : [{ sha, onBranch }])),
    ],
    titles: record.titleKeys === null ? [] : bare === landed.title ? [bare] : [landed.title, bare],
    start: landed.starts[0],
  }
}
