import { resolve } from 'node:path'
import { snapToMonday } from '../comparison/index.ts'
import { indexRegistry, shippedRegistry } from '../provenance/index.ts'
import { loadReports } from '../report/index.ts'
import { checkDiffs } from './check-diffs.ts'
import { findSource } from './export-source.ts'
import { LineWriter } from './line-writer.ts'
import type { LoadedRecords } from './load-table.ts'
import { openRecords, type Reading, type ReportSource } from './open-records.ts'
import { Progress } from './progress.ts'
import type { RecordsSummary } from './records-summary.ts'
import { findTarget, replaceFile } from './replace-file.ts'
import { type ReportFormat, readReportOptions } from './report-options.ts'
import { reportScope } from './report-scope.ts'
import type { Surroundings } from './surroundings.ts'
import { terminalSettings } from './terminal-settings.ts'

/**
 * Compares the changes of a source, and writes the report.
 *
 * @param say tells the user something that is no result
 */
export async function report(
  args: readonly string[],
  surroundings: Surroundings,
  say: (message: string) => void,
): Promise<void> {
  const options = readReportOptions(args)
  const { directory } = surroundings
  const out =
    options.out === undefined ? undefined : await findTarget(resolve(directory, options.out))
  const source: ReportSource =
    options.source === undefined
      ? { kind: 'example' }
      : await findSource(options.source, directory, say)
  checkDiffs(options.diffs, source)
  const progress = new Progress(surroundings, say, 'last', options.progressInterval)
  const { asOf, keyFile, diffs } = options
  const reading = { source, asOf, keyFile, diffs, marks: indexRegistry(shippedRegistry()) }
  const opened = await openRecords(reading, surroundings, progress)
  try {
    const publication = publicationOf(opened.records, reading, options.name)
    const terminal = { ...terminalSettings(surroundings), explain: options.explain }
    const toFile = out === undefined ? {} : { colour: false, ascii: false }
    const text =
      options.format === 'ndjson'
        ? await renderLines(publication)
        : await renderOne(publication, options.format, { ...terminal, ...toFile })
    progress.clear()
    if (out === undefined) await print(text, surroundings)
    else await replaceFile(out, text)
    await opened.finish()
  } finally {
    progress.clear()
    await opened.close()
  }
}

function publicationOf(
  records: LoadedRecords,
  { source, asOf: asked }: Reading,
  name: string | undefined,
): Publication {
  return {
    tableAsOf: (asOf) => records.table(asOf),
    askedFor: snapToMonday(checkedAsOf(asked, records.summary)),
    scopeOf: (table) => reportScope(table, source, name),
  }
}

/** @throws Error where nothing can be known of that time */
function checkedAsOf(
  asked: number | undefined,
  { pullRequests, firstTime, lastReading }: RecordsSummary,
): number {
  if (pullRequests === 0) {
    throw new Error(
      'there is no pull request to report on: a clone knows them by the commits that merged them; name another source, or owner/name on GitHub',
    )
  }
  if (asked === undefined) return lastReading
  if (asked > lastReading) {
    throw new Error(
      `--as-of ${dayOf(asked)} is later than the newest record, which was read on ${dayOf(lastReading)}; name that day or an earlier one`,
    )
  }
  if (snapToMonday(asked) <= firstTime) {
    throw new Error(
      `--as-of ${dayOf(asked)} is before all changes: the first is of ${dayOf(firstTime)}; name a later day`,
    )
  }
  return asked
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

type Publication = Parameters<Reports['publishReport']>[0]
type Reports = Awaited<ReturnType<typeof loadReports>>

async function renderLines(publication: Publication): Promise<string> {
  const { publishReports, renderJsonLine } = await loadReports()
  return (await publishReports(publication)).map(renderJsonLine).join('')
}

async function renderOne(
  publication: Publication,
  format: Exclude<ReportFormat, 'ndjson'>,
  terminal: Parameters<Reports['renderTerminal']>[1],
): Promise<string> {
  const reports = await loadReports()
  const document = await reports.publishReport(publication)
  switch (format) {
    case 'terminal':
      return reports.renderTerminal(document, terminal)
    case 'html':
      return reports.renderHtml(document)
    case 'md':
      return reports.renderMarkdown(document, { limit: Number.POSITIVE_INFINITY })
    case 'json':
      return reports.renderJson(document)
    case 'csv':
      return reports.renderCsv(document)
  }
}

/** The text is written as it is: it ends with a line's end of its own. */
async function print(text: string, { stdout }: Surroundings): Promise<void> {
  const writer = new LineWriter(stdout)
  await writer.write([text.replace(/\n$/, '')])
  await writer.flush()
}
