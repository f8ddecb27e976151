import { RecordTable, type Reverts, type TablePart } from '../comparison/index.ts'
import type { DeliveryRecord } from '../delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../provenance/index.ts'
import { type FileRange, readFileLines } from './read-file-lines.ts'
import { readGroup, withoutMark } from './records-file.ts'
import type { Place } from './records-index.ts'

/** What changes are derived from beside the lines of their part; lines by their offsets. */
export interface Derivation {
  /** Milliseconds since the epoch: what happened later is not counted. */
  readonly asOf: number
  /** What a line is read as where that is not the one record in it: as one of several of its subject, or not at all. */
  readonly exceptions: ReadonlyMap<number, readonly Place[] | null>
  /** Of the records that reverts concern. */
  readonly reverts: ReadonlyMap<number, Reverts>
}

/** Derives the changes of a part of a file, whose lines have been checked. */
export function derivePart(file: number, range: FileRange, derivation: Derivation): TablePart {
  const { asOf, exceptions, reverts } = derivation
  const table = new RecordTable({ marks: indexRegistry(shippedRegistry()), asOf })
  for (const { offset, text = '' } of readFileLines(file, range)) {
    const exception = exceptions.get(offset)
    if (exception === null) continue
    const record = exception === undefined ? readAgain(text) : readGroup(file, exception, () => {})
    if (record !== undefined) table.add(record, reverts.get(offset))
  }
  return table.part()
}

/** Reads a line that was checked when it was read first. */
export function readAgain(text: string): DeliveryRecord {
  return JSON.parse(withoutMark(text))
}
