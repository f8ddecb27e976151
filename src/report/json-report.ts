import { type Report, ReportSchema } from './document/report-document.ts'

/**
 * The document as JSON, its keys in the order of the schema whatever made it: the same report is the same bytes. What is in
 * no schema is not written, and a number that does not exist (NaN) is an error here instead of a null.
 */
export function renderJson(report: Report): string {
  return `${JSON.stringify(ReportSchema.parse(report), null, 2)}\n`
}

/** The same on one line. */
export function renderJsonLine(report: Report): string {
  return `${JSON.stringify(ReportSchema.parse(report))}\n`
}

/**
 * A report that was written as JSON before.
 *
 * @returns undefined where another version of this tool wrote it, in a form that is not known here
 */
export function parseReport(json: string): Report | undefined {
  const parsed = ReportSchema.safeParse(JSON.parse(json))
  return parsed.success ? parsed.data : undefined
}
