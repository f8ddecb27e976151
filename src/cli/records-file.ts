import { type FileHandle, open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import {
  type DeliveryRecord,
  mergeRecords,
  type ParsedRecord,
  parseRecord,
  RecordSchema,
  readRecord,
} from '../delivery/index.ts'
import { compileCheck } from './compile-check.ts'
import { errorCode } from './error-code.ts'
import { longestLine, readFileLines, readLineAt } from './read-file-lines.ts'
import { type Place, RecordsIndex } from './records-index.ts'
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
  /** As an error calls it. */
  readonly name: string
  readonly handle: FileHandle
  close(): Promise<void>
}

/** Opens a records file; what can be read once only, such as a pipe, is copied first. */
export async function openRecordsFile(path: string): Promise<RecordsFile> {
  try {
    const handle = await open(path)
    const name = JSON.stringify(path)
    if ((await handle.stat()).isFile()) return { name, handle, close: () => handle.close() }
    try {
      return await copyStream(handle.createReadStream({ autoClose: false }), name)
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

/** Copies what can be read once only: records are read more than once. */
export async function copyStream(input: Readable, name = 'standard input'): Promise<RecordsFile> {
  const copy: TemporaryFile = await openTemporaryFile()
  try {
    for await (const chunk of input) await copy.handle.appendFile(chunk)
    return { ...copy, name }
  } catch (error) {
    await copy.close()
    throw error
  }
}

/**
 * Reads the records of a file, in the order in which each pull request comes first: several records of one become one, of a
 * commit the last is taken. The file is read twice, so that memory grows by two hundred bytes a line alone.
 *
 * @throws Error where no line looks like a record, and where they were made with more than one key
 */
export async function* readRecordsFile(
  { name, handle }: RecordsFile,
  { onBadLine, onProgress }: RecordsFileListener,
): AsyncGenerator<DeliveryRecord, void, undefined> {
  const { size } = await handle.stat()
  const index = new RecordsIndex()
  for (const { text, ...place } of readFileLines(handle.fd)) {
    if (text?.trim() !== '') index.add(place, text)
    onProgress((place.offset + place.length) / 2, size)
  }
  refuseMixed(name, index)
  let done = size / 2
  for (const group of index.groups()) {
    const merged = readGroup(handle.fd, group, onBadLine)
    if (merged !== undefined) yield merged
    done += group.reduce((bytes, { length }) => bytes + length, 0) / 2
    onProgress(done, size)
  }
}

/** The one record that the lines of a pull request or commit become; undefined where all of them are bad. */
export function readGroup(
  file: number,
  group: readonly Place[],
  onBadLine: RecordsFileListener['onBadLine'],
): DeliveryRecord | undefined {
  const records: DeliveryRecord[] = []
  for (const place of group) {
    const text = place.length > longestLine ? undefined : readLineAt(file, place)
    const parsed = parseLine(text)
    if ('record' in parsed) records.push(parsed.record)
    else onBadLine(place.number, parsed.problem)
  }
  return mergeAll(records)
}

/** @param text undefined: it is too long to be read */
function parseLine(text: string | undefined): ParsedRecord {
  return text === undefined ? tooLong : parseRecord(withoutMark(text))
}

/** The same, where fields that this version does not know may stay in the record. */
export function readLine(text: string | undefined): ParsedRecord {
  if (text === undefined) return tooLong
  isRecord ??= compileCheck(RecordSchema)
  return readRecord(withoutMark(text), isRecord)
}

/** Compiled when it is first needed: most commands read no file of records. */
let isRecord: ((value: unknown) => value is DeliveryRecord) | undefined

const tooLong: ParsedRecord = { problem: 'it is longer than any record' }

/** @throws Error where no line looks like a record, and where they were made with more than one key */
export function refuseMixed(
  name: string,
  { counts: { lines, records }, keyIds }: RecordsIndex,
): void {
  if (lines > 0 && records === 0) {
    throw new Error(
      `${name} is no file of records: no line of it is one; name what "what-shipped export SOURCE" wrote, without --changes`,
    )
  }
  if (keyIds.size > 1) {
    throw new Error(
      `the records in ${name} were made with different keys (${[...keyIds].join(', ')}), so that nobody in them can be told to be the same; export them again with one --key-file`,
    )
  }
}

function mergeAll(records: readonly DeliveryRecord[]): DeliveryRecord | undefined {
  const pullRequests = records.filter((record) => record.record === 'pull-request')
  const [first, ...others] = pullRequests
  return first === undefined ? records.at(-1) : others.reduce(mergeRecords, first)
}

/** Some editors put a byte order mark before the first line. */
export function withoutMark(line: string): string {
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
