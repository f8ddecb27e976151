import type { DeliveryRecord } from '../../delivery/index.ts'
import type { Correction } from './corrections.ts'

/** A change of a person, for that person alone. */
export interface OwnChange {
  readonly repositoryId: number
  /** Null: its pull request is gone. */
  readonly number: number | null
  readonly openedAt: number | null
  readonly readyAt: number | null
  readonly mergedAt: number | null
  readonly closedAt: number | null
  readonly revertedAt: number | null
}

/** What is kept of one person, by their key; for nobody but that person. */
export interface People {
  /** How many changes are theirs, in each repository where there are any, in the order of these. */
  counts(key: string): Promise<{ readonly repositoryId: number; readonly changes: number }[]>
  /**
   * Their changes, the newest first.
   *
   * @param which of some repositories alone; `skip` so many of the newest
   */
  changes(
    key: string,
    which: {
      readonly repositories: readonly number[]
      readonly limit: number
      readonly skip: number
    },
  ): Promise<OwnChange[]>
  /** In how many records they stand, of their changes and of others': all records are read for it. */
  records(key: string): Promise<number>
  /** What they said of changes, theirs or others', in the order in which they said it. */
  said(key: string): Promise<Correction[]>
  /**
   * Takes them out of everything, for good. What was counted stays counted, as somebody's whom nothing names; what is read later of
   * them is nobody's.
   *
   * @returns how many changes of theirs there were
   */
  forget(key: string): Promise<number>
  /** Under which key they are kept: nobody's, where they were forgotten. */
  keptKey(key: string): Promise<string>
  /** A record that was read just now, without those who were forgotten. */
  withoutForgotten<Kind extends DeliveryRecord>(record: Kind): Promise<Kind>
}
