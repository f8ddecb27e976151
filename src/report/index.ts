export { assistanceSummary, type SummaryContext } from './assistance-summary.ts'
export { codeSpan, markdownTable } from './markdown.ts'
export type { Report } from './report-document.ts'
export { visibleText } from './visible-text.ts'

/** What makes and writes whole reports. Loaded where it is used: it takes longer to load than all of `assess`. */
export const loadReports = () => import('./reports.ts')
