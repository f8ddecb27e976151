import type { Report } from '../document/report-document.ts'
import { dayText } from './dates.ts'

/** Why the report is an older one than was asked for. */
export function keptText({ since, reason }: NonNullable<Report['kept']>): string {
  return `An older report than asked for: it was due on ${dayText(since)}. ${reason}`
}
