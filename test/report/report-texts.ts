import { renderCsv } from '../../src/report/csv/csv-report.ts'
import type { Report } from '../../src/report/document/report-document.ts'
import { renderHtml } from '../../src/report/html/html-report.ts'
import { renderJson } from '../../src/report/json-report.ts'
import { renderMarkdown } from '../../src/report/markdown/markdown-report.ts'
import { renderTerminal } from '../../src/report/terminal/terminal-report.ts'

/** Every format of a report, with all that it can show. */
export const reportFormats: ReadonlyMap<string, (report: Report) => string> = new Map([
  ['terminal', (report) => renderTerminal(report, { width: 100, colour: false, explain: true })],
  [
    'narrow terminal',
    (report) => renderTerminal(report, { width: 40, colour: true, explain: true, ascii: true }),
  ],
  ['markdown', (report) => renderMarkdown(report, { limit: 1_048_576 })],
  ['html', renderHtml],
  ['json', renderJson],
  ['csv', renderCsv],
])

/** What sets a line in bold or faint, or ends that. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: such codes begin with one
export const terminalCode = /\u001b\[(1|2|22)m/g
