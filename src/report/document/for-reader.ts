import type { Report } from './report-document.ts'

/**
 * The report of several repositories for somebody who cannot read all of them: without what names the others. It does not tell
 * how many those are, and a report of one repository stays what it is.
 *
 * @param readableNames of the repositories that the reader can read, as the report has them
 */
export function forReader(report: Report, readableNames: ReadonlySet<string>): Report {
  const repositories = report.repositories.filter(({ name }) => readableNames.has(name))
  if (repositories.length === report.repositories.length) return report
  return {
    ...report,
    repositories,
    readings: { ...report.readings, repositories: readingFor(repositories.length) },
  }
}

function readingFor(shown: number): string | null {
  return shown === 0 ? null : 'Repositories that you can read, as far as they may be shown.'
}
