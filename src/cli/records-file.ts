import { type FileHandle, open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { type DeliveryRecord, mergeRecords, parseRecord } from '../delivery/index.ts'
import { errorCode } from './error-code.ts'
import { longestLine, readFileLines, readLineAt } from './read-file-lines.ts'
import { RecordsIndex } from './records-index.ts'
import { openTemporaryFile, type TemporaryFile } from './temporary-file.ts'

/** What the reader of a records file is told. */
export interface RecordsFileListener {
  /** A line is no record, and is skipped. */
  onBadLine(number: number, problem: string): void
  /** So many bytes of so many are done. */
  onProgress(done: number, total: number): void
}

/** A file of records, opened. */
export interface RecordsFile {
  readonly handle: FileHandle
  close(): Promise<void>
}

/** Opens a records file; what can be read once only, such as a pipe, is copied first. */
export async function openRecordsFile(path: string): Promise<RecordsFile> {
  try {
    const handle = await open(path)
    if ((await handle.stat()).isFile()) return { handle, close: () => handle.close() }
    try {
      return await copyStream(handle.createReadStream({ autoClose: false }))
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

/** Copies standard input: its records are read more than once. */
export async function copyStream(input: Readable): Promise<RecordsFile> {
  const copy: TemporaryFile = await openTemporaryFile()
  try {
    for await (const chunk of input) await copy.handle.appendFile(chunk)
    return copy
  } catch (error) {
    await copy.close()
    throw error
  }
}

/**
 * Reads the records of a file, in the order in which each pull request comes first: several records of one become one, of a
 * commit the last is taken. The file is read twice, so that memory grows by two hundred bytes a line alone.
 */
export async function* readRecordsFile(
  { handle }: RecordsFile,
  { onBadLine, onProgress }: RecordsFileListener,
): AsyncGenerator<DeliveryRecord, void, undefined> {
  const { size } = await handle.stat()
  const index = new RecordsIndex()
  for await (const { text, ...place } of readFileLines(handle)) {
    if (text?.trim() !== '') index.add(place, text)
    onProgress((place.offset + place.length) / 2, size)
  }
  let done = size / 2
  for (const group of index.groups()) {
    const records: DeliveryRecord[] = []
    for (const place of group) {
      const parsed =
        place.length > longestLine
          ? { problem: 'it is longer than any record' }
          : parseRecord(withoutMark(await readLineAt(handle, place)))
      if ('record' in parsed) records.push(parsed.record)
      else onBadLine(place.number, parsed.problem)
      done += place.length / 2
    }
    const merged = mergeAll(records)
    if (merged !== undefined) yield merged
    onProgress(done, size)
  }
}

function mergeAll(records: readonly DeliveryRecord[]): DeliveryRecord | undefined {
  const pullRequests = records.filter((record) => record.record === 'pull-request')
  const [first, ...others] = pullRequests
  return first === undefined ? records.at(-1) : others.reduce(mergeRecords, first)
}

/** Some editors put a byte order mark before the first line. */
function withoutMark(line: string): string {
  return line.startsWith('\ufeff') ? line.slice(1) : line
}

function unreadable(path: string, cause: unknown): Error {
  const code = errorCode(cause)
  const reason =
    code === 'EACCES'
      ? 'may not be read by you; ask its owner for the right to read it'
      : `cannot be read (${cause instanceof Error ? cause.message : String(cause)})`
  return new Error(`${JSON.stringify(path)} ${reason}`, { cause })
}
