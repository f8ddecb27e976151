import type { FileHandle } from 'node:fs/promises'
import { type ChangeTable, RecordTable, type TableOptions } from '../comparison/index.ts'
import { type DeliveryRecord, formatRecord, RevertLinks } from '../delivery/index.ts'
import { readFileLines } from './read-file-lines.ts'
import {
  parseLine,
  type RecordsFile,
  type RecordsFileListener,
  readGroup,
  refuseMixed,
  withoutMark,
} from './records-file.ts'
import { type Place, RecordsIndex } from './records-index.ts'

const linesAtOnce = 100

/** What a line is read as where that is not the one record in it: as one of several of its subject, or not at all. */
type Exceptions = ReadonlyMap<number, readonly Place[] | null>

/**
 * Records in a file, checked and linked, to make tables of their changes as of one time and another. A revert may come before
 * or after what it reverts, so that no change is derived before all records have been seen.
 */
export class LoadedRecords {
  readonly #handle: FileHandle
  readonly #reverts: RevertLinks
  readonly #exceptions: Exceptions
  readonly summary: RecordsSummary

  private constructor(
    handle: FileHandle,
    reverts: RevertLinks,
    summary: RecordsSummary,
    exceptions: Exceptions = new Map(),
  ) {
    this.#handle = handle
    this.#reverts = reverts
    this.summary = summary
    this.#exceptions = exceptions
  }

  /** Lays records down in a file of its own, which must be closed by who opened it. */
  static async write(
    handle: FileHandle,
    records: AsyncIterable<DeliveryRecord> | Iterable<DeliveryRecord>,
  ): Promise<LoadedRecords> {
    const summary = new RecordsSummary()
    const reverts = new RevertLinks()
    let lines: string[] = []
    for await (const record of records) {
      reverts.add(record)
      summary.add(record)
      if (lines.push(`${formatRecord(record)}\n`) < linesAtOnce) continue
      await handle.appendFile(lines.join(''))
      lines = []
    }
    await handle.appendFile(lines.join(''))
    return new LoadedRecords(handle, reverts, summary)
  }

  /**
   * Checks every line of a records file. Several records of one pull request count as one.
   *
   * @throws Error where no line looks like a record, and where they were made with more than one key
   */
  static async read(
    { name, handle }: RecordsFile,
    { onBadLine, onProgress }: RecordsFileListener,
  ): Promise<LoadedRecords> {
    const { size } = await handle.stat()
    const summary = new RecordsSummary()
    const index = new RecordsIndex()
    const reverts = new RevertLinks()
    const exceptions = new Map<number, readonly Place[] | null>()
    const bad: [number: number, problem: string][] = []
    for await (const { text, ...place } of readFileLines(handle)) {
      onProgress(place.offset + place.length, size)
      if (text?.trim() === '') {
        exceptions.set(place.number, null)
        continue
      }
      const parsed = parseLine(text)
      if ('record' in parsed) {
        reverts.add(parsed.record)
        summary.add(parsed.record)
        index.addSubject(place, parsed.record)
      } else {
        bad.push([place.number, parsed.problem])
        exceptions.set(place.number, null)
        index.add(place, text)
      }
    }
    refuseMixed(name, index)
    for (const [number, problem] of bad) onBadLine(number, problem)
    const several = exceptMany(index, exceptions)
    const loaded = new LoadedRecords(handle, reverts, summary, exceptions)
    if (!several) return loaded
    // What a pull request reverts, and by what it is found, is for all its records together to tell.
    const relinked = new RevertLinks()
    for await (const record of loaded.#records()) relinked.add(record)
    return new LoadedRecords(handle, relinked, summary, exceptions)
  }

  async table(options: TableOptions): Promise<ChangeTable> {
    const table = new RecordTable(options, this.#reverts)
    for await (const record of this.#records()) table.add(record)
    return table.finish()
  }

  async *#records(): AsyncGenerator<DeliveryRecord, void, undefined> {
    for await (const { number, text = '' } of readFileLines(this.#handle)) {
      const exception = this.#exceptions.get(number)
      if (exception === null) continue
      if (exception === undefined) {
        // It was checked when it was read first.
        const record: DeliveryRecord = JSON.parse(withoutMark(text))
        yield record
        continue
      }
      const merged = await readGroup(this.#handle, exception, () => {})
      if (merged !== undefined) yield merged
    }
  }
}

/** Lines of one subject are read together, where the first of them that is none of the bad ones stands. */
function exceptMany(
  index: RecordsIndex,
  exceptions: Map<number, readonly Place[] | null>,
): boolean {
  let several = false
  for (const group of index.groups()) {
    const good = group.filter(({ number }) => !exceptions.has(number))
    const [first, ...others] = good
    if (first === undefined || others.length === 0) continue
    several = true
    exceptions.set(first.number, good)
    for (const { number } of others) exceptions.set(number, null)
  }
  return several
}

/** What must be known of records before a time is chosen. */
export class RecordsSummary {
  /** Records of pull requests; several of one count for themselves. */
  pullRequests = 0
  /** When the first of them was opened, or merged where that is not known; milliseconds since the epoch. */
  firstTime = Number.POSITIVE_INFINITY
  /** Latest time at which one was read, milliseconds since the epoch. */
  lastReading = Number.NEGATIVE_INFINITY

  add(record: DeliveryRecord): void {
    if (record.record !== 'pull-request') return
    const { readAt, createdAt, merge } = record
    this.pullRequests += 1
    this.lastReading = Math.max(this.lastReading, Date.parse(readAt))
    const first = createdAt ?? merge?.at
    if (first !== undefined) this.firstTime = Math.min(this.firstTime, Date.parse(first))
  }
}
