import type { GateThresholds } from '../disclosure/disclosure-gate.ts'
import { Memory } from '../numbers/memory.ts'
import { assistedOrAttested, mergedInTime } from '../strata/choices.ts'
import { onceFor } from '../strata/once-for.ts'
import { becameReady, maturedMerges, maturingMerges, type Selection } from '../strata/sample.ts'
import type { ChangeTable } from '../table/change-table.ts'
import { Comparable } from './comparable.ts'

/** What the outcomes of one scope and time have in common. */
export interface OutcomeContext {
  readonly table: ChangeTable
  readonly selection: Selection
  readonly thresholds: GateThresholds
  readonly readyAt: (asOf: number) => ReadyChanges
  /** Of some of those the ones with AI recorded, and of the others those attested to be without AI. */
  readonly attestedAtReady: (comparable: Comparable) => Comparable
}

/** Selects what the outcomes share, when one of them first asks for it. */
export function outcomeContext(
  table: ChangeTable,
  selection: Selection,
  thresholds: GateThresholds,
): OutcomeContext {
  return {
    table,
    selection,
    thresholds,
    readyAt: onceFor((asOf) => readyChanges(table, { ...selection, asOf })),
    attestedAtReady: onceFor((some) => some.keep(assistedOrAttested(table.unassistedAtReady))),
  }
}

/** Changes by when they became ready. */
export interface ReadyChanges {
  readonly all: Comparable
  /** Merged within 14 days. */
  readonly merged: Comparable
}

function readyChanges(table: ChangeTable, selection: Selection): ReadyChanges {
  const all = comparableIn(table, selection, 'becameReady')
  return { all, merged: all.keep(mergedInTime(table)) }
}

const samples = { becameReady, maturedMerges, maturingMerges } as const

const wholes = new Memory<Comparable>()

/** A sample with that of all repositories behind it, where it is one of several. */
export function comparableIn(
  table: ChangeTable,
  { asOf, repository }: Selection,
  name: keyof typeof samples,
): Comparable {
  const whole = wholes.recall(
    table,
    `${name} ${asOf}`,
    () => new Comparable(samples[name](table, { asOf })),
  )
  return repository === undefined ? whole : whole.ofRepository(repository)
}
