import { type ChangeTable, cohort, unknownBand } from './change-table.ts'
import { at } from './layout.ts'
import {
  followUpDays,
  maturedWindow,
  millisecondsPerDay,
  readinessWindow,
  revertDays,
  type Span,
} from './windows.ts'

/** The changes that one outcome is known of, with that outcome. */
export interface Sample {
  readonly window: Span
  readonly repository: Int32Array
  readonly person: Int32Array
  readonly band: Uint8Array
  /** When each change's clock started. */
  readonly start: Float64Array
  readonly assisted: Uint8Array
  readonly outcome: Float64Array
}

/** Which changes are compared. */
export interface Scope {
  /** Number of a repository in the table; absent: all of them. */
  readonly repository?: number
  /** `attested`: the changes with AI recorded are compared to those attested to be without, not to all others. */
  readonly against?: 'attested'
}

const shortestMinutes = 5
const millisecondsPerHour = 3_600_000

/** ln of the hours from ready to merged, of changes merged within 14 days; under 5 minutes counts as 5. */
export function cycleTimes(table: ChangeTable, asOf: number, scope: Scope): Sample {
  return readySample(table, asOf, scope, (i) => {
    const hours = (at(table.mergedAt, i) - at(table.readyAt, i)) / millisecondsPerHour
    if (!(hours <= followUpDays * 24)) return null
    return Math.log(Math.max(hours, shortestMinutes / 60))
  })
}

/** Whether changes merged within 14 days of being ready: 1 or 0, of all. */
export function mergedInTime(table: ChangeTable, asOf: number, scope: Scope): Sample {
  return readySample(table, asOf, scope, (i) => (isMergedInTime(table, i) ? 1 : 0))
}

/** Review rounds of changes merged within 14 days. */
export function reviewRounds(table: ChangeTable, asOf: number, scope: Scope): Sample {
  return readySample(table, asOf, scope, (i) =>
    isMergedInTime(table, i) ? known(at(table.rounds, i)) : null,
  )
}

/** Whether changes merged within 14 days went in without another person's review: 1 or 0. */
export function mergedUnreviewed(table: ChangeTable, asOf: number, scope: Scope): Sample {
  return readySample(table, asOf, scope, (i) => {
    const reviewed = known(at(table.reviewed, i))
    return reviewed === null || !isMergedInTime(table, i) ? null : 1 - reviewed
  })
}

/** Whether changes merged at least 30 days ago were reverted within 30 days: 1 or 0. */
export function reverts(table: ChangeTable, asOf: number, scope: Scope): Sample {
  const horizon = revertDays * millisecondsPerDay
  return sample(table, maturedWindow(asOf), scope, {
    start: table.mergedAt,
    cohorts: table.cohortAtMerge,
    attested: table.unassistedAtMerge,
    outcome: (i) => (at(table.revertedAt, i) - at(table.mergedAt, i) <= horizon ? 1 : 0),
  })
}

function isMergedInTime({ mergedAt, readyAt }: ChangeTable, i: number): boolean {
  return at(mergedAt, i) - at(readyAt, i) <= followUpDays * millisecondsPerDay
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

function readySample(
  table: ChangeTable,
  asOf: number,
  scope: Scope,
  outcome: (index: number) => number | null,
): Sample {
  return sample(table, readinessWindow(asOf), scope, {
    start: table.readyAt,
    cohorts: table.cohortAtReady,
    attested: table.unassistedAtReady,
    outcome,
  })
}

interface Clock {
  readonly start: Float64Array
  readonly cohorts: Uint8Array
  readonly attested: Uint8Array
  /** null: the change is not among those that the outcome is of. */
  outcome(index: number): number | null
}

function sample(table: ChangeTable, window: Span, scope: Scope, clock: Clock): Sample {
  const rows: number[] = []
  const outcomes: number[] = []
  for (let i = 0; i < table.size; i += 1) {
    const start = at(clock.start, i)
    if (!(start >= window.start && start < window.end)) continue
    if (scope.repository !== undefined && at(table.repository, i) !== scope.repository) continue
    const group = at(clock.cohorts, i)
    if (group === cohort.setAside || at(table.band, i) === unknownBand) continue
    const isOther = group === cohort.noneRecorded
    if (isOther && scope.against === 'attested' && at(clock.attested, i) === 0) continue
    const outcome = clock.outcome(i)
    if (outcome === null) continue
    rows.push(i)
    outcomes.push(outcome)
  }
  return {
    window,
    repository: Int32Array.from(rows, (i) => at(table.repository, i)),
    person: Int32Array.from(rows, (i) => at(table.person, i)),
    band: Uint8Array.from(rows, (i) => at(table.band, i)),
    start: Float64Array.from(rows, (i) => at(clock.start, i)),
    assisted: Uint8Array.from(rows, (i) => at(clock.cohorts, i)),
    outcome: Float64Array.from(outcomes),
  }
}
