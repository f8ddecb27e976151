import {
  type ChangeContext,
  countChange,
  type DeliveryRecord,
  RevertLinks,
} from '../../delivery/index.ts'
import type { KnownMarks } from '../../provenance/index.ts'
import type { ChangeTable } from './change-table.ts'
import { ChangeTableBuilder } from './change-table-builder.ts'
import type { TablePart } from './join-table.ts'

/** What changes are derived from beside their records. */
export interface TableOptions {
  readonly marks: KnownMarks
  /** Milliseconds since the epoch: what happened later is not counted. */
  readonly asOf: number
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
  const adder = new RecordTable(options)
  for (const record of records) adder.add(record, revertsOf(record, reverts))
  return adder.finish()
}

/** What reverts a change, and what it is to other changes itself. */
export type Reverts = Pick<ChangeContext, 'reverts' | 'revertRole'>

const noReverts: Reverts = { reverts: [], revertRole: null }

export function revertsOf(record: DeliveryRecord, links: RevertLinks): Reverts {
  return { reverts: links.linksTo(record), revertRole: links.roleOf(record) }
}

/** The same, one record at a time, for more of them than can be held. */
export class RecordTable {
  readonly #builder = new ChangeTableBuilder()
  readonly #marks: KnownMarks
  readonly #asOf: string

  constructor({ marks, asOf }: TableOptions) {
    this.#marks = marks
    this.#asOf = new Date(asOf).toISOString()
  }

  /** Of a pull request; a commit on the branch is no change: it only ends one. */
  add(record: DeliveryRecord, reverts: Reverts = noReverts): void {
    if (record.record !== 'pull-request') return
    this.#builder.addCounted(
      countChange(record, {
        marks: this.#marks,
        asOf: this.#asOf,
        reverts: reverts.reverts,
        revertRole: reverts.revertRole,
      }),
    )
  }

  /** Number of changes so far. */
  get size(): number {
    return this.#builder.size
  }

  /** What there is so far, for `joinTable`: as `ChangeTableBuilder.part`. */
  part(rows?: Int32Array): TablePart {
    return this.#builder.part(rows)
  }

  finish(): ChangeTable {
    return this.#builder.finish()
  }
}
