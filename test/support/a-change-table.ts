import {
  assistances,
  type ChangeTable,
  cohort,
  exclusions,
  tiers,
  unknown,
  unread,
} from '../../src/comparison/table/change-table.ts'
import { toolCode } from '../../src/comparison/table/tool-codes.ts'
import { outcomes, sizeBands } from '../../src/delivery/index.ts'

const day = 86_400_000

/** A Monday to make reports as of. */
export const monday = Date.UTC(2026, 5, 22)

/** A change as one row; what is not given is as of most changes. Times are milliseconds since the epoch. */
export interface Row {
  readonly person: string
  readonly repository?: string
  readonly readyAt?: number
  /** Hours from ready to merged; null: not merged. */
  readonly hours?: number | null
  readonly mergedAt?: number
  /** Days from the merge to the revert. */
  readonly revertedAfter?: number
  readonly closedAt?: number
  readonly readAt?: number
  readonly group?: keyof typeof cohort
  readonly band?: (typeof sizeBands)[number] | null
  readonly tier?: (typeof tiers)[number] | null
  /** Ids of the tools that the evidence names. */
  readonly tools?: readonly string[]
  readonly assistance?: (typeof assistances)[number]
  readonly rounds?: number
  readonly aiAfterStart?: boolean | null
  readonly redrafted?: boolean | null
  readonly flags?: number
  readonly truncated?: boolean
  readonly unread?: keyof typeof unread
}

export interface TableInit {
  readonly sources?: ChangeTable['sources']
  readonly asOf?: number
  readonly latestReadAt?: number
  readonly futureDated?: number
  readonly registries?: readonly string[]
  /** Reasons of what is left out, each ready 30 days before. */
  readonly excluded?: readonly (typeof exclusions)[number][]
}

/** A table of such changes, as `tabulate` would have made it. */
export function aChangeTable(rows: readonly Row[], init: TableInit = {}): ChangeTable {
  const { sources = ['github'], asOf = monday, excluded = [] } = init
  const clone = sources.every((source) => source === 'git')
  const people = [...new Set(rows.map(({ person }) => person))]
  const repositories = [...new Set(rows.map(({ repository = 'a/b' }) => repository))]
  const floats = (read: (row: Row) => number) => Float64Array.from(rows, read)
  const bytes = (read: (row: Row) => number) => Uint8Array.from(rows, read)
  const ready = ({ readyAt }: Row) => readyAt ?? asOf - 40 * day
  const merged = (row: Row) => {
    if (row.mergedAt !== undefined) return row.mergedAt
    return row.hours === null ? Number.NaN : ready(row) + (row.hours ?? 24) * 3_600_000
  }
  const yes = (answer: boolean | null | undefined) =>
    answer === null ? unknown : answer === true ? 1 : 0
  const group = ({ group: one = 'noneRecorded' }: Row) => cohort[one]
  const isAssisted = (row: Row) => group(row) === cohort.aiRecorded
  const seconds = (share: number) =>
    floats((row) => (clone ? Number.NaN : ((merged(row) - ready(row)) / 1_000) * share))
  return {
    size: rows.length,
    asOf,
    latestReadAt: init.latestReadAt ?? asOf,
    sources,
    registries: init.registries ?? ['2026-06-01'],
    futureDated: init.futureDated ?? 0,
    excluded: {
      size: excluded.length,
      reason: Uint8Array.from(excluded, (reason) => exclusions.indexOf(reason)),
      repository: new Int32Array(excluded.length),
      readyAt: new Float64Array(excluded.length).fill(asOf - 30 * day),
      mergedAt: new Float64Array(excluded.length).fill(asOf - 30 * day),
    },
    repositories,
    repository: Int32Array.from(rows, ({ repository = 'a/b' }) => repositories.indexOf(repository)),
    people,
    person: Int32Array.from(rows, ({ person }) => people.indexOf(person)),
    readyAt: floats((row) => (clone ? Number.NaN : ready(row))),
    mergedAt: floats(merged),
    closedAt: floats(({ closedAt }) => closedAt ?? Number.NaN),
    revertedAt: floats((row) =>
      row.revertedAfter === undefined ? Number.NaN : merged(row) + row.revertedAfter * day,
    ),
    readAt: floats(({ readAt }) => readAt ?? asOf),
    pickupSeconds: seconds(0.25),
    reviewSeconds: seconds(0.5),
    mergeWaitSeconds: seconds(0.25),
    authoredToMergedSeconds: floats((row) => (merged(row) - ready(row)) / 1_000 + 3_600),
    cohortAtReady: bytes((row) => (clone ? cohort.setAside : group(row))),
    cohortAtMerge: bytes((row) => (Number.isNaN(merged(row)) ? cohort.setAside : group(row))),
    unassistedAtReady: bytes(({ assistance }) => Number(assistance === 'unassisted')),
    unassistedAtMerge: bytes(({ assistance }) => Number(assistance === 'unassisted')),
    assistance: bytes((row) =>
      assistances.indexOf(row.assistance ?? (isAssisted(row) ? 'assisted' : 'undeclared')),
    ),
    tier: bytes((row) => {
      const tier = row.tier === undefined && isAssisted(row) ? 'E2' : (row.tier ?? null)
      return tier === null ? unknown : tiers.indexOf(tier)
    }),
    tool: bytes((row) =>
      toolCode({ assistance: isAssisted(row) ? 'assisted' : 'undeclared', tools: row.tools ?? [] }),
    ),
    aiAfterStart: bytes(({ aiAfterStart }) => yes(aiAfterStart)),
    band: bytes(({ band = '10-49' }) => (band === null ? unknown : sizeBands.indexOf(band))),
    rounds: floats(({ rounds = 1 }) => (clone ? Number.NaN : rounds)),
    changesRequested: floats(() => 0),
    laterPushes: floats(() => 0),
    laterLines: floats(() => Number.NaN),
    threads: floats(() => 0),
    reviewed: bytes(({ rounds = 1 }) => Number(rounds > 0)),
    redrafted: bytes(({ redrafted }) => yes(redrafted)),
    outcome: bytes((row) =>
      clone
        ? unknown
        : merged(row) - ready(row) <= 30 * day
          ? outcomes.indexOf('merged')
          : outcomes.indexOf('open'),
    ),
    surviving: bytes((row) => {
      if (clone) return unknown
      const inTime = merged(row) - ready(row) <= 30 * day
      return inTime && !((row.revertedAfter ?? Number.POSITIVE_INFINITY) <= 30) ? 1 : 0
    }),
    truncated: bytes(({ truncated }) => Number(truncated === true)),
    unreadable: bytes((row) => unread[row.unread ?? 'nothing']),
    flags: Int32Array.from(rows, ({ flags = 0 }) => flags),
  }
}

/** So many changes, one after the other by each of so many people. */
export function changesOfPeople(
  { changes, people, prefix = 'p' }: { changes: number; people: number; prefix?: string },
  row: (index: number) => Omit<Row, 'person'> = () => ({}),
): Row[] {
  return Array.from({ length: changes }, (_, index) => ({
    person: `${prefix}${index % people}`,
    ...row(index),
  }))
}
