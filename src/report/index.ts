export type {
  CheckContents,
  CheckOutput,
  ScopeStatement,
  ShownDeclaration,
} from './check/check-contents.ts'
export type { Report } from './document/report-document.ts'
export { assistanceSummary, type SummaryContext } from './markdown/assistance-summary.ts'
export { codeSpan, markdownTable } from './markdown/markdown.ts'
export { visibleText } from './visible-text.ts'

/** What makes and writes whole reports. Loaded where it is used: it takes longer to load than all of `assess`. */
export const loadReports = () => import('./reports.ts')
