import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as core from '@actions/core'
import {
  findLastPublished,
  type LastPublished,
  recordsSinceLast,
  snapToMonday,
} from '../comparison/index.ts'
import { createPseudonyms } from '../delivery/index.ts'
import { type GitHubApi, waitForLimits } from '../github/index.ts'
import type { Inputs } from './inputs.ts'
import { logInfo, logNotice } from './job-log.ts'
import { nothingKept, RecordsFile } from './kept-records.ts'
import { makeReport } from './make-report.ts'
import { Patience } from './patience.ts'
import { readLastReport, updateIssue } from './report-issue.ts'
import { reportKey } from './report-key.ts'
import { writeReport } from './report-outputs.ts'
import { reportProblem } from './report-problem.ts'
import { readReportRecords } from './report-records.ts'
import { type ReportSettings, readReportSettings } from './report-settings.ts'

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
  const patience = new Patience(now, sleep, logInfo)
  const waitUntil = (time: number) => patience.waitUntil(time)
  const patientApi = waitForLimits(run.api, { waitUntil })
  let settings: ReportSettings | undefined
  let file: RecordsFile | undefined
  try {
    settings = await readReportSettings(patientApi, repository, inputs.config)
    const { repositoryId, marks, fit } = settings
    const secret = reportKey(inputs['pseudonym-key'], randomBytes)
    if (path !== undefined) {
      file = new RecordsFile({ path, secret, repository: repositoryId, fit, randomBytes })
    }
    const kept = (await file?.open(logInfo)) ?? nothingKept
    const askedFor = snapToMonday(now())
    const inIssue = inputs.issue
      ? await readLastReport(patientApi, repository, repositoryId)
      : undefined
    const memories = [
      ...memoryOf(file?.published, { editable: false }),
      ...memoryOf(inIssue, { editable: true }),
    ]
    const lastPublished = findLastPublished(memories, askedFor)
    const records = await readReportRecords({
      // It waits by itself, so that records tell when they were read, and not when a wait for them began.
      api: run.api,
      repository,
      recording: { marks, pseudonyms: createPseudonyms(secret) },
      trackedBranches: settings.trackedBranches,
      branchCommits: settings.branchCommits,
      since: recordsSinceLast(askedFor, lastPublished),
      until: askedFor,
      file,
      kept,
      now,
      waitUntil,
      say: logInfo,
    })
    const name = `${repository.owner}/${repository.name}`
    const report = await makeReport(records, { marks, askedFor, repository: name, lastPublished })
    await writeReport(report, { environment, folder, summary: inputs.summary })
    const published = report.document.asOf.slice(0, 'yyyy-mm-dd'.length)
    // Only now: the next report is held against one that was shown.
    await file?.notePublished(published)
    if (inputs.issue) {
      await updateIssue(patientApi, repository, {
        repositoryId,
        published,
        render: report.markdown,
      })
    }
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
      logNotice(
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

/** @param day undefined or null: it is not remembered there */
function memoryOf(
  day: string | null | undefined,
  { editable }: { readonly editable: boolean },
): LastPublished[] {
  return day == null ? [] : [{ asOf: Date.parse(day), editable }]
}
