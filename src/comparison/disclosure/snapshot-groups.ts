import { byteAt, floatAt, intAt } from '../numbers/number-at.ts'
import { onceFor } from '../strata/once-for.ts'
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
import {
  type DatedChanges,
  type DatedPeople,
  type Days,
  dateChanges,
  ofKind,
  SlidingPeople,
} from './sliding-people.ts'

/** Changes that reports show together: by which clock and in which window. */
export interface Group {
  readonly dated: DatedPeople
  /** The days of its window in the snapshot of a Monday. */
  readonly daysAt: (monday: number) => Days
  readonly people: SlidingPeople
  /** What else of the same changes would be told by subtraction: it must be nothing or enough. */
  readonly beside: SlidingPeople | null
}

/**
 * What a change is by one of the two clocks, a bit each. A group is what has all of some bits; a change in neither cohort, or
 * outside all windows, has none. No window reaches further back than that of the merges.
 */
const either = 0
const assisted = 1
const other = 2
/** By the values of `cohort`. */
const bitsOfCohort = new Uint8Array(3)
bitsOfCohort[cohort.aiRecorded] = assisted
bitsOfCohort[cohort.noneRecorded] = other
/** Followed for as long as the outcomes of that clock ask. */
const followed = 4
/** Of those attested to be without AI, or not. */
const attested = 8
const undeclared = 16
/** By readiness alone: followed, and merged within 14 days. */
const inTime = 32
const inFunnel = 64

/**
 * The groups that the snapshots of a stretch of Mondays show of some rows. Outcomes are shown of the changes that were followed
 * for as long as they ask (`windowEnds`), their number and the curves of all. Attested changes may not be told apart.
 */
export function groupChanges(
  table: ChangeTable,
  mondays: Span,
  { isAttestedTold = true } = {},
): (rows: Int32Array) => Group[] {
  const { readyAt, mergedAt, person } = table
  const readyKinds = kindsByReadiness(table, mondays)
  const mergedKinds = kindsByMerge(table, mondays)
  const readiness = daysOfWindow(readinessWindow)
  const funnel = daysOfWindow(funnelWindow)
  const maturity = daysOfWindow(maturedWindow)
  const merge = daysOfWindow(mergeWindow)
  return (rows) => {
    const ready = dateChanges(readyAt, { person, kinds: readyKinds, rows })
    const merged = dateChanges(mergedAt, { person, kinds: mergedKinds, rows })
    const ofCohort = (one: number) => {
      const all = ofKind(ready, one)
      const compared = ofKind(ready, one | followed)
      return [
        groupOf(all, readiness),
        // Where everything was read since, those that were followed are all: once is enough.
        ...(compared.day.length === all.day.length ? [] : [groupOf(compared, readiness)]),
        // The times of changes are told of those that merged: many may have come in, and few of them merged.
        groupOf(ofKind(ready, one | followed | inTime), readiness),
        groupOf(ofKind(ready, one | inFunnel), funnel),
        groupOf(ofKind(merged, one | followed), maturity),
        groupOf(ofKind(merged, one), merge),
      ]
    }
    const cohorts = [
      ...ofCohort(assisted),
      ...ofCohort(other),
      groupOf(ofKind(merged, either), merge),
    ]
    if (!isAttestedTold) return cohorts
    return [
      ...cohorts,
      ...cutByAttestation(ready, other | followed | inTime, readiness),
      ...cutByAttestation(merged, other | followed, maturity),
    ]
  }
}

/** A group by what its rows are, for those who ask in which repositories they lie. */
export interface GroupKind {
  readonly time: Float64Array
  /** Of each row of the table, by its time. */
  readonly kinds: Uint8Array
  /** All of which a row of the group has, beside any at all. */
  readonly bits: number
  readonly daysAt: Group['daysAt']
  /** Bits of those of the same changes that would be told by subtraction. */
  readonly beside: number | null
}

/** The same groups as of `groupChanges`. */
export function groupKinds(table: ChangeTable, mondays: Span): readonly GroupKind[] {
  const ready = { time: table.readyAt, kinds: kindsByReadiness(table, mondays), beside: null }
  const merged = { time: table.mergedAt, kinds: kindsByMerge(table, mondays), beside: null }
  const readiness = daysOfWindow(readinessWindow)
  const maturity = daysOfWindow(maturedWindow)
  const merge = daysOfWindow(mergeWindow)
  const ofCohort = (one: number) => [
    { ...ready, bits: one, daysAt: readiness },
    { ...ready, bits: one | followed, daysAt: readiness },
    { ...ready, bits: one | followed | inTime, daysAt: readiness },
    { ...ready, bits: one | inFunnel, daysAt: daysOfWindow(funnelWindow) },
    { ...merged, bits: one | followed, daysAt: maturity },
    { ...merged, bits: one, daysAt: merge },
  ]
  const cut = (whole: Omit<GroupKind, 'beside'>) => [
    { ...whole, bits: whole.bits | attested, beside: whole.bits | undeclared },
    { ...whole, bits: whole.bits | undeclared, beside: whole.bits | attested },
  ]
  return [
    ...ofCohort(assisted),
    ...ofCohort(other),
    { ...merged, bits: either, daysAt: merge },
    ...cut({ ...ready, bits: other | followed | inTime, daysAt: readiness }),
    ...cut({ ...merged, bits: other | followed, daysAt: maturity }),
  ]
}

/** The changes compared by an outcome, none recorded: those attested to be without AI, and the undeclared. */
function cutByAttestation(dated: DatedChanges, kind: number, daysAt: Group['daysAt']): Group[] {
  const some = groupOf(ofKind(dated, kind | attested), daysAt)
  const rest = groupOf(ofKind(dated, kind | undeclared), daysAt)
  if (some.dated.day.length === 0 || rest.dated.day.length === 0) return []
  return [
    { ...some, beside: rest.people },
    { ...rest, beside: some.people },
  ]
}

function groupOf(dated: DatedPeople, daysAt: Group['daysAt']): Group {
  return { dated, daysAt, people: new SlidingPeople(dated), beside: null }
}

/** What each change is by its readiness. */
function kindsByReadiness(table: ChangeTable, { start, end }: Span): Uint8Array {
  const { readyAt, cohortAtReady, unassistedAtReady, repository } = table
  const from = mergeWindow(start).start
  const compared = windowEnds(table, end, readinessWindow)
  const told = windowEnds(table, end, funnelWindow)
  const kinds = new Uint8Array(table.size)
  for (let row = 0; row < kinds.length; row += 1) {
    const time = floatAt(readyAt, row)
    const cohort = byteAt(bitsOfCohort, byteAt(cohortAtReady, row))
    if (cohort === 0 || !(time >= from && time < end)) continue
    const own = intAt(repository, row)
    kinds[row] =
      cohort |
      (byteAt(unassistedAtReady, row) === 1 ? attested : undeclared) |
      (time < floatAt(compared, own) ? followed : 0) |
      (time < floatAt(told, own) ? inFunnel : 0) |
      (isMergedInTime(table, row) ? inTime : 0)
  }
  return kinds
}

/** The same by its merge. */
function kindsByMerge(table: ChangeTable, { start, end }: Span): Uint8Array {
  const { mergedAt, cohortAtMerge, unassistedAtMerge, repository } = table
  const from = mergeWindow(start).start
  const matured = windowEnds(table, end, maturedWindow)
  const kinds = new Uint8Array(table.size)
  for (let row = 0; row < kinds.length; row += 1) {
    const time = floatAt(mergedAt, row)
    const cohort = byteAt(bitsOfCohort, byteAt(cohortAtMerge, row))
    if (cohort === 0 || !(time >= from && time < end)) continue
    kinds[row] =
      cohort |
      (byteAt(unassistedAtMerge, row) === 1 ? attested : undeclared) |
      (time < floatAt(matured, intAt(repository, row)) ? followed : 0)
  }
  return kinds
}

/** Every repository has the same windows. */
function daysOfWindow(window: (asOf: number) => Span): Group['daysAt'] {
  return onceFor((monday) => {
    const { start, end } = window(monday)
    return { start: start / millisecondsPerDay, end: end / millisecondsPerDay }
  })
}
