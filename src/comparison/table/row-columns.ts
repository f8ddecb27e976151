import {
  bytes,
  decimals,
  GrowingColumn,
  integers,
  type MakeColumn,
  type Numbers,
} from './columns.ts'

/** The columns of a `ChangeTable`, by its names for them. */
export const tableColumns = {
  repository: integers,
  person: integers,
  readyAt: decimals,
  mergedAt: decimals,
  closedAt: decimals,
  revertedAt: decimals,
  readAt: decimals,
  pickupSeconds: decimals,
  reviewSeconds: decimals,
  mergeWaitSeconds: decimals,
  authoredToMergedSeconds: decimals,
  cohortAtReady: bytes,
  cohortAtMerge: bytes,
  unassistedAtReady: bytes,
  unassistedAtMerge: bytes,
  assistance: bytes,
  tier: bytes,
  tool: bytes,
  aiAfterStart: bytes,
  band: bytes,
  rounds: decimals,
  changesRequested: decimals,
  laterPushes: decimals,
  laterLines: decimals,
  threads: decimals,
  reviewed: bytes,
  redrafted: bytes,
  outcome: bytes,
  surviving: bytes,
  truncated: bytes,
  unreadable: bytes,
  flags: integers,
} as const

/** What there is of each change before all are put into one table: the rest makes up what that tells of all. */
export const rowColumns = {
  ...tableColumns,
  asOf: decimals,
  /** Index in `sources`. */
  source: bytes,
  /** Index in the part's registries. */
  registry: integers,
  /** Index in `exclusions`; `unknown`: it is counted. */
  exclusion: bytes,
  /** 1: a time of it is after its own reading. */
  futureDated: bytes,
} as const

type Columns<Kinds extends Readonly<Record<string, MakeColumn>>> = {
  readonly [Name in keyof Kinds]: ReturnType<Kinds[Name]>
}

export type RowColumns = Columns<typeof rowColumns>

/** Makes every column of a set. */
export function makeColumns<Kinds extends Readonly<Record<string, MakeColumn>>>(
  kinds: Kinds,
  fill: (name: keyof Kinds & string, make: MakeColumn) => Numbers,
): Columns<Kinds> {
  const made = Object.entries(kinds).map(([name, make]) => [name, fill(name, make)])
  return Object.fromEntries(made) as Columns<Kinds>
}

/** Columns to be filled row by row. */
export function growingColumns(): Record<keyof RowColumns, GrowingColumn> {
  const grown = Object.entries(rowColumns).map(([name, make]) => [name, new GrowingColumn(make)])
  return Object.fromEntries(grown)
}
