import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as core from '@actions/core'
import about from '../../package.json' with { type: 'json' }
import { recordsSince, snapToMonday } from '../comparison/index.ts'
import { createPseudonyms } from '../delivery/index.ts'
import {
  type GitHubApi,
  isTrackedBranch,
  type RepositorySettings,
  readRepositorySettings,
  waitForLimits,
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
import { reportKey } from './report-key.ts'
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
  const { environment, inputs, repository, now, sleep, randomBytes } = run
  const temporary = environment.RUNNER_TEMP || tmpdir()
  const folder = join(temporary, 'what-shipped')
  await mkdir(folder, { recursive: true })
  const path = recordsPath(inputs, temporary)
  const say = (message: string) => core.info(visibleText(message, 500))
  const patience = new Patience(now, sleep, say)
  const waitUntil = (time: number) => patience.waitUntil(time)
  const patientApi = waitForLimits(run.api, { waitUntil })
  let settings: RepositorySettings | undefined
  let file: RecordsFile | undefined
  try {
    settings = await readRepositorySettings(patientApi, repository, inputs.config)
    remarkUnread(settings)
    const configuration = await configurationOf(settings, inputs)
    const marks = indexRegistry(shippedRegistry(), configuration)
    const secret = reportKey(inputs['pseudonym-key'], randomBytes)
    const pseudonyms = createPseudonyms(secret)
    const trackedBranches = branchesOf(configuration)
    const asOf = snapToMonday(now())
    if (path !== undefined) {
      const fit = fitOf(run, settings, marks, trackedBranches)
      file = new RecordsFile({ path, secret, fit, randomBytes })
    }
    const records = await readReportRecords({
      // It waits by itself, so that records tell when they were read, and not when a wait for them began.
      api: run.api,
      repository,
      recording: { marks, pseudonyms },
      trackedBranches,
      branchCommits: countsDefaultBranch(settings, trackedBranches),
      since: recordsSince(asOf),
      until: asOf,
      file,
      now,
      waitUntil,
      say,
    })
    const report = await makeReport(records, { marks, asOf, repository: fullName(repository) })
    await writeReport(report, { environment, folder, summary: inputs.summary })
    if (inputs.issue) await updateIssue(patientApi, repository, report.markdown)
  } catch (error) {
    throw reportProblem(error, {
      keeps: path !== undefined,
      kept: file?.holdsSome ?? false,
      contents: settings?.contents,
    })
  }
}

/** Undefined: without a key of the owner's nothing of the records outlives the run. */
function recordsPath(inputs: Inputs, temporary: string): string | undefined {
  if (inputs['pseudonym-key'] === undefined) {
    if (inputs['records-file'] !== undefined) {
      core.notice(
        'No records are kept: the input records-file needs the input pseudonym-key, which is empty.',
      )
    }
    return undefined
  }
  // Not among the files to upload.
  const usual = join(temporary, 'what-shipped-records', 'records')
  const path = resolve(inputs['records-file'] ?? usual)
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

/** Digest of all by which kept records could differ from those that this run would read, beside the key. */
function fitOf(
  { repository }: ReportRun,
  { configuration, contents, defaultBranch, viewer }: RepositorySettings,
  marks: KnownMarks,
  trackedBranches: readonly string[] | undefined,
): string {
  const parts = [
    about.version,
    fullName(repository).toLowerCase(),
    marks.version,
    configuration ?? null,
    contents,
    defaultBranch,
    trackedBranches ?? null,
    // Whose labels are ours.
    viewer.databaseId ?? viewer.login,
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

function fullName({ owner, name }: ReportRun['repository']): string {
  return `${owner}/${name}`
}
