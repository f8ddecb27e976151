import { availableParallelism } from 'node:os'
import { recordsSince, snapToMonday } from '../comparison/index.ts'
import { createPseudonyms, exampleOrganisation, syntheticOrganisation } from '../delivery/index.ts'
import { openRepository, readNewestCommitTime } from '../git/index.ts'
import type { KnownMarks } from '../provenance/index.ts'
import { cloneStream } from './clone-stream.ts'
import { openStream as openExport } from './export.ts'
import type { ExportSource } from './export-source.ts'
import { FileListener } from './file-listener.ts'
import { LoadedRecords, writeRecords } from './load-table.ts'
import type { Progress } from './progress.ts'
import type { RecordStream } from './record-stream.ts'
import { copyStream, openRecordsFile } from './records-file.ts'
import type { Surroundings } from './surroundings.ts'
import { openTemporaryFile, type TemporaryFile } from './temporary-file.ts'

/** A source that changes are read from, or the made-up organisation. */
export type ReportSource = ExportSource | { readonly kind: 'example' }

/** Of what a report is made. */
export interface Reading {
  readonly source: ReportSource
  readonly asOf: number | undefined
  readonly keyFile: string | undefined
  /** Whether GitHub compares the heads that were reviewed. */
  readonly diffs: boolean
  readonly marks: KnownMarks
}

/** Records of a source, loaded. */
export interface Opened {
  readonly records: LoadedRecords
  /** Called once the report is written; throws where something was left out. */
  finish(): Promise<void>
  /** Called in any case, last. */
  close(): Promise<void>
}

/** Each takes a hundred megabytes and more. */
const mostThreads = 4

/** Reads what a report needs of a source: a file as a whole, else the last months. */
export function openRecords(
  reading: Reading,
  surroundings: Surroundings,
  progress: Progress,
): Promise<Opened> {
  const { source } = reading
  if (source.kind === 'example') return openExample()
  return source.kind === 'file' || source.kind === 'standard input'
    ? openFile(source, surroundings, progress)
    : openHistory(source, reading, surroundings, progress)
}

async function openFile(
  source: Extract<ExportSource, { kind: 'file' | 'standard input' }>,
  { stdin }: Surroundings,
  progress: Progress,
): Promise<Opened> {
  const file = await (source.kind === 'file' ? openRecordsFile(source.path) : copyStream(stdin))
  try {
    const listener = new FileListener(progress)
    const threads = Math.min(availableParallelism(), mostThreads)
    const records = await LoadedRecords.read(file, listener, { most: threads })
    const close = async () => {
      await records.close()
      await file.close()
    }
    const finish = async () => listener.finish(records.summary.pullRequests, 'counted')
    return { records, finish, close }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function openExample(): Promise<Opened> {
  const file = await openTemporaryFile()
  await writeRecords(file.handle, syntheticOrganisation(exampleOrganisation))
  return { records: await readWritten(file), finish: async () => {}, close: () => file.close() }
}

/** Few enough to be read in this thread. */
function readWritten({ handle }: TemporaryFile): Promise<LoadedRecords> {
  return LoadedRecords.read({ name: 'the records', handle }, { onBadLine, onProgress: () => {} })
}

function onBadLine(number: number, problem: string): never {
  throw new Error(`record ${number} was read, but is none: ${problem}; please report this`)
}

/** Of what is read for this report alone, the last months are enough. */
async function openHistory(
  source: Extract<ExportSource, { kind: 'clone' | 'github' }>,
  reading: Reading,
  surroundings: Surroundings,
  progress: Progress,
): Promise<Opened> {
  const file = await openTemporaryFile()
  try {
    const stream = await openStream(source, reading, surroundings, progress)
    const close = async () => {
      await stream.close()
      await file.close()
    }
    try {
      await writeRecords(file.handle, stream.records)
      return { records: await readWritten(file), finish: () => stream.finish(), close }
    } catch (error) {
      await stream.close()
      throw error
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function openStream(
  source: Extract<ExportSource, { kind: 'clone' | 'github' }>,
  { asOf, keyFile, diffs, marks }: Reading,
  surroundings: Surroundings,
  progress: Progress,
): Promise<RecordStream> {
  const { environment, now, randomBytes } = surroundings
  const since = (time: number) => ({
    since: new Date(recordsSince(snapToMonday(asOf ?? time))).toISOString().replace('.000Z', 'Z'),
  })
  if (source.kind === 'clone') {
    const repository = await openRepository(source.directory, { environment })
    const period = since(Math.min(now(), await readNewestCommitTime(repository)))
    // Nothing of these records is kept, so nobody needs to know the key.
    const recording = { marks, pseudonyms: createPseudonyms(randomBytes(32)) }
    return cloneStream(source.directory, period, recording, surroundings, progress)
  }
  const opening = { period: since(now()), diffs, keyFile, marks, surroundings, progress }
  return openExport(source, opening)
}
