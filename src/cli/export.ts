import { resolve } from 'node:path'
import { createPseudonyms, type DeliveryRecord, formatRecord } from '../delivery/index.ts'
import { indexRegistry, type KnownMarks, shippedRegistry } from '../provenance/index.ts'
import { checkDiffs } from './check-diffs.ts'
import { cloneStream } from './clone-stream.ts'
import { type ExportSource, findSource } from './export-source.ts'
import { fileStream } from './file-stream.ts'
import type { KeyedRecording } from './github-stream.ts'
import { defaultKeyFile, type OwnerKey, readKeyFile } from './key-file.ts'
import { LineWriter } from './line-writer.ts'
import { parseOptions } from './parse-options.ts'
import { type Period, readPeriod } from './period.ts'
import { Progress } from './progress.ts'
import type { RecordStream } from './record-stream.ts'
import type { Surroundings } from './surroundings.ts'
import { UsageError } from './usage-error.ts'
import { writeChanges } from './write-changes.ts'

/**
 * Writes records, or what happened to each change, as they come.
 *
 * @param say tells the user something that is no result
 */
export async function exportRecords(
  args: readonly string[],
  surroundings: Surroundings,
  say: (message: string) => void,
): Promise<void> {
  const { source: named, period, changes, diffs, keyFile } = parseArguments(args)
  const progress = new Progress(surroundings, say)
  const source = await findSource(named, surroundings.directory, say)
  checkDiffs(diffs, source)
  const marks = indexRegistry(shippedRegistry())
  const writer = new LineWriter(surroundings.stdout)
  // What became of a change, a revert above all, stands in records that come after the period.
  const { until: _, ...from } = period
  const read = changes ? from : period
  const opening = { period: read, diffs, keyFile, marks, surroundings, progress }
  const stream = await openStream(source, opening)
  try {
    const summary = changes
      ? await writeChanges(stream.records, writer, marks, period)
      : await writeRecords(stream.records, writer)
    progress.say(summary)
    await stream.finish()
  } finally {
    progress.clear()
    await stream.close()
  }
}

interface Wanted {
  readonly source: string
  readonly period: Period
  readonly changes: boolean
  readonly diffs: boolean
  readonly keyFile: string | undefined
}

function parseArguments(args: readonly string[]): Wanted {
  const { values, positionals } = parseOptions(args, {
    since: { type: 'string' },
    until: { type: 'string' },
    changes: { type: 'boolean' },
    diffs: { type: 'boolean' },
    'key-file': { type: 'string' },
  })
  const [source, ...others] = positionals
  if (source === undefined) throw new UsageError('export needs a SOURCE')
  if (others.length > 0) throw new UsageError('export reads one SOURCE')
  if (values['key-file'] === '') throw new UsageError('--key-file needs a file')
  return {
    source,
    period: readPeriod(values.since, values.until),
    changes: values.changes ?? false,
    diffs: values.diffs ?? false,
    keyFile: values['key-file'],
  }
}

/** How a source is read. */
export interface Opening {
  readonly period: Period
  readonly diffs: boolean
  readonly keyFile: string | undefined
  readonly marks: KnownMarks
  readonly surroundings: Surroundings
  readonly progress: Progress
}

/** Opens what people can have exported: with the owner's key, which is made where there is none. */
export async function openStream(source: ExportSource, opening: Opening): Promise<RecordStream> {
  const { period, marks, surroundings, progress } = opening
  if (source.kind === 'file' || source.kind === 'standard input') {
    return fileStream(source, period, surroundings, progress)
  }
  const key = await readKey(opening)
  const pseudonyms = createPseudonyms(key.bytes)
  const recording = { marks, pseudonyms, keepKey: () => key.keep() }
  const stream = await openReading(source, recording, opening)
  return { ...stream, records: keyed(stream.records, key, pseudonyms.keyId) }
}

async function openReading(
  source: Extract<ExportSource, { kind: 'clone' | 'github' }>,
  recording: KeyedRecording,
  { period, diffs, surroundings, progress }: Opening,
): Promise<RecordStream> {
  if (source.kind === 'clone') {
    return cloneStream(source.directory, period, recording, surroundings, progress)
  }
  // Loaded where it is used: it takes as long to load as all else here.
  const { gitHubStream } = await import('./github-stream.ts')
  const asked = { ...period, headDiffs: diffs }
  return gitHubStream(source, asked, recording, surroundings, progress)
}

function readKey({ keyFile, surroundings, progress }: Opening): Promise<OwnerKey> {
  const { directory, environment, randomBytes } = surroundings
  const path = keyFile === undefined ? defaultKeyFile(environment) : resolve(directory, keyFile)
  return readKeyFile(path, randomBytes, (message) => progress.say(message))
}

/** Records that say which key they were made with. It is kept at the first: a source that is not there needs none. */
async function* keyed(
  records: AsyncIterable<DeliveryRecord>,
  key: OwnerKey,
  keyId: string,
): AsyncGenerator<DeliveryRecord, void, undefined> {
  for await (const record of records) {
    await key.keep()
    yield { ...record, keyId }
  }
}

async function writeRecords(
  records: AsyncIterable<DeliveryRecord>,
  writer: LineWriter,
): Promise<string> {
  const counts = { 'pull-request': 0, 'branch-commit': 0 }
  try {
    for await (const record of records) {
      counts[record.record] += 1
      await writer.write([formatRecord(record)])
    }
  } finally {
    // What was read before a failure is still true.
    await writer.flush()
  }
  const { 'pull-request': pullRequests, 'branch-commit': commits } = counts
  const written = `${count(pullRequests, 'pull request')} written`
  return commits === 0
    ? written
    : `${written}, and ${count(commits, 'commit')} without one that revert or bring back something`
}

function count(number: number, unit: string): string {
  return `${number.toLocaleString('en')} ${unit}${number === 1 ? '' : 's'}`
}
