import { byteAt, floatAt, intAt } from '../strata/number-at.ts'
import { onceFor } from '../strata/once-for.ts'
import { rowsWhere } from '../strata/rows-where.ts'
import { isMergedInTime } from '../strata/sample.ts'
import { windowEnds } from '../strata/window-ends.ts'
import { type ChangeTable, cohort } from '../table/change-table.ts'
import {
  funnelWindow,
  maturedWindow,
  mergeWindow,
  millisecondsPerDay,
  readinessWindow,
  type Span,
} from '../table/windows.ts'
import { type DatedPeople, type Days, dateChanges, SlidingPeople } from './sliding-people.ts'

/** Changes that reports show together: by which clock and in which window. */
export interface Group {
  readonly dated: DatedPeople
  readonly window: (asOf: number) => Span
  readonly people: SlidingPeople
  /** What else of the same changes would be told by subtraction: it must be nothing or enough. */
  readonly beside: SlidingPeople | null
  /** The published snapshot that last showed it. */
  shownOn: number | null
}

/**
 * The groups that the snapshots of a stretch of Mondays show of some rows. Outcomes are shown of the changes that were followed
 * for as long as they ask (`windowEnds`), their number and the curves of all.
 */
export function groupChanges(
  table: ChangeTable,
  mondays: Span,
  { isAttestedTold = true } = {},
): (rows: Int32Array) => Group[] {
  const { readyAt, mergedAt, cohortAtReady, cohortAtMerge, person } = table
  const { unassistedAtReady, unassistedAtMerge } = table
  // No window reaches further back than that of the merges.
  const { start } = mergeWindow(mondays.start)
  const isAmong = (time: number) => time >= start && time < mondays.end
  const ready = isFollowedIn(table, readyAt, mondays.end)
  const merged = isFollowedIn(table, mergedAt, mondays.end)
  const [wasCompared, wasInFunnel] = [ready(readinessWindow), ready(funnelWindow)]
  const hasMatured = merged(maturedWindow)
  return (rows) => {
    const byReadiness = onceFor((some: Int32Array) => dateChanges(readyAt, person, some))
    const byMerge = onceFor((some: Int32Array) => dateChanges(mergedAt, person, some))
    const allReady = rowsWhere(rows, (row) => isAmong(floatAt(readyAt, row)))
    const allMerged = rowsWhere(
      rows,
      (row) => isAmong(floatAt(mergedAt, row)) && byteAt(cohortAtMerge, row) !== cohort.setAside,
    )
    const ofCohort = (one: number) => {
      const readyOnes = rowsWhere(allReady, (row) => byteAt(cohortAtReady, row) === one)
      const mergedOnes = rowsWhere(allMerged, (row) => byteAt(cohortAtMerge, row) === one)
      const compared = rowsWhere(readyOnes, wasCompared)
      // The times of changes are told of those that merged: many may have come in, and few of them merged.
      const inTime = rowsWhere(compared, (row) => isMergedInTime(table, row))
      const matured = rowsWhere(mergedOnes, hasMatured)
      const groups = [
        { dated: byReadiness(readyOnes), window: readinessWindow },
        { dated: byReadiness(compared), window: readinessWindow },
        { dated: byReadiness(inTime), window: readinessWindow },
        { dated: byReadiness(rowsWhere(readyOnes, wasInFunnel)), window: funnelWindow },
        { dated: byMerge(matured), window: maturedWindow },
        { dated: byMerge(mergedOnes), window: mergeWindow },
      ]
      return { inTime, matured, groups }
    }
    const others = ofCohort(cohort.noneRecorded)
    const groups = [
      ...ofCohort(cohort.aiRecorded).groups,
      ...others.groups,
      { dated: byMerge(allMerged), window: mergeWindow },
    ]
    // Where everything was read since, those that were followed are all: once is enough.
    const isFirst = ({ dated, window }: (typeof groups)[number], index: number) =>
      groups.findIndex((one) => one.dated === dated && one.window === window) === index
    const cohorts = groups.filter(isFirst).map((group) => ({
      ...group,
      people: new SlidingPeople(group.dated),
      beside: null,
      shownOn: null,
    }))
    if (!isAttestedTold) return cohorts
    return [
      ...cohorts,
      ...cutByAttestation(others.inTime, unassistedAtReady, byReadiness, readinessWindow),
      ...cutByAttestation(others.matured, unassistedAtMerge, byMerge, maturedWindow),
    ]
  }
}

/** The same without telling attested changes apart. */
export function groupCohorts(table: ChangeTable, mondays: Span): (rows: Int32Array) => Group[] {
  return groupChanges(table, mondays, { isAttestedTold: false })
}

/** The changes compared by an outcome, none recorded: those attested to be without AI, and the undeclared. */
function cutByAttestation(
  rows: Int32Array,
  attested: Uint8Array,
  dated: (rows: Int32Array) => DatedPeople,
  window: Group['window'],
): Group[] {
  const [some, rest] = [1, 0].map((one) => rowsWhere(rows, (row) => byteAt(attested, row) === one))
  if (!some?.length || !rest?.length) return []
  const parts = [some, rest].map((part) => {
    const one = dated(part)
    return { dated: one, people: new SlidingPeople(one) }
  })
  return parts.map((part, index) => ({
    ...part,
    window,
    beside: parts[1 - index]?.people ?? null,
    shownOn: null,
  }))
}

/** Whether a change was followed for as long as a window asks. */
function isFollowedIn(
  table: ChangeTable,
  time: Float64Array,
  asOf: number,
): (window: Group['window']) => (row: number) => boolean {
  return (window) => {
    const ends = windowEnds(table, asOf, window)
    return (row) => floatAt(time, row) < floatAt(ends, intAt(table.repository, row))
  }
}

export function daysOf({ start, end }: Span): Days {
  return { start: start / millisecondsPerDay, end: end / millisecondsPerDay }
}
