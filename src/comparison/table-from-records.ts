import { type DeliveryRecord, deriveChange, RevertLinks } from '../delivery/index.ts'
import type { KnownMarks } from '../provenance/index.ts'
import type { ChangeTable } from './change-table.ts'
import { ChangeTableBuilder } from './change-table-builder.ts'
import { millisecondsPerDay } from './windows.ts'

/** What changes are derived from beside their records. */
export interface TableOptions {
  readonly marks: KnownMarks
  /** Milliseconds since the epoch: what happened later is not counted. */
  readonly asOf: number
}

/** Reverts are counted over 26 weeks of merges; the weeks before are for the snapshots that were published before. */
const weeksNeeded = 26 + 8

/**
 * From when on records are read for a report, where a source need not be read as a whole: of all that was opened, made
 * ready, closed or merged since.
 *
 * @param asOf milliseconds since the epoch, as is what comes back
 */
export function recordsSince(asOf: number): number {
  return asOf - weeksNeeded * 7 * millisecondsPerDay
}

/** Which changes were reverted, as all the records tell it: also those whose own change is counted nowhere. */
export function linkReverts(records: Iterable<DeliveryRecord>): RevertLinks {
  const reverts = new RevertLinks()
  for (const record of records) reverts.add(record)
  return reverts
}

/**
 * The changes of records as a table, each derived as of one time.
 *
 * @param reverts of all records, these among them
 */
export function tableFromRecords(
  records: Iterable<DeliveryRecord>,
  options: TableOptions,
  reverts: RevertLinks = linkReverts(records),
): ChangeTable {
  const adder = new RecordTable(options, reverts)
  for (const record of records) adder.add(record)
  return adder.finish()
}

/** The same, one record at a time, for more of them than can be held. */
export class RecordTable {
  readonly #builder = new ChangeTableBuilder()
  readonly #marks: KnownMarks
  readonly #asOf: string
  readonly #reverts: RevertLinks

  constructor({ marks, asOf }: TableOptions, reverts: RevertLinks) {
    this.#marks = marks
    this.#asOf = new Date(asOf).toISOString()
    this.#reverts = reverts
  }

  /** A commit on the branch is no change: it only ends one. */
  add(record: DeliveryRecord): void {
    if (record.record !== 'pull-request') return
    const change = deriveChange(record, {
      marks: this.#marks,
      reverts: this.#reverts.linksTo(record),
      revertRole: this.#reverts.roleOf(record),
      asOf: this.#asOf,
    })
    this.#builder.add(change)
  }

  finish(): ChangeTable {
    return this.#builder.finish()
  }
}
