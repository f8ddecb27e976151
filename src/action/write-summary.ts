import * as core from '@actions/core'
import { logWarning } from './job-log.ts'

/** Writes the job summary, where there is one: older GitHub Enterprise Servers have none. What is not written is a warning. */
export async function writeSummary(
  environment: Readonly<Record<string, string | undefined>>,
  markdown: () => string,
): Promise<void> {
  if (!environment.GITHUB_STEP_SUMMARY) return
  try {
    await core.summary.addRaw(`${markdown()}\n`).write()
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error)
    logWarning(`The job summary was not written: ${because}`)
  }
}
