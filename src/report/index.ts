export type {
  CheckContents,
  CheckOutput,
  ScopeStatement,
  ShownDeclaration,
} from './check/check-contents.ts'
export type { ToldChange } from './check/tell-change.ts'
export { forReader } from './document/for-reader.ts'
export type { Report } from './document/report-document.ts'
export { type SelfAuditAnswers, withSelfAudit } from './document/self-audit.ts'
export { assistanceSummary, type SummaryContext } from './markdown/assistance-summary.ts'
export { codeSpan, markdownTable } from './markdown/markdown.ts'
export { dayText } from './text/dates.ts'
export { visibleText } from './visible-text.ts'

/** What makes and writes whole reports. Loaded where it is used: it takes longer to load than all of `assess`. */
export const loadReports = () => import('./reports.ts')

/** The one style sheet of the report's page, which pages that show a report bring too. */
export const loadReportStyles = () => import('./html/styles.ts')
