import { RecordTable, type Reverts, type TablePart } from '../comparison/index.ts'
import type { DeliveryRecord } from '../delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../provenance/index.ts'
import { type FileRange, readFileLines, readLineAt } from './read-file-lines.ts'
import { readGroup, withoutMark } from './records-file.ts'
import type { Place } from './records-index.ts'

/** What is known of lines once all parts have been read; lines by their offsets. */
export interface Corrections {
  /** What a line is read as where that is not the one record in it: as one of several of its subject, or not at all. */
  readonly exceptions: ReadonlyMap<number, readonly Place[] | null>
  /** Of the records that reverts concern. */
  readonly reverts: ReadonlyMap<number, Reverts>
}

/** As of when changes are asked for, and with what knowledge. */
export interface Derivation extends Corrections {
  /** Milliseconds since the epoch. */
  readonly asOf: number
}

/**
 * The changes of the lines of a part of a file as of one time, each line taken for itself: as if it were the only record of
 * its pull request, and nothing reverted it. So it is with nearly all; the others are derived once more when all is known.
 */
export class DerivedLines {
  /** Milliseconds since the epoch: what happened later is not counted. */
  readonly asOf: number
  readonly #file: number
  readonly #table: RecordTable
  /** Of the line of each row. */
  readonly #offsets: number[] = []
  readonly #lengths: number[] = []

  constructor(file: number, asOf: number) {
    this.asOf = asOf
    this.#file = file
    this.#table = new RecordTable({ marks: indexRegistry(shippedRegistry()), asOf })
  }

  /** A commit on the branch is no change: it only ends one. */
  add({ offset, length }: Pick<Place, 'offset' | 'length'>, record: DeliveryRecord): void {
    if (record.record !== 'pull-request') return
    this.#table.add(record)
    this.#offsets.push(offset)
    this.#lengths.push(length)
  }

  /** The changes in the order of the lines, as they are with all that is known. */
  corrected({ exceptions, reverts }: Corrections): TablePart {
    const rows: number[] = []
    for (const [row, offset] of this.#offsets.entries()) {
      const exception = exceptions.get(offset)
      const own = reverts.get(offset)
      if (exception === undefined && own === undefined) {
        rows.push(row)
      } else if (exception !== null) {
        const record = this.#readAgain(row, exception)
        if (record === undefined) continue
        rows.push(this.#table.size)
        this.#table.add(record, own)
      }
    }
    return this.#table.part(Int32Array.from(rows))
  }

  #readAgain(row: number, exception: readonly Place[] | undefined): DeliveryRecord | undefined {
    if (exception !== undefined) return readGroup(this.#file, exception, () => {})
    const place = { offset: this.#offsets[row] ?? 0, length: this.#lengths[row] ?? 0 }
    return readAgain(readLineAt(this.#file, place))
  }
}

/** Derives the changes of a part of a file whose lines have been checked. */
export function deriveLines(
  file: number,
  range: FileRange,
  { asOf, exceptions }: Derivation,
): DerivedLines {
  const derived = new DerivedLines(file, asOf)
  for (const { text = '', ...place } of readFileLines(file, range)) {
    if (exceptions.get(place.offset) !== null) derived.add(place, readAgain(text))
  }
  return derived
}

/** Reads a line that was checked when it was read first. */
export function readAgain(text: string): DeliveryRecord {
  return JSON.parse(withoutMark(text))
}
