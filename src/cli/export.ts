import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  createPseudonyms,
  type DeliveryRecord,
  formatRecord,
  type Recording,
} from '../delivery/index.ts'
import { indexRegistry, type KnownMarks, shippedRegistry } from '../provenance/index.ts'
import { cloneStream } from './clone-stream.ts'
import { type ExportSource, findSource } from './export-source.ts'
import { fileStream } from './file-stream.ts'
import { defaultKeyFile, readKeyFile } from './key-file.ts'
import { LineWriter } from './line-writer.ts'
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
  const { source: named, period, changes, keyFile } = parseArguments(args)
  const progress = new Progress(surroundings, say)
  const source = await findSource(named, surroundings.directory, say)
  const marks = indexRegistry(shippedRegistry())
  const writer = new LineWriter(surroundings.stdout)
  // What became of a change, a revert above all, stands in records that come after the period.
  const { until: _, ...from } = period
  const read = changes ? from : period
  const opening = { period: read, keyFile, marks, surroundings, progress }
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
  readonly keyFile: string | undefined
}

function parseArguments(args: readonly string[]): Wanted {
  const { values, positionals } = parseOptions(args)
  const [source, ...others] = positionals
  if (source === undefined) throw new UsageError('export needs a SOURCE')
  if (others.length > 0) throw new UsageError('export reads one SOURCE')
  if (values['key-file'] === '') throw new UsageError('--key-file needs a file')
  return {
    source,
    period: readPeriod(values.since, values.until),
    changes: values.changes ?? false,
    keyFile: values['key-file'],
  }
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        since: { type: 'string' },
        until: { type: 'string' },
        changes: { type: 'boolean' },
        'key-file': { type: 'string' },
      },
      allowPositionals: true,
      strict: true,
    })
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

interface Opening {
  readonly period: Period
  readonly keyFile: string | undefined
  readonly marks: KnownMarks
  readonly surroundings: Surroundings
  readonly progress: Progress
}

async function openStream(source: ExportSource, opening: Opening): Promise<RecordStream> {
  const { period, surroundings, progress } = opening
  switch (source.kind) {
    case 'clone':
      return cloneStream(
        source.directory,
        period,
        await readRecording(opening),
        surroundings,
        progress,
      )
    case 'github': {
      // Loaded where it is used: it takes as long to load as all else here.
      const { gitHubStream } = await import('./github-stream.ts')
      return gitHubStream(source, period, await readRecording(opening), surroundings, progress)
    }
    default:
      return fileStream(source, period, surroundings, progress)
  }
}

async function readRecording(opening: Opening): Promise<Recording> {
  const { keyFile, marks, surroundings, progress } = opening
  const { directory, environment, randomBytes } = surroundings
  const path = keyFile === undefined ? defaultKeyFile(environment) : resolve(directory, keyFile)
  const key = await readKeyFile(path, randomBytes, (message) => progress.say(message))
  return { marks, pseudonyms: createPseudonyms(key) }
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
