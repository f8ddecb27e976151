import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as core from '@actions/core'
import { recordsSince, snapToMonday } from '../comparison/index.ts'
import { type Pseudonyms, RECORD_VERSION } from '../delivery/index.ts'
import {
  type GitHubApi,
  isTrackedBranch,
  type RepositorySettings,
  readRepositorySettings,
} from '../github/index.ts'
import {
  type Configuration,
  indexRegistry,
  type KnownMarks,
  readConfiguration,
  shippedRegistry,
} from '../provenance/index.ts'
import { visibleText } from '../report/index.ts'
import type { Inputs } from './inputs.ts'
import { RecordsFile } from './kept-records.ts'
import { makeReport } from './make-report.ts'
import { Patience } from './patience.ts'
import { updateIssue } from './report-issue.ts'
import { reportPseudonyms } from './report-key.ts'
import { writeReport } from './report-outputs.ts'
import { reportProblem } from './report-problem.ts'
import { readReportRecords } from './report-records.ts'

/** What a run is given by the outside world. */
export interface ReportRun {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly inputs: Inputs
  readonly repository: { readonly owner: string; readonly name: string }
  readonly api: GitHubApi
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly randomBytes: (count: number) => Uint8Array
}

/**
 * The report of the workflow's own repository: job summary, files, outputs, and where asked the issue.
 *
 * @throws Error whose message says why there is no report, and what to do
 */
export async function runReport(run: ReportRun): Promise<void> {
  const { environment, inputs, repository, api, now, sleep, randomBytes } = run
  const folder = join(environment.RUNNER_TEMP || tmpdir(), 'what-shipped')
  await mkdir(folder, { recursive: true })
  const file = recordsPath(inputs, folder)
  let settings: RepositorySettings | undefined
  try {
    settings = await readRepositorySettings(api, repository, inputs.config)
    remarkUnread(settings)
    const configuration = await configurationOf(settings, inputs)
    const marks = indexRegistry(shippedRegistry(), configuration)
    const pseudonyms = reportPseudonyms(inputs['pseudonym-key'], randomBytes)
    const trackedBranches = branchesOf(configuration)
    const asOf = snapToMonday(now())
    const say = (message: string) => core.info(visibleText(message, 500))
    const patience = new Patience(now, sleep, say)
    const records = await readReportRecords({
      api,
      repository,
      recording: { marks, pseudonyms },
      trackedBranches,
      branchCommits: countsDefaultBranch(settings, trackedBranches),
      since: recordsSince(asOf),
      until: asOf,
      file:
        file === undefined
          ? undefined
          : new RecordsFile(file, fitOf(run, settings, marks, pseudonyms, trackedBranches)),
      now,
      waitUntil: (time) => patience.waitUntil(time),
      say,
    })
    const report = await makeReport(records, { marks, asOf, repository: fullName(repository) })
    await writeReport(report, { environment, folder, summary: inputs.summary })
    if (inputs.issue) await updateIssue(api, repository, report.markdown)
  } catch (error) {
    throw reportProblem(error, { kept: file !== undefined, contents: settings?.contents })
  }
}

/** Undefined: without a key of the owner's nothing of the records outlives the run. */
function recordsPath(inputs: Inputs, folder: string): string | undefined {
  if (inputs['pseudonym-key'] === undefined) {
    if (inputs['records-file'] !== undefined) {
      core.notice(
        'No records are kept: the input records-file needs the input pseudonym-key, which is empty.',
      )
    }
    return undefined
  }
  const path = resolve(inputs['records-file'] ?? join(folder, 'records', 'records.ndjson'))
  // Set first: what a run that fails has read is worth keeping too.
  core.setOutput('records-file', path)
  return path
}

function remarkUnread({ contents }: RepositorySettings): void {
  if (contents) return
  core.notice(
    'The configuration file, and reverts that were pushed without a pull request, were not read, and each pull request takes a call of its own: give the job `contents: read`.',
  )
}

async function configurationOf(
  { configuration }: RepositorySettings,
  { config }: Inputs,
): Promise<Configuration | undefined> {
  if (configuration === undefined) return undefined
  const reading = await readConfiguration(configuration)
  if ('error' in reading) {
    core.warning(visibleText(`${config} was not used: ${reading.error}`, 500))
    return undefined
  }
  for (const warning of reading.configuration.warnings) {
    core.warning(visibleText(`${config}: ${warning}`, 500))
  }
  return reading.configuration
}

/** Undefined: the default branch. */
function branchesOf(configuration: Configuration | undefined): readonly string[] | undefined {
  return configuration === undefined || configuration.branches.length === 0
    ? undefined
    : configuration.branches
}

/** Commits without a pull request are read from the default branch alone: they count where it does. */
function countsDefaultBranch(
  { defaultBranch }: RepositorySettings,
  trackedBranches: readonly string[] | undefined,
): boolean {
  if (trackedBranches === undefined || defaultBranch === null) return true
  return isTrackedBranch(defaultBranch, trackedBranches)
}

/** Digest of all by which kept records could differ from those that this run would read. */
function fitOf(
  { repository }: ReportRun,
  { configuration, contents }: RepositorySettings,
  marks: KnownMarks,
  pseudonyms: Pseudonyms,
  trackedBranches: readonly string[] | undefined,
): string {
  const parts = [
    RECORD_VERSION,
    fullName(repository).toLowerCase(),
    marks.version,
    pseudonyms.text('kept records'),
    configuration ?? null,
    contents,
    trackedBranches ?? null,
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

function fullName({ owner, name }: ReportRun['repository']): string {
  return `${owner}/${name}`
}
