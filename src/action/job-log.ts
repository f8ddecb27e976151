import * as core from '@actions/core'
import { visibleText } from '../report/index.ts'

/** Longer lines say no more, and the texts of others end up in them. */
const maximumLine = 500

/** Tells something in the job's log alone. */
export function logInfo(message: string): void {
  core.info(visibleText(message, maximumLine))
}

/** Tells what was left out, and what would add it: seen beside the job's summary. */
export function logNotice(message: string): void {
  core.notice(visibleText(message, maximumLine))
}

/** Tells what went wrong though the job goes on, and what to do: seen beside the job's summary. */
export function logWarning(message: string): void {
  core.warning(visibleText(message, maximumLine))
}
