import type { FileHandle } from 'node:fs/promises'
import { type ChangeTable, joinTable, type Reverts } from '../comparison/index.ts'
import { type DeliveryRecord, formatRecord } from '../delivery/index.ts'
import { findReverts } from './find-reverts.ts'
import { type PartOfFile, partHere, partInThread } from './part-of-file.ts'
import { splitFile } from './read-file-lines.ts'
import type { PartReading } from './read-part.ts'
import { type RecordsFile, type RecordsFileListener, refuseMixed } from './records-file.ts'
import { type Place, RecordsIndex } from './records-index.ts'
import { RecordsSummary } from './records-summary.ts'

const linesAtOnce = 100
/** Two threads begin to be faster than one where each has so much to read, bytes. */
const usualPartSize = 16 * 1024 * 1024

/** How many threads may read a file, and how much is worth one. */
export interface Threads {
  readonly most: number
  /** Bytes. */
  readonly partSize?: number
}

/**
 * Records in a file, checked and linked, to make tables of their changes as of one time and another. A revert may come before
 * or after what it reverts, so that no change is derived before all records have been seen.
 */
export class LoadedRecords {
  readonly #parts: readonly PartOfFile[]
  readonly #exceptions: Exceptions
  readonly #reverts: ReadonlyMap<number, Reverts>
  readonly summary: RecordsSummary

  private constructor(
    parts: readonly PartOfFile[],
    summary: RecordsSummary,
    exceptions: Exceptions,
    reverts: ReadonlyMap<number, Reverts>,
  ) {
    this.#parts = parts
    this.summary = summary
    this.#exceptions = exceptions
    this.#reverts = reverts
  }

  /**
   * Checks every line of a records file. Several records of one pull request count as one.
   *
   * @throws Error where no line looks like a record, and where they were made with more than one key
   */
  static async read(
    { name, handle }: Pick<RecordsFile, 'name' | 'handle'>,
    { onBadLine, onProgress }: RecordsFileListener,
    { most, partSize = usualPartSize }: Threads = { most: 1 },
  ): Promise<LoadedRecords> {
    const { size } = await handle.stat()
    const count = Math.min(most, Math.ceil(size / partSize))
    const ranges = splitFile(handle.fd, size, Math.max(1, count))
    const make = ranges.length > 1 ? partInThread : partHere
    const parts = ranges.map((range) => make({ file: handle.fd, range }))
    try {
      const done = ranges.map(() => 0)
      const readings = await Promise.all(
        parts.map((part, index) =>
          part.read((bytes) => {
            done[index] = bytes
            onProgress(sumOf(done), size)
          }),
        ),
      )
      const index = new RecordsIndex()
      const summary = new RecordsSummary()
      const exceptions = new Map<number, readonly Place[] | null>()
      const bad: [number: number, problem: string][] = []
      let before = 0
      for (const reading of readings) {
        addToIndex(index, reading, before)
        summary.addAll(reading.summary)
        for (const offset of reading.blank) exceptions.set(offset, null)
        for (const { number, offset, problem } of reading.bad) {
          bad.push([before + number, problem])
          exceptions.set(offset, null)
        }
        before += reading.lines
      }
      refuseMixed(name, index)
      for (const [number, problem] of bad) onBadLine(number, problem)
      exceptMany(index, exceptions)
      const reverts = findReverts(handle.fd, readings, { index, exceptions })
      return new LoadedRecords(parts, summary, exceptions, reverts)
    } catch (error) {
      await closeAll(parts)
      throw error
    }
  }

  async table(asOf: number): Promise<ChangeTable> {
    const derivation = { asOf, exceptions: this.#exceptions, reverts: this.#reverts }
    return joinTable(await Promise.all(this.#parts.map((part) => part.derive(derivation))))
  }

  async close(): Promise<void> {
    await closeAll(this.#parts)
  }
}

/** Lays records down in a file of its own, to be read from there. */
export async function writeRecords(
  handle: FileHandle,
  records: AsyncIterable<DeliveryRecord> | Iterable<DeliveryRecord>,
): Promise<void> {
  let lines: string[] = []
  for await (const record of records) {
    if (lines.push(`${formatRecord(record)}\n`) < linesAtOnce) continue
    await handle.appendFile(lines.join(''))
    lines = []
  }
  await handle.appendFile(lines.join(''))
}

type Exceptions = ReadonlyMap<number, readonly Place[] | null>

async function closeAll(parts: readonly PartOfFile[]): Promise<void> {
  await Promise.all(parts.map((part) => part.close()))
}

function addToIndex(index: RecordsIndex, reading: PartReading, before: number): void {
  for (const [entry, offset] of reading.offsets.entries()) {
    const place = {
      number: before + (reading.numbers[entry] ?? 0),
      offset,
      length: reading.lengths[entry] ?? 0,
    }
    const origin = reading.origins[reading.origin[entry] ?? -1]
    const subject = reading.subjects[entry] ?? null
    index.addSubject(place, origin && { ...origin, record: '', ...named(subject) })
  }
}

function named(subject: number | string | null) {
  return typeof subject === 'number' ? { number: subject } : { sha: subject }
}

/** Lines of one subject are read together, where the first of them that is none of the bad ones stands. */
function exceptMany(index: RecordsIndex, exceptions: Map<number, readonly Place[] | null>): void {
  for (const group of index.groups()) {
    if (group.length === 1) continue
    const good = group.filter(({ offset }) => !exceptions.has(offset))
    const [first, ...others] = good
    if (first === undefined || others.length === 0) continue
    exceptions.set(first.offset, good)
    for (const { offset } of others) exceptions.set(offset, null)
  }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}
