export { assistanceSummary, type SummaryContext } from './assistance-summary.ts'
export { codeSpan, markdownTable } from './markdown.ts'
export { visibleText } from './visible-text.ts'
