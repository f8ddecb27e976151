import {
  type Change,
  type ChangeFlag,
  changeFlags,
  type ExclusionReason,
  exclusionReasons,
} from '../../delivery/index.ts'

/** In which cohort a change is, as a number. */
export const cohort = { noneRecorded: 0, aiRecorded: 1, setAside: 2 } as const

/** In a column of small numbers: not known, or none. */
export const unknown = 255

/** What a source did not give of a change that a report needs: authorship notes alone, or all that stands in the repository's contents. */
export const unread = { nothing: 0, notes: 1, contents: 2 } as const

export const tiers = ['E1', 'E2', 'E3', 'E4'] as const
export const assistances = ['assisted', 'unassisted', 'undeclared'] as const
/** Why a change is left out: what `ExcludedChanges.reason` counts in. */
export const exclusions = Object.keys(exclusionReasons) as ExclusionReason[]

type Times = Float64Array
type Amounts = Float64Array
/** 0 and 1, or `unknown`. */
type Answers = Uint8Array

/**
 * Changes as columns, one entry per change that counts: what the comparison reads of them and nothing else. Times are
 * milliseconds since the epoch; NaN stands for "not known" or "did not happen". Changes that are set aside are among them,
 * in neither cohort; excluded ones are not.
 */
export interface ChangeTable {
  readonly size: number
  /** As of when the changes were derived; NaN of none. Results may be made as of any earlier time, never a later one. */
  readonly asOf: number
  /** Last time at which a record was read; NaN of none. */
  readonly latestReadAt: number
  readonly sources: readonly Change['source'][]
  /** Versions of the registry of marks. */
  readonly registries: readonly string[]
  /** Changes with a time after their own reading: some clock is wrong. */
  readonly futureDated: number
  readonly excluded: ExcludedChanges

  /** Names of the repositories, or their numbers where they have none. */
  readonly repositories: readonly string[]
  readonly repository: Int32Array
  /** Keys of the responsible people: for counting them, never shown. */
  readonly people: readonly string[]
  readonly person: Int32Array

  readonly readyAt: Times
  readonly mergedAt: Times
  readonly closedAt: Times
  readonly revertedAt: Times
  readonly readAt: Times
  readonly pickupSeconds: Amounts
  readonly reviewSeconds: Amounts
  readonly mergeWaitSeconds: Amounts
  readonly authoredToMergedSeconds: Amounts

  /** Values of `cohort`, by what was known when that clock started. */
  readonly cohortAtReady: Uint8Array
  readonly cohortAtMerge: Uint8Array
  /** 1: attested to be without AI when that clock started. */
  readonly unassistedAtReady: Uint8Array
  readonly unassistedAtMerge: Uint8Array
  /** Index in `assistances`, everything that is known now included. */
  readonly assistance: Uint8Array
  /** Index in `tiers` of the strongest evidence; `unknown`: there is none. */
  readonly tier: Uint8Array
  /** Index in `toolCodes`, or `severalTools`, or `ownTool`; `unknown`: not assisted, or no tool is named. */
  readonly tool: Uint8Array
  /** No AI was recorded when it became ready, and some was before the merge. */
  readonly aiAfterStart: Answers
  /** Index in `sizeBands`; `unknown` where no size is known. */
  readonly band: Uint8Array

  readonly rounds: Amounts
  readonly changesRequested: Amounts
  readonly laterPushes: Amounts
  readonly laterLines: Amounts
  /** Review threads opened by other people. */
  readonly threads: Amounts
  /** Reviewed by another person before the merge. */
  readonly reviewed: Answers

  /** Put back into draft after it had been ready. */
  readonly redrafted: Answers
  /** Index in `outcomes`, 30 days after it became ready; `unknown`: too young, or it cannot be told. */
  readonly outcome: Uint8Array
  readonly surviving: Answers
  /** 1: a list of its record goes on past what could be read. */
  readonly truncated: Uint8Array
  /** Values of `unread`. */
  readonly unreadable: Uint8Array
  /** A bit for each of the change's flags: `flagBit`. */
  readonly flags: Int32Array
}

/** What was left out of both cohorts, one entry per change: why and when. */
export interface ExcludedChanges {
  readonly size: number
  /** Index in `exclusions`. */
  readonly reason: Uint8Array
  readonly repository: Int32Array
  readonly readyAt: Times
  readonly mergedAt: Times
}

const flagNames = Object.keys(changeFlags)

/** The bit of a flag in `ChangeTable.flags`. */
export function flagBit(flag: ChangeFlag): number {
  return 1 << flagNames.indexOf(flag)
}
