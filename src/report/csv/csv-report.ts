import type { Report } from '../document/report-document.ts'
import { cohorts as bothCohorts } from '../text/cohorts.ts'
import { noOwnerHasAnswered } from '../text/self-audit-text.ts'
import { visibleText } from '../visible-text.ts'
import { comparisonRows } from './comparison-rows.ts'
import { countRow, estimateRows, plainRow, type Row, windowRows } from './csv-rows.ts'
import { partRows } from './part-rows.ts'

const columns = ['section', 'item', 'group', 'value', 'low', 'high', 'unit'] as const
const maximumText = 2_000

/**
 * The report's numbers as comma-separated values (RFC 4180), one a line, for a spreadsheet. A text that a spreadsheet would
 * take for a formula has an apostrophe before it; numbers are numbers, also below zero.
 */
export function renderCsv(report: Report): string {
  const rows = rowsOf(report).filter(({ value }) => value !== null)
  const lines = rows.map((row) => columns.map((column) => field(row[column] ?? '')).join(','))
  return [columns.join(','), ...lines, ''].join('\r\n')
}

/** What Excel, LibreOffice and Google Sheets take for the start of a formula (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r＝＋－＠]/

function field(value: number | string): string {
  if (typeof value === 'number') return String(value)
  // Excel takes a file for UTF-8 only where a mark begins it, which other readers take for a part of the first name.
  const shown = visibleText(value, maximumText).replaceAll('−', '-')
  const safe = formula.test(value) || formula.test(shown) ? `'${shown}` : shown
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function rowsOf(report: Report): Row[] {
  return [
    ...aboutRows(report),
    ...report.comparisons.flatMap(comparisonRows),
    ...partRows(report),
    ...report.repositories.flatMap(({ name, comparisons }) =>
      comparisons.flatMap(({ outcome, estimate }) =>
        estimateRows(`repository: ${name}`, outcome, estimate),
      ),
    ),
    ...report.excluded.map(({ reason, changes }) => countRow('excluded', reason, '', changes)),
    ...Object.entries(report.readings).map(([part, reading]) =>
      plainRow('reading', part, '', reading, 'text'),
    ),
    ...report.warnings.map(({ code, text }) => plainRow('warning', code, '', text, 'text')),
    ...selfAuditRows(report),
    ...report.notes.map((note) => plainRow('note', '', '', note, 'text')),
  ]
}

function selfAuditRows({ selfAudit }: Report): Row[] {
  if (selfAudit === undefined) return []
  const said = (item: string, words: string) => plainRow('self-audit', item, '', words, 'text')
  if (selfAudit === null) return [said('', noOwnerHasAnswered)]
  return [
    said('answered at', selfAudit.answeredAt),
    ...selfAudit.answers.map(({ question, answer }) => said(question, answer)),
  ]
}

function aboutRows({
  scope,
  asOf,
  kept,
  headline,
  method,
  registry,
  version,
  cohorts,
  settings,
}: Report): Row[] {
  const about = (item: string, value: string | null) => plainRow('report', item, '', value, 'text')
  return [
    about('scope', scope.name),
    about('kind', scope.kind),
    plainRow('report', 'repositories', '', scope.repositories, 'number'),
    about('read from', scope.sources.length === 0 ? null : scope.sources.join(' ')),
    about('made up', scope.synthetic ? 'yes' : 'no'),
    about('as of', asOf),
    about('due since', kept?.since ?? null),
    about('not made because', kept?.reason ?? null),
    about('headline', headline),
    about('method', method),
    about('registry', registry),
    plainRow('report', 'version', '', version, 'number'),
    plainRow('settings', 'people', '', settings.people, 'number'),
    plainRow('settings', 'changes', '', settings.changes, 'number'),
    plainRow('settings', 'largest share of a person', '', settings.largestPersonPercent, 'percent'),
    ...windowRows('cohorts', cohorts.window),
    plainRow('cohorts', 'clock', '', cohorts.clock, 'text'),
    ...bothCohorts.flatMap((side) => {
      const cohort = cohorts[side]
      if (cohort === null) return []
      return [
        countRow('cohorts', 'changes', side, cohort.changes),
        plainRow('cohorts', 'people', side, cohort.people, 'text'),
      ]
    }),
  ]
}
