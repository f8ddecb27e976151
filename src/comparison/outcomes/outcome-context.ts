import type { GateThresholds } from '../disclosure/disclosure-gate.ts'
import { Comparable } from '../strata/comparable.ts'
import { becameReady, isMergedInTime, type Sample, type Selection } from '../strata/sample.ts'
import type { ChangeTable } from '../table/change-table.ts'

/** What the outcomes of one scope and time have in common. */
export interface OutcomeContext {
  readonly table: ChangeTable
  readonly selection: Selection
  readonly thresholds: GateThresholds
  readonly readyAt: (asOf: number) => ReadyChanges
}

/** Selects what the outcomes share, when one of them first asks for it. */
export function outcomeContext(
  table: ChangeTable,
  selection: Selection,
  thresholds: GateThresholds,
): OutcomeContext {
  const readyAt = onceFor((asOf) => readyChanges(table, { ...selection, asOf }))
  return { table, selection, thresholds, readyAt }
}

/** Changes by when they became ready. */
export interface ReadyChanges {
  readonly all: Comparable
  /** Merged within 14 days. */
  readonly merged: Comparable
}

function readyChanges(table: ChangeTable, selection: Selection): ReadyChanges {
  const all = comparableIn(table, selection, becameReady)
  return { all, merged: all.keepRows((row) => isMergedInTime(table, row)) }
}

/** A sample with that of all repositories behind it, where it is one of several. */
export function comparableIn(
  table: ChangeTable,
  selection: Selection,
  sampleOf: (table: ChangeTable, selection: Selection) => Sample,
): Comparable {
  const { asOf, repository } = selection
  const whole = repository === undefined ? undefined : new Comparable(sampleOf(table, { asOf }))
  return new Comparable(sampleOf(table, selection), whole)
}

/** Keeps what was made, for who asks for the same again. */
function onceFor<Made>(make: (asOf: number) => Made): (asOf: number) => Made {
  const made = new Map<number, Made>()
  return (asOf) => {
    const known = made.get(asOf)
    if (known !== undefined) return known
    const one = make(asOf)
    made.set(asOf, one)
    return one
  }
}
