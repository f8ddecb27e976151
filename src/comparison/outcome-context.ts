import type { ChangeTable } from './change-table.ts'
import { Comparable } from './comparable.ts'
import type { GateThresholds } from './disclosure-gate.ts'
import { becameReady, mergedInTime, type Selection } from './sample.ts'

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
  const all = new Comparable(becameReady(table, selection))
  const merged = mergedInTime(table, all.sample)
  return { all, merged: merged === all.sample ? all : new Comparable(merged) }
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
