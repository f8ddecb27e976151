import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as core from '@actions/core'
import { visibleText } from '../report/index.ts'
import type { MadeReport } from './make-report.ts'
import { writeSummary } from './write-summary.ts'

/** GitHub takes 1 MiB a step for the job summary. */
const maximumSummary = 1_000_000

interface Place {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Where files are written that are not the repository's. */
  readonly folder: string
  /** Whether to write the job summary. */
  readonly summary: boolean
}

/** Writes the files, the outputs that say where they are and what is in them, and the job summary. */
export async function writeReport(
  { document, html, json, markdown }: MadeReport,
  { environment, folder, summary }: Place,
): Promise<void> {
  const htmlFile = join(folder, 'what-shipped-report.html')
  const jsonFile = join(folder, 'what-shipped-report.json')
  await writeFile(htmlFile, html)
  await writeFile(jsonFile, json)
  core.setOutput('headline', document.headline)
  for (const { outcome, verdict } of document.comparisons) core.setOutput(outcome, verdict)
  core.setOutput('report-html', htmlFile)
  core.setOutput('report-json', jsonFile)
  if (summary) await writeSummary(environment, () => markdown(maximumSummary))
  core.info(visibleText(document.headline, 1_000))
}
